"""What is said of needs and offers that were matched, and of needs that stay unmet."""

from __future__ import annotations

from collections import Counter

from graph.findings.ground import common_area
from graph.findings.matching import Match, Matching, NeedMatch
from graph.sentences.partners import wanted
from graph.sentences.words import listed
from graph.text import Text, counted

WHY_LABELS: dict[str, Text] = {
    "domain": Text("无人提供这个领域", "nobody offers the domain"),
    "resource": Text("这个领域无人提供这种资源", "nobody offers this resource in the domain"),
    "period": Text("时间对不上", "not at the same time"),
    "reach": Text("够不着", "not within reach"),
    "taken": Text("已给了别的需求", "taken by other needs"),
}


def match_reason(found: NeedMatch, match: Match) -> Text:
    """Say why an offer goes to a need, and how much of it."""
    giver, actor = match.giver.label(), found.actor.label()
    offered, needed = wanted(match.offer), wanted(found.need)
    part = _part(found, match)
    where = Text("", "")
    common = common_area(found.actor.area, match.giver.area)
    if common:
        place = common.rpartition("/")[2]
        where = Text(f"，同在{place}", f", both in {place}")
    return Text(
        f"{giver.zh}提供{offered.zh}，{actor.zh}需要{needed.zh}{where.zh}{part.zh}。",
        f"From {giver.en} ({offered.en}) to {actor.en} ({needed.en}){where.en}{part.en}.",
    )


def _part(found: NeedMatch, match: Match) -> Text:
    if match.quantity is None or found.need.quantity is None:
        return Text("", "")
    given, asked = f"{match.quantity:g}", f"{found.need.quantity:g}"
    return Text(f"，可给 {given}（需要 {asked}）", f"; it can give {given} of the {asked} needed")


def unmet_reason(found: NeedMatch) -> Text:
    """Say why a need is not wholly met; every number is one that the answer carries."""
    need, n = found.need, len(found.instead)
    start = Text("", "")
    if found.matches:
        start = Text("只能满足一部分：", "Only a part of it can be met: ")
    if found.why == "domain":
        body = Text(
            f"没有登记任何{need.domain}方面的供给", f"no offer in {need.domain} is on record"
        )
    elif found.why == "resource":
        resources = listed([Text(r, r) for r in sorted({o.resource for o in found.instead})])
        body = Text(
            f"{need.domain}方面有 {n} 项供给，但没有{need.resource}（有的是{resources.zh}）",
            f"{counted(n, 'offer')} in {need.domain}, but none of {need.resource} "
            f"({resources.en} instead)",
        )
    elif found.why == "period":
        body = Text(
            f"有 {n} 项同样的供给，但时间都对不上",
            f"{counted(n, 'offer')} of this, but none at the same time",
        )
    elif found.why == "reach":
        body = Text(
            f"有 {n} 项同样的供给，但都不在这个区域，三步以内也够不着",
            f"{counted(n, 'offer')} of this, but none in the area or within three steps",
        )
    else:
        body = Text(
            f"能用的 {n} 项供给不够分，已给了别的需求",
            f"what {counted(n, 'usable offer')} can give goes to other needs",
        )
    en = start.en + body.en
    return Text(f"{start.zh}{body.zh}。", f"{en[0].upper()}{en[1:]}.")


def matching_sentence(found: Matching) -> Text:
    """Sum up the matching of an area."""
    where = Text(found.area, found.area) if found.area else Text("整张图上", "on the whole map")
    place = Text(f"{where.zh}", f"in {where.en}" if found.area else where.en)
    if not found.needs:
        return Text(
            f"{place.zh}没有登记任何需求；没有登记不等于没有需要。",
            f"No need is on record {place.en}; that does not mean that nothing is needed.",
        )
    status = Counter(n.status for n in found.needs)
    total = len(found.needs)
    start = Text(
        f"{place.zh}登记了 {total} 项需求，看了 {found.n_offers} 项供给："
        f"{status['met']} 项可以满足，{status['partly']} 项只能满足一部分，"
        f"{status['unmet']} 项没有着落",
        f"{counted(total, 'need')} on record {place.en}, "
        f"{counted(found.n_offers, 'offer')} looked at: {status['met']:,} can be met, "
        f"{status['partly']:,} in part, {status['unmet']:,} not at all",
    )
    whys = Counter(n.why for n in found.needs if n.why is not None)
    if not whys:
        return Text(f"{start.zh}。", f"{start.en}.")
    parts = [(WHY_LABELS[why], n) for why, n in whys.most_common()]
    return Text(
        f"{start.zh}。原因：{'，'.join(f'{label.zh} {n} 项' for label, n in parts)}。",
        f"{start.en}. Why: {', '.join(f'{label.en} ({n:,})' for label, n in parts)}.",
    )
