"""The workbook: its sheets and columns, declared once; reading, templates and help follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.model import fold
from graph.text import Text

CellType = Literal[
    "id", "text", "name", "kind", "relation", "area", "headcount", "date", "number", "count",
    "strength", "flag", "yes_no", "latitude", "longitude", "aliases", "reference", "level",
    "registration",
]  # fmt: skip
LEVELS: tuple[tuple[str, Text], ...] = (
    ("province", Text("省", "province")),
    ("city", Text("市", "city")),
    ("district", Text("区", "district")),
    ("street", Text("街道", "street")),
    ("community", Text("社区", "community")),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its slug is the property it fills."""

    slug: str
    label: Text
    type: CellType
    help: Text
    is_required: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook, or one CSV file of the same name."""

    slug: str
    label: Text
    help: Text
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()

    def column_from_header(self, header: str) -> Column | None:
        """Return the column that a header cell names, in either language or in both, or None."""
        word = fold(header)
        for column in self.columns:
            zh = fold(column.label.zh)
            names = {fold(n) for n in (column.slug, column.label.en, *column.aliases)} | {zh}
            if word in names or (word.startswith(zh) and word.removeprefix(zh) in names):
                return column
        return None


_SINCE = Column(
    "since",
    Text("起始", "Since"),
    "date",
    Text("何时开始：2018、2018-07 或 2018-07-11。", "When it began: 2018, 2018-07 or 2018-07-11."),
    aliases=("开始", "起", "成立"),
)
_UNTIL = Column(
    "until",
    Text("终止", "Until"),
    "date",
    Text("何时结束；仍在进行则留空。", "When it ended; empty if it goes on."),
    aliases=("结束", "止"),
)
_SOURCE = Column(
    "source",
    Text("来源", "Source"),
    "text",
    Text("这一行出自哪里。", "Where this row comes from."),
    aliases=("出处",),
)
_NOTE = Column(
    "note",
    Text("备注", "Note"),
    "text",
    Text("其他说明。", "Anything else."),
    aliases=("说明",),
)


def _need_sheet(slug: str, label: Text, help_: Text) -> Sheet:
    return Sheet(
        slug,
        label,
        help_,
        (
            Column(
                "actor",
                Text("主体", "Actor"),
                "reference",
                Text("编号或名称。", "Its id or its name."),
                is_required=True,
            ),
            Column(
                "domain",
                Text("领域", "Domain"),
                "text",
                Text(
                    "服务领域，如 垃圾分类、为老服务。",
                    "A field of service, such as waste sorting.",
                ),
                is_required=True,
            ),
            Column(
                "resource",
                Text("资源", "Resource"),
                "text",
                Text("资源类型，如 资金、场地、志愿者。", "What sort: money, room, volunteers, …"),
                is_required=True,
            ),
            Column(
                "quantity",
                Text("数量", "Quantity"),
                "number",
                Text("多少；不清楚则留空。", "How much; empty if unknown."),
            ),
            _SINCE,
            _UNTIL,
            Column(
                "note",
                Text("说明", "Note"),
                "text",
                Text("其他说明。", "Anything else."),
                aliases=("备注",),
            ),
        ),
    )


ACTORS = Sheet(
    "actors",
    Text("主体", "Actors"),
    Text(
        "每行一个主体，或一个项目、阵地、平台、机制、基金、协议。",
        "One actor a row, or one project, space, platform, mechanism, fund, agreement.",
    ),
    (
        Column(
            "id",
            Text("编号", "Id"),
            "id",
            Text(
                "可不填；填了就不要再改，它认得出同一个主体。",
                "May be empty; once given, keep it: it tells that an actor is the same.",
            ),
        ),
        Column(
            "name",
            Text("名称", "Name"),
            "name",
            Text("全称。", "The full name."),
            is_required=True,
            aliases=("姓名", "单位名称", "组织名称"),
        ),
        Column(
            "kind",
            Text("类型", "Kind"),
            "kind",
            Text("从下拉列表中选。", "Pick from the list."),
            is_required=True,
            aliases=("类别", "主体类型"),
        ),
        Column(
            "name_en",
            Text("英文名", "English name"),
            "text",
            Text("英文界面上显示的名称。", "Shown on the English pages."),
        ),
        Column(
            "aliases",
            Text("别名", "Aliases"),
            "aliases",
            Text("简称等，用分号隔开。", "Short names, separated by semicolons."),
            aliases=("简称",),
        ),
        Column(
            "area",
            Text("区域", "Area"),
            "area",
            Text("市/区/街道/社区，用斜线隔开。", "city/district/street/community, with slashes."),
            aliases=("所在区域", "地区"),
        ),
        Column(
            "is_group",
            Text("群体", "Group"),
            "flag",
            Text(
                "是：这一行代表若干个没有逐一列出的主体，如“各社区”。",
                "yes: the row stands for several actors not listed one by one.",
            ),
        ),
        Column(
            "n_members",
            Text("人数", "Members"),
            "headcount",
            Text(
                "人数或成员数；“20+”或“20 余”表示不少于。",
                "People or members; “20+” says at least 20.",
            ),
            aliases=("成员数", "规模", "n members"),
        ),
        Column(
            "registration",
            Text("登记备案", "Registration"),
            "registration",
            Text(
                "队伍和组织：已登记（民政）、已备案（街道或社区）或未登记备案；不清楚则留空。",
                "Of teams and organisations: registered, filed or neither; empty if unknown.",
            ),
            aliases=("登记", "备案", "登记状态", "备案情况"),
        ),
        Column(
            "is_online",
            Text("线上", "Online"),
            "yes_no",
            Text(
                "平台是不是线上的。留空时，名称里有“线上”“小程序”“公众号”一类字样的平台算线上。",
                "Whether a platform is online. If empty, one whose name says so (“online”, “app”) "
                "is.",
            ),
            aliases=("是否线上", "is online"),
        ),
        Column(
            "since",
            Text("成立", "Since"),
            "date",
            Text("何时成立：2018、2018-07 或 2018-07-11。", "2018, 2018-07 or 2018-07-11."),
            aliases=("成立时间", "起始", "开始"),
        ),
        _UNTIL,
        Column(
            "lat",
            Text("纬度", "Latitude"),
            "latitude",
            Text("-90 到 90 的小数。", "A decimal from -90 to 90."),
            aliases=("lat",),
        ),
        Column(
            "lon",
            Text("经度", "Longitude"),
            "longitude",
            Text("-180 到 180 的小数。", "A decimal from -180 to 180."),
            aliases=("lon", "lng"),
        ),
        _SOURCE,
        _NOTE,
    ),
    ("actor", "stakeholders", "组织", "名单"),
)
TIES = Sheet(
    "ties",
    Text("关系", "Ties"),
    Text("每行一条关系：谁、怎样、对谁。", "One tie a row: who, how, to whom."),
    (
        Column(
            "start",
            Text("起点", "From"),
            "reference",
            Text("编号或名称。", "An id or a name."),
            is_required=True,
            aliases=("from", "主体", "甲方"),
        ),
        Column(
            "relation",
            Text("关系", "Relation"),
            "relation",
            Text("从下拉列表中选。", "Pick from the list."),
            is_required=True,
            aliases=("关系类型",),
        ),
        Column(
            "end",
            Text("终点", "To"),
            "reference",
            Text("编号或名称。", "An id or a name."),
            is_required=True,
            aliases=("to", "对象", "乙方"),
        ),
        Column(
            "strength",
            Text("强度", "Strength"),
            "strength",
            Text("1（弱）到 5（强）；不填为 1。", "1 (weak) to 5 (strong); 1 if empty."),
        ),
        Column(
            "amount",
            Text("金额", "Amount"),
            "number",
            Text("元。", "In yuan."),
            aliases=("经费", "资金"),
        ),
        _SINCE,
        _UNTIL,
        _SOURCE,
        _NOTE,
    ),
    ("relations", "tie", "edges"),
)
NEEDS = _need_sheet("needs", Text("需求", "Needs"), Text("谁需要什么。", "Who needs what."))
OFFERS = _need_sheet(
    "offers", Text("供给", "Offers"), Text("谁能提供什么。", "Who can offer what.")
)
AREAS = Sheet(
    "areas",
    Text("区域", "Areas"),
    Text("区域的级别、户数和人口。", "Level, households and population of areas."),
    (
        Column(
            "name",
            Text("名称", "Name"),
            "name",
            Text("区域名称。", "Name of the area."),
            is_required=True,
        ),
        Column(
            "parent",
            Text("上级", "Parent"),
            "area",
            Text(
                "上级区域的完整路径；最上级留空。",
                "Full path of what it lies in; empty at the top.",
            ),
            aliases=("上级区域",),
        ),
        Column(
            "level",
            Text("级别", "Level"),
            "level",
            Text("省、市、区、街道或社区。", "province, city, district, street or community."),
        ),
        Column(
            "households",
            Text("户数", "Households"),
            "count",
            Text("整数。", "A whole number."),
        ),
        Column(
            "population",
            Text("人口", "Population"),
            "count",
            Text("整数。", "A whole number."),
            aliases=("人口数",),
        ),
    ),
    ("area", "地区"),
)

SHEETS: tuple[Sheet, ...] = (ACTORS, TIES, NEEDS, OFFERS, AREAS)


def sheet_from_name(name: str) -> Sheet | None:
    """Return the sheet that a tab or a file stem names in either language, or None."""
    word = fold(name)
    for sheet in SHEETS:
        names = (sheet.slug, sheet.label.zh, sheet.label.en, *sheet.aliases)
        if word in {fold(n) for n in (*names, f"{sheet.label.zh}{sheet.slug}")}:
            return sheet
    return None


def sheet_from_headers(headers: list[str]) -> Sheet | None:
    """Return the only sheet whose required columns are all among ``headers``, or None."""
    fits = []
    for sheet in SHEETS:
        found = {c.slug for h in headers if (c := sheet.column_from_header(h))}
        required = {c.slug for c in sheet.columns if c.is_required}
        if required <= found and len(required) > 1:
            fits.append(sheet)
    return fits[0] if len(fits) == 1 else None
