"""The pictures drawn on the server: names stand in them whole."""

from __future__ import annotations

import re

import pytest

from web.pictures import Neighbour, ego

NAMES = (
    "甲",
    "北郎东社区垃圾分类志愿服务工作协调小组",
    "Beijing HeZhongZeYi Public Welfare Development Centre",
    "“1+N”工作坊课程 (workshop course)",
    "x" * 90,
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_broken_into_lines_and_never_cut(name: str) -> None:
    centre = Neighbour("community", "中", "/actors/c")
    picture = str(ego(centre, [Neighbour("enterprise", name, "/actors/x")], "图"))
    lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", picture)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    for line in lines:
        assert sum(2 if ord(c) > 0x2E80 else 1 for c in line) <= 28


def test_a_name_is_escaped() -> None:
    picture = str(ego(Neighbour(None, "c", "/"), [Neighbour(None, "<b>&", "/x")], "t"))
    assert "<b>" not in picture
    assert "&lt;b&gt;&amp;" in picture
