"""Names that look like a city's: made from the number of an area or a node, when asked for."""

from __future__ import annotations

from collections.abc import Callable

from graph.city.arrays import City
from graph.codes import KIND_CODE

_Namer = Callable[[int, int, str], str]
CITY = "和川市"
_FIRST = (
    "安宝昌成春德东丰福光广海和恒红华嘉建金锦景康乐丽龙明南宁平启"
    "庆荣瑞盛顺泰天望文西祥新兴永玉云长正"
)
_SECOND = (
    "波城川岛峰港关河湖江街景里林岭陵门桥泉山石水塘田亭湾溪乡阳园苑源洲庄台庭屏坪府居坊榆柳桐枫"
)
_DISTRICTS = "东西南北中新"
_THIRD = "里苑园坊巷湾营屯庄台"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯"
    "邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
)
_GIVEN = (
    "安博春丹德东芳飞凤刚国海红华慧佳建洁静娟军凯兰磊丽林玲梅"
    "敏明娜宁鹏平倩强琴清荣蓉瑞珊淑涛婷伟文霞欣秀雪燕阳怡颖勇玉云珍志"
)
_AGENCIES = ("民政局", "卫生健康局", "城市管理局", "教育局")
_MASS_ORGANISATIONS = ("总工会", "团委", "妇联")
_TEAMS = (
    "邻里守望", "垃圾分类", "敬老助老", "平安巡逻", "环保", "文明劝导", "儿童陪伴", "助残",
    "健康宣传", "文艺", "应急", "助学",
)  # fmt: skip
_GROUPS = (
    "合唱队", "太极队", "书画社", "自管小组", "互助会", "舞蹈队", "议事小组", "花友会", "妈妈社团",
    "读书会",
)  # fmt: skip
_SHOPS = (
    "便利店", "理发店", "餐馆", "药房", "书店", "水果店", "面包房", "洗衣店", "五金店", "茶社",
    "花店", "家政服务部",
)  # fmt: skip
_TRADES = ("科技", "物业管理", "建设", "商贸", "餐饮", "文化传媒", "实业", "物流", "医药", "能源")
_CAUSES = ("公益发展中心", "社会工作服务中心", "志愿服务促进会", "社区发展中心", "助老服务中心")
_PROJECTS = (
    "垃圾分类行动", "为老服务项目", "儿童课后计划", "楼道微更新", "邻里节", "健康义诊",
    "社区花园计划", "助残项目", "能人培育计划", "公益创投项目",
)  # fmt: skip
_SPACES = ("邻里中心", "共享花园", "议事厅", "志愿服务站", "图书角", "活动室")


def area_names(city: City) -> list[str]:
    """Return the name of each area; those under one parent differ."""
    names = [CITY]
    numbers = [0, 0, 0, 0]
    for level in city.tree.levels.tolist()[1:]:
        number = numbers[level]
        numbers[level] += 1
        if level == 1:
            names.append(f"{_word(number, _FIRST, _DISTRICTS)}区")
        elif level == 2:
            names.append(f"{_word(number, _FIRST, _SECOND)}街道")
        else:
            names.append(f"{_word(number, _FIRST, _SECOND)}社区")
    return names


def area_paths(city: City) -> list[str]:
    """Return the path of each area, from the city down."""
    names = area_names(city)
    paths = names[:1]
    for name, parent in zip(names[1:], city.tree.parents.tolist()[1:], strict=True):
        paths.append(f"{paths[parent]}/{name}")
    return paths


def node_names(city: City, start: int = 0, stop: int | None = None) -> list[str]:
    """Return the names of the nodes from ``start`` to before ``stop``.

    Persons may share a name, as people do, and so may what belongs to areas of the same name.
    """
    areas = area_names(city)
    columns = (city.kinds, city.serials, city.ordinals, city.areas)
    rows = zip(*(column[start:stop].tolist() for column in columns), strict=True)
    name = {KIND_CODE[slug]: namer for slug, namer in _NAMES.items()}
    return [name[kind](serial, ordinal, areas[area]) for kind, serial, ordinal, area in rows]


def _word(number: int, first: str, second: str) -> str:
    """Return the number-th word of two characters; a third, then a number, makes more of them."""
    n = len(first) * len(second)
    # A step that has no factor in common with n visits every word once.
    mixed = number * 997 % n
    word = first[mixed % len(first)] + second[mixed // len(first)]
    again = number // n
    if not again:
        return word
    return f"{word}{_THIRD[again - 1] if again <= len(_THIRD) else again}"


def _person(serial: int, _ordinal: int, _area: str) -> str:
    mixed = serial * 7_368_787 % (len(_SURNAMES) * len(_GIVEN) * len(_GIVEN))
    surname, given = mixed % len(_SURNAMES), mixed // len(_SURNAMES)
    return _SURNAMES[surname] + _GIVEN[given % len(_GIVEN)] + _GIVEN[given // len(_GIVEN)]


def _of(choices: tuple[str, ...], suffix: str = "") -> _Namer:
    """Return a namer that puts a choice after the name of the area, and a number if need be."""

    def name(_serial: int, ordinal: int, area: str) -> str:
        number = ordinal // len(choices)
        again = f"（{number + 1}）" if number else ""
        return f"{area}{choices[ordinal % len(choices)]}{suffix}{again}"

    return name


def _called(choices: tuple[str, ...], suffix: str = "") -> _Namer:
    """Return a namer that puts a choice after a word of its own."""

    def name(serial: int, _ordinal: int, _area: str) -> str:
        word = _word(serial // len(choices), _FIRST, _SECOND)
        return f"{word}{choices[serial % len(choices)]}{suffix}"

    return name


_NAMES: dict[str, _Namer] = {
    "StreetOffice": _of(("办事处",)),
    "GovernmentAgency": _of(_AGENCIES),
    "MassOrganisation": _of(_MASS_ORGANISATIONS),
    "PartyOrganisation": _of(("党组织",)),
    "Community": _of(("",)),
    "Compound": _called(("小区", "花园", "家园", "新村")),
    "SocialOrganisation": _called(_CAUSES),
    "CommunityOrganisation": _of(_GROUPS),
    "Foundation": _called(("公益基金会",)),
    "SocialWorkStation": _of(("社工站",)),
    "SocialWorker": _person,
    "VolunteerTeam": _of(_TEAMS, "志愿服务队"),
    "Volunteer": _person,
    "Enterprise": _called(_TRADES, "有限公司"),
    "Merchant": _called(_SHOPS),
    "SocialEnterprise": _called(("社会企业",)),
    "School": _called(("小学", "中学", "幼儿园")),
    "University": _called(("大学", "学院")),
    "Hospital": _called(("医院", "卫生服务中心")),
    "OtherInstitution": _called(("文化馆", "图书馆", "养老院")),
    "Project": _of(_PROJECTS),
    "Space": _of(_SPACES),
    "Platform": _of(("线上服务平台",)),
    "Mechanism": _of(("协商议事会", "商企联盟")),
    "Fund": _of(("社区基金",)),
    "Agreement": _of(("共建协议",)),
}
