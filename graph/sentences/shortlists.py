"""What is said of a shortlist: what an entry is for, and what has become of its actor."""

from __future__ import annotations

from graph.findings.gaps import Gap
from graph.findings.shortlists import Named, Shortlist
from graph.records import Need
from graph.sentences.partners import wanted
from graph.text import Text, counted


def purpose_of(subject: Named, gap: Gap | None, want: Need | None) -> Text:
    """Say what a partner is looked for: an actor as such, its gap, its need or its offer."""
    name = subject.label()
    if gap is not None:
        return Text(f"{name.zh}：{gap.title.zh}", f"{name.en}: {gap.title.en}")
    if want is None:
        return name
    what = wanted(want)
    sort = Text("需求", "need") if want.sort == "need" else Text("供给", "offer")
    return Text(f"{name.zh}的{sort.zh}：{what.zh}", f"{name.en}, {sort.en}: {what.en}")


def shortlist_sentence(shortlist: Shortlist, n_gone: int) -> Text:
    """Say how many candidates a list has, for how many purposes, and how many are gone."""
    n = len(shortlist.entries)
    if not n:
        return Text(
            f"“{shortlist.name}”还是空的：在找伙伴页面上把候选加进来",
            f"“{shortlist.name}” is still empty: add candidates in the partner finder",
        )
    n_for = len({entry.asked for entry in shortlist.entries})
    start = Text(
        f"“{shortlist.name}”有 {n} 个候选，为 {n_for} 件事",
        f"“{shortlist.name}” has {counted(n, 'candidate')} for {counted(n_for, 'purpose')}",
    )
    if not n_gone:
        return start
    return Text(
        f"{start.zh}；其中 {n_gone} 个已不在数据里",
        f"{start.en}; {n_gone:,} of them {'is' if n_gone == 1 else 'are'} no longer in the data",
    )


def gone_sentence(actor: Named) -> Text:
    """Say that an actor of the list is not in the data any more."""
    name = actor.label()
    return Text(
        f"{name.zh}已不在数据里；这里保留加入名单时的内容。",
        f"{name.en} is no longer in the data; what is here is from when it was added.",
    )


def suggested_name(purpose: Text) -> Text:
    """Return a name for a list that is begun with a candidate."""
    return Text(f"{purpose.zh} · 候选", f"{purpose.en} · candidates")


def partner_already(actor: Named, subject: Named) -> Text:
    """Say that somebody on the list is no candidate of the finder."""
    a, b = actor.label(), subject.label()
    return Text(
        f"{a.zh}不在为{b.zh}找到的候选里：可能已经是伙伴，所以没有得分。",
        f"{a.en} is not among the candidates found for {b.en}, perhaps since the two are partners "
        "already; hence no score.",
    )
