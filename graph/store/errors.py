"""What the store refuses, each with a sentence that says how to mend it.

::

    StoreError
    ├── StoreUnavailable          the database is down, starting or restarting (`state`)
    │   ├── StartFailed           the managed Neo4j stopped before it answered (`log`)
    │   └── CommitUnknown         the connection broke during a commit
    ├── DataInUse                 another process owns the data directory (`pid`, `address`)
    ├── ReadOnlyData              the data directory cannot be written (`path`)
    ├── DiskFull                  no space left (`path`)
    ├── DownloadFailed            Neo4j's files cannot be fetched (`file`)
    ├── ChecksumMismatch          a file is not the one the lock names (`file`)
    ├── UnknownRelease            there is no lock file for this release (`release`)
    ├── LoginRefused              user or password is wrong (`address`)
    ├── NewerSchema               the data were written by a newer Wushe (`found`, `known`)
    ├── NewerRelease              … or by a newer Neo4j (`found`, `release`)
    └── StatementFailed           Neo4j refused one statement (`code`)
        └── WriteRefused          a statement in READ access mode tried to write
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Literal

from graph.errors import WusheError
from graph.text import Text

State = Literal["starting", "ready", "restarting", "failed", "stopped"]


class StoreError(WusheError):
    """The database, or the files it lives in, cannot do what was asked."""


class StoreUnavailable(StoreError):
    """No database answers now; ``state`` says whether waiting helps."""

    def __init__(self, state: State, message: Text | None = None) -> None:
        super().__init__(message or _UNAVAILABLE[state])
        self.state: State = state


_UNAVAILABLE: dict[State, Text] = {
    "starting": Text(
        "数据库正在启动，请稍候再试。",
        "The database is starting. Please try again in a moment.",
    ),
    "ready": Text(
        "数据库连接刚刚中断，请再试一次。",
        "The connection to the database was just lost. Please try again.",
    ),
    "restarting": Text(
        "数据库意外停止，正在自动重启；没有写完的修改已全部撤回，请稍候再试。",
        "The database stopped and is being restarted; an unfinished change was undone as a"
        " whole. Please try again in a moment.",
    ),
    "failed": Text(
        "数据库没有运行。请重新启动 wushe，若仍失败，请查看数据目录下的 logs。",
        "The database is not running. Restart wushe; if that fails too, look into the folder"
        " logs in the data directory.",
    ),
    "stopped": Text(
        "数据库已经关闭。请重新启动 wushe。",
        "The database has been closed. Start wushe again.",
    ),
}


class StartFailed(StoreUnavailable):
    """The managed Neo4j stopped, or did not answer in time, before it was ready."""

    def __init__(self, log: Path, detail: str) -> None:
        super().__init__(
            "failed",
            Text(
                f"数据库无法启动：{detail}。详情见 {log}。",
                f"The database could not be started: {detail}. See {log} for details.",
            ),
        )
        self.log = log


class CommitUnknown(StoreUnavailable):
    """The connection broke while a commit was under way: all of it is stored, or nothing."""

    def __init__(self) -> None:
        super().__init__(
            "restarting",
            Text(
                "保存时连接中断：这次修改要么全部保存了，要么完全没有。请先查看数据，再决定是否重做。",
                "The connection broke while saving: the change is stored as a whole or not at all."
                " Look at the data before you repeat it.",
            ),
        )


class DataInUse(StoreError):
    """Another living process owns the data directory."""

    def __init__(self, data_dir: Path, pid: int | None, address: str | None) -> None:
        at_zh = f"，页面地址 {address}" if address else ""
        at_en = f", its pages are at {address}" if address else ""
        who_zh = f"（进程号 {pid}{at_zh}）" if pid else ""
        who_en = f" (process {pid}{at_en})" if pid else ""
        super().__init__(
            Text(
                f"数据目录 {data_dir} 正由另一个 wushe 使用{who_zh}。"
                "请打开那个页面，或先关闭它，或用 --data 另选目录。",
                f"Another wushe is using the data directory {data_dir}{who_en}. Open its pages,"
                " or stop it first, or choose another directory with --data.",
            )
        )
        self.pid = pid
        self.address = address


class ReadOnlyData(StoreError):
    """A directory that must be written cannot be."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            Text(
                f"无法写入 {path}（{reason}）。请更正该目录的权限，或用 WUSHE_DATA"
                "（缓存用 WUSHE_CACHE）另选一个可写的目录。",
                f"{path} cannot be written ({reason}). Mend its permissions, or choose a writable"
                " directory with WUSHE_DATA (for the cache: WUSHE_CACHE).",
            )
        )
        self.path = path


class DiskFull(StoreError):
    """There is no space left where a file must be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                f"磁盘空间不足，无法写入 {path}。已保存的数据没有受损；"
                "请清理出至少 500 MB 后重新启动 wushe。",
                f"The disk that holds {path} is full. What was saved is safe; free at least"
                " 500 MB, then start wushe again.",
            )
        )
        self.path = path


class DownloadFailed(StoreError):
    """One of Neo4j's files can be fetched from nowhere."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            Text(
                f"无法下载 Neo4j 的文件 {file}（{reason}）。请检查网络；也可以用"
                " WUSHE_MAVEN_REPOSITORY 指定镜像，或用 WUSHE_OFFLINE_JARS 指定在另一台"
                "机器上备好的文件夹。",
                f"Neo4j's file {file} cannot be downloaded ({reason}). Check the network, or name"
                " a mirror with WUSHE_MAVEN_REPOSITORY, or a folder prepared on another machine"
                " with WUSHE_OFFLINE_JARS.",
            )
        )
        self.file = file


class ChecksumMismatch(StoreError):
    """A file's bytes are not those the lock file names."""

    def __init__(self, file: str) -> None:
        super().__init__(
            Text(
                f"文件 {file} 的校验和不对，已拒绝使用。请删除它后重试；如果使用了镜像或离线"
                "文件夹，请核对其来源。",
                f"The file {file} has the wrong checksum and was refused. Delete it and try again;"
                " if it comes from a mirror or an offline folder, check where that got it from.",
            )
        )
        self.file = file


class UnknownRelease(StoreError):
    """``WUSHE_NEO4J_RELEASE`` names a release that has no lock file."""

    def __init__(self, release: str, known: list[str]) -> None:
        listed = ", ".join(known)
        super().__init__(
            Text(
                f"没有 Neo4j {release} 的锁定文件。WUSHE_NEO4J_RELEASE 可以是：{listed}。",
                f"There is no lock file for Neo4j {release}. WUSHE_NEO4J_RELEASE may be: {listed}.",
            )
        )
        self.release = release


class LoginRefused(StoreError):
    """The database does not accept the user and password."""

    def __init__(self, address: str) -> None:
        super().__init__(
            Text(
                f"{address} 的数据库拒绝了用户名或密码。请核对 WUSHE_NEO4J_USER 和"
                " WUSHE_NEO4J_PASSWORD；若是自带的数据库，请恢复数据目录里的 neo4j/password。",
                f"The database at {address} refused the user or password. Check WUSHE_NEO4J_USER"
                " and WUSHE_NEO4J_PASSWORD; for the managed database, restore neo4j/password in"
                " the data directory.",
            )
        )
        self.address = address


class NewerSchema(StoreError):
    """The data were written by a version of Wushe that is newer than this one."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            Text(
                f"这些数据由更新版本的 Wushe 写入（结构版本 {found}，本程序只认到 {known}）。"
                "请升级 Wushe，数据未作任何改动。",
                f"These data were written by a newer Wushe (schema {found}; this one knows up to"
                f" {known}). Upgrade Wushe; nothing was changed.",
            )
        )
        self.found = found
        self.known = known


class NewerRelease(StoreError):
    """The data were written by a release of Neo4j that is newer than the chosen one."""

    def __init__(self, found: str, release: str) -> None:
        super().__init__(
            Text(
                f"这些数据由 Neo4j {found} 写入，不能用更旧的 {release} 打开。请设置"
                f" WUSHE_NEO4J_RELEASE={found}，或升级 Wushe；数据未作任何改动。",
                f"These data were written by Neo4j {found} and cannot be opened with the older"
                f" {release}. Set WUSHE_NEO4J_RELEASE={found}, or upgrade Wushe; nothing was"
                " changed.",
            )
        )
        self.found = found
        self.release = release


class StatementFailed(StoreError):
    """Neo4j refused a statement; ``code`` is Neo4j's own, ``detail`` its sentence."""

    def __init__(self, code: str, detail: str, message: Text | None = None) -> None:
        super().__init__(
            message
            or Text(
                f"数据库拒绝执行：{detail}（{code}）", f"The database refused: {detail} ({code})"
            )
        )
        self.code = code
        self.detail = detail


class WriteRefused(StatementFailed):
    """A statement that writes was sent in READ access mode."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(
            code,
            detail,
            Text(
                "这里只能读取数据，不能修改。请去掉写入的语句，或改用导入功能。",
                "Data can only be read here, not changed. Take out the clause that writes, or use"
                " the import.",
            ),
        )


def file_error(error: OSError, path: Path) -> StoreError:
    """Say what an `OSError` while writing under ``path`` means."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path)
    return ReadOnlyData(path, error.strerror or type(error).__name__)
