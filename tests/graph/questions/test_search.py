"""Areas by what people call them; actors are in `test_explorer`."""

from __future__ import annotations

import pytest

from graph.explorer import Explorer
from graph.questions.areas import tree_of
from graph.questions.search import areas_named, is_only_name
from graph.store.database import Database

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


@pytest.mark.parametrize(
    "words", ["朝阳区", "朝阳", "阳区", " 朝 阳区 ", "chaoyang", "ChaoYangQu", "cyq", "ｃｙｑ"]
)
def test_an_area_is_found_by_its_name_and_its_sound(explorer: Explorer, words: str) -> None:
    assert areas_named(explorer, words)[0] == "北京市/朝阳区"


def test_larger_areas_come_first_and_only_their_own_name_counts(explorer: Explorer) -> None:
    assert areas_named(explorer, "市")[:2] == ["上海市", "北京市"]
    found = areas_named(explorer, "北京", 100)
    assert all("北京" in path.rpartition("/")[2] for path in found)
    assert len(areas_named(explorer, "社区", 1)) == 1


def test_every_area_is_found_by_its_whole_name(explorer: Explorer) -> None:
    for path in tree_of(explorer).paths():
        assert path in areas_named(explorer, path.rpartition("/")[2], 100)


@pytest.mark.parametrize("words", ["", "  ", "没有的地方", "zzz"])
def test_nothing_is_found_where_nothing_is(explorer: Explorer, words: str) -> None:
    assert areas_named(explorer, words) == []


def test_a_name_that_several_have_is_nobodys_alone(explorer: Explorer) -> None:
    assert is_only_name(explorer, "北郎东社区")
    assert is_only_name(explorer, "Starbucks")
    assert not is_only_name(explorer, "没有这个名字")
    nodes = explorer.nodes_by_id().values()
    for node in nodes:
        alike = [n for n in nodes if node.name in (n.name, n.name_en)]
        assert is_only_name(explorer, node.name) == (len(alike) == 1)
