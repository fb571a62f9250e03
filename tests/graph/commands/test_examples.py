"""The examples in the help of every command: there, of that command, and working on the sample."""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.ingest.sample import sample_files
from graph.settings import Settings
from graph.store.database import Database

MAX_EXAMPLES = 4
# Examples that are not run here, by how they begin, each with the reason.
NOT_RUN = {
    "wushe serve": "goes on until it is stopped",
    "wushe prepare": "fetches Neo4j and starts it several times",
    "wushe demo": "changes what is stored",
    "wushe import mine.xlsx": "is of a workbook of one's own",
    "wushe gaps mark": "changes what is stored",
    "wushe gaps unmark": "changes what is stored",
    "wushe gaps set": "changes what is stored",
    "wushe generate city.xlsx": "changes what is stored",
    "wushe what-if --add-tie hezhongzeyi": "changes what is stored",
    "wushe what-if show": "takes the id of a scenario that was kept",
    "wushe what-if delete": "takes the id of a scenario that was kept",
    "wushe shortlist add": "changes what is stored",
    "wushe shortlist show": "takes the id of a list that was kept",
    "wushe shortlist remove": "takes the id of a list that was kept",
    "wushe shortlist export": "takes the id of a list that was kept",
}


def commands(group: click.Group, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command below a group with the words that call it, groups among them."""
    for name, command in group.commands.items():
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)


COMMANDS = dict(commands(main))


def examples(command: click.Command) -> list[str]:
    """Return the lines of the last paragraph of a command's help, if they are kept as they are."""
    last = inspect.cleandoc(command.help or "").rpartition("\n\n")[2]
    mark, _, lines = last.partition("\n")
    return lines.split("\n") if mark == "\b" else []


EXAMPLES = [line for command in COMMANDS.values() for line in examples(command)]
RUN = [line for line in EXAMPLES if not line.startswith(tuple(NOT_RUN))]


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_the_help_of_a_command_ends_with_examples_of_it(names: tuple[str, ...]) -> None:
    command = COMMANDS[names]
    found = examples(command)
    assert 1 <= len(found) <= MAX_EXAMPLES
    shown = CliRunner().invoke(main, [*names, "--help"]).output
    for line in found:
        assert line in shown
        _, *words = shlex.split(line)
        while words[0] in ("--lang", "--data"):
            words = words[2:]
        assert tuple(words[: len(names)]) == names
        given, rest = words[len(names) :], COMMANDS[names]
        if isinstance(rest, click.Group) and given and given[0] in rest.commands:
            rest, given = rest.commands[given[0]], given[1:]
        # Refuses an option that there is not, and one without its value.
        rest.make_parser(click.Context(rest)).parse_args(given)


@pytest.mark.parametrize("beginning", NOT_RUN)
def test_what_is_not_run_is_there(beginning: str) -> None:
    assert any(line.startswith(beginning) for line in EXAMPLES)


@pytest.mark.parametrize("line", RUN)
def test_an_example_works_on_the_sample_data(
    line: str,
    sample: Database,
    settings_of_session: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tables").mkdir()
    for name, content in sample_files():
        (tmp_path / "tables" / name).write_bytes(content)
    (tmp_path / "nodes.csv").write_text("id,sector\na,x\nb,y\nc,x\n", "utf-8")
    (tmp_path / "edges.csv").write_text("source,target\na,b\nb,c\n", "utf-8")
    _, *words = shlex.split(line)
    done = CliRunner().invoke(
        main,
        ["--data", str(settings_of_session.data_dir), "--lang", "zh", *words],
        env={"WUSHE_NEO4J_RELEASE": settings_of_session.neo4j_release},
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.strip()
