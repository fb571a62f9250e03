"""The sample data set: well formed, within the vocabulary, and complete against its source."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from graph.model import (
    AFFILIATION_KIND_BY_SLUG,
    KIND_BY_SLUG,
    RELATION_BY_SLUG,
    kind_from_word,
    may_tie,
    relation_from_word,
)

FOLDER = Path(__file__).parents[2] / "graph" / "sample"
HEADERS = {
    "主体": "编号,名称,类型,英文名,别名,区域,群体,人数,登记备案,线上,成立,终止,纬度,经度,来源,备注",
    "关系": "起点,关系,终点,强度,金额,起始,终止,来源,备注",
    "需求": "主体,领域,资源,数量,起始,终止,说明",
    "供给": "主体,领域,资源,数量,起始,终止,说明",
    "区域": "名称,上级,级别,户数,人口",
}
SOURCE = re.compile(r"王忠平文（(引言|[一二三四五]|作者简介)）[1-5]?")

# The source names these and says nothing that ties them to anything else.
UNTIED = {
    "woaiwojia", "bianlifeng", "wuhan-shequ", "shequ-yishiting", "dangyuan-zhiyuanzhe",
    "wenming-zhiyuanzhe", "shijian-yinhang", "shequ-jijin", "zhikun", "beilinda",
}  # fmt: skip

# Every name the source gives, by section; each is a name or an alias, or stands within one.
NAMES = {
    "引言": """中共中央
        关于制定国民经济和社会发展第十四个五年规划和二〇三五年远景目标的建议""",
    "二": """十八届三中全会 创新社会治理体制 民政部 财政部 关于加快推进社会工作发展的意见 三社联动
        中共中央办公厅 国务院办公厅 关于改革社会组织管理制度促进社会组织健康有序发展的意见
        政府购买服务 专项资金 政府 社会组织 社会工作专业人才
        党的十九大 党的十九大报告 中共中央 国务院
        关于加强和完善城乡社区治理的意见 2019年国务院政府工作报告 湖北省省委全面深化改革委员会
        关于深化新时代党建引领加强基层社会治理的意见 湖北省民政厅
        湖北省城乡社区“五社联动”工作指引 五社联动
        关于加强基层治理体系和治理能力现代化建设的意见 “十四五”城乡社区服务体系建设规划""",
    "三": """疫情防控的注册志愿者 疫情防控志愿服务项目 北京海淀区 社区合伙人 企业 辖区高校 社区团购
        志愿服务互助组织 小区 团购基金 团长 中国志愿网 注册志愿者 志愿服务队伍 志愿服务项目""",
    "四1 湖北": "湖北省文明办 湖北省民政厅 新时代文明实践中心（所、站） "
    "关于完善“五社联动”机制助力新时代文明实践志愿服务的意见",
    "四1 成都": """市委城乡社区发展治理工作领导小组 城乡社区发展治理委员会 区（市）县
        成都市深化社区志愿服务的实施方案 社区志愿服务组织孵化基地 社区志愿服务组织 社区志愿服务项目
        党群服务中心 社区志愿服务站点""",
    "四1 北京": """北京团市委 五大青年行动 1+1 社区青年汇 社区青年汇社工 高校 企业 事业单位 委办局
        志愿者 朝阳团区委 朝阳区青少年指导服务中心 CVSC计划 社企融合志愿服务创投项目
        企业志愿服务组织 企业优秀志愿服务项目 引导资金 平台""",
    "四2": """北京链家集团 链家 社区好邻居 城市补给站 链家员工志愿者 门店 街道 工作团队 星巴克
        我爱我家 便利蜂 物业类公司 物业公司的志愿者 社区志愿者 杭州绿城物业 绿城幸福里 宜家公司
        成都宜家 宜家社区中心 和顺社区 宜家企业员工志愿者 社区居民志愿者 大学生志愿者""",
    "四3": """北京和众泽益公益发展中心 和众泽益 垡头街道 社区创享计划 创享计划 社区创享计划动员会
        社区金点子 社区项目提案大赛 优秀项目 社区带头人 社区志愿服务组织 建外街道 北郎东社区
        无废空间项目 无废空间 康明斯 企业志愿者 志愿队伍 社区垃圾分类志愿服务工作协调小组 楼宇物业
        社区物业 楼宇内企业 辖区商户 小学 垃圾分类议事汇 垃圾分类进楼宇大讲堂
        垃圾分类进学校公益大讲堂 垃圾分类公益集市 垃圾分类志愿服务集训营 企业青年 社会实践平台
        无废指导员志愿者 1+N 施耐德 阿里巴巴 字节跳动 星巴克 枢纽平台""",
    "四4": """长寿苑社区 社区党总支 院落党支部 楼栋党小组 党员服务队 党员义工队 院落民情议事会
        民情议事代表会 一长三员 院落自治管理小组 院落 自助互助体系 各年龄志愿服务群 区域化党建体系
        共建单位 爱心企业 事业单位 社会组织 驻区企业 驻区社会组织 商家群 红色合伙人
        长寿苑十街坊广场 公仆十元快剪店 公仆理发项目 社区基金""",
    "四5": """和美社区 管委会 社会企业 “四联”互动社区综合体 小区 基层党组织 多方整体协调机制 政府
        社会组织 自组织 志愿者 驻区单位 一园五中心 和美公园 社区党群综合服务中心 文化活动中心
        卫生服务中心 商业服务中心 养老服务中心 志愿者积分 “社区合伙人”商企联盟
        公共服务资源动态管理清单 960先锋荟 和商汇 共建共享协议 公共活动空间 餐馆 药店 理发店 超市
        商家企业 和美潮生活 公共服务项目 LOGO 社区之歌 吉祥物 文创产品""",
    "五": """武汉 社区议事厅 社区合伙人 企业志愿者 社区志愿者 大学生志愿者 民政部门 组织部门
        党群服务中心 宣传部门 新时代文明实践中心 党员志愿者 新时代文明实践志愿者 志愿服务组织
        承接公共服务 公益创投 备案制度 三里屯街道 关爱联盟平台 线上平台 时间银行 社区基金""",
    "作者简介": "和众泽益 志鲲基金会 北京林业大学",
}
# What the vocabulary has no kind for, or belongs to another row: said in a note of that row.
NOTED = {
    "wufei-xiangmu": ("无废空间标准化运营工具手册", "厨余垃圾处理设备"),
    "wuda-qingnian-xingdong": ("清洁空气", "节水护水", "垃圾分类", "文明出行", "背街小巷"),
    "chengdu-fuwu-zhandian": ("24小时便利设施", "党群服务中心"),
    "chengshi-bujizhan": ("十项", "应急打印复印", "爱心图书捐赠接收点"),
    "yijia-shequ-zhongxin": ("五年",),
    "gongpu-lifa": ("每周一", "80岁以上", "低保", "残疾人"),
    "hemei-jifen": ("10900余分",),
    "hemei-zhengji": ("家住和美", "小和", "小美"),
    "yiqing-fuwu-xiangmu": ("46万",),
    "yiqing-zhuce-zhiyuanzhe": ("2.9亿小时", "2020年5月31日"),
    "zhiyuanwang-xiangmu": ("940万", "2022年7月11日"),
    "csy-nianling-qun": ("幼儿园",),
}
NUMBERS = {
    "yiqing-zhuce-zhiyuanzhe": "8810000",
    "zhiyuanwang-zhiyuanzhe": "233000000",
    "zhiyuanwang-duiwu": "1280000",
    "xietiao-xiaozu": "20+",
    "csy-shangjia": "200+",
    "hemei-shangjia": "387",
    "hemei-zhiyuanzhe": "700+",
    "hemei-5danwei": "5",
}
DATES = {
    "policy-2013-shegong": "2013",
    "policy-2016-shehui-zuzhi": "2016",
    "policy-shijiuda-baogao": "2017",
    "policy-2017-shequ-zhili": "2017",
    "policy-2019-zhengfu-baogao": "2019",
    "policy-hubei-2020-dangjian": "2020-06",
    "policy-hubei-2021-zhiyin": "2021-04",
    "policy-2021-jiceng-zhili": "2021-04",
    "policy-2021-shequ-fuwu": "2021-12",
    "policy-hubei-2022-wenming": "2022",
    "chengdu-lingdao-xiaozu": "2017",
    "chengdu-shi-shezhiwei": "2017",
    "chengdu-quxian-shezhiwei": "2017",
    "wuda-qingnian-xingdong": "2017",
    "yijia-shequ-zhongxin": "2018",
}


def _rows(sheet: str) -> list[dict[str, str]]:
    with (FOLDER / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ACTORS = {row["编号"]: row for row in _rows("主体")}
TIES = _rows("关系")


def _kind(actor: str) -> str:
    kind = kind_from_word(ACTORS[actor]["类型"])
    assert kind is not None, actor
    return kind


def _ties(relation: str, *, start: str | None = None, end: str | None = None) -> set[str]:
    """Return the other ends of the ties of one relation."""
    return {
        row["终点"] if start else row["起点"]
        for row in TIES
        if row["关系"] == relation and row["起点" if start else "终点"] == (start or end)
    }


@pytest.mark.parametrize("sheet", HEADERS)
def test_file_is_plain_csv_in_the_workbook_format(sheet: str) -> None:
    content = (FOLDER / f"{sheet}.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    lines = list(csv.reader(content.decode().splitlines()))
    assert ",".join(lines[0]) == HEADERS[sheet]
    assert {len(line) for line in lines} == {len(lines[0])}
    assert all(cell == cell.strip() for line in lines for cell in line)


def test_ids_and_names_are_unique() -> None:
    rows = _rows("主体")
    assert len(rows) == len(ACTORS)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i) for i in ACTORS)
    words = Counter(
        word.casefold()
        for row in rows
        for word in {row["名称"], *filter(None, row["别名"].split(";"))}
    )
    assert [word for word, n in words.items() if n > 1] == []


def test_actors_are_in_the_vocabulary_and_sourced() -> None:
    for actor, row in ACTORS.items():
        kind = _kind(actor)
        assert kind in AFFILIATION_KIND_BY_SLUG or not KIND_BY_SLUG[kind].is_person, actor
        assert row["英文名"], actor
        assert all(SOURCE.fullmatch(part) for part in row["来源"].split("；")), actor
        assert re.fullmatch(r"(\d+\+?)?", row["人数"]), actor
        assert re.fullmatch(r"(\d{4}(-\d\d){0,2})?", row["成立"]), actor


def test_ties_are_in_the_vocabulary_and_sourced() -> None:
    keys = Counter((row["起点"], row["关系"], row["终点"]) for row in TIES)
    assert [key for key, n in keys.items() if n > 1] == []
    for row in TIES:
        relation = relation_from_word(row["关系"])
        assert relation is not None, row
        assert RELATION_BY_SLUG[relation].label.zh == row["关系"], row
        assert row["起点"] != row["终点"], row
        assert may_tie(RELATION_BY_SLUG[relation], _kind(row["起点"]), _kind(row["终点"])), row
        assert all(SOURCE.fullmatch(part) for part in row["来源"].split("；")), row
        assert row["强度"] == row["金额"] == "", row  # the source states neither


@pytest.mark.parametrize("sheet", ["需求", "供给"])
def test_needs_and_offers_are_actors(sheet: str) -> None:
    rows = _rows(sheet)
    keys = Counter((row["主体"], row["领域"], row["资源"]) for row in rows)
    assert [key for key, n in keys.items() if n > 1] == []
    for row in rows:
        assert _kind(row["主体"]) in KIND_BY_SLUG, row
        assert row["领域"], row
        assert row["资源"], row
        assert re.fullmatch(r"\d*", row["数量"]), row


def test_areas_are_the_ones_used() -> None:
    rows = _rows("区域")
    paths = ["/".join(filter(None, (row["上级"], row["名称"]))) for row in rows]
    assert len(paths) == len(set(paths))
    assert {row["级别"] for row in rows} <= {"省", "市", "区", "街道", "社区"}
    assert {row["上级"] for row in rows} - {""} <= set(paths)
    used = {row["区域"] for row in ACTORS.values()} - {""}
    prefixes = {"/".join(a.split("/")[: n + 1]) for a in used for n in range(a.count("/") + 1)}
    assert prefixes == set(paths)


def test_only_what_the_source_leaves_alone_is_untied() -> None:
    tied = {row[end] for row in TIES for end in ("起点", "终点")}
    assert set(ACTORS) - tied == UNTIED


@pytest.mark.parametrize("section", NAMES)
def test_every_name_of_the_source_is_there(section: str) -> None:
    number = section[:1] if section[0] in "二三四五" else section
    mark = f"（{number}）{section[1:2]}" if number in "二三四五" else f"（{number}）"
    words = [
        word
        for row in ACTORS.values()
        if mark in row["来源"]
        for word in (row["名称"], *row["别名"].split(";"))
    ]
    assert [n for n in NAMES[section].split() if not any(n in word for word in words)] == []


def test_numbers_dates_and_details_of_the_source_are_there() -> None:
    assert {a: row["人数"] for a, row in ACTORS.items() if row["人数"]} == NUMBERS
    assert {a: row["成立"] for a, row in ACTORS.items() if row["成立"]} == DATES
    for actor, details in NOTED.items():
        assert [d for d in details if d not in ACTORS[actor]["备注"]] == [], actor


def test_nothing_is_stated_that_the_source_leaves_open() -> None:
    # who operates IKEA's centre, issued Chengdu's plan, bought the 创享计划, supervises the space
    assert _ties("运营", end="yijia-shequ-zhongxin") == set()
    assert _ties("发起", end="chengdu-shishi-fangan") == set()
    assert _ties("购买服务", end="hezhongzeyi") == set()
    assert _ties("资助", end="chuangxiang") == set()
    assert _ties("监督管理", end="wufei-kongjian") == set()
    # 387 merchants are the community's, no party of 和商汇
    assert "hemei-shangjia" not in _ties("参与", end="heshanghui")
    # alike, not parties
    assert _ties("参与", end="shequ-haolinju") == {"lianjia-zhiyuanzhe"}


def test_the_hub_brings_the_enterprises_it_is_said_to_bring() -> None:
    enterprises = {"kangmingsi", "xingbake", "shinaide", "alibaba", "zijietiaodong"}
    assert _ties("引荐", start="hezhongzeyi") == enterprises
    assert enterprises < _ties("参与", end="hezhongzeyi-pingtai")
