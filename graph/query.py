"""Runs an analyst's own Cypher: read-only, within limits, and never without a way to stop it.

The login is the administrator's (Neo4j Community has no roles), so all depends on these lines of
defence, in this order. None of them is enough; each was needed by a query that passes the others.

1. `check_text`, before anything is sent: length, nesting and operator counts, since `EXPLAIN`
   itself never returns for deep brackets or chains of XOR, whatever its timeout; no ``\\uXXXX``,
   which Neo4j resolves before it reads comments and strings; then, with words that can be
   trusted, no LOAD CSV, USE or IN TRANSACTIONS, and only known procedures and function
   namespaces. The plan does not show these where a subquery stands inside an expression:
   ``[x IN [1] | COLLECT { LOAD CSV … }]`` is one harmless `Projection`.
2. READ access mode refuses writes.
3. `check_plan`: every operator and procedure of the plan is one that is known to read; it keeps
   out SHOW SETTINGS, TERMINATE TRANSACTIONS and whatever a later Neo4j brings. Neo4j's own
   wording of nested subqueries is searched too, in case it reads the text otherwise than we do.
4. Limits of time, rows and bytes. The bytes are counted as they arrive: one record of
   ``range(1, 100000000)`` would otherwise fill this process before Python sees any of it.
5. A deadline of our own. A query that ignores Neo4j's timeout and TERMINATE (string `reduce`,
   bad regular expressions, EXPLAIN of what line 1 did not foresee) ends with Neo4j's process,
   which is started again. More than a few such ends, and queries pause: the managed Neo4j gives
   up after five crashes in five minutes.
"""

from __future__ import annotations

import contextlib
import json
import math
import re
import threading
import time
import unicodedata
import uuid
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

import neo4j

from graph.errors import InvalidArgument, WusheError
from graph.store.database import Database, plain
from graph.store.errors import StatementFailed, StoreError, StoreUnavailable, WriteRefused
from graph.text import Text

Value = TypeVar("Value")

MAX_CHARACTERS = 20_000
MAX_TOKENS = 3_000
MAX_DEPTH = 20  # brackets and CASE in one another; EXPLAIN hangs from 101 to 200 on
MAX_CHAIN = 80  # these and operators, along one expression; EXPLAIN hangs from 101 to 200 on
MAX_ROWS = 100_000
MAX_TIMEOUT_S = 60.0
MAX_RESULT_BYTES = 16_000_000
MAX_RESULT_DEPTH = 50  # far below where encoding the answer as JSON fails
MAX_PARAMETER_CHARACTERS = 1_000_000
MAX_PARAMETER_DEPTH = 20
MAX_AT_ONCE = 4

# How often a word or sign may stand in one query: above honest use, far below where EXPLAIN hangs.
MAX_ALTERNATIVES = 1_000  # A|B|C beside D|E is 6; EXPLAIN hangs from 10^3 to 10^6 on
MAX_COUNTS: dict[str, int] = {
    "XOR": 6,
    "&": 8,
    "CASE": 50,
    "EXISTS": 12,
    "MATCH": 60,
    "UNION": 30,
    "AND": 150,
    "OR": 150,
}

_EXPLAIN_TIMEOUT_S = 10.0
_GRACE_S = 3.0
_MAX_RESTARTS = 3
_RESTART_WINDOW_S = 300.0
_SAME_END_S = 3.0

PROCEDURES = frozenset(
    {
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.labels",
        "db.propertyKeys",
        "db.relationshipTypes",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.schema.visualization",
    }
)
# Functions without a namespace are all Neo4j's own: it does not let others register any.
FUNCTION_NAMESPACES = (
    "date.",
    "datetime.",
    "duration.",
    "localdatetime.",
    "localtime.",
    "point.",
    "time.",
    "vector.similarity.",
)
# Names as EXPLAIN gives them, without what follows in brackets: Expand(All) is Expand.
OPERATORS = frozenset(
    {
        # where rows come from
        "AllNodesScan",
        "Argument",
        "DirectedAllRelationshipsScan",
        "DirectedRelationshipByElementIdSeek",
        "DirectedRelationshipByIdSeek",
        "DirectedRelationshipIndexContainsScan",
        "DirectedRelationshipIndexEndsWithScan",
        "DirectedRelationshipIndexScan",
        "DirectedRelationshipIndexSeek",
        "DirectedRelationshipIndexSeekByRange",
        "DirectedRelationshipTypeScan",
        "DirectedRelationshipUniqueIndexSeek",
        "DirectedRelationshipUniqueIndexSeekByRange",
        "DirectedUnionRelationshipTypesScan",
        "DynamicDirectedRelationshipTypeLookup",
        "DynamicLabelNodeLookup",
        "DynamicUndirectedRelationshipTypeLookup",
        "EmptyRow",
        "IntersectionNodeByLabelsScan",
        "MultiNodeIndexSeek",
        "NodeByElementIdSeek",
        "NodeByIdSeek",
        "NodeByLabelScan",
        "NodeCountFromCountStore",
        "NodeIndexContainsScan",
        "NodeIndexEndsWithScan",
        "NodeIndexScan",
        "NodeIndexSeek",
        "NodeIndexSeekByRange",
        "NodeUniqueIndexSeek",
        "NodeUniqueIndexSeekByRange",
        "RelationshipCountFromCountStore",
        "SubtractionNodeByLabelsScan",
        "UndirectedAllRelationshipsScan",
        "UndirectedRelationshipByElementIdSeek",
        "UndirectedRelationshipByIdSeek",
        "UndirectedRelationshipIndexContainsScan",
        "UndirectedRelationshipIndexEndsWithScan",
        "UndirectedRelationshipIndexScan",
        "UndirectedRelationshipIndexSeek",
        "UndirectedRelationshipIndexSeekByRange",
        "UndirectedRelationshipTypeScan",
        "UndirectedRelationshipUniqueIndexSeek",
        "UndirectedRelationshipUniqueIndexSeekByRange",
        "UndirectedUnionRelationshipTypesScan",
        "UnionNodeByLabelsScan",
        "Unwind",
        "UnwindCollection",
        # along ties
        "AllShortestPaths",
        "BidirectionalRepeat",
        "Expand",
        "OptionalExpand",
        "ProjectEndpoints",
        "Repeat",
        "ShortestPath",
        "StatefulShortestPath",
        "VarLengthExpand",
        # rows put together
        "AntiConditionalApply",
        "AntiSemiApply",
        "Apply",
        "CartesianProduct",
        "ConditionalApply",
        "LetAntiSemiApply",
        "LetSelectOrAntiSemiApply",
        "LetSelectOrSemiApply",
        "LetSemiApply",
        "NodeHashJoin",
        "NodeLeftOuterHashJoin",
        "NodeRightOuterHashJoin",
        "Optional",
        "OrderedUnion",
        "RollUpApply",
        "SelectOrAntiSemiApply",
        "SelectOrSemiApply",
        "SemiApply",
        "TriadicBuild",
        "TriadicFilter",
        "TriadicSelection",
        "Union",
        "ValueHashJoin",
        # rows shaped
        "CacheProperties",
        "Distinct",
        "Eager",
        "EagerAggregation",
        "EmptyResult",
        "Filter",
        "Limit",
        "OrderedAggregation",
        "OrderedDistinct",
        "PartialSort",
        "PartialTop",
        "ProcedureCall",  # and the procedure must be known
        "ProduceResults",
        "Projection",
        "Skip",
        "Sort",
        "Top",
    }
)


class QueryRefused(WusheError):
    """A query that asks for something that is not allowed here, or is too intricate to try."""


class QueryMistaken(WusheError):
    """A query that Neo4j does not understand or cannot carry out.

    ``line`` and ``column`` count from 1; None where the mistake has no place.
    """

    def __init__(self, message: Text, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryTooLarge(WusheError):
    """A query whose result, or whose working, takes more memory than it may."""


class QueryTimedOut(WusheError):
    """A query that was stopped; ``is_restarting`` if only Neo4j's end could stop it."""

    def __init__(self, timeout_s: float, *, is_restarting: bool) -> None:
        seconds = f"{timeout_s:g}"
        after = (
            Text(
                "它停不下来，所以数据库正在重启（约几秒），数据没有受损。",
                " It could not be stopped, so the database is being restarted, which takes some"
                " seconds; no data are lost.",
            )
            if is_restarting
            else Text("", "")
        )
        super().__init__(
            Text(
                f"查询超过 {seconds} 秒，已停止。{after.zh}请缩小范围（加条件、限制路径长度），"
                "或放宽时限。",
                f"The query took more than {seconds} seconds and was stopped.{after.en} Narrow it"
                " (more conditions, shorter paths), or allow it more time.",
            )
        )
        self.is_restarting = is_restarting


class QueriesBusy(WusheError):
    """No query is taken now; trying again later helps."""


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The rows of a query; ``truncated`` if there were more than asked for."""

    columns: tuple[str, ...]
    rows: list[list[Any]]
    truncated: bool
    elapsed_ms: float


def run_query(
    database: Database,
    cypher: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    limit: int = 1000,
    timeout_s: float = 10.0,
) -> QueryAnswer:
    """Run a read-only query and return its rows, at most ``limit``, in plain Python values.

    Parameters
    ----------
    cypher : one statement of Cypher 5, without EXPLAIN, PROFILE or CYPHER in front.
    parameters : values for ``$name``, of the types that JSON has.
    limit : how many rows at most, 1 to 100,000.
    timeout_s : when it is stopped, at most 60 seconds; planning has a limit of its own.

    Raises
    ------
    QueryRefused, QueryMistaken, QueryTooLarge, QueryTimedOut, QueriesBusy, InvalidArgument
        See there; nothing was changed.
    StoreError
        The database is down, or fails for a reason that is not the query's.
    """
    _check_range("limit", limit, 1, MAX_ROWS)
    _check_range("timeout_s", timeout_s, 0.001, MAX_TIMEOUT_S)
    check_text(cypher)
    given = check_parameters(parameters or {})
    # On a line of its own, so that lines and columns in Neo4j's messages are the analyst's.
    text = f"CYPHER 5\n{cypher}"
    with _supervisor(database).admitted() as supervisor:
        supervisor.run(_explain, "EXPLAIN " + text, given, 0, _EXPLAIN_TIMEOUT_S)
        start = time.perf_counter()
        columns, rows = supervisor.run(_fetch, text, given, limit, timeout_s)
    return QueryAnswer(
        columns=columns,
        rows=rows[:limit],
        truncated=len(rows) > limit,
        elapsed_ms=(time.perf_counter() - start) * 1000,
    )


def _check_range(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise InvalidArgument(
            name,
            Text(
                f"{name} 应在 {least:g} 到 {most:g} 之间。",
                f"{name} must be between {least:g} and {most:g}.",
            ),
        )


# -- line 1: the text -----------------------------------------------------------------------

_TOKEN = re.compile(
    r"""
    (?P<gap>\s+|//[^\r\n]*|/\*.*?\*/)
    |(?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
    |`(?P<quoted>(?:``|[^`])*)`
    |(?P<word>\w+)
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<unclosed>/\*|['"`])
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED_CHARACTER = re.compile(r"\\u", re.IGNORECASE)
_LOAD_CSV = re.compile(r"\bload\b.*\bcsv\b", re.IGNORECASE | re.DOTALL)
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_PREFIXES = frozenset({"EXPLAIN", "PROFILE", "CYPHER"})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text.upper() in words


def check_text(cypher: str) -> None:
    """Refuse what must not even be explained; raises `QueryRefused`."""
    if len(cypher) > MAX_CHARACTERS:
        raise _too_long(len(cypher), MAX_CHARACTERS, Text("个字符", "characters"))
    _check_characters(cypher)
    tokens = list(_tokens(cypher))
    if len(tokens) > MAX_TOKENS:
        raise _too_long(len(tokens), MAX_TOKENS, Text("个词和符号", "words and signs"))
    _check_form(tokens)
    _check_depth(tokens)
    _check_alternatives(tokens)
    _check_words(cypher, tokens)
    _check_calls(tokens)


def _too_long(n_given: int, most: int, unit: Text) -> QueryRefused:
    return QueryRefused(
        Text(
            f"查询有 {n_given:,} {unit.zh}，最多 {most:,} 个。请把长列表放进参数（$名称）。",
            f"The query has {n_given:,} {unit.en}; {most:,} are allowed. Put long lists into a"
            " parameter ($name).",
        )
    )


def _check_characters(cypher: str) -> None:
    if _ESCAPED_CHARACTER.search(cypher):
        raise QueryRefused(
            Text(
                "查询里不能写 \\u 转义。请直接写这个字符，或把文字放进参数（$名称）。",
                "A query must not hold \\u escapes. Write the character itself, or put the text"
                " into a parameter ($name).",
            )
        )
    for index, character in enumerate(cypher):
        if character not in "\t\n\r" and unicodedata.category(character) in _UNSEEN:
            line = cypher.count("\n", 0, index) + 1
            code = f"U+{ord(character):04X}"
            raise QueryRefused(
                Text(
                    f"第 {line} 行有看不见的字符 {code}。请删掉它，或把文字放进参数（$名称）。",
                    f"Line {line} holds the invisible character {code}. Delete it, or put the"
                    " text into a parameter ($name).",
                )
            )


def _tokens(cypher: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(cypher):
        kind = str(match.lastgroup)
        if kind == "unclosed":
            what = match[0]
            raise QueryRefused(
                Text(
                    f"有一处 {what} 没有结束。请补上另一半。",
                    f"A {what} is not closed. Add the other half.",
                )
            )
        if kind != "gap":
            yield _Token(kind, match[kind])


def _check_form(tokens: list[_Token]) -> None:
    if not tokens:
        raise QueryRefused(Text("查询是空的。", "The query is empty."))
    if tokens[0].is_word(*_PREFIXES):
        word = tokens[0].text.upper()
        raise QueryRefused(
            Text(
                f"请去掉开头的 {word}：查询按 Cypher 5 直接执行。",
                f"Take {word} away from the beginning: a query is run as it is, as Cypher 5.",
            )
        )
    if any(t.text == ";" and t.kind == "sign" for t in tokens[:-1]):
        raise QueryRefused(
            Text(
                "一次只能执行一条查询。请去掉分号，分开执行。",
                "Only one query can be run at a time. Take out the semicolon and run them one"
                " by one.",
            )
        )


_OPERATOR_SIGNS = frozenset("+-*/%^<!|~")
_OPERATOR_WORDS = frozenset({"NOT", "XOR", "IN", "IS", "STARTS", "ENDS", "CONTAINS"})


@dataclass(slots=True)
class _Level:
    """What stands between two brackets, or between CASE and END, up to here."""

    is_case: bool = False
    n_operators: int = 0  # since the last comma
    depth_inside: int = 0  # of the deepest level since the last comma
    depth: int = 0  # of the deepest part between commas

    def end_part(self) -> None:
        self.depth = max(self.depth, self.n_operators + self.depth_inside)
        self.n_operators = self.depth_inside = 0


def _check_depth(tokens: list[_Token]) -> None:
    """Refuse expressions whose tree is so deep that EXPLAIN might not come back.

    A chain of n operators is a tree as deep as n brackets. Only a comma is sure to separate two
    expressions (WHERE and the like may be names), so a query is taken to be deeper than it is.
    """
    levels = [_Level()]
    deepest = 0

    def close() -> None:
        level = levels.pop()
        level.end_part()
        levels[-1].depth_inside = max(levels[-1].depth_inside, level.depth + 1)

    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else _Token("sign", "")
        level = levels[-1]
        if token.text == "," and token.kind == "sign":
            level.end_part()
        elif token.kind == "open" or token.is_word("CASE"):
            # A subscript: x[0][0][0] is a chain.
            level.n_operators += token.text == "[" and before.kind != "sign"
            levels.append(_Level(is_case=token.kind == "word"))
        elif token.kind == "close":
            while len(levels) > 1 and levels[-1].is_case:
                close()
            if len(levels) > 1:
                close()
        elif token.is_word("END") and level.is_case:
            close()
        elif token.is_word(*_OPERATOR_WORDS) or (
            token.kind == "sign"
            and (
                token.text in _OPERATOR_SIGNS
                or (token.text == "." and index > 1 and tokens[index - 2].text == ".")
            )
        ):
            level.n_operators += 1
        deepest = max(deepest, len(levels) - 1)
    while len(levels) > 1:
        close()
    levels[0].end_part()
    if deepest > MAX_DEPTH or levels[0].depth > MAX_CHAIN:
        raise QueryRefused(
            Text(
                f"表达式太深：括号和 CASE 最多嵌套 {MAX_DEPTH} 层，连同运算符最多 {MAX_CHAIN} 个"
                "一串。请用 WITH 把它拆成几步，或用参数和列表。",
                f"An expression is too deep: brackets and CASE may be nested {MAX_DEPTH} deep,"
                f" and with operators make a chain of {MAX_CHAIN}. Take it apart with WITH, or use"
                " a parameter or a list.",
            )
        )


def _check_alternatives(tokens: list[_Token]) -> None:
    """Refuse many choices of labels at once, which EXPLAIN multiplies out: 20 times A|B hangs.

    Counted are A|B|C, and every OR before a test of a label. Not counted are ``||`` and the first
    ``|`` between square brackets, which a comprehension has; types of relationships do not hang.
    """
    product, n_names = 1, 1
    may_be_comprehension = [False]
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if token.kind == "open":
            may_be_comprehension.append(token.text == "[")
        elif token.kind == "close" and len(may_be_comprehension) > 1:
            may_be_comprehension.pop()
        elif token.kind == "sign" and token.text == "|":
            if "|" in (before, after):
                continue
            if may_be_comprehension[-1]:
                may_be_comprehension[-1] = False
                continue
            n_names += 1
            continue
        elif token.text in (":", "!") or (
            token.kind in ("word", "quoted") and before in ("|", ":", "!")
        ):
            continue
        elif token.is_word("OR"):
            rest = (t for t in tokens[index + 1 :] if t.text != "(" and not t.is_word("NOT"))
            name, colon = next(rest, None), next(rest, None)
            if name is not None and colon is not None and colon.text == ":":
                product *= 2
        product *= n_names
        n_names = 1
    if product * n_names > MAX_ALTERNATIVES:
        raise QueryRefused(
            Text(
                "标签或关系类型的可选项太多（A|B、或用 OR 连接的标签）。"
                "请改用 any(l IN labels(n) WHERE l IN $labels) 或 type(r) IN $types。",
                "There are too many alternatives of labels or types (A|B, or labels joined by OR)."
                " Use any(l IN labels(n) WHERE l IN $labels) or type(r) IN $types instead.",
            )
        )


def _check_words(cypher: str, tokens: list[_Token]) -> None:
    # Even in a string or a comment: then this holds however Neo4j tells those apart.
    if _LOAD_CSV.search(cypher):
        raise _not_allowed(
            Text("LOAD CSV（读取文件或网址）", "LOAD CSV (it reads files and addresses)"),
            Text(
                "要带入数据请用参数；文字里确需这两个词时也请放进参数。",
                "Bring data in with a parameter; so with a text that needs both words.",
            ),
        )
    words = Counter(token.text.upper() for token in tokens if token.kind in ("word", "sign"))
    for word in ("USE", "TRANSACTIONS"):
        if words[word]:
            raise _not_allowed(
                Text(word, word),
                Text(
                    "如果它是名称，请写在反引号里。", "If it is a name, put it between backticks."
                ),
            )
    for word, most in MAX_COUNTS.items():
        if words[word] > most:
            raise QueryRefused(
                Text(
                    f"查询里有 {words[word]} 个 {word}，最多 {most} 个。请用 WITH 或参数把它拆开。",
                    f"The query has {words[word]} times {word}; {most} are allowed. Take it"
                    " apart with WITH, or use a parameter.",
                )
            )


def _check_calls(tokens: list[_Token]) -> None:
    """Refuse procedures and functions that are not known to be harmless, wherever they stand."""
    index = 0
    while index < len(tokens):
        start = index
        name, index = _name_at(tokens, index)
        after = tokens[index].text if index < len(tokens) else ""
        before = tokens[start - 1] if start else _Token("sign", "")
        if before.is_word("CALL") and (start < 2 or tokens[start - 2].text != "."):
            if name and name not in PROCEDURES:
                raise _unknown_procedure(name)
        elif "." in name and after == "(" and not name.lower().startswith(FUNCTION_NAMESPACES):
            raise _not_allowed(
                Text(f"函数 {name}", f"The function {name}"),
                Text("可用 Cypher 自带的函数。", "Cypher's own functions can be used."),
            )
        index = max(index, start + 1)


def _name_at(tokens: list[_Token], index: int) -> tuple[str, int]:
    """Return the dotted name that begins at ``index``, or "", and the index behind it."""
    parts: list[str] = []
    while index < len(tokens) and tokens[index].kind in ("word", "quoted"):
        token = tokens[index]
        parts.append(token.text.replace("``", "`"))
        # CALL is a word of its own unless it is a property.
        if token.is_word("CALL") and len(parts) == 1:
            return "", index + 1
        if index + 1 < len(tokens) and tokens[index + 1].text == ".":
            index += 2
        else:
            return ".".join(parts), index + 1
    return ".".join(parts), index


def _not_allowed(what: Text, instead: Text) -> QueryRefused:
    return QueryRefused(
        Text(
            f"这里不能使用 {what.zh}，只能读取图中的数据。{instead.zh}",
            f"{what.en} is not allowed here; a query can only read the graph. {instead.en}",
        )
    )


def _unknown_procedure(name: str) -> QueryRefused:
    listed = ", ".join(sorted(PROCEDURES))
    return _not_allowed(
        Text(f"过程 {name}", f"The procedure {name}"),
        Text(f"可用的过程：{listed}。", f"These procedures can be used: {listed}."),
    )


def check_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``parameters`` if JSON could carry them and they are not too many.

    Raises `InvalidArgument`.
    """
    given = dict(parameters)
    for name, value in given.items():
        _check_value(str(name), value, MAX_PARAMETER_DEPTH)
    n_characters = len(json.dumps(given, ensure_ascii=False))
    if n_characters > MAX_PARAMETER_CHARACTERS:
        raise InvalidArgument(
            "parameters",
            Text(
                f"参数共 {n_characters:,} 个字符，最多 {MAX_PARAMETER_CHARACTERS:,} 个。"
                "请分几次查询。",
                f"The parameters have {n_characters:,} characters;"
                f" {MAX_PARAMETER_CHARACTERS:,} are allowed. Ask in several queries.",
            ),
        )
    return given


def _check_value(name: str, value: Any, depth_left: int) -> None:
    match value:
        case None | bool() | str():
            return
        case int() if -(2**63) <= value < 2**63:
            return
        case float() if math.isfinite(value):
            return
        case list() | tuple() if depth_left:
            for item in value:
                _check_value(name, item, depth_left - 1)
            return
        case dict() if depth_left and all(isinstance(key, str) for key in value):
            for item in value.values():
                _check_value(name, item, depth_left - 1)
            return
    raise InvalidArgument(
        name,
        Text(
            f"参数“{name}”里有不能使用的值。可用：文字、64 位整数、小数、true/false、null，"
            f"以及由它们组成的列表和对象（最多 {MAX_PARAMETER_DEPTH} 层）。",
            f"The parameter “{name}” holds a value that cannot be used. Use strings, 64-bit"
            " integers, finite numbers, true, false, null, and lists and objects of these, at"
            f" most {MAX_PARAMETER_DEPTH} deep.",
        ),
    )


# -- line 3: the plan -----------------------------------------------------------------------

_NESTED_CALL = re.compile(r"(?:\bCALL\s+|\bResolvedCall\()([\w.`]+)\s*\(")


def check_plan(query_type: str | None, plan: Mapping[str, Any] | None) -> None:
    """Refuse what is not known to read; ``plan`` is as EXPLAIN gives it.

    Raises `QueryRefused`, naming the operator or the procedure.
    """
    if query_type in ("w", "rw"):
        raise QueryRefused(
            Text(
                "这里只能读取数据，不能修改。请去掉写入的语句，或改用导入功能。",
                "Data can only be read here, not changed. Take out the clause that writes, or use"
                " the import.",
            )
        )
    if query_type != "r" or plan is None:
        raise _not_allowed(
            Text("管理数据库的语句", "A statement that manages the database"),
            Text("请只写查询。", "Write queries only."),
        )
    steps = [plan]
    while steps:
        step = steps.pop()
        steps.extend(step.get("children", ()))
        operator = str(step["operatorType"]).split("@")[0]
        if operator.split("(")[0] not in OPERATORS:
            raise _not_allowed(
                Text(f"操作 {operator}", f"The operation {operator}"),
                Text("请换一种写法。", "Write it in another way."),
            )
        details = str(step.get("args", {}).get("Details", ""))
        if "LOAD CSV" in details:
            raise _not_allowed(
                Text("LOAD CSV", "LOAD CSV"),
                Text("要带入数据请用参数。", "Bring data in with a parameter."),
            )
        called = _NESTED_CALL.findall(details)
        if operator == "ProcedureCall":
            called.append(details.split("(")[0].strip())
        for name in called:
            if name.replace("`", "") not in PROCEDURES:
                raise _unknown_procedure(name)


# -- lines 4 and 5: the run -----------------------------------------------------------------


class _TooManyBytes(OSError):
    """Breaks the connection off in the middle of a record."""


@dataclass(slots=True)
class _Run:
    """One statement under way, and what its supervisor needs to stop it."""

    text: str
    parameters: dict[str, Any]
    limit: int
    timeout_s: float
    tag: str = field(default_factory=lambda: uuid.uuid4().hex)
    is_begun: bool = False
    is_stopped: bool = False
    n_bytes: int = 0
    is_too_large: bool = False
    socket: Any = None

    @contextlib.contextmanager
    def transaction(self, database: Database) -> Iterator[neo4j.Transaction]:
        """Open a READ transaction that can be found by its tag and whose bytes are counted."""
        with database.session("READ") as session:
            tx = session.begin_transaction(metadata={"wushe": self.tag}, timeout=self.timeout_s)
            with tx, self._counted(tx):
                self.is_begun = True
                yield tx

    @contextlib.contextmanager
    def _counted(self, tx: neo4j.Transaction) -> Iterator[None]:
        # The driver has no limit for a message, and assembles it whole before anyone sees it.
        # Its own connection is the one place to stop it; a test notices if that ever moves.
        connection: Any = tx._connection
        socket: Any = connection.socket
        receive = socket.recv_into

        def counted(buffer: Any, n_bytes: int) -> int:
            received: int = receive(buffer, n_bytes)
            self.n_bytes += received
            if self.n_bytes > MAX_RESULT_BYTES:
                self.is_too_large = True
                raise _TooManyBytes
            return received

        socket.recv_into = counted
        self.socket = socket
        try:
            yield
        finally:
            self.socket = None
            del socket.recv_into

    def break_off(self) -> None:
        """Close the connection under the thread that waits for it."""
        socket = self.socket
        if socket is not None:
            with contextlib.suppress(OSError):
                socket.close()


def _explain(database: Database, run: _Run) -> None:
    with run.transaction(database) as tx:
        summary = tx.run(run.text, run.parameters).consume()
    check_plan(summary.query_type, summary.plan)


def _fetch(database: Database, run: _Run) -> tuple[tuple[str, ...], list[list[Any]]]:
    columns: tuple[str, ...] = ()
    rows: list[list[Any]] = []
    is_done = False
    try:
        with run.transaction(database) as tx:
            result = tx.run(run.text, run.parameters)
            columns = tuple(result.keys())
            for record in result:
                row = [plain(value) for value in record.values()]
                if not _is_shallow(row, MAX_RESULT_DEPTH):
                    raise _too_deep()
                rows.append(row)
                if len(rows) > run.limit or run.is_stopped:
                    break
            is_done = True
    except StoreError:
        # What comes after the last row that is wanted does not matter.
        if not is_done:
            raise
    return columns, rows


def _is_shallow(value: Any, depth_left: int) -> bool:
    if isinstance(value, list):
        return depth_left > 0 and all(_is_shallow(item, depth_left - 1) for item in value)
    if isinstance(value, dict):
        return depth_left > 0 and all(_is_shallow(v, depth_left - 1) for v in value.values())
    return True


class _Supervisor:
    """Runs the queries of one database, few at a time, and stops those that do not end."""

    def __init__(self, database: Database) -> None:
        self._database = weakref.ref(database)
        self._slots = threading.BoundedSemaphore(MAX_AT_ONCE)
        self._lock = threading.Lock()
        self._restarts: list[float] = []

    @contextlib.contextmanager
    def admitted(self) -> Iterator[_Supervisor]:
        """Let a query in, or raise `QueriesBusy`."""
        earliest = time.monotonic() - _RESTART_WINDOW_S
        self._restarts = [at for at in self._restarts if at > earliest]
        if len(self._restarts) >= _MAX_RESTARTS:
            minutes = math.ceil((self._restarts[0] - earliest) / 60)
            raise QueriesBusy(
                Text(
                    f"刚才有几条查询停不下来，数据库因此重启过。查询暂停，约 {minutes} 分钟后恢复；"
                    "其他页面不受影响。",
                    "Some queries could not be stopped and the database had to be restarted."
                    f" Queries pause for about {minutes} min; all other pages work.",
                )
            )
        if not self._slots.acquire(timeout=1.0):
            raise QueriesBusy(
                Text(
                    f"已有 {MAX_AT_ONCE} 条查询在执行，请稍候再试。",
                    f"{MAX_AT_ONCE} queries are running. Please try again in a moment.",
                )
            )
        try:
            yield self
        finally:
            self._slots.release()

    def run(
        self,
        work: Callable[[Database, _Run], Value],
        text: str,
        parameters: dict[str, Any],
        limit: int,
        timeout_s: float,
    ) -> Value:
        """Do ``work`` in a thread of its own and return what it returns, or stop it."""
        database = self._database()
        assert database is not None  # noqa: S101 - run_query holds it
        run = _Run(text, parameters, limit, timeout_s)
        future: Future[Value] = Future()

        def target() -> None:
            try:
                future.set_result(work(database, run))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=target, name="wushe-query", daemon=True).start()
        try:
            return future.result(timeout_s)
        except TimeoutError:
            run.is_stopped = True
            raise QueryTimedOut(
                timeout_s, is_restarting=self._stop(database, run, future)
            ) from None
        except StoreUnavailable as error:
            if run.is_begun and error.state == "restarting" and not run.is_too_large:
                self._count_restart()
                raise StoreUnavailable("restarting", _ENDED) from error
            raise _explained(error, run) from error
        except StoreError as error:
            raise _explained(error, run) from error
        except RecursionError as error:
            raise _too_deep() from error

    def _stop(self, database: Database, run: _Run, future: Future[Any]) -> bool:
        """End a run that is over its time; return whether that took a restart."""
        threading.Thread(
            target=_terminate, args=(database, run.tag), name="wushe-terminate", daemon=True
        ).start()
        if _is_over(future, _GRACE_S):
            return False
        with self._lock:
            # Another run-away may have been ended meanwhile, and this one with it.
            if _is_over(future, 0.1):
                return True
            self._count_restart()
            is_restarting = database.restart()
        run.break_off()
        return is_restarting

    def _count_restart(self) -> None:
        """Note that Neo4j ended now; several queries may notice the same end."""
        now = time.monotonic()
        if not self._restarts or now - self._restarts[-1] > _SAME_END_S:
            self._restarts.append(now)


_ENDED = Text(
    "数据库在执行查询时停止了，正在自动重启，数据没有受损。如果是这条查询要的内存太多，"
    "请缩小范围后再试。",
    "The database ended while the query ran and is being restarted; no data are lost. If the query"
    " took too much memory, narrow it before you try again.",
)


def _is_over(future: Future[Any], timeout_s: float) -> bool:
    with contextlib.suppress(TimeoutError):
        future.exception(timeout_s)
    return future.done()


def _terminate(database: Database, tag: str) -> None:
    with contextlib.suppress(StoreError), database.session("READ") as session:
        session.run(
            "SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS data"
            " WHERE data.wushe = $tag TERMINATE TRANSACTIONS id YIELD message RETURN message",
            tag=tag,
        ).consume()


_supervisors: weakref.WeakKeyDictionary[Database, _Supervisor] = weakref.WeakKeyDictionary()
_supervisors_lock = threading.Lock()


def _supervisor(database: Database) -> _Supervisor:
    with _supervisors_lock:
        return _supervisors.setdefault(database, _Supervisor(database))


# -- what Neo4j says about it ---------------------------------------------------------------

_PLACE = re.compile(r"\(line (\d+), column (\d+)")


def _explained(error: StoreError, run: _Run) -> WusheError:
    """Say what a failure of the store means to the one who wrote the query."""
    if run.is_too_large:
        return _too_large()
    if isinstance(error, WriteRefused) or not isinstance(error, StatementFailed):
        return error
    kind = error.code.rpartition(".")[2]
    if "TimedOut" in kind or kind == "Terminated":
        return QueryTimedOut(run.timeout_s, is_restarting=False)
    if "OutOfMemory" in kind or "StackOverFlow" in kind:
        return _too_large()
    if error.code.startswith("Neo.ClientError."):
        return _mistake(error.detail)
    return error


def _too_large() -> QueryTooLarge:
    megabytes = MAX_RESULT_BYTES // 1_000_000
    return QueryTooLarge(
        Text(
            f"查询占用的内存太多，或结果超过 {megabytes} MB。请缩小范围，或只返回需要的列。",
            f"The query takes too much memory, or its result more than {megabytes} MB. Narrow it,"
            " or return only the columns you need.",
        )
    )


def _too_deep() -> QueryTooLarge:
    return QueryTooLarge(
        Text(
            f"结果里的列表或对象嵌套超过 {MAX_RESULT_DEPTH} 层。请用 UNWIND 展开。",
            f"The result holds lists or maps nested more than {MAX_RESULT_DEPTH} deep. Spread"
            " them with UNWIND.",
        )
    )


def _mistake(detail: str) -> QueryMistaken:
    """Make one sentence of Neo4j's message, which repeats the query and lists all keywords."""
    sentence = detail.split("(line ")[0].split("\n")[0]
    said, _, expected = sentence.partition(": expected ")
    if expected and len(expected) <= 80:
        said = f"{said}: expected {expected}"
    said = said.strip().rstrip(".")
    place = _PLACE.search(detail)
    if place is None:
        return QueryMistaken(Text(f"查询有误：{said}。", f"The query has a mistake: {said}."))
    line, column = max(int(place[1]) - 1, 1), int(place[2])
    return QueryMistaken(
        Text(
            f"查询第 {line} 行第 {column} 列有误：{said}。",
            f"The query has a mistake in line {line}, column {column}: {said}.",
        ),
        line,
        column,
    )
