"""Which value of a threshold holds where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidArgument
from graph.findings.parameters import RuleParameter, Setting, areas_to_run, nearest, values_at
from graph.text import Text

K = RuleParameter("k", Text("步", "steps"), 2, Text("因", "why"), 1, 3)
SHARE = RuleParameter("share", Text("比", "share"), 0.5, Text("因", "why"), 0, 1, is_integer=False)
AREAS = st.lists(st.sampled_from("甲乙"), min_size=1, max_size=4).map("/".join)


def test_the_nearest_area_decides() -> None:
    settings = (Setting("", "r", "k", 1), Setting("甲", "r", "k", 3), Setting("甲/乙", "x", "k", 1))
    found = {area: values_at("r", (K, SHARE), settings, area)["k"] for area in ("", "乙", "甲/乙")}
    assert found == {"": 1, "乙": 1, "甲/乙": 3}
    assert values_at("r", (K, SHARE), (), "甲") == {"k": 2, "share": 0.5}


def test_an_area_is_no_beginning_of_a_word() -> None:
    settings = (Setting("甲", "r", "k", 3),)
    assert values_at("r", (K,), settings, "甲乙")["k"] == 2
    assert areas_to_run("r", settings, "甲乙") == ("甲乙",)


@given(st.dictionaries(AREAS | st.just(""), st.integers(1, 3)), AREAS, AREAS | st.none())
def test_a_subject_is_judged_by_the_nearest_setting(
    chosen: dict[str, int], area: str, place: str | None
) -> None:
    settings = [Setting(a, "r", "k", v) for a, v in chosen.items()]
    if place is None or not f"{place}/".startswith(f"{area}/"):
        return
    run = nearest(areas_to_run("r", settings, area), place)
    around = [a for a in chosen if not a or f"{place}/".startswith(f"{a}/")]
    wanted = chosen[max(around, key=len)] if around else K.default
    assert values_at("r", (K,), settings, run)["k"] == wanted


@pytest.mark.parametrize(
    ("parameter", "value"), [(K, 0), (K, 4), (K, 1.5), (K, True), (SHARE, 1.1), (SHARE, -1)]
)
def test_a_value_out_of_range_is_refused(parameter: RuleParameter, value: float) -> None:
    with pytest.raises(InvalidArgument):
        parameter.check(value)


def test_a_value_comes_out_as_its_type() -> None:
    assert repr(K.check(3.0)) == "3"
    assert repr(SHARE.check(1)) == "1.0"
