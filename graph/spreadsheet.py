"""Cells of tables that people open in a spreadsheet, which would run some texts as formulas."""

from __future__ import annotations

import re

# What begins a formula in some spreadsheet, full-width signs among them, behind apostrophes or not.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?", re.IGNORECASE)


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet reads as a formula: an apostrophe stands before it.

    What is a number stays one. `read_cell` gives every text back as it was.
    """
    return f"'{text}" if _is_formula(text) else text


def read_cell(text: str) -> str:
    """Return the text that `safe_cell` made ``text`` of."""
    is_made = text.startswith("'") and _is_formula(text[1:])
    return text[1:] if is_made else text


def _is_formula(text: str) -> bool:
    return _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None
