"""``wushe generate``: a synthetic city, to try things on and to measure with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from graph.city.plan import MAX_ACTORS, MIN_ACTORS, CityPlan
from graph.errors import InvalidArgument
from graph.settings import Settings
from graph.terminal import ProgressLine, StatusLine
from graph.text import Text

if TYPE_CHECKING:
    from graph.city.arrays import City
    from graph.ingest.importer import ImportReport

Form = Literal["import", "plain", "arrays"]
_TRUTH = "truth.json"


@click.command(short_help="Make up a city to try things on · 生成模拟城市")
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.option(
    "--actors", type=click.IntRange(MIN_ACTORS, MAX_ACTORS), default=2_000, show_default=True,
    help="How many, volunteers counted · 主体数（含志愿者）",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True,
    help="The same seed gives the same city · 随机种子",
)  # fmt: skip
@click.option(
    "--volunteers", type=click.FloatRange(0.6, 0.9), default=0.75, show_default=True,
    help="Share of them that are volunteers · 志愿者比例",
)  # fmt: skip
@click.option(
    "--hubs", type=click.IntRange(0, 1_000), default=1, show_default=True,
    help="Hub organisations to plant · 埋设几个枢纽",
)  # fmt: skip
@click.option(
    "--brokers", type=click.IntRange(0, 1_000), default=1, show_default=True,
    help="Sole bridges to plant · 埋设几个唯一中介",
)  # fmt: skip
@click.option(
    "--gaps", type=click.IntRange(0, 1_000), default=3, show_default=True,
    help="Gaps to plant · 埋设几处缺口",
)  # fmt: skip
@click.option(
    "--as", "form", type=click.Choice(["import", "plain", "arrays"]), default="import",
    show_default=True,
    help="Tables for `wushe import`, for `wushe measure`, or NumPy arrays · 输出形式",
)  # fmt: skip
@click.option("--store", is_flag=True, help="Import it as well, as one import · 同时导入")
@click.pass_obj
def generate(
    settings: Settings,
    out: Path,
    actors: int,
    seed: int,
    volunteers: float,
    hubs: int,
    brokers: int,
    gaps: int,
    form: Form,
    store: bool,
) -> None:
    """Write a synthetic city to OUT, and beside it what is planted in it · 生成模拟城市。

    \b
    --as import  a folder of CSV tables, or one workbook if OUT ends in .xlsx
    --as plain   a folder with nodes.csv and edges.csv: the network of the actors
    --as arrays  the same network in one file OUT.npz

    truth.json names the hubs, brokers and gaps that were planted, and why they are. Nothing that
    exists is written over.

    \b
    wushe generate city --actors 5000 --seed 7
    wushe generate city.xlsx --hubs 2 --gaps 6 --store
    wushe generate network --as plain
    """
    from graph.city.draw import draw_city
    from graph.city.write import write_truth

    if store and form != "import":
        raise click.UsageError("--store: only with --as import")
    if form == "arrays" and out.suffix != ".npz":
        out = out.with_name(f"{out.name}.npz")
    plan = CityPlan(actors, seed, volunteers, n_hubs=hubs, n_brokers=brokers, n_gaps=gaps)
    is_file = form == "arrays" or (form == "import" and out.suffix.lower() == ".xlsx")
    truth = out.with_name(f"{out.stem}.{_TRUTH}") if is_file else out / _TRUTH
    _refuse_to_overwrite(out, truth)
    line = ProgressLine(settings.language)
    line.show(Text("正在生成城市……", "Drawing the city…"))
    city = draw_city(plan)
    try:
        truth.parent.mkdir(parents=True, exist_ok=True)
        written = _write(city, out, form, _writing(line))
        write_truth(city, truth)
    except OSError as error:
        raise InvalidArgument(
            "out",
            Text(
                f"无法写入 {error.filename or out}：{error.strerror}。请换一个位置。",
                f"{error.filename or out} cannot be written: {error.strerror}. Choose another "
                "place.",
            ),
        ) from error
    line.clear()
    click.echo(
        Text(
            f"已写入 {out}：{written.zh}。埋设的答案：{truth}",
            f"Wrote {out}: {written.en}. What is planted: {truth}",
        ).get(settings.language)
    )
    if store:
        report = _import(settings, out)
        click.echo(
            Text(
                f"已导入：新增 {report.actors.new} 个节点、{report.ties.new} 条关系；"
                "可在导入页撤销。",
                f"Imported: {report.actors.new:,} new nodes and {report.ties.new:,} new ties; the "
                "import page can undo it.",
            ).get(settings.language)
        )


def _refuse_to_overwrite(out: Path, truth: Path) -> None:
    """Raise `InvalidArgument` where a file would be written over or a folder holds anything."""
    is_taken = any(out.iterdir()) if out.is_dir() else out.exists()
    if is_taken or truth.exists():
        taken = truth if truth.exists() and not is_taken else out
        raise InvalidArgument(
            "out",
            Text(
                f"{taken} 已存在且不为空，不会覆盖。请换一个名称，或先自行删除。",
                f"{taken} exists and is not empty; it is not written over. Choose another name, "
                "or remove it first.",
            ),
        )


def _writing(line: ProgressLine) -> Callable[[float], None]:
    def show(part: float) -> None:
        percent = f"{100 * part:.0f}%"
        line.show(Text(f"正在写入……{percent}", f"Writing… {percent}"), part)

    return show


def _write(city: City, out: Path, form: Form, progress: Callable[[float], None]) -> Text:
    """Write the city; return how much it is."""
    from graph.city.network import city_network
    from graph.city.write import write_arrays, write_import, write_plain

    n_actors = city.n_actors
    if form == "import":
        write_import(city, out, progress)
        n_met, n_ties = len(city) - n_actors, len(city.ties)
        return Text(
            f"{n_actors} 个主体、{n_met} 个项目和阵地等、{n_ties} 条关系",
            f"{n_actors:,} actors, {n_met:,} projects, spaces and the like, {n_ties:,} ties",
        )
    network = city_network(city)
    if form == "plain":
        write_plain(city, out / "nodes.csv", out / "edges.csv", network, progress)
    else:
        write_arrays(city, out, network)
    return Text(
        f"主体网络，{n_actors} 个主体、{network.n_ties} 条关系",
        f"the network of {n_actors:,} actors with {network.n_ties:,} ties",
    )


def _import(settings: Settings, out: Path) -> ImportReport:
    """Import what was written, unless actors of the same ids are stored already."""
    from graph.ingest.importer import import_files, refuse
    from graph.store.opening import open_database

    paths = sorted(out.glob("*.csv")) if out.is_dir() else [out]
    files = [(path.name, path.read_bytes()) for path in paths]
    with open_database(settings, progress=StatusLine(settings.language)) as database:
        expected = refuse(import_files(database, files, dry_run=True))
        if expected.actors.changed:
            raise InvalidArgument(
                "store",
                Text(
                    f"没有导入：库中已有 {expected.actors.changed} 个编号相同的别的主体，"
                    "可能是另一座模拟城市。请先撤销那次导入。",
                    f"Nothing was imported: {expected.actors.changed:,} other actors with the same "
                    "ids are stored, of another synthetic city perhaps. Undo that import first.",
                ),
            )
        return refuse(import_files(database, files))
