"""The outcomes of `peers` as rows for the terminal and as Markdown for the README."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.peer_runs import OWN, Contender, Outcome

if TYPE_CHECKING:
    from tests.benchmarks.peers import Row

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- peers: written by the command above -->\n", "<!-- end of peers -->\n"
_LEAST_QUALITY = 0.001
_EQUAL = 1e-9


def ratios(rows: Sequence[Row]) -> list[tuple[str, float, float]]:
    """Return (what, our seconds, how many times the fastest peer takes), on most threads."""
    found = []
    for row in rows:
        if not row.measure.has_ratio:
            continue
        n_threads = max(c.n_threads for c in row.measure.contenders)
        own = _own_seconds(row, n_threads)
        if own is not None:
            fastest = _fastest(row, n_threads)
            name = f"{row.measure.slug}, {row.graph.name}"
            found.append((name, own, fastest[1] / own if fastest else float("nan")))
    return found


def document(rows: Sequence[Row], arguments: str) -> str:
    """Return everything as Markdown: how it was measured, who is faster, times, memory."""
    measures = list(dict.fromkeys(row.measure for row in rows))
    parts = [_circumstances(rows, arguments), _slower(rows)]
    for measure in measures:
        parts.append(_table([row for row in rows if row.measure == measure]))
    parts += [_memory(rows), _left_out(rows)]
    return "\n\n".join(part for part in parts if part) + "\n"


def write(text: str, cold_s: float, warm_s: float) -> None:
    """Put the text between the marks in the README, and what compiling takes that it leaves out."""
    compiled = (
        f"Not in these times: all of ours is compiled once on a machine, in {cold_s:.0f} s, and "
        f"then loaded by each process in {warm_s:.1f} s at most (`python -m tests.benchmarks "
        "compiling`).\n\n"
    )
    whole = README.read_text(encoding="utf-8")
    before, _, rest = whole.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}{compiled}{text}{END}{after}", encoding="utf-8")


def _circumstances(rows: Sequence[Row], arguments: str) -> str:
    outcomes = [o for row in rows for o in row.outcomes if "date" in o]
    dates = sorted({o["date"] for o in outcomes}) or [datetime.date.today().isoformat()]  # noqa: DTZ011
    loads = [o["load"] for o in outcomes] or [0.0]
    versions: dict[str, set[str]] = {}
    for outcome in outcomes:
        for name, version in outcome.get("versions", {}).items():
            versions.setdefault(name, set()).add(version)
    listed = ", ".join(f"{name} {' and '.join(sorted(v))}" for name, v in versions.items())
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    return (
        f"    python -m tests.benchmarks peers {arguments}\n\n"
        f"{when}, {_processor()}, {os.cpu_count()} cores, {platform.system()}; the machine's load "
        f"was {min(loads)} to {max(loads)}. {listed}."
    )


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _slower(rows: Sequence[Row]) -> str:
    """List every row in which a peer is faster than ours."""
    found = []
    for row in rows:
        for n_threads in _threads(row) if row.measure.has_ratio else ():
            own, fastest = _own_seconds(row, n_threads), _fastest(row, n_threads)
            if own is None or fastest is None or fastest[1] >= own:
                continue
            name = f"{row.measure.title}, {row.graph.name}, {_n_threads(n_threads)}"
            found.append(f"- {name}: {fastest[0].label} takes {fastest[1] / own:.2f} of our time")
    if not found:
        return "No peer is faster than ours in any row."
    return "**Where a peer is faster than ours:**\n\n" + "\n".join(found)


def _table(rows: Sequence[Row]) -> str:
    measure = rows[0].measure
    is_shown = [
        any(
            "seconds" in row.outcomes[k] or row.outcomes[k]["status"] in ("limit", "memory")
            for row in rows
        )
        for k in range(len(measure.contenders))
    ]
    heads = ["network", *(_head(c) for c in compress(measure.contenders, is_shown))]
    threads = _threads(rows[0]) if measure.has_ratio else []
    heads += [f"ratio, {_n_threads(k)}" for k in threads]
    lines = [f"### {measure.title}", ""]
    if measure.note:
        lines += [measure.note, ""]
    lines += [_line(heads), _line([":--", *["--:"] * (len(heads) - 1)])]
    for row in rows:
        cells = [_cell(outcome) for outcome in compress(row.outcomes, is_shown)]
        lines.append(_line([row.graph.title, *cells, *(_ratio(row, k) for k in threads)]))
    for remark in (_agreement(rows), _references(rows)):
        lines += ["", remark] if remark else []
    return "\n".join(lines)


def _agreement(rows: Sequence[Row]) -> str:
    found = [
        (outcome["difference"], contender.label, row.graph.name)
        for row in rows
        for contender, outcome in zip(row.measure.contenders, row.outcomes, strict=True)
        if "difference" in outcome
    ]
    if not found:
        return ""
    apart = [f"{label} on {graph} by {d:.1e}" for d, label, graph in found if d > _EQUAL]
    if apart:
        return f"Results differ from ours: {', '.join(apart)}."
    return f"All results agree with ours; the largest relative difference is {max(found)[0]:.0e}."


def _references(rows: Sequence[Row]) -> str:
    found = {
        row.graph.name: outcome["reference"]
        for row in rows
        for outcome in row.outcomes
        if "reference" in outcome
    }
    if not found:
        return ""
    listed = ", ".join(f"on {graph} {reference}" for graph, reference in found.items())
    return f"The true first 50 are {listed}."


def _cell(outcome: Outcome) -> str:
    if outcome["status"] == "limit":
        return f"> {outcome['limit_s']:g} s"
    if outcome["status"] == "memory":
        return f"> {outcome['limit_gb']:g} GB"
    if "seconds" not in outcome:
        return "–" if outcome["status"] == "over" else ""
    text = _duration(statistics.median(outcome["seconds"]))
    if len(outcome["seconds"]) == 1 and "samples" not in outcome:
        text += ", 1 run"
    if "quality" in outcome:
        text += f", Q {outcome['quality']:.4f}"
    if "overlap" in outcome:
        text += f", {outcome['overlap']}/50, {outcome['samples']:,} samples"
    return text


def _duration(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds:.3g} s" if seconds < 1000 else f"{seconds:,.0f} s"


def _ratio(row: Row, n_threads: int) -> str:
    own, fastest = _own_seconds(row, n_threads), _fastest(row, n_threads)
    if own is None:
        return ""
    if fastest is not None:
        return f"{_three_digits(fastest[1] / own)} ({fastest[0].peer})"
    least = min((o["limit_s"] for o in row.outcomes if o["status"] == "limit"), default=0) / own
    return f"> {_three_digits(least)}" if least > 1 else ""


def _three_digits(x: float) -> str:
    return f"{x:,.0f}" if x >= 100 else f"{x:.3g}"


def _own_seconds(row: Row, n_threads: int) -> float | None:
    """Return our seconds on at most so many threads, by what is given without asking for more."""
    own = [
        statistics.median(outcome["seconds"])
        for contender, outcome in _of(row, n_threads)
        if contender.peer == OWN and contender.label == OWN
    ]
    return own[-1] if own else None


def _fastest(row: Row, n_threads: int) -> tuple[Contender, float] | None:
    """Return the fastest peer on at most so many threads, among those whose result is as good."""
    own = [o["quality"] for c, o in _of(row, n_threads) if c.label == OWN and "quality" in o]
    peers = [
        (contender, statistics.median(outcome["seconds"]))
        for contender, outcome in _of(row, n_threads)
        if contender.peer != OWN
        and outcome.get("quality", 1.0) >= max(own, default=0.0) - _LEAST_QUALITY
        and outcome.get("difference", 0.0) <= _EQUAL
    ]
    return min(peers, key=lambda pair: pair[1], default=None)


def _of(row: Row, n_threads: int) -> Iterator[tuple[Contender, Outcome]]:
    for contender, outcome in zip(row.measure.contenders, row.outcomes, strict=True):
        if contender.n_threads <= n_threads and "seconds" in outcome:
            yield contender, outcome


def _threads(row: Row) -> list[int]:
    return sorted({c.n_threads for c in row.measure.contenders})


def _memory(rows: Sequence[Row]) -> str:
    """Memory on the largest network of each measure, and the time to build it there."""
    peers = list(dict.fromkeys(c.peer for row in rows for c in row.measure.contenders))
    largest = {}
    for row in rows:
        if row.graph.is_city:
            largest[row.measure.slug] = row
    lines = []
    built: dict[str, float] = {}
    top = max((row.graph.n for row in largest.values()), default=0)
    for row in largest.values():
        held: dict[str, str] = {}
        for contender, outcome in zip(row.measure.contenders, row.outcomes, strict=True):
            if "peak_mb" in outcome:
                added = outcome["peak_mb"] - outcome["before_mb"]
                held[contender.peer] = f"{outcome['peak_mb']:,.0f} (+{added:,.0f})"
                if row.graph.n == top:
                    built.setdefault(contender.peer, outcome["build_s"])
        name = f"{row.measure.slug}, {row.graph.name}"
        lines.append(_line([name, *(held.get(peer, "") for peer in peers)]))
    if not lines:
        return ""
    seconds = [_duration(built[peer]) if peer in built else "" for peer in peers]
    lines.append(_line([f"building city-{top}, not timed above", *seconds]))
    head = [_line(["measure", *peers]), _line([":--", *["--:"] * len(peers)])]
    note = (
        "Peak memory of the whole process in MB, and in brackets how much of it the network and "
        "the measure added to the interpreter with its packages loaded; on the most threads."
    )
    return "\n".join(["### Memory and building", "", note, "", *head, *lines])


def _left_out(rows: Sequence[Row]) -> str:
    missing, failed = set(), set()
    for row in rows:
        for contender, outcome in zip(row.measure.contenders, row.outcomes, strict=True):
            if outcome["status"] == "missing":
                missing.add(contender.peer)
            elif outcome["status"] == "failed":
                name = f"{contender.label}, {row.measure.slug}, {row.graph.name}"
                failed.add(f"{name}: {outcome.get('message', '')}")
    lines = ["–: not run, since a smaller network took more time or memory than the limit."]
    if missing:
        lines.append(f"Left out, since not installed here: {', '.join(sorted(missing))}.")
    lines += sorted(failed)
    return "\n".join(lines)


def _head(contender: Contender) -> str:
    return contender.label + (f" ×{contender.n_threads}" if contender.n_threads > 1 else "")


def _n_threads(n_threads: int) -> str:
    return "1 thread" if n_threads == 1 else f"{n_threads} threads"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
