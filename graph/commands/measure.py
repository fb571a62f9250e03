"""``wushe measure``: every measure of any plain network, or of the one that is stored."""

from __future__ import annotations

import csv
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import InvalidArgument
from graph.settings import Settings
from graph.spreadsheet import safe_cell
from graph.terminal import ProgressLine
from graph.text import Language, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.analysis.registry import Measure, Measuring, Values
    from graph.plain import PlainNetwork

_N_ROWS_AT_ONCE = 20_000
# Above it the p-values of mixing would take longer than all the rest; z is exact at any size.
_MAX_TIES_TO_PERMUTE = 200_000
_file = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Measure any network in CSV tables · 计算任意网络的指标")
@click.option("--nodes", type=_file, help="id[,name][,group] · 节点表")
@click.option("--edges", type=_file, help="source,target[,weight] · 关系表")
@click.option("--directed", is_flag=True, help="Ties have a direction · 关系有方向")
@click.option(
    "--group", metavar="COL", help="Column of the groups; “group” if there · 分类所在的列"
)
@click.option(
    "--weight", metavar="COL", help="Column of the strengths; “weight” if there · 强度所在的列"
)
@click.option(
    "--measures", "names", default="all", show_default=True, metavar="a,b,…",
    help="Which; “linear” leaves out those on shortest paths · 计算哪些指标",
)  # fmt: skip
@click.option(
    "--samples", type=click.IntRange(1),
    help="Estimate betweenness from so many starts · 抽样起点数",
)  # fmt: skip
@click.option("--exact", is_flag=True, help="Never estimate betweenness · 一律精确计算")
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True,
    help="The same seed gives the same numbers · 随机种子",
)  # fmt: skip
@click.option("--threads", type=click.IntRange(1), help="At most so many; all by default · 线程数")
@click.option("-o", "--out", type=_file, help="Where the table goes · 输出表")
@click.option("--ties", type=_file, help="Where a table of the ties goes, if wanted · 关系的输出表")
@click.option(
    "--key-players", type=click.IntRange(1, 50), metavar="K",
    help="Name the K that matter most together, in the summary · 关键成员组合",
)  # fmt: skip
@click.option("--summary", type=_file, help="Where the whole network's figures go, as JSON · 概要")
@click.option("--list", "lists", is_flag=True, help="Say what each column means · 列出全部指标")
@click.pass_obj
def measure(
    settings: Settings,
    nodes: Path | None,
    edges: Path | None,
    directed: bool,
    group: str | None,
    weight: str | None,
    names: str,
    samples: int | None,
    exact: bool,
    seed: int,
    threads: int | None,
    out: Path | None,
    ties: Path | None,
    key_players: int | None,
    summary: Path | None,
    lists: bool,
) -> None:
    """Measure the network in two CSV tables, or the stored one, and write a row for each node.

    计算网络指标：来自两张 CSV 表（不需要数据库），不给表时则为已导入的数据。

    Ids are as they were given; a name that a spreadsheet would run as a formula has an apostrophe
    before it. A cell is empty where a measure is undefined. Weights are strengths, more is closer;
    betweenness does not use them. Without --directed, ties either way and repeated rows are one
    tie, their weights added; self-ties are left out and counted in the summary. Large networks have
    their betweenness estimated, which the summary says, with the error; --exact computes it
    whatever it takes. Interrupting writes nothing.

    \b
    wushe measure -o measures.csv
    wushe measure --list
    wushe measure --nodes nodes.csv --edges edges.csv -o measures.csv --summary summary.json
    wushe measure --nodes nodes.csv --edges edges.csv --group sector --measures roles -o roles.csv
    """
    language = settings.language
    if lists:
        _list(language)
        return
    if out is None:
        raise click.UsageError("-o is needed (or --list)")
    if (nodes is None) != (edges is None):
        raise click.UsageError("--nodes and --edges come together; without both, the stored data")
    if nodes is None and (directed or group or weight):
        raise click.UsageError("--directed, --group and --weight are for --nodes and --edges")
    if key_players is not None and summary is None:
        raise click.UsageError("--key-players go into the --summary")
    if exact and samples is not None:
        raise click.UsageError("--exact and --samples exclude one another")
    started = time.perf_counter()
    line = ProgressLine(language)
    chosen = _chosen(names)
    line.show(Text("正在读取……", "Reading…"))
    is_community = None
    if nodes is not None and edges is not None:
        from graph.plain import read_plain

        plain = read_plain(
            nodes,
            edges,
            is_directed=directed,
            group=group,
            weight=weight,
            progress=_showing(line, Text("正在读取", "Reading")),
        )
    else:
        plain, is_community = _stored(settings)
    from graph.analysis.registry import Measuring

    measuring = Measuring(
        plain.network,
        is_community=is_community,
        n_samples=samples,
        is_exact=exact,
        seed=seed,
        n_threads=threads,
        progress=_showing(line, Text("正在计算最短路径", "Following shortest paths")),
    )
    seconds = {"read": time.perf_counter() - started}
    columns = _compute(plain, measuring, chosen, line, seconds)
    begun = time.perf_counter()
    with _replacing(out) as stream:
        _write(stream, plain, columns, _showing(line, Text("正在写入", "Writing")))
    seconds["write"] = time.perf_counter() - begun
    if ties is not None:
        begun = time.perf_counter()
        with _replacing(ties) as stream:
            _write_ties(stream, measuring)
        seconds["ties"] = time.perf_counter() - begun
    if summary is not None:
        line.show(Text("正在写概要", "Summing up"))
        figures = _summary(plain, measuring, chosen, columns, seconds, key_players)
        with _replacing(summary) as stream:
            json.dump(figures, stream, ensure_ascii=False, indent=2)
            stream.write("\n")
    line.clear()
    took = time.perf_counter() - started
    n, m = len(plain.network), plain.network.n_ties
    click.echo(
        Text(
            f"已写入 {out}：{n} 个节点、{m} 条关系、{len(columns)} 列，用时 {took:.1f} 秒。",
            f"Wrote {out}: {n:,} nodes, {m:,} ties, {len(columns)} columns, in {took:.1f} s.",
        ).get(language)
    )
    if _is_estimated(measuring):
        click.echo(_estimate_note(measuring).get(language), err=True)


def _stored(settings: Settings) -> tuple[PlainNetwork, NDArray[np.bool_]]:
    """Read the stored network; it says which of its actors are communities."""
    from graph.plain import PlainNetwork
    from graph.reading import read_network
    from graph.store.opening import open_database
    from graph.terminal import StatusLine

    with open_database(settings, progress=StatusLine(settings.language)) as database:
        found = read_network(database)
    plain = PlainNetwork(found.network, found.names, has_groups=True, has_weights=True)
    return plain, found.is_community


def _list(language: Language) -> None:
    from graph.analysis.registry import MEASURES, TIE_COLUMNS
    from graph.terminal import table

    headers = Text("列|名称|术语|含义|来源", "Column|Name|Term|Meaning|Source").get(language)
    rows = [
        [c.slug, c.label.get(language), c.term.get(language), c.help.get(language), m.source]
        for m in MEASURES
        for c in m.columns
    ]
    rows += [
        [f"--ties {c.slug}", c.label.get(language), c.term.get(language), c.help.get(language), ""]
        for c in TIE_COLUMNS
    ]
    click.echo(table(headers.split("|"), rows))


def _chosen(names: str) -> tuple[Measure, ...]:
    from graph.analysis.registry import MEASURES, measures_named

    wanted = [name.strip() for name in names.split(",") if name.strip()]
    try:
        return measures_named(wanted)
    except KeyError as error:
        known = ", ".join(["all", "linear", *(m.slug for m in MEASURES)])
        name = error.args[0]
        raise InvalidArgument(
            "measures",
            Text(
                f"没有指标“{name}”。可用：{known}，或 --list 中的任一列名。",
                f"There is no measure “{name}”. Use one of: {known}; or a column that --list "
                "shows.",
            ),
        ) from error


def _showing(line: ProgressLine, step: Text) -> Callable[[float], None]:
    def show(share: float) -> None:
        percent = f"{100 * share:.0f}%"
        line.show(Text(f"{step.zh}……{percent}", f"{step.en}… {percent}"), share)

    return show


def _compute(
    plain: PlainNetwork,
    measuring: Measuring,
    chosen: tuple[Measure, ...],
    line: ProgressLine,
    seconds: dict[str, float],
) -> dict[str, Values | None]:
    """Return one array for each column, None for what needs groups where there are none."""
    from graph.analysis.registry import measured

    columns: dict[str, Values | None] = {}
    for one in chosen:
        label = one.columns[0].label
        line.show(Text(f"正在计算：{label.zh}", f"Computing: {label.en}"))
        begun = time.perf_counter()
        if one.needs_groups and not plain.has_groups:
            columns |= {column.slug: None for column in one.columns}
        else:
            columns |= measured(measuring, [one])
        seconds[one.slug] = time.perf_counter() - begun
    return columns


@contextmanager
def _replacing(path: Path) -> Iterator[Any]:
    """Write to a new file that takes the place of ``path`` only once it is whole."""
    try:
        descriptor, name = tempfile.mkstemp(".part", f".{path.name}", path.parent)
        part = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
                yield stream
            part.chmod(0o644)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise InvalidArgument(
            "out",
            Text(
                f"无法写入 {path}：{error.strerror}。请换一个位置。",
                f"{path} cannot be written: {error.strerror}. Choose another place.",
            ),
        ) from error


def _write(
    stream: Any,
    plain: PlainNetwork,
    columns: dict[str, Values | None],
    progress: Callable[[float], None],
) -> None:
    network = plain.network
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(
        [
            "id",
            *(["name"] if plain.names is not None else []),
            *(["group"] if plain.has_groups else []),
            *columns,
        ]
    )
    groups = (*map(safe_cell, network.group_names), "")
    for start in range(0, len(network), _N_ROWS_AT_ONCE):
        part = slice(start, start + _N_ROWS_AT_ONCE)
        cells: list[Any] = [network.ids[part]]
        if plain.names is not None:
            cells.append([safe_cell(name) for name in plain.names[part]])
        if plain.has_groups:
            cells.append([groups[code] for code in network.groups[part].tolist()])
        n = len(cells[0])
        cells += [_cells(values, part, n) for values in columns.values()]
        writer.writerows(zip(*cells, strict=True))
        progress(min(1.0, (start + n) / len(network)))


def _write_ties(stream: Any, measuring: Measuring) -> None:
    from graph.analysis.registry import measured_ties

    network = measuring.network
    columns = measured_ties(measuring)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["source", "target", "weight", *columns])
    sources, targets, weights = network.arrays()
    for start in range(0, len(sources), _N_ROWS_AT_ONCE):
        part = slice(start, start + _N_ROWS_AT_ONCE)
        writer.writerows(
            zip(
                [network.ids[i] for i in sources[part].tolist()],
                [network.ids[i] for i in targets[part].tolist()],
                weights[part].tolist(),
                *(values[part].tolist() for values in columns.values()),
                strict=True,
            )
        )


def _cells(values: Values | None, part: slice, n: int) -> list[Any]:
    """Return the cells of a column; what is undefined is empty."""
    if values is None:
        return [""] * n
    cells: list[Any] = values[part].tolist()
    if values.dtype.kind != "f":
        return cells
    return ["" if x is None or x != x else x for x in cells]


def _summary(
    plain: PlainNetwork,
    measuring: Measuring,
    chosen: tuple[Measure, ...],
    columns: dict[str, Values | None],
    seconds: dict[str, float],
    n_key_players: int | None,
) -> dict[str, Any]:
    """Return what holds of the whole network, and how its numbers came about."""
    from graph.analysis.communities import partition_quality
    from graph.analysis.components import components
    from graph.analysis.density import density

    network = plain.network
    parts = components(network)
    n = len(network)
    figures: dict[str, Any] = {
        "nodes": n,
        "ties": network.n_ties,
        "directed": network.is_directed,
        "self_ties_left_out": network.n_self_ties,
        "repeated_ties_merged": network.n_parallel_ties,
        "isolates": int((network.undirected.degrees == 0).sum()),
        "density": _number(density(network)),
        "mean_degree": 2 * network.undirected.n_ties / n if n else None,
        "components": len(parts.sizes),
        "largest_component": int(parts.sizes.max(initial=0)),
        "weights": "strength" if plain.has_weights else None,
        "groups": dict(
            zip(
                network.group_names,
                [int((network.groups == k).sum()) for k in range(len(network.group_names))],
                strict=True,
            )
        )
        if plain.has_groups
        else None,
        "measures": [one.slug for one in chosen],
        "columns": list(columns),
        "seed": measuring.seed,
    }
    if plain.has_groups:
        ei = measuring.ei_index
        figures["ei_index"] = {
            "overall": _number(ei.overall),
            "expected": _number(ei.expected),
            "by_group": {
                name: _number(x)
                for name, x in zip(network.group_names, ei.groups.tolist(), strict=True)
            },
        }
        figures["mixing"] = _mixing(measuring)
    if (labels := columns.get("community")) is not None:
        figures["communities"] = int(labels.max(initial=-1)) + 1
        figures["modularity"] = _number(partition_quality(network, labels))
    if n_key_players is not None:
        figures["key_players"] = _key_players(measuring, n_key_players)
    if any(one.cost == "paths" for one in chosen):
        figures["betweenness"] = {"lengths": "1 for each tie", "method": "exact"}
        if measuring.sampled is not None:
            figures["betweenness"] |= {
                "method": "sampled",
                "samples": measuring.sampled.n_samples,
                "confidence": measuring.sampled.confidence,
                "largest_half_width": float(measuring.sampled.half_widths.max(initial=0.0)),
            }
    figures["seconds"] = {step: round(took, 3) for step, took in seconds.items()}
    return figures


def _mixing(measuring: Measuring) -> dict[str, Any]:
    """Return the ties of each pair of groups beside what dealing out the groups would give."""
    from graph.analysis.mixing import assortativity, dealt_groups

    network = measuring.network
    n_permutations = 999 if network.n_ties <= _MAX_TIES_TO_PERMUTE else 0
    found = dealt_groups(
        network,
        n_permutations=n_permutations,
        seed=measuring.seed,
        n_threads=measuring.n_threads,
    )
    names = network.group_names
    pairs = [
        {
            "groups": [names[a], names[b]],
            "ties": int(found.observed[a, b]),
            "expected": _number(found.mean[a, b]),
            "z": _number(found.z[a, b]),
            "p": _number(found.p[a, b]),
        }
        for a in range(len(names))
        for b in range(len(names))
        if a <= b or network.is_directed
    ]
    return {
        "model": "groups dealt out at random",
        "permutations": n_permutations,
        "assortativity": _number(assortativity(network)),
        "pairs": pairs,
    }


def _key_players(measuring: Measuring, k: int) -> dict[str, Any]:
    """Return who matters most together: without whom most falls apart, and who reach most."""
    from graph.analysis.key_players import key_players

    network = measuring.network
    answers: dict[str, Any] = {}
    for measure in ("fragmentation", "reach"):
        found = key_players(
            network,
            min(k, len(network)),
            measure,
            seed=measuring.seed,
            n_threads=measuring.n_threads,
            progress=measuring.progress,
        )
        answers[measure] = {
            "members": [network.ids[i] for i in found.members.tolist()],
            "score": _number(found.score),
            "gains": [_number(x) for x in found.gains.tolist()],
            "score_of_highest_degrees": _number(found.by_degree),
        }
    return answers


def _number(x: float) -> float | None:
    return None if x != x else float(x)


def _is_estimated(measuring: Measuring) -> bool:
    return "sampled" in vars(measuring) and measuring.sampled is not None


def _estimate_note(measuring: Measuring) -> Text:
    found = measuring.sampled
    n = found.n_samples if found else 0
    width = float(found.half_widths.max(initial=0.0)) if found else 0.0
    return Text(
        f"关键桥梁（betweenness）是由 {n} 个起点抽样估计的：以 95% 的把握，误差不超过 {width:.4g}。"
        "加 --exact 可精确计算。",
        f"Betweenness is estimated from {n:,} starts: with 95% confidence no value is off by more "
        f"than {width:.4g}. --exact computes it in full.",
    )
