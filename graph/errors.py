"""Every refusal that Wushe makes on purpose, as one tree.

::

    WusheError                    a sentence for a person, in both languages
    ├── StoreError                graph.store.errors: the database or its files
    ├── StatementError            graph.cypher: a file under cypher/ breaks its own rules
    ├── ImportRefused             graph.ingest.errors: rows that cannot be taken, one by one
    ├── Query…                    graph.query.errors: an analyst's query not run, or stopped
    ├── NotFound                  an id that no actor has
    ├── InvalidArgument           a parameter outside its range; NoArea: an area not on record
    └── Cancelled                 long work that was told to stop

What HTTP status each becomes is `api.problems`' business alone.
"""

from __future__ import annotations

from graph.text import Text


class WusheError(Exception):
    """A refusal with a sentence that says what, where and how to mend it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class NotFound(WusheError):
    """No actor or affiliation has this id."""

    def __init__(self, actor_id: str) -> None:
        super().__init__(
            Text(
                f"没有编号为“{actor_id}”的主体。请用搜索框按名称查找。",
                f"No actor has the id “{actor_id}”. Look it up by name with the search box.",
            )
        )
        self.actor_id = actor_id


class InvalidArgument(WusheError):
    """A parameter that cannot be used as given."""

    def __init__(self, name: str, message: Text) -> None:
        super().__init__(message)
        self.name = name


class NoArea(InvalidArgument):
    """No area has this path."""

    def __init__(self, path: str) -> None:
        super().__init__(
            "area",
            Text(
                f"没有登记区域“{path}”。区域写成路径，例如 北京市/朝阳区。",
                f"No area “{path}” is on record. An area is a path, such as 北京市/朝阳区.",
            ),
        )


class Cancelled(WusheError):
    """A computation was stopped before its end because somebody asked for that."""

    def __init__(self) -> None:
        super().__init__(Text("已停止；数据没有改变。", "Stopped; the data are as they were."))
