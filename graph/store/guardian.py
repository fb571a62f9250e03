"""Runs one child process that must not outlive Wushe: stdlib only, started as a plain script.

``python guardian.py LOCK LOG GRACE_S COMMAND…`` takes the lock file ``LOCK`` (the child
inherits it, so it stays taken for exactly as long as the child lives, whoever else dies),
starts the command with its output in ``LOG``, prints its process id, and then waits for the
first of these:

- the child ends: the guardian ends with the same code;
- standard input closes, which the kernel does when Wushe ends, however it ends; or the parent
  changes, in case a forked child of Wushe still holds the pipe: the child gets SIGTERM and,
  ``GRACE_S`` seconds later, SIGKILL, since Neo4j ignores SIGTERM in some states;
- standard input says ``k``: SIGKILL at once.

Should the guardian itself be killed, Linux kills the child (PR_SET_PDEATHSIG). Elsewhere the
next owner of the data finds the lock taken and kills the child that is named beside it.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import select
import signal
import subprocess
import sys
import threading
import time

LOCKED = 75  # the exit code when LOCK is taken: EX_TEMPFAIL of sysexits.h
_LOCK_WAIT_S = 10.0
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _watch(child: subprocess.Popen[bytes], parent: int, grace_s: float) -> None:
    while os.getppid() == parent:
        readable, _, _ = select.select([0], [], [], 1.0)
        if readable:
            if os.read(0, 1) == b"k":
                child.kill()
                return
            break
    child.terminate()
    time.sleep(grace_s)
    child.kill()


def _take(path: str) -> int | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + _LOCK_WAIT_S
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > deadline:
                return None
            time.sleep(0.05)
        else:
            return handle


def main() -> int:
    """Run the command of ``sys.argv`` under guard and return its exit code."""
    lock, log, grace_s, *command = sys.argv[1:]
    parent = os.getppid()
    handle = _take(lock)
    if handle is None:
        return LOCKED
    with open(log, "ab") as output:  # noqa: PTH123 - pathlib would double the start-up time
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=(handle,),
            # The guardian has one thread at this moment, so running Python after fork is safe.
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    print(child.pid, flush=True)  # noqa: T201 - the answer Wushe waits for
    threading.Thread(target=_watch, args=(child, parent, float(grace_s)), daemon=True).start()
    code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    # Whoever signals the whole group must not end the guard first: the order to stop comes
    # through the pipe. Handlers, not SIG_IGN, since the child would inherit that.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    os._exit(main())
