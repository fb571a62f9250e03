"""Partners of a person, who is counted in a team, and of a group, on rows made for it."""

from __future__ import annotations

from graph.explorer import Explorer
from graph.ingest.importer import import_files
from graph.questions.partners import as_document, partners
from graph.questions.paths import path_document, paths
from graph.store.database import Database


def test_a_person_and_a_group_are_asked_for(database: Database) -> None:
    files = {
        "主体.csv": "编号,名称,类型,区域,群体\n"
        "p,张三,志愿者,,\nt,环保队,志愿服务队,京/甲街道,\ng,各商户,商户,京/甲街道,是\n"
        "c,和平社区,社区,京/甲街道/和平社区,\nh,枢纽中心,社会组织,京,\n",
        "关系.csv": "起点,关系,终点,起始,来源\np,隶属,t,2020,名册\np,服务,c,2021-05,名册\n"
        "h,支持,c,,\n",
    }
    import_files(database, [(name, text.encode()) for name, text in files.items()])
    explorer = Explorer(database)
    person = partners(explorer, "p")
    assert person.subject.actor.id == "t"
    assert "环保队" in person.sentence.zh
    assert "张三" not in person.sentence.zh
    assert as_document(person)["subject"]["counted_in"]["id"] == "t"
    by_id = {p.found.actor.id: p for p in person.partners}
    assert set(by_id) == {"g", "h"}
    assert any("合称" in point.zh for point in by_id["g"].against)
    step = path_document(paths(explorer, "t", "h").paths[0])["steps"][0]
    assert [(t["start"]["id"], t["end"]["id"], t["since"]) for t in step["ties"]] == [
        ("t", "c", "2021-05")
    ]
    assert step["ties"][0]["through_member"]
    assert "张三" not in str(step)
    assert partners(explorer, "g").found.positions.size
