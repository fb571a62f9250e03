"""The first line of defence: what the text of a query must not hold, before it is sent."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from graph.query.errors import QueryRefused, not_allowed, unknown_procedure
from graph.query.procedures import FUNCTION_NAMESPACES, PROCEDURES
from graph.text import Text

MAX_CHARACTERS = 20_000
MAX_TOKENS = 3_000
MAX_DEPTH = 20  # brackets and CASE in one another; EXPLAIN hangs from 101 to 200 on
MAX_CHAIN = 80  # these and operators, along one expression; EXPLAIN hangs from 101 to 200 on

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
        raise not_allowed(
            Text("LOAD CSV（读取文件或网址）", "LOAD CSV (it reads files and addresses)"),
            Text(
                "要带入数据请用参数；文字里确需这两个词时也请放进参数。",
                "Bring data in with a parameter; so with a text that needs both words.",
            ),
        )
    words = Counter(token.text.upper() for token in tokens if token.kind in ("word", "sign"))
    for word in ("USE", "TRANSACTIONS"):
        if words[word]:
            raise not_allowed(
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
                raise unknown_procedure(name)
        elif "." in name and after == "(" and not name.lower().startswith(FUNCTION_NAMESPACES):
            raise not_allowed(
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
