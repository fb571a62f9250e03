"""What can be wrong with a file that somebody brings, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import WusheError
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a file from being taken: where it is, what it is, how to mend it.

    ``row`` counts as the spreadsheet does, the header being row 1; None where the whole file or
    sheet is meant. ``value`` is what the cell holds, None where it must not be shown.
    """

    file: str
    message: Text
    mend: Text
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def sentence(self) -> Text:
        """Return place, fault and mend in one line."""
        place = [Text(self.file, self.file)]
        if self.sheet:
            place.append(Text(f"工作表“{self.sheet}”", f"sheet “{self.sheet}”"))
        if self.row:
            place.append(Text(f"第 {self.row} 行", f"row {self.row}"))
        if self.column:
            place.append(Text(f"“{self.column}”列", f"column “{self.column}”"))
        return Text(
            f"{'，'.join(p.zh for p in place)}：{self.message.zh}{self.mend.zh}",
            f"{', '.join(p.en for p in place)}: {self.message.en} {self.mend.en}",
        )


class ImportRefused(WusheError):
    """An import with problems; nothing of it was stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0].sentence()
        n = len(problems)
        super().__init__(
            Text(
                f"导入未执行，共 {n} 处问题，数据没有改变。第一处：{first.zh}",
                f"Nothing was imported: {n} problem{'s' if n != 1 else ''}, the data are as they "
                f"were. The first: {first.en}",
            )
        )
        self.problems = tuple(problems)
