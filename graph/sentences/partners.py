"""What is said of a possible partner: for it, against it, and how candidates were chosen."""

from __future__ import annotations

from collections.abc import Sequence

from graph.findings.partners import HALF_LOADED, Candidate, Partners, Pool
from graph.findings.subjects import Subject
from graph.model import COLUMNS, KIND_BY_SLUG, SECTOR_BY_SLUG
from graph.records import Need, Node
from graph.sentences.words import listed, with_sector
from graph.text import Text, counted

_COLUMN = {column.slug: column.label for column in COLUMNS}
POOL_LABELS: dict[str, Text] = {
    "two_steps": Text("相隔两步", "two steps away"),
    "three_steps": Text("相隔三步", "three steps away"),
    "wants": Text("需求与供给相合", "with needs or offers that meet"),
    "column": Text("能补上所缺", "of a kind that is lacking"),
    "area": Text("同一区域", "in the same area"),
    "busiest": Text("伙伴最多", "with most partners"),
}


def wanted(want: Need) -> Text:
    """Name what a need or an offer is about."""
    what = "·".join(part for part in (want.domain, want.resource) if part)
    return Text(what, what)


def partner_reason(subject: Subject, found: Candidate, between: Sequence[Node]) -> Text:
    """Say in one sentence what speaks for a candidate; ``between`` could introduce it, in order."""
    clauses = [
        clause
        for clause in (
            _pair_clause(subject, found),
            _column_clause(subject, found),
            _area_clause(found),
            _reach_clause(found, between),
            _bridging_clause(subject, found),
        )
        if clause is not None
    ]
    if not clauses:
        clauses = [
            Text(
                f"与{subject.node.label().zh}还看不出什么共同点，列出来是因为没有更近的主体",
                f"nothing on record in common with {subject.node.label().en}; listed since nobody "
                "is nearer",
            )
        ]
    name = with_sector(found.actor)
    return Text(
        f"{name.zh}{'；'.join(c.zh for c in clauses)}。",
        f"{name.en}: {'; '.join(c.en for c in clauses)}.",
    )


def _pair_clause(subject: Subject, found: Candidate) -> Text | None:
    pair = found.fit.pair
    if pair is None:
        return None
    name = subject.node.label()
    ours, theirs = wanted(pair.ours), wanted(pair.theirs)
    if pair.relation == "same":
        both = Text("需要", "needs") if pair.ours.sort == "need" else Text("提供", "offers")
        return Text(
            f"和{name.zh}一样{both.zh}{pair.theirs.domain}方面的资源",
            f"{both.en} {pair.theirs.domain}, as {name.en} does",
        )
    if pair.theirs.sort == "offer":
        return Text(
            f"提供{theirs.zh}，{name.zh}需要{ours.zh}",
            f"offers {theirs.en}, while {name.en} needs {ours.en}",
        )
    return Text(
        f"需要{theirs.zh}，{name.zh}提供{ours.zh}",
        f"needs {theirs.en}, while {name.en} offers {ours.en}",
    )


def _column_clause(subject: Subject, found: Candidate) -> Text | None:
    name, fit = subject.node.label(), found.fit
    if fit.fills == "kind":
        kind = KIND_BY_SLUG[found.actor.kind].label
        return Text(
            f"作为{kind.zh}，能补上这个缺口", f"is of a kind that can fill this gap ({kind.en})"
        )
    if fit.fills is not None:
        column = _COLUMN[fit.fills]
        return Text(
            f"能补上{name.zh}缺少的“{column.zh}”",
            f"would fill a column that {name.en} lacks: {column.en.lower()}",
        )
    if fit.filled is not None:
        column = _COLUMN[fit.filled]
        return Text(
            f"缺少“{column.zh}”，{name.zh}正好能补上",
            f"lacks {column.en.lower()}, which {name.en} would bring",
        )
    return None


def _area_clause(found: Candidate) -> Text | None:
    common = found.fit.common_area
    if not common:
        return None
    where = common.rpartition("/")[2]
    return Text(f"也在{where}", f"also in {where}")


def _reach_clause(found: Candidate, between: Sequence[Node]) -> Text | None:
    if found.n_common:
        example = (between[0] if len(between) == 1 else None) if between else None
        such = (
            Text(f"（如{example.label().zh}）", f", such as {example.label().en}")
            if example
            else Text("", "")
        )
        return Text(
            f"有 {found.n_common} 个共同伙伴{such.zh}",
            f"shares {counted(found.n_common, 'partner')}{such.en}",
        )
    if between:
        names = listed([node.label() for node in between])
        return Text(
            f"经{names.zh}，{found.n_steps} 步可以引荐",
            f"can be introduced through {names.en}, in {found.n_steps} steps",
        )
    return None


def _bridging_clause(subject: Subject, found: Candidate) -> Text | None:
    best = found.opened[0] if found.opened else None
    if not found.bridging or best is None or not best.n_sole:
        return None
    name = subject.node.label()
    a, b = (SECTOR_BY_SLUG[slug].label for slug in best.sectors)
    return Text(
        f"{name.zh}有 {found.n_sole} 个伙伴只有经过{name.zh}才会认识它，多属“{a.zh}—{b.zh}”",
        f"{counted(found.n_sole, 'partner')} of {name.en} would meet it only through "
        f"{name.en}, mostly {a.en.lower()} – {b.en.lower()}",
    )


def against(subject: Subject, found: Candidate, day: str, has_wants: bool) -> tuple[Text, ...]:
    """Say what speaks against a candidate on ``day``, each point in a sentence.

    ``has_wants`` says whether any need or offer of the candidate is on record.
    """
    return tuple(
        sentence
        for sentence in (
            _ended(found.actor, day),
            _group(found.actor),
            _no_path(subject, found),
            _loaded(found),
            _elsewhere(subject, found),
            *_unmatched(subject, found, has_wants),
        )
        if sentence is not None
    )


def _ended(actor: Node, day: str) -> Text | None:
    until = actor.until
    if until is None or until >= day[: len(until)]:
        return None
    return Text(f"它已于 {until} 终止。", f"It ended in {until}.")


def _group(actor: Node) -> Text | None:
    if not actor.is_group:
        return None
    return Text(
        "这是一群主体的合称，要先问清其中哪一家。",
        "It stands for several actors; ask first which of them.",
    )


def _no_path(subject: Subject, found: Candidate) -> Text | None:
    if found.n_steps:
        return None
    if not found.n_partners:
        name = subject.node.label()
        return Text(
            f"{name.zh}还没有登记任何伙伴，没有人能引荐。",
            f"{name.en} has no partner on record, so nobody can introduce it.",
        )
    return Text(
        "三步以内没有人能引荐，只能直接联系。",
        "Nobody within three steps can introduce it; it has to be asked directly.",
    )


def _loaded(found: Candidate) -> Text | None:
    if found.n_communities < HALF_LOADED:
        return None
    return Text(
        f"它已联系着 {found.n_communities} 个社区，未必还有余力。",
        f"It is tied to {counted(found.n_communities, 'community', 'communities')} already and "
        "may have no time left.",
    )


def _elsewhere(subject: Subject, found: Candidate) -> Text | None:
    ours, theirs = subject.actor.area, found.actor.area
    if ours is None or theirs is None:
        who = subject.actor.label() if ours is None else found.actor.label()
        return Text(
            f"没有登记{who.zh}的区域，不知道远近。",
            f"The area of {who.en} is not on record, so nobody can tell how far it is.",
        )
    if found.fit.common_area:
        return None
    name = subject.actor.label()
    return Text(
        f"它在{theirs}，{name.zh}在{ours}，不在一地。",
        f"It is in {theirs}, {name.en} in {ours}: not the same place.",
    )


def _unmatched(subject: Subject, found: Candidate, has_wants: bool) -> list[Text | None]:
    if not subject.wants:
        return []
    pair = found.fit.pair
    if pair is None:
        if has_wants:
            return [
                Text(
                    "它登记的需求和供给与此对不上。",
                    "Its needs and offers on record do not meet this.",
                )
            ]
        return [
            Text(
                "没有登记它的需求和供给，不知道能否对上。",
                "No need or offer of it is on record, so nobody can tell whether they meet.",
            )
        ]
    if pair.relation == "meets" and pair.domain and not pair.resource:
        one, other = (
            (pair.ours, pair.theirs) if pair.ours.sort == "need" else (pair.theirs, pair.ours)
        )
        return [
            Text(
                f"领域相合，资源不同：要的是{one.resource}，有的是{other.resource}。",
                f"The domain is the same, the resource is not: {one.resource} is needed, "
                f"{other.resource} is offered.",
            )
        ]
    if pair.relation == "meets" and pair.resource and not pair.domain and pair.ours.domain:
        return [
            Text(
                f"资源相合，领域不同：它登记的是{pair.theirs.domain}。",
                f"The resource is the same, the domain is not: {pair.theirs.domain} is on record.",
            )
        ]
    return []


def partners_sentence(found: Partners) -> Text:
    """Say for whom partners are looked for, how many were looked at and how they were chosen."""
    subject = found.subject
    name = _asked_for(subject)
    if not len(found):
        return Text(
            f"没有可以推荐给{name.zh}的候选：别的主体不是已是它的伙伴，就是不属所选的类型；"
            "自然人不列入。",
            f"There is no candidate for {name.en}: all others are its partners already or not of "
            "the kinds asked for; natural persons are not proposed.",
        )
    pools = [_pool(pool) for pool in found.pools]
    start = Text(
        f"为{name.zh}看了 {len(found)} 个候选，还不是它伙伴的主体共 {found.n_actors} 个",
        f"{counted(len(found), 'candidate')} for {name.en} looked at, of "
        f"{counted(found.n_actors, 'actor')} that "
        f"{'is' if found.n_actors == 1 else 'are'} no partner yet",
    )
    chosen = Text("、".join(p.zh for p in pools), ", ".join(p.en for p in pools))
    end = Text("", "")
    if not len(subject.standing.partners):
        end = Text(
            f"{name.zh}还没有登记任何关系，所以只看需求、区域和类型。",
            " It has no tie on record, so needs, area and kind decide alone.",
        )
    return Text(
        f"{start.zh}：{chosen.zh}{'（可能重复）' if len(pools) > 1 else ''}。{end.zh}",
        f"{start.en}: {chosen.en}{' (some are in several)' if len(pools) > 1 else ''}.{end.en}",
    )


def _pool(pool: Pool) -> Text:
    label = POOL_LABELS[pool.slug]
    if pool.slug == "busiest":
        return Text(f"{label.zh}的 {pool.n} 个", f"the {pool.n:,} {label.en}")
    if pool.n == pool.total:
        return Text(f"{label.zh} {pool.n} 个", f"{pool.n:,} {label.en}")
    return Text(
        f"{label.zh}的 {pool.total} 个中最强的 {pool.n} 个",
        f"the best {pool.n:,} of {pool.total:,} {label.en}",
    )


def _asked_for(subject: Subject) -> Text:
    name = subject.node.label()
    if subject.node.id != subject.actor.id:
        team = subject.actor.label()
        return Text(f"{team.zh}（成员计入其中）", f"{team.en} (in which its members are counted)")
    if subject.want is not None:
        what = wanted(subject.want)
        sort = Text("需求", "need") if subject.want.sort == "need" else Text("供给", "offer")
        return Text(f"{name.zh}的{sort.zh}“{what.zh}”", f"the {sort.en} “{what.en}” of {name.en}")
    if subject.gap is not None:
        return Text(
            f"{name.zh}的缺口“{subject.gap.title.zh}”",
            f"the gap “{subject.gap.title.en}” of {name.en}",
        )
    return name
