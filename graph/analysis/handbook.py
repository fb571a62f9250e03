"""Writes ``README.md`` of this folder from the registry: ``python -m graph.analysis.handbook``."""

from __future__ import annotations

from pathlib import Path

from graph.analysis.registry import MEASURES, TIE_COLUMNS

PATH = Path(__file__).with_name("README.md")
_HEAD = """\
# Measures · 指标

Every column that `wushe measure` writes and the API answers, in its order. This page is written
from `registry.py` by `python -m graph.analysis.handbook`; each definition, with its formula, its
limits and its differences from other tools, stands in the docstring of its module.

What holds for all: parallel ties are one tie with their weights added, self-ties are left out,
isolates are kept; weights are strengths (more is closer) and are used by constraint, effective
size, efficiency, hierarchy, strength, participation and community; shortest paths take each tie as
one step. A cell is empty where a measure is undefined, and where it would need a group that is not
known: that is never written as 0.

| Column | Name | 名称 | Meaning | 含义 | Source |
|---|---|---|---|---|---|
"""
_TIES = """
## Ties · 关系

What `wushe measure --ties` writes, one row for each tie.

| Column | Name | 名称 | Meaning | 含义 |
|---|---|---|---|---|
"""


def markdown() -> str:
    """Return the page: one row for each column, those by chance in one row for their measure."""
    rows = []
    for measure in MEASURES:
        columns = measure.columns[:2] if "by_chance" in measure.slug else measure.columns
        for column in columns:
            more = f", … ({len(measure.columns)} columns)" if columns != measure.columns else ""
            rows.append(
                f"| `{column.slug}`{more} | {column.label.en}: {column.term.en} | "
                f"{column.label.zh}：{column.term.zh} | "
                f"{column.help.en} | {column.help.zh} | {measure.source} |"
            )
    ties = [
        f"| `{column.slug}` | {column.label.en}: {column.term.en} | "
        f"{column.label.zh}：{column.term.zh} | {column.help.en} | {column.help.zh} |"
        for column in TIE_COLUMNS
    ]
    return "\n".join([_HEAD + rows[0], *rows[1:], _TIES + ties[0], *ties[1:], ""])


def main() -> None:
    """Write the page."""
    PATH.write_text(markdown(), "utf-8")


if __name__ == "__main__":
    main()
