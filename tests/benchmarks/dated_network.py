"""Reads a network with dates from two tables, as records that the product's own score can take.

Nodes are rows of ``id[,group][,area][,since]``. Ties are rows of ``source,target,since[,weight]``,
or memberships ``actor,affiliation,since[,role]``. Other columns are passed over.

group : becomes a kind of a sector of its own, so at most seven groups, no group being one of them.
    None of these kinds is asked for, served or sought by another.
area : a path from the largest to the smallest, ``Europe/Northern Europe``.
since : an ISO date of any precision; a tie without one is always known. An actor for whom none is
    stated is there from its first tie on.
weight : becomes a strength, 1 to 5. Rows of the same two add up.
role : ``leading`` for who knows all in the affiliation. Any other takes part: up to twelve members
    all know each other, beyond that they know only who leads (`graph.projection.project`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.records import Node, Records, Tie

KINDS = (
    "GovernmentAgency",
    "SocialOrganisation",
    "Enterprise",
    "OtherInstitution",
    "VolunteerTeam",
    "SocialWorkStation",
    "Compound",
)
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")

Row = dict[str, str]


def read_network(nodes: Path, ties: Path) -> Records:
    """Return the records of two tables.

    Raises
    ------
    ValueError : naming file and line, for a column that is missing, an id that is empty, comes
        twice or is not among the nodes, and a date that is none; and for more groups than sectors.
    """
    actors: dict[str, Row] = {}
    for place, row in _rows(nodes, ("id",)):
        if not row["id"] or row["id"] in actors:
            raise ValueError(f"{place}: the id “{row['id']}” is empty or comes twice")
        actors[row["id"]] = row
    affiliations: dict[str, Node] = {}
    found = []
    for place, row in _rows(ties, ("source", "target", "since"), ("actor", "affiliation", "since")):
        if "source" in row:
            _check(place, actors, row["source"], row["target"])
            strength = _strength(place, row.get("weight", ""))
            ends = row["source"], "PARTNERS_WITH", row["target"]
        else:
            _check(place, actors, row["actor"])
            meeting, strength = f"affiliation/{row['affiliation']}", 1
            affiliations[meeting] = Node(meeting, row["affiliation"], "Mechanism")
            leads = row.get("role") == "leading"
            ends = row["actor"], "INITIATES" if leads else "PARTICIPATES_IN", meeting
        found.append(Tie(*ends, strength, since=row["since"] or None))
    kind_of = _kinds([row.get("group", "") for row in actors.values()])
    first = _first_dates(found)
    people = tuple(
        Node(
            name,
            name,
            kind_of[row.get("group", "")],
            area=row.get("area") or None,
            since=row.get("since") or first.get(name) or None,
        )
        for name, row in actors.items()
    )
    return Records((*people, *affiliations.values()), tuple(found), ties.stem)


def _rows(path: Path, *columns: Sequence[str]) -> Iterator[tuple[str, Row]]:
    """Yield where a row stands and the row, for a table that has all of one list of columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file, restval="")
        if not any(set(wanted) <= set(table.fieldnames or ()) for wanted in columns):
            wanted = " or ".join(",".join(names) for names in columns)
            raise ValueError(f"{path.name}: the columns {wanted} are needed")
        for row in table:
            cells = {name: cell.strip() for name, cell in row.items() if name}
            place = f"{path.name}, line {table.line_num}"
            if (date := cells.get("since")) and not _DATE.fullmatch(date):
                raise ValueError(f"{place}: “{date}” is no date such as 2018, 2018-07, 2018-07-11")
            yield place, cells


def _check(place: str, actors: dict[str, Row], *names: str) -> None:
    for name in names:
        if name not in actors:
            raise ValueError(f"{place}: “{name}” is not among the nodes")


def _strength(place: str, weight: str) -> int:
    try:
        return min(5, max(1, round(float(weight or 1))))
    except (ValueError, OverflowError):
        raise ValueError(f"{place}: the weight “{weight}” is no number") from None


def _kinds(groups: Sequence[str]) -> dict[str, str]:
    names = sorted(set(groups))
    if len(names) > len(KINDS):
        raise ValueError(f"{len(names)} groups, where {len(KINDS)} sectors are: join some of them")
    return dict(zip(names, KINDS, strict=False))


def _first_dates(ties: Sequence[Tie]) -> dict[str, str]:
    """Return the earliest date of each end; empty where one of its ties has none."""
    first: dict[str, str] = {}
    for tie in ties:
        for end in (tie.start, tie.end):
            first[end] = min(tie.since or "", first.get(end, tie.since or ""))
    return first
