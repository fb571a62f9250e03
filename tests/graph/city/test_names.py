"""Names of areas and nodes."""

from __future__ import annotations

from collections import Counter

from graph.city.arrays import City
from graph.city.names import area_names, area_paths, node_names
from graph.codes import KIND_SLUGS


def test_areas_have_different_paths_that_end_in_their_names(plain_city: City) -> None:
    paths, names = area_paths(plain_city), area_names(plain_city)
    assert len(set(paths)) == len(plain_city.tree)
    assert all(p.rpartition("/")[2] == n for p, n in zip(paths, names, strict=True))
    assert {p.count("/") for p in paths} == {0, 1, 2, 3}


def test_a_community_is_named_as_its_area(plain_city: City) -> None:
    names, areas = node_names(plain_city), area_names(plain_city)
    for i in plain_city.of("Community").tolist():
        assert names[i] == areas[plain_city.areas[i]]


def test_names_in_one_area_differ_but_for_persons(plain_city: City) -> None:
    rows = zip(
        node_names(plain_city), plain_city.kinds.tolist(), plain_city.areas.tolist(), strict=True
    )
    counts = Counter(
        (name, kind, area)
        for name, kind, area in rows
        if KIND_SLUGS[kind] not in {"Volunteer", "SocialWorker"}
    )
    assert max(counts.values()) == 1


def test_a_part_of_the_names_and_ids_is_that_part(plain_city: City) -> None:
    assert node_names(plain_city, 700, 900) == node_names(plain_city)[700:900]
    assert plain_city.ids(700, 900) == plain_city.ids()[700:900]
    first = plain_city.of("Volunteer")[0]
    assert plain_city.ids(first, first + 2) == ["v000000", "v000001"]
