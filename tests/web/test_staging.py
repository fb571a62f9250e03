"""Uploads wait for their confirmation under a token nobody can guess, and not for ever."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from web.staging import KEPT_S, N_KEPT, Staging


def test_files_come_back_as_they_went_in(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "uploads")
    upload = staging.put([("主体.csv", b"a"), ("../../etc/关系.csv", b"b"), ("c:\\x\\y.csv", b"")])
    again = staging.get(upload.token)
    assert again is not None
    assert again.files() == [("主体.csv", b"a"), ("关系.csv", b"b"), ("y.csv", b"")]
    assert again.result() is None
    again.keep_result({"id": "x", "说": "好"})
    assert again.result() == {"id": "x", "说": "好"}
    assert not list(again.folder.glob("*.bin"))
    assert again.names() == ["主体.csv", "关系.csv", "y.csv"]


@pytest.mark.parametrize("token", ["", ".", "..", "../uploads", "a" * 22, "a/b", "A" * 21 + "/"])
def test_other_tokens_lead_nowhere(tmp_path: Path, token: str) -> None:
    assert Staging(tmp_path).get(token) is None


def test_yesterdays_uploads_and_all_but_the_newest_are_forgotten(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    old = staging.put([("a.csv", b"")])
    os.utime(old.folder, times=(time.time() - KEPT_S - 1,) * 2)
    uploads = [staging.put([("b.csv", b"")]) for _ in range(N_KEPT + 3)]
    assert staging.get(old.token) is None
    assert len(list(tmp_path.iterdir())) == N_KEPT
    assert staging.get(uploads[-1].token) is not None
