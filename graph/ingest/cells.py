"""From the text of a cell to a value, by the type of its column."""

from __future__ import annotations

import calendar
import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from graph.model import (
    AFFILIATION_KINDS,
    KINDS,
    REGISTRATIONS,
    RELATIONS,
    fold,
    kind_from_word,
    relation_from_word,
)
from graph.text import Text
from graph.workbook import LEVELS, Column

MAX_NAME_CHARACTERS = 200
_KIND_LABELS = (*(k.label for k in KINDS), *(k.label for k in AFFILIATION_KINDS))
_HEADCOUNT = re.compile(
    r"^(?P<more>超过|至少|不少于|>=?|≥)?\s*(?P<n>\d[\d,，]*)\s*(?P<ten>万)?\s*(?P<plus>\+|余|多|以上)*\s*"
    r"(?:名|人|家|个|户|位|支)?\s*(?P<tail>\+|余|多|以上)*$"
)
_REGISTRATION_WORDS = {
    "registered": frozenset({"登记", "已注册", "注册", "民政登记"}),
    "filed": frozenset({"备案", "社区备案", "街道备案"}),
    "neither": frozenset(
        {"未登记", "未备案", "未登记未备案", "都没有", "没有", "无", "否", "none", "no"}
    ),
}
_DATE = re.compile(r"^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日]?$")
_NUMBER = re.compile(r"^-?\d[\d,，]*(?:\.\d+)?$")
_ID = re.compile(r"^[^\s/?#%\\\"'<>]{1,80}$")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_IDENTITY = re.compile(r"(?<![\dXx])\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?![\dXx])")


class BadCell(Exception):
    """A cell that its column cannot take: what is wrong, and how to mend it."""

    def __init__(self, message: Text, mend: Text, *, is_secret: bool = False) -> None:
        super().__init__(message.en)
        self.message = message
        self.mend = mend
        self.is_secret = is_secret


def value_of(column: Column, text: str) -> Any:
    """Return the value of a non-empty cell; raises `BadCell`.

    The types: headcount gives (number, at_least), aliases a tuple, a date its ISO text in the
    precision given, an area its path, a reference the text to be looked up.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(c) == "Cc" and c not in "\n\t\r" for c in text):
        raise BadCell(
            Text("有看不见的控制字符。", "It holds invisible control characters."),
            Text("请重新输入这一格。", "Type the cell again."),
        )
    _refuse_personal_numbers(text)
    reader = _READERS.get(column.type)
    return reader(text) if reader else text


def _refuse_personal_numbers(text: str) -> None:
    if _IDENTITY.search(text):
        raise BadCell(
            Text("像是身份证号。", "It looks like an identity number."),
            Text("个人信息不入库，请删去。", "Personal data are not stored; remove it."),
            is_secret=True,
        )
    if _PHONE.search(text):
        raise BadCell(
            Text("像是手机号。", "It looks like a mobile phone number."),
            Text("个人信息不入库，请删去。", "Personal data are not stored; remove it."),
            is_secret=True,
        )


def _id(text: str) -> str:
    if not _ID.match(text):
        raise BadCell(
            Text(
                "编号不能含空格、斜线、引号或超过 80 个字符。",
                "An id has no spaces, slashes or quotes and at most 80 characters.",
            ),
            Text("请改用字母、数字和短横线。", "Use letters, digits and hyphens."),
        )
    return text


def _name(text: str) -> str:
    name = re.sub(r"\s+", " ", text)
    if len(name) > MAX_NAME_CHARACTERS:
        raise BadCell(
            Text(
                f"名称超过 {MAX_NAME_CHARACTERS} 个字符。",
                f"A name has at most {MAX_NAME_CHARACTERS} characters.",
            ),
            Text("请缩短，其余写进备注。", "Shorten it and put the rest into the note."),
        )
    return name


def _kind(text: str) -> str:
    slug = kind_from_word(text)
    if slug is None:
        raise BadCell(
            Text(f"没有“{text[:40]}”这种类型。", f"There is no kind “{text[:40]}”."),
            _one_of(text, _KIND_LABELS),
        )
    return slug


def _one_of(text: str, labels: Sequence[Text]) -> Text:
    """Name all that a cell may say, and before them the one that looks most like what it says."""
    listed = Text(
        f"可用：{'、'.join(label.zh for label in labels)}。",
        f"Use one of: {', '.join(label.en for label in labels)}.",
    )
    words = {word: label for label in labels for word in (label.zh, label.en.casefold())}
    alike = difflib.get_close_matches(text[:40].casefold(), words, n=1, cutoff=0.5)
    if not alike:
        return listed
    label = words[alike[0]]
    return Text(f"是“{label.zh}”吗？{listed.zh}", f"Do you mean “{label.en}”? {listed.en}")


def _relation(text: str) -> str:
    slug = relation_from_word(text)
    if slug is None:
        raise BadCell(
            Text(f"没有“{text[:40]}”这种关系。", f"There is no relation “{text[:40]}”."),
            _one_of(text, [r.label for r in RELATIONS]),
        )
    return slug


def _area(text: str) -> str:
    parts = [p.strip() for p in re.split(r"[/／>›]", text)]
    if not all(parts) or len(parts) > 8 or any(len(p) > 60 for p in parts):
        raise BadCell(
            Text("区域路径不完整。", "The area path is incomplete."),
            Text("请写成 市/区/街道/社区。", "Write it as city/district/street/community."),
        )
    return "/".join(parts)


def _level(text: str) -> str:
    for slug, label in LEVELS:
        if fold(text) in {fold(slug), fold(label.zh), fold(label.en)}:
            return slug
    raise BadCell(
        Text("没有这个级别。", "There is no such level."),
        Text(
            "请用：省、市、区、街道、社区。", "Use province, city, district, street or community."
        ),
    )


def _registration(text: str) -> str:
    word = fold(text)
    for slug, label in REGISTRATIONS.items():
        if word in {fold(slug), fold(label.zh), fold(label.en), *_REGISTRATION_WORDS[slug]}:
            return slug
    raise BadCell(
        Text(
            f"看不出“{text[:40]}”是登记、备案还是都没有。",
            f"“{text[:40]}” says neither registered nor filed nor neither.",
        ),
        _one_of(text, list(REGISTRATIONS.values())),
    )


def _headcount(text: str) -> tuple[int, bool]:
    match = _HEADCOUNT.match(text)
    if match is None:
        raise BadCell(
            Text("这不是人数。", "This is not a number of members."),
            Text("请写成 387、20+ 或 20 余。", "Write 387 or 20+."),
        )
    value = int(re.sub(r"[,，]", "", match["n"])) * (10_000 if match["ten"] else 1)
    return value, bool(match["more"] or match["plus"] or match["tail"])


def _count(text: str) -> int:
    value = _number(text)
    if value != int(value):
        raise BadCell(
            Text("这不是整数。", "This is not a whole number."),
            Text("请写整数，如 1200。", "Write a whole number such as 1200."),
        )
    return int(value)


def _number(text: str) -> float:
    if not _NUMBER.match(text):
        raise BadCell(
            Text("这不是数字。", "This is not a number."),
            Text("请只写数字，如 50000。", "Write digits only, such as 50000."),
        )
    value = float(re.sub(r"[,，]", "", text))
    if not 0 <= value < 1e15:
        raise BadCell(
            Text("数字不能是负数，也不能这么大。", "The number is negative or too large."),
            Text("请改正。", "Correct it."),
        )
    return value


def _strength(text: str) -> int:
    if text not in ("1", "2", "3", "4", "5"):
        raise BadCell(
            Text("强度只能是 1 到 5。", "A strength is 1 to 5."),
            Text(
                "1 最弱，5 最强；不清楚就留空。", "1 is weak, 5 strong; leave it empty if unknown."
            ),
        )
    return int(text)


def _flag(text: str) -> bool:
    if fold(text) in {"是", "yes", "y", "true", "1"}:
        return True
    if fold(text) in {"否", "no", "n", "false", "0"}:
        return False
    raise BadCell(
        Text("这里只能填“是”或“否”。", "This is yes or no."),
        Text("请填“是”或“否”，或留空。", "Write yes or no, or leave it empty."),
    )


def _coordinate(limit: int) -> Any:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not -limit <= value <= limit:
            raise BadCell(
                Text("这不是经纬度。", "This is not a coordinate."),
                Text(
                    f"请写 -{limit} 到 {limit} 的小数。",
                    f"Write a decimal from -{limit} to {limit}.",
                ),
            )
        return value

    return read


def _date(text: str) -> str:
    match = _DATE.match(text.replace(" ", ""))
    year, month, day = (int(g) if g else None for g in match.groups()) if match else (0, 0, 0)
    is_real = (
        match is not None
        and year is not None
        and 1800 <= year <= 2200
        and (month is None or 1 <= month <= 12)
        and (day is None or (month and 1 <= day <= calendar.monthrange(year, month)[1]))
    )
    if not is_real:
        raise BadCell(
            Text("这不是日期。", "This is not a date."),
            Text("请写成 2018、2018-07 或 2018-07-11。", "Write 2018, 2018-07 or 2018-07-11."),
        )
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)])


def _aliases(text: str) -> tuple[str, ...]:
    parts = (re.sub(r"\s+", " ", p).strip() for p in re.split(r"[;；、|\n]", text))
    return tuple(dict.fromkeys(p for p in parts if p))


_READERS: dict[str, Any] = {
    "id": _id,
    "name": _name,
    "kind": _kind,
    "relation": _relation,
    "area": _area,
    "level": _level,
    "headcount": _headcount,
    "count": _count,
    "number": _number,
    "strength": _strength,
    "flag": _flag,
    "yes_no": _flag,
    "registration": _registration,
    "latitude": _coordinate(90),
    "longitude": _coordinate(180),
    "date": _date,
    "aliases": _aliases,
}
