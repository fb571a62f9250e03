"""The guardian, with small Python programs in the place of Neo4j."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.store import guardian
from tests.graph.store.processes import is_alive, wait_for

SLEEP = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEP


class Guarded:
    """A program under guard, in the folder ``folder``."""

    def __init__(self, folder: Path, program: str, grace_s: float = 0.3) -> None:
        self.log = folder / "log"
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-I", "-S", guardian.__file__),
                *(str(folder / "lock"), str(self.log), str(grace_s)),
                *(sys.executable, "-c", program),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        answer = self.process.stdout.readline()
        self.pid = int(answer) if answer else 0

    def wait_until_up(self) -> None:
        wait_for(lambda: "up" in self.log.read_text())

    def end(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        code = self.process.wait(10)
        self.process.stdout.close()
        return code


def test_the_exit_code_is_the_childs(tmp_path: Path) -> None:
    guarded = Guarded(tmp_path, "print('said'); raise SystemExit(7)")
    assert guarded.process.wait(10) == 7
    assert guarded.log.read_text() == "said\n"
    guarded.end()


def test_a_closed_pipe_ends_the_child_gently(tmp_path: Path) -> None:
    guarded = Guarded(tmp_path, SLEEP, grace_s=30)
    guarded.wait_until_up()
    assert guarded.end() == 128 + signal.SIGTERM
    assert not is_alive(guarded.pid)


def test_a_child_that_ignores_sigterm_is_killed(tmp_path: Path) -> None:
    guarded = Guarded(tmp_path, STUBBORN)
    guarded.wait_until_up()
    assert guarded.end() == 128 + signal.SIGKILL
    assert not is_alive(guarded.pid)


def test_the_order_to_kill_does_not_wait(tmp_path: Path) -> None:
    guarded = Guarded(tmp_path, STUBBORN, grace_s=30)
    guarded.wait_until_up()
    assert guarded.process.stdin is not None
    guarded.process.stdin.write(b"k")
    assert guarded.end() == 128 + signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_group_leaves_the_order_to_the_pipe(
    tmp_path: Path, number: signal.Signals
) -> None:
    guarded = Guarded(tmp_path, SLEEP)
    guarded.wait_until_up()
    os.kill(guarded.process.pid, number)
    time.sleep(0.1)
    assert is_alive(guarded.process.pid)
    assert guarded.end() == 128 + signal.SIGTERM


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_the_child_dies_with_the_guardian(tmp_path: Path) -> None:
    guarded = Guarded(tmp_path, STUBBORN)
    guarded.wait_until_up()
    guarded.process.kill()
    wait_for(lambda: not is_alive(guarded.pid))
    guarded.end()


def test_the_lock_is_held_for_as_long_as_the_child_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = Guarded(tmp_path, SLEEP)
    guarded.wait_until_up()
    monkeypatch.setattr(guardian, "_LOCK_WAIT_S", 0.0)
    assert guardian._take(str(tmp_path / "lock")) is None
    guarded.end()
    handle = guardian._take(str(tmp_path / "lock"))
    assert handle is not None
    os.close(handle)


def test_a_forked_child_that_keeps_the_pipe_open_does_not_keep_the_guard(tmp_path: Path) -> None:
    program = f"""
import os, subprocess, sys, time
guard = subprocess.Popen(
    [sys.executable, "-I", "-S", {guardian.__file__!r}, {str(tmp_path / "lock")!r},
     {str(tmp_path / "log")!r}, "0.3", sys.executable, "-c", {SLEEP!r}],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE)
pid = int(guard.stdout.readline())
if os.fork() == 0:
    time.sleep(20)  # inherits the pipe
    os._exit(0)
print(pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, start_new_session=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_for(lambda: not is_alive(pid))
    os.killpg(parent.pid, signal.SIGKILL)
    parent.stdout.close()
