"""The vocabulary, declared once: sectors, five-社 columns, kinds, relations and their roles.

Import templates, validation, legends, filters, help texts and documentation derive from the tuples
below. To add a kind or a relation, add a record here and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from graph.text import Text

AffiliationRole = Literal["leading", "participating"]
Shape = Literal["square", "circle", "diamond", "triangle", "hexagon", "pentagon", "star"]


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of society; brokerage is counted between sectors.

    ``colour`` and ``shape`` mark the sector on every page, chart and print; the colour has a
    contrast of at least 3:1 on the light and on the dark ground.
    """

    slug: str
    label: Text
    help: Text
    colour: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Column:
    """One of the five 社: what the coverage of a community is counted by."""

    slug: str
    label: Text
    help: Text


@dataclass(frozen=True, slots=True)
class Kind:
    """What an actor is: its label in the graph, its sector and the column it fills."""

    slug: str
    sector: str
    column: str | None
    label: Text
    help: Text
    aliases: tuple[str, ...] = ()
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class AffiliationKind:
    """What actors meet in: the second mode of the network."""

    slug: str
    label: Text
    help: Text
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed, directed tie.

    Attributes
    ----------
    label, reverse : how it reads from the start (“A 资助 B”) and from the end (“B 受 A 资助”).
    from_actor, from_affiliation, to_actor, to_affiliation : what may stand at each end.
    role : what it makes of the actor at its actor end when the other end is an affiliation.
    is_direct : whether it counts as a tie where both ends are actors.
    is_symmetric : whether its direction means nothing.
    """

    slug: str
    label: Text
    reverse: Text
    help: Text
    from_actor: bool = True
    from_affiliation: bool = False
    to_actor: bool = True
    to_affiliation: bool = False
    role: AffiliationRole | None = None
    is_direct: bool = True
    is_symmetric: bool = False
    aliases: tuple[str, ...] = ()


SECTORS: tuple[Sector, ...] = (
    Sector(
        "government",
        Text("政府与群团", "Government"),
        Text(
            "街道办、政府部门、党组织和群团组织。",
            "Street offices, departments, party organisations and mass organisations.",
        ),
        "#ac4534",
        "square",
    ),
    Sector(
        "community",
        Text("社区", "Community"),
        Text(
            "社区及其院落、小区：各方相遇的平台。",
            "Communities and their compounds: the platform on which the others meet.",
        ),
        "#7280ec",
        "circle",
    ),
    Sector(
        "social_organisation",
        Text("社会组织", "Social organisations"),
        Text(
            "社会服务机构、社区社会组织、基金会：联动的载体。",
            "NGOs, community-based organisations and foundations: the carriers.",
        ),
        "#894d9e",
        "diamond",
    ),
    Sector(
        "social_work",
        Text("社会工作", "Social work"),
        Text(
            "社工站和社会工作者：专业支撑。",
            "Social work stations and social workers: the professional support.",
        ),
        "#277867",
        "triangle",
    ),
    Sector(
        "volunteer",
        Text("志愿者", "Volunteers"),
        Text(
            "志愿服务队伍和志愿者：辅助力量，有时也是主导力量。",
            "Volunteer teams and volunteers: auxiliary hands, in one mode the driver.",
        ),
        "#41a06e",
        "hexagon",
    ),
    Sector(
        "enterprise",
        Text("企业与商户", "Enterprises"),
        Text(
            "企业、商户、社会企业：慈善资源的主要来源。",
            "Enterprises, merchants and social enterprises: most of the charitable resources.",
        ),
        "#a68a1e",
        "pentagon",
    ),
    Sector(
        "institution",
        Text("事业单位", "Institutions"),
        Text(
            "学校、高校、医院和其他事业单位。",
            "Schools, universities, hospitals and other public institutions.",
        ),
        "#8585a2",
        "star",
    ),
)

COLUMNS: tuple[Column, ...] = (
    Column(
        "community",
        Text("社区", "Community"),
        Text("平台：各方在此相遇。", "The platform on which the others meet."),
    ),
    Column(
        "social_organisation",
        Text("社会组织", "Social organisations"),
        Text("载体：承接服务、孵化队伍。", "The carrier: delivers services, incubates teams."),
    ),
    Column(
        "social_worker",
        Text("社会工作者", "Social workers"),
        Text("支撑：专业方法和督导。", "The support: professional method and supervision."),
    ),
    Column(
        "volunteer",
        Text("社区志愿者", "Community volunteers"),
        Text("辅助：志愿者和志愿队伍。", "The auxiliary hands: volunteers and their teams."),
    ),
    Column(
        "charitable_resource",
        Text("社会慈善资源", "Charitable resources"),
        Text(
            "补充：企业、商户、基金会的钱、物、技能和场地。",
            "The supplement: money, goods, skills and rooms of enterprises and foundations.",
        ),
    ),
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "StreetOffice",
        "government",
        None,
        Text("街道办", "Street office"),
        Text(
            "街道办事处或乡镇政府，管辖若干社区。",
            "The lowest office of city government; has some tens of communities.",
        ),
        ("街道", "街道办事处", "乡镇政府", "镇政府"),
    ),
    Kind(
        "GovernmentAgency",
        "government",
        None,
        Text("政府部门", "Government agency"),
        Text(
            "民政、卫健、城管等部门及其所属单位。", "Civil affairs, health and other departments."
        ),
        ("政府机构", "政府", "委办局", "民政局", "民政厅"),
    ),
    Kind(
        "MassOrganisation",
        "government",
        None,
        Text("群团组织", "Mass organisation"),
        Text("共青团、妇联、工会、残联等。", "Youth League, women's federation, trade unions, …"),
        ("群团", "团委", "团区委", "妇联", "工会", "残联"),
    ),
    Kind(
        "PartyOrganisation",
        "government",
        None,
        Text("党组织", "Party organisation"),
        Text(
            "党委及其部门、社区党总支、院落党支部、楼栋党小组。",
            "Party committees and their departments, down to the branch of a courtyard.",
        ),
        ("党委", "党支部", "党总支", "党小组", "党委部门"),
    ),
    Kind(
        "Community",
        "community",
        "community",
        Text("社区", "Community"),
        Text("居民委员会辖区及其居委会。", "A residents' committee and its territory."),
        ("村", "居委会", "社区居委会", "村委会"),
    ),
    Kind(
        "Compound",
        "community",
        "community",
        Text("院落小区", "Compound"),
        Text("社区里的院落、小区、楼栋。", "A courtyard, estate or building in a community."),
        ("院落", "小区", "楼栋", "楼院"),
    ),
    Kind(
        "SocialOrganisation",
        "social_organisation",
        "social_organisation",
        Text("社会组织", "Social organisation"),
        Text(
            "登记的社会服务机构、社会团体，如公益发展中心。",
            "A registered non-profit, such as a public-benefit development centre.",
        ),
        ("公益组织", "社会服务机构", "民非", "社会团体", "公益机构", "NGO"),
    ),
    Kind(
        "CommunityOrganisation",
        "social_organisation",
        "social_organisation",
        Text("社区社会组织", "Community organisation"),
        Text(
            "居民自己的组织、自治小组、互助组织，多为备案。",
            "Residents' own groups and self-management bodies, filed rather than registered.",
        ),
        ("社区组织", "自组织", "自治小组", "互助组织"),
    ),
    Kind(
        "Foundation",
        "social_organisation",
        "charitable_resource",
        Text("基金会", "Foundation"),
        Text("登记的基金会、慈善会。", "A registered foundation or charity federation."),
        ("慈善会", "社区基金会"),
    ),
    Kind(
        "SocialWorkStation",
        "social_work",
        "social_worker",
        Text("社工站", "Social work station"),
        Text("社工站、社工机构或一组社工。", "A station, agency or group of social workers."),
        ("社工机构", "社工队伍", "社会工作服务中心"),
    ),
    Kind(
        "SocialWorker",
        "social_work",
        "social_worker",
        Text("社会工作者", "Social worker"),
        Text("一位社工。", "One social worker (a person)."),
        ("社工",),
        is_person=True,
    ),
    Kind(
        "VolunteerTeam",
        "volunteer",
        "volunteer",
        Text("志愿服务队", "Volunteer team"),
        Text(
            "一支志愿服务队伍，或一群志愿者及其人数。", "A team, or a counted group of volunteers."
        ),
        ("志愿队", "志愿者队伍", "志愿服务组织", "志愿服务队伍", "志愿团队", "志愿者群体"),
    ),
    Kind(
        "Volunteer",
        "volunteer",
        "volunteer",
        Text("志愿者", "Volunteer"),
        Text("一位志愿者。", "One volunteer (a person)."),
        ("社区志愿者",),
        is_person=True,
    ),
    Kind(
        "Enterprise",
        "enterprise",
        "charitable_resource",
        Text("企业", "Enterprise"),
        Text("公司和企业集团。", "A company or group of companies."),
        ("公司", "集团", "物业公司", "物业"),
    ),
    Kind(
        "Merchant",
        "enterprise",
        "charitable_resource",
        Text("商户", "Merchant"),
        Text("本地商家、门店，或一群商家及其数目。", "A local shop, or a counted group of them."),
        ("商家", "门店", "店铺", "商家群体"),
    ),
    Kind(
        "SocialEnterprise",
        "enterprise",
        "charitable_resource",
        Text("社会企业", "Social enterprise"),
        Text("以经营办社会目的的企业。", "A business with a social purpose."),
        ("社企",),
    ),
    Kind(
        "School",
        "institution",
        None,
        Text("学校", "School"),
        Text("幼儿园、小学、中学。", "A kindergarten, primary or secondary school."),
        ("幼儿园", "小学", "中学"),
    ),
    Kind(
        "University",
        "institution",
        None,
        Text("高校", "University"),
        Text("大学、学院。", "A university or college."),
        ("大学", "学院"),
    ),
    Kind(
        "Hospital",
        "institution",
        None,
        Text("医院", "Hospital"),
        Text("医院、社区卫生服务中心。", "A hospital or community health centre."),
        ("卫生服务中心",),
    ),
    Kind(
        "OtherInstitution",
        "institution",
        None,
        Text("其他单位", "Other institution"),
        Text("其他事业单位和驻区单位。", "Any other public institution or resident unit."),
        ("事业单位", "驻区单位", "机构"),
    ),
)

AFFILIATION_KINDS: tuple[AffiliationKind, ...] = (
    AffiliationKind(
        "Project",
        Text("项目", "Project"),
        Text("有目标和期限的项目、计划、行动。", "A project, programme or campaign."),
        ("计划", "行动", "服务项目"),
    ),
    AffiliationKind(
        "Space",
        Text("阵地", "Space"),
        Text("共同使用的场所：社区中心、站点、公园。", "A shared place: centre, station, park."),
        ("空间", "场地", "社区中心", "站点"),
    ),
    AffiliationKind(
        "Platform",
        Text("平台", "Platform"),
        Text("对接、展示、激励的平台，线上或线下。", "A platform to match, show and reward."),
        ("线上平台", "网络平台"),
    ),
    AffiliationKind(
        "Mechanism",
        Text("机制", "Mechanism"),
        Text(
            "议事会、协调小组、联盟、合伙人、积分等长效机制。",
            "A council, coordination group, alliance, partner scheme, points or time bank.",
        ),
        ("议事会", "议事厅", "协调小组", "联盟", "制度", "时间银行", "积分"),
    ),
    AffiliationKind(
        "Fund",
        Text("基金", "Fund"),
        Text("社区基金、专项资金。", "A community fund or earmarked money."),
        ("社区基金", "资金", "专项基金"),
    ),
    AffiliationKind(
        "Agreement",
        Text("协议", "Agreement"),
        Text("共建共享协议。", "A co-building agreement."),
        ("共建协议", "合作协议"),
    ),
    AffiliationKind(
        "Event",
        Text("活动", "Event"),
        Text(
            "培训、大赛、集市等一次或一系列活动。", "A training, contest, fair or series of them."
        ),
        ("培训", "大赛", "品牌活动"),
    ),
    AffiliationKind(
        "Policy",
        Text("政策", "Policy"),
        Text("政策文件、实施方案。", "A policy document or implementation plan."),
        ("政策文件", "意见", "方案", "文件"),
    ),
)


# How a team or an organisation is registered (登记) or filed (备案), by slug.
REGISTRATIONS: dict[str, Text] = {
    "registered": Text("已登记", "registered"),
    "filed": Text("已备案", "filed"),
    "neither": Text("未登记备案", "neither registered nor filed"),
}


def _leading(
    slug: str,
    label: Text,
    reverse: Text,
    help_: Text,
    *,
    aliases: tuple[str, ...] = (),
) -> Relation:
    return Relation(
        slug,
        label,
        reverse,
        help_,
        to_actor=False,
        to_affiliation=True,
        role="leading",
        aliases=aliases,
    )


RELATIONS: tuple[Relation, ...] = (
    _leading(
        "INITIATES",
        Text("发起", "initiates"),
        Text("发起方", "initiated by"),
        Text("提出并发起项目、平台、政策。", "Starts a project, a platform or a policy."),
        aliases=("印发", "牵头", "主办"),
    ),
    _leading(
        "OPERATES",
        Text("运营", "operates"),
        Text("运营方", "operated by"),
        Text("负责日常运营和执行。", "Runs it from day to day."),
        aliases=("执行", "承办", "管理运营", "开展"),
    ),
    _leading(
        "HOSTS",
        Text("提供场地", "hosts"),
        Text("场地方", "hosted by"),
        Text("提供场地或规划场地。", "Gives or plans the room."),
        aliases=("承接", "提供场所"),
    ),
    _leading(
        "SUPPLIES_VOLUNTEERS",
        Text("提供志愿者", "supplies volunteers to"),
        Text("志愿者来自", "volunteers from"),
        Text("派出志愿者。", "Sends volunteers."),
        aliases=("派出志愿者", "志愿者参与"),
    ),
    _leading(
        "ADVISES",
        Text("咨询指导", "advises"),
        Text("指导方", "advised by"),
        Text("提供专业咨询和指导。", "Gives professional advice."),
        aliases=("指导", "咨询"),
    ),
    _leading(
        "SUPERVISES",
        Text("监督管理", "supervises"),
        Text("监督方", "supervised by"),
        Text("监督和管理。", "Supervises it."),
        aliases=("监督",),
    ),
    Relation(
        "FUNDS",
        Text("资助", "funds"),
        Text("出资方", "funded by"),
        Text("出钱支持主体、项目、基金或阵地。", "Gives money to an actor or affiliation."),
        to_affiliation=True,
        role="leading",
        aliases=("出资", "赞助", "资金支持", "拨款"),
    ),
    Relation(
        "DONATES_TO",
        Text("捐赠", "donates to"),
        Text("捐赠方", "donated by"),
        Text("捐赠物资、设备或服务。", "Gives goods, equipment or services."),
        to_affiliation=True,
        role="leading",
        aliases=("捐助", "捐物"),
    ),
    Relation(
        "PARTICIPATES_IN",
        Text("参与", "takes part in"),
        Text("参与方", "participants"),
        Text("参与，但不主导。", "Takes part without leading."),
        to_actor=False,
        to_affiliation=True,
        role="participating",
        aliases=("参加", "加入"),
    ),
    Relation(
        "PURCHASES_FROM",
        Text("购买服务", "purchases services from"),
        Text("购买方", "services purchased by"),
        Text("出资向对方购买服务。", "Pays the other for services."),
        aliases=("采购", "政府购买", "购买"),
    ),
    Relation(
        "GOVERNS",
        Text("管辖", "governs"),
        Text("上级", "governed by"),
        Text("行政上的领导或管辖。", "Has authority over."),
        aliases=("领导", "下辖", "主管"),
    ),
    Relation(
        "ESTABLISHES",
        Text("成立", "establishes"),
        Text("成立方", "established by"),
        Text("组建了对方。", "Set the other up."),
        aliases=("组建", "设立", "创办"),
    ),
    Relation(
        "SUPPORTS",
        Text("支持", "supports"),
        Text("支持方", "supported by"),
        Text("提供专业或日常的支持。", "Gives professional or everyday support."),
        aliases=("扶持", "专业支持", "培训支持"),
    ),
    Relation(
        "INCUBATES",
        Text("孵化", "incubates"),
        Text("孵化方", "incubated by"),
        Text("孵化和培育队伍或组织。", "Brings up a team or an organisation."),
        aliases=("培育", "孵化培育"),
    ),
    Relation(
        "SERVES",
        Text("服务", "serves"),
        Text("服务方", "served by"),
        Text("为对方提供服务。", "Provides services to."),
        aliases=("服务于", "提供服务"),
    ),
    Relation(
        "PARTNERS_WITH",
        Text("合作", "partners with"),
        Text("合作", "partners with"),
        Text("双方合作，不分主次。", "Work together, neither first."),
        is_symmetric=True,
        aliases=("联动", "共建", "合作共建"),
    ),
    Relation(
        "INTRODUCED",
        Text("引荐", "introduced"),
        Text("引荐方", "introduced by"),
        Text("把对方引入社区或项目。", "Brought the other into a community or project."),
        aliases=("引入", "链接", "介绍"),
    ),
    Relation(
        "MEMBER_OF",
        Text("隶属", "belongs to"),
        Text("成员", "has as member"),
        Text("是对方的成员、队伍或下属。", "Is a member, a team or a part of the other."),
        aliases=("成员", "属于", "下属于"),
    ),
    Relation(
        "LOCATED_IN",
        Text("位于", "is located in"),
        Text("所在", "location of"),
        Text(
            "所在的社区或街道。项目、阵地所在的社区算作参与方；主体只是位于某处不算关系。",
            "Where it is. A community where a project takes place counts as taking part; "
            "being somewhere is no tie between actors.",
        ),
        from_affiliation=True,
        role="participating",
        is_direct=False,
        aliases=("所在", "落地于", "设在"),
    ),
    Relation(
        "PART_OF",
        Text("归属", "is part of"),
        Text("包含", "contains"),
        Text("一个项目、阵地、机制是另一个的组成部分。", "One affiliation is a part of another."),
        from_actor=False,
        from_affiliation=True,
        to_actor=False,
        to_affiliation=True,
        is_direct=False,
        aliases=("组成部分",),
    ),
    Relation(
        "REDEEMS_AT",
        Text("可兑换于", "is redeemable at"),
        Text("兑换", "redeems"),
        Text("积分、时间可在此兑换。", "Points or hours can be redeemed there."),
        from_actor=False,
        from_affiliation=True,
        role="participating",
        is_direct=False,
        aliases=("兑换于",),
    ),
)

SECTOR_BY_SLUG = {sector.slug: sector for sector in SECTORS}
KIND_BY_SLUG = {kind.slug: kind for kind in KINDS}
AFFILIATION_KIND_BY_SLUG = {kind.slug: kind for kind in AFFILIATION_KINDS}
RELATION_BY_SLUG = {relation.slug: relation for relation in RELATIONS}


def sector_of(kind: str) -> str | None:
    """Return the sector of an actor kind; None for an affiliation, which has none."""
    record = KIND_BY_SLUG.get(kind)
    return record.sector if record else None


def label_of(kind: str) -> Text:
    """Return the label of an actor kind or an affiliation kind."""
    record = KIND_BY_SLUG.get(kind) or AFFILIATION_KIND_BY_SLUG[kind]
    return record.label


@cache
def _kinds_by_word() -> dict[str, str]:
    return _by_word((*KINDS, *AFFILIATION_KINDS))


@cache
def _relations_by_word() -> dict[str, str]:
    return _by_word(RELATIONS)


def _by_word(records: tuple[Kind | AffiliationKind | Relation, ...]) -> dict[str, str]:
    """Map every accepted word to a slug; a label wins over another record's alias."""
    words: dict[str, str] = {}
    for record in records:
        for alias in record.aliases:
            words.setdefault(fold(alias), record.slug)
    for record in records:
        for word in (record.slug, record.label.zh, record.label.en):
            words[fold(word)] = record.slug
    return words


def fold(word: str) -> str:
    """Drop case, spaces and punctuation, so that “Street office” is “street_office”."""
    return "".join(c for c in word.casefold() if c.isalnum())


def kind_from_word(word: str) -> str | None:
    """Return the slug of the (affiliation) kind that a cell names in either language, or None."""
    return _kinds_by_word().get(fold(word))


def relation_from_word(word: str) -> str | None:
    """Return the slug of the relation that a cell names in either language, or None."""
    return _relations_by_word().get(fold(word))


def may_tie(relation: Relation, from_kind: str, to_kind: str) -> bool:
    """Return whether ``relation`` may run between these two kinds."""
    start = relation.from_actor if from_kind in KIND_BY_SLUG else relation.from_affiliation
    end = relation.to_actor if to_kind in KIND_BY_SLUG else relation.to_affiliation
    if relation.slug == "LOCATED_IN":
        end = end and KIND_BY_SLUG[to_kind].sector in {"community", "government"} if end else False
    return start and end
