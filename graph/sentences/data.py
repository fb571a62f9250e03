"""What is said about how complete the data are, and where they come from."""

from __future__ import annotations

from graph.findings.completeness import Known
from graph.text import Text, counted


def completeness_sentence(facts: dict[str, Known]) -> Text:
    """Sum up what is known of the ties, and about how many communities nothing is."""
    ties, dates = facts["tie_source"], facts["tie_date"]
    communities = facts["community_ties"]
    if not ties.n:
        start = Text("这里还没有登记关系", "No tie is on record here yet")
    else:
        start = Text(
            f"{ties.n} 条关系中，{ties.n - ties.n_missing} 条注明了来源，"
            f"{dates.n - dates.n_missing} 条有起止时间",
            f"Of {counted(ties.n, 'tie')}, {ties.n - ties.n_missing:,} "
            f"{'names its' if ties.n - ties.n_missing == 1 else 'name their'} source and "
            f"{dates.n - dates.n_missing:,} {'has' if dates.n - dates.n_missing == 1 else 'have'} "
            "a date",
        )
    if not communities.n:
        return Text(f"{start.zh}；还没有社区。", f"{start.en}; there is no community yet.")
    if not communities.n_missing:
        return Text(
            f"{start.zh}；{communities.n} 个社区都有资料。",
            f"{start.en}; something is on record about "
            f"{'the one community' if communities.n == 1 else f'all {communities.n:,} communities'}"
            ".",
        )
    return Text(
        f"{start.zh}；{communities.n} 个社区中有 {communities.n_missing} 个什么也没有录入。",
        f"{start.en}; nothing is entered about {communities.n_missing:,} of "
        f"{counted(communities.n, 'community', 'communities')}.",
    )


def sources_sentence(n: int) -> Text:
    """Say from how many sources the data come."""
    return Text(f"资料出自 {n} 个来源。", f"The data come from {counted(n, 'source')}.")
