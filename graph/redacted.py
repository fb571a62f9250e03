"""An explorer over what is left of the data when persons or kinds are hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph.explorer import Explorer
from graph.findings.gaps import Gap
from graph.findings.marks import Mark
from graph.ingest.importer import ImportRecord
from graph.records import Node, Records
from graph.results import GapReport
from graph.sharing.redaction import Redacted, Redaction, redacted


class RedactedExplorer(Explorer):
    """Answers every question from the redacted records of ``whole``.

    Measures are those of the network that is left. Gap rules look at what is stored; what they
    find about somebody hidden is left out, and where a finding names somebody hidden, it does so
    without a name.
    """

    def __init__(self, whole: Explorer, redaction: Redaction) -> None:
        super().__init__(whole.database)
        self.redaction = redaction
        self._whole = whole

    def records(self) -> Records:
        """Return what is left of what is stored."""
        return self._redacted().records

    def _redacted(self) -> Redacted:
        return self.cached(("redacted",), lambda: redacted(self._whole.records(), self.redaction))

    def rule_nodes(self) -> dict[str, Node]:
        """Return by stored id what the gap rules' rows are shown as."""
        return self.nodes_by_id() | self._redacted().stand_ins

    def marks(self) -> tuple[Mark, ...]:
        """Return nothing: what was decided, and the notes on it, are not shared."""
        return ()

    def gap_report(self, area: str | None = None) -> GapReport:
        """Return the findings about those who are shown."""
        report = super().gap_report(area)
        return self.cached(("shown gaps", area), lambda: self._shown(report))

    def _shown(self, report: GapReport) -> GapReport:
        present = self.nodes_by_id()
        gaps = tuple(
            replace(gap, ties=tuple(map(self._row, gap.evidence)))
            for gap in report.gaps
            if all(node.id in present for node in gap.subjects) and self._is_public(gap)
        )
        return GapReport(gaps, report.tallies, ())

    def _is_public(self, gap: Gap) -> bool:
        return not (self.redaction.hides_persons and any(n.is_person for n in gap.subjects))

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        nodes = self.rule_nodes()
        ends = {end: nodes[row[end]].id for end in ("start", "end") if row.get(end) in nodes}
        return {**row, **ends, **({"note": None} if "note" in row else {})}

    def imports(self) -> tuple[ImportRecord, ...]:
        """Return the history without the names of files, which may be persons' names."""
        return tuple(replace(record, files=()) for record in super().imports())
