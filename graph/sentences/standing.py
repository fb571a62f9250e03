"""Where an actor stands: its ranks with their intervals, and each measure among its peers."""

from __future__ import annotations

from graph.findings.peers import Standing
from graph.text import Text, counted

_RANKINGS = {
    "broker": Text("作为中介", "As a broker"),
    "hub": Text("作为枢纽", "As a hub"),
}


def ordinal(n: int) -> str:
    """Return an English ordinal: “1st”, “12th”, “1,203rd”."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th") if n % 100 not in (11, 12, 13) else "th"
    return f"{n:,}{ending}"


def rank_sentence(ranking: str, rank: int, n_actors: int, interval: tuple[int, int] | None) -> Text:
    """Say a rank, and between which two the true one lies if a tenth is not on record."""
    who = _RANKINGS[ranking]
    start = Text(
        f"{who.zh}排第 {rank}，共 {n_actors} 个主体",
        f"{who.en} it ranks {ordinal(rank)} of {counted(n_actors, 'actor')}",
    )
    if interval is None:
        return Text(f"{start.zh}。", f"{start.en}.")
    low, high = interval
    if low == high:
        return Text(
            f"{start.zh}；即使有十分之一没有登记，名次多半仍是第 {low}。",
            f"{start.en}; even if a tenth is not on record, it is most likely still "
            f"{ordinal(low)}.",
        )
    return Text(
        f"{start.zh}；若有十分之一没有登记，名次多半在第 {low} 到第 {high} 之间。",
        f"{start.en}; if a tenth is not on record, most likely between {ordinal(low)} "
        f"and {ordinal(high)}.",
    )


def standing_sentence(found: Standing, sector: Text) -> Text:
    """Say how many of its peers, the other actors of its sector, have less or more."""
    n = found.n - 1
    if not n:
        return Text(f"{sector.zh}里只有它一个。", f"It is the only one in the sector {sector.en}.")
    peers = Text(
        f"{sector.zh}其他 {n} 个主体",
        f"{'the other one' if n == 1 else f'the {n:,} others'} in the sector {sector.en}",
    )
    each = "" if n == 1 else "each of "
    if found.n_equal == n:
        return Text(f"与{peers.zh}一样。", f"As much as {each}{peers.en}.")
    if found.n_below == n:
        return Text(f"高于{peers.zh}的全部。", f"More than {each}{peers.en}.")
    if found.n_above == n:
        return Text(f"低于{peers.zh}的全部。", f"Less than {each}{peers.en}.")
    if found.n_below >= found.n_above:
        zh, en = _share(found.n_below, n)
        said = Text(f"高于{peers.zh}中的{zh}", f"More than {en} of {peers.en}")
    else:
        zh, en = _share(found.n_above, n)
        said = Text(f"低于{peers.zh}中的{zh}", f"Less than {en} of {peers.en}")
    if not found.n_equal:
        return Text(f"{said.zh}。", f"{said.en}.")
    return Text(
        f"{said.zh}；另有 {found.n_equal} 个与它一样。",
        f"{said.en}; {found.n_equal:,} {'has' if found.n_equal == 1 else 'have'} as much.",
    )


def _share(part: int, n: int) -> tuple[str, str]:
    """Return a share in plain words, never more than it is; a small one is counted out."""
    if n < 10:
        return f" {part} 个", f"{part}"
    if part * 100 >= 99 * n:
        return " 99% 以上", "99 in 100"
    tenths = part * 10 // n
    if not tenths:
        return f" {part} 个", f"{part:,}"
    return f" {tenths * 10}% 以上", f"{tenths} in 10"
