"""What is loaded when: nobody waits for compiled code who asks for nothing that is computed."""

from __future__ import annotations

import subprocess
import sys


def test_command_and_server_start_without_compiled_code() -> None:
    script = "import sys, graph.cli, api.app, web.app; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
