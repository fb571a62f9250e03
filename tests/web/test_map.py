"""The map in a real Chromium: who is shown, where and how, by what the page itself says of it."""

from __future__ import annotations

import base64
import io
import json
import re
import urllib.request
import zlib
from collections import Counter
from csv import DictReader
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from graph.model import KINDS, RELATION_BY_SLUG, RELATIONS, SECTORS
from web.language import read
from web.map import LINES

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
HUB = "hezhongzeyi"
ZH, EN = read("zh"), read("en")
PICTURE = "document.getElementById('canvas').picture"


def get(site: str, path: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{site}/api/v1/{path}") as answer:  # noqa: S310
        data: dict[str, Any] = json.load(answer)
    return data


def network(site: str) -> dict[str, Any]:
    return get(site, "network")


def partners(data: dict[str, Any], actor: str) -> set[str]:
    """Return whom an actor is tied to, as the API has it."""
    ends = [(tie["source"], tie["target"]) for tie in data["ties"]]
    return {b for a, b in ends if a == actor} | {a for a, b in ends if b == actor}


def open_map(page: Page, site: str, query: str = "") -> None:
    page.goto(f"{site}/map{query}")
    page.wait_for_selector("#map[data-ready]")


def shown(page: Page) -> set[str]:
    """Return the ids of all that is drawn."""
    return set(page.evaluate(f"{PICTURE}.ids"))


def signs(page: Page) -> dict[str, dict[str, Any]]:
    """Return how each actor is drawn."""
    found: dict[str, dict[str, Any]] = page.evaluate(
        f"Object.fromEntries({PICTURE}.ids.map((id) => [id, {PICTURE}.signsOf(id)]))"
    )
    return found


def stressed(page: Page) -> set[str]:
    return {actor for actor, sign in signs(page).items() if sign["isStressed"]}


def places(page: Page) -> dict[str, tuple[float, float]]:
    """Return where each actor is drawn, on the page."""
    found: dict[str, tuple[float, float]] = page.evaluate(
        """() => {
          const canvas = document.getElementById("canvas");
          const { left, top } = canvas.getBoundingClientRect();
          return Object.fromEntries(canvas.picture.ids.map((id) => {
            const { x, y } = canvas.picture.positionOf(id);
            return [id, [left + x, top + y]];
          }));
        }"""
    )
    return {actor: (x, y) for actor, (x, y) in found.items()}


def place(page: Page, actor: str) -> tuple[float, float]:
    """Return where one actor is drawn."""
    return places(page)[actor]


def select(page: Page, actor: str) -> None:
    page.mouse.click(*place(page, actor))
    expect(page.locator("#chosen h2")).to_have_count(1)


def central(page: Page) -> str:
    """Return the actor nearest to the middle of the canvas."""
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    spots = places(page)
    return min(spots, key=lambda actor: (spots[actor][0] - x) ** 2 + (spots[actor][1] - y) ** 2)


def choose(page: Page, control: str, value: str) -> None:
    page.locator(f"#{control}").select_option(value)
    page.wait_for_timeout(50)


def test_the_map_draws_every_actor(page: Page, site: str) -> None:
    open_map(page, site)
    data = network(site)
    assert shown(page) == {actor["id"] for actor in data["actors"]}
    said = page.locator("#shown").inner_text()
    n = str(len(data["actors"]))
    assert re.findall(r"\d+", said) == [n, n, str(len(data["ties"]))]
    assert len(set(places(page).values())) == len(data["actors"])


def test_colour_is_sector_and_size_is_partners(page: Page, site: str) -> None:
    open_map(page, site)
    colours = {sector.slug: sector.colour for sector in SECTORS}
    drawn = signs(page)
    actors = network(site)["actors"]
    for actor in actors:
        assert drawn[actor["id"]]["colour"] == colours[actor["sector"]]
    by_degree = sorted(actors, key=lambda actor: actor["degree"])
    for one, other in pairwise(by_degree):
        difference = drawn[other["id"]]["size"] - drawn[one["id"]]["size"]
        assert (difference > 0) == (other["degree"] > one["degree"])


def test_colour_by_circle_and_size_by_any_measure(page: Page, site: str) -> None:
    open_map(page, site)
    choose(page, "colour", "circle")
    expect(page.locator("#legend")).to_contain_text("Leiden")
    choose(page, "size", "sole_pairs")
    expect(page).to_have_url(re.compile("colour=circle&size=sole_pairs"))
    measured = get(site, "network/measures?measures=community,sole_pairs")["measures"]
    ids = get(site, "network/columns")["actors"]["id"]
    drawn = signs(page)
    circles: dict[int, set[str]] = {}
    for actor, circle in zip(ids, measured["community"], strict=True):
        circles.setdefault(circle, set()).add(drawn[actor]["colour"])
    largest = max(set(measured["community"]), key=measured["community"].count)
    assert all(len(colours) == 1 for colours in circles.values())
    assert sum(colours == circles[largest] for colours in circles.values()) == 1
    most = max(range(len(ids)), key=lambda i: measured["sole_pairs"][i] or 0)
    assert max(drawn, key=lambda actor: drawn[actor]["size"]) == ids[most]
    box = page.locator("#facet-circle input").first
    box.uncheck()
    assert {sign["colour"] for sign in signs(page).values()} == {
        colour for colours in circles.values() for colour in colours
    } - circles[largest]


def test_a_visit_later_everyone_stands_where_they_stood(page: Page, site: str) -> None:
    open_map(page, site)
    first = places(page)
    open_map(page, site)
    assert places(page) == first


def test_pointing_stresses_partners_and_clicking_selects(page: Page, site: str) -> None:
    open_map(page, site)
    data = network(site)
    everybody = {actor["id"] for actor in data["actors"]}
    assert stressed(page) == everybody
    page.mouse.move(*place(page, HUB))
    expect(page.locator("#canvas")).to_have_class(re.compile("pointing"))
    assert stressed(page) == partners(data, HUB) | {HUB}
    page.mouse.click(*place(page, HUB))
    panel = page.locator("#chosen")
    expect(panel.locator("h2")).to_contain_text("和众泽益")
    expect(page).to_have_url(re.compile(f"select={HUB}"))
    expect(panel.locator("ul > li")).to_have_count(len(partners(data, HUB)))
    expect(panel.locator("ul > li").first).to_contain_text(ZH["script.map_via"].split("{")[0])
    expect(page.locator("#actors tr.selected")).to_contain_text("和众泽益")
    page.keyboard.press("Escape")
    expect(panel.locator("h2")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("select"))


def test_a_double_click_opens_the_actor(page: Page, site: str) -> None:
    open_map(page, site)
    page.mouse.dblclick(*place(page, HUB))
    page.wait_for_url(f"{site}/actors/{HUB}")
    page.go_back()
    page.wait_for_selector("#map[data-ready]")


def test_filters_cut_picture_and_table_and_live_in_the_address(page: Page, site: str) -> None:
    open_map(page, site)
    actors = network(site)["actors"]
    enterprises = {a["id"] for a in actors if a["sector"] == "enterprise"}
    for box in page.locator("#facet-sector input").all():
        if box.get_attribute("value") != "enterprise":
            box.uncheck()
    expect(page.locator("#actors tbody tr")).to_have_count(len(enterprises))
    assert shown(page) == enterprises
    expect(page).to_have_url(f"{site}/map?sector=enterprise")
    open_map(page, site, "?sector=enterprise")
    expect(page.locator("#actors tbody tr")).to_have_count(len(enterprises))
    page.locator("#reset-filters").click()
    expect(page).to_have_url(f"{site}/map")
    relations = page.locator("#facet-relation input")
    assert relations.count() > 5
    relations.first.uncheck()
    expect(page).to_have_url(re.compile("relation="))
    page.locator("#reset-filters").click()
    choose(page, "area", "北京市/朝阳区")
    inside = {a["id"] for a in actors if (a["area"] or "").startswith("北京市/朝阳区")}
    assert shown(page) == inside
    for box in page.locator("#facet-sector input").all():
        box.uncheck()
    expect(page.locator("#shown")).to_have_text(ZH["script.map_nobody"])
    page.locator("#show-all").click()
    expect(page).to_have_url(f"{site}/map")


def test_a_part_says_what_it_was_chosen_by_on_the_page_and_in_its_file(
    page: Page, site: str, tmp_path: Path
) -> None:
    open_map(page, site)
    said = page.locator("#shown")
    expect(said).not_to_contain_text("筛选条件")
    page.locator('#facet-sector input[value="government"]').uncheck()
    expect(said).to_contain_text("不含政府与群团")
    choose(page, "area", "北京市/朝阳区")
    expect(said).to_contain_text("区域 北京市/朝阳区")
    with page.expect_download() as got:
        page.locator("#save-svg").click()
    got.value.save_as(tmp_path / "map.svg")
    text = re.sub(r"<[^>]+>", "", (tmp_path / "map.svg").read_text(encoding="utf-8"))
    assert "不含政府与群团；区域 北京市/朝阳区" in text
    open_map(page, site, "?sector=enterprise")
    expect(said).to_contain_text("只含企业与商户")
    open_map(page, site, f"?layout=rings&select={HUB}")
    expect(said).to_contain_text("只画北京和众泽益公益发展中心和它的伙伴")


def test_counts_beside_filters_are_what_they_would_show(page: Page, site: str) -> None:
    open_map(page, site, "?area=北京市")
    inside = [a for a in network(site)["actors"] if (a["area"] or "").startswith("北京市")]
    for label in page.locator("#facet-kind label").all():
        kind = label.locator("input").get_attribute("value")
        expected = sum(actor["kind"] == kind for actor in inside)
        assert label.locator("b").inner_text() == str(expected)


def test_the_legend_filters(page: Page, site: str) -> None:
    open_map(page, site)
    colours = page.locator(".legend-colours button")
    colours.nth(1).click()
    expect(page).to_have_url(f"{site}/map?sector=community")
    expect(colours).to_have_count(1)
    expect(colours).to_have_attribute("aria-pressed", "true")
    colours.click()
    expect(page).to_have_url(f"{site}/map")


def test_the_legend_of_lines_goes_from_groups_to_single_relations(page: Page, site: str) -> None:
    open_map(page, site)
    lines = page.locator(".legend-lines button")
    used = {relation for tie in network(site)["ties"] for relation in tie["relations"]}
    assert lines.all_inner_texts() == [
        ZH[f"map.line_{line.slug}"] for line in LINES if used & set(line.relations)
    ]
    lines.first.click()
    chosen = used & set(LINES[0].relations)
    expect(page).to_have_url(f"{site}/map?relation={','.join(sorted(chosen))}")
    labels = [RELATION_BY_SLUG[one].label.zh for one in LINES[0].relations if one in chosen]
    expect(lines).to_have_text([*labels, ZH["script.map_legend_all_lines"]])
    lines.first.click()
    first = next(one for one in LINES[0].relations if one in chosen)
    expect(page).to_have_url(f"{site}/map?relation={first}")
    tied = [t for t in network(site)["ties"] if first in t["relations"]]
    assert shown(page) == {end for tie in tied for end in (tie["source"], tie["target"])}
    lines.last.click()
    expect(page).to_have_url(f"{site}/map")


def strokes(page: Page, one: str, other: str) -> int:
    """Return how many strokes the middle of the line between two actors has, as it is drawn."""
    picture = base64.b64encode(page.screenshot()).decode()
    n: int = page.evaluate(
        """async ([picture, [x, y], [u, v]]) => {
          const image = new Image();
          image.src = `data:image/png;base64,${picture}`;
          await image.decode();
          const canvas = document.createElement("canvas");
          Object.assign(canvas, { width: image.width, height: image.height });
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const steps = Math.round(Math.hypot(u - x, v - y) * 0.4);
          let [n, wasInk] = [0, false];
          for (let k = 0; k <= steps; k++) {
            const at = 0.3 + (0.4 * k) / steps;
            const spot = [Math.round(x + (u - x) * at), Math.round(y + (v - y) * at) - 1];
            const { data } = context.getImageData(...spot, 1, 3);
            const isInk = Math.min(data[0], data[4], data[8]) < 235;
            if (isInk && !wasInk) n++;
            wasInk = isInk;
          }
          return n;
        }""",
        [picture, place(page, one), place(page, other)],
    )
    return n


def pairs_of(relations: list[str]) -> dict[str, Any]:
    """Return columns of pairs, each of which is tied by one relation."""
    n = 2 * len(relations)
    slugs = [relation.slug for relation in RELATIONS]
    return star(n - 1) | {
        "relations": slugs,
        "ties": {
            "source": list(range(0, n, 2)),
            "target": list(range(1, n, 2)),
            "weight": [3.0] * len(relations),
            "relation": [1 << slugs.index(relation) for relation in relations],
        },
    }


def test_each_kind_of_tie_has_a_line_of_its_own(page: Page, site: str) -> None:
    relations = [line.relations[0] for line in LINES] + ["MEMBER_OF"]
    columns = pairs_of(relations)
    page.route("**/network/columns*", lambda route: route.fulfill(json=columns))
    page.route("**/network/measures*", lambda route: route.fulfill(json={"measures": {}}))
    pins = ",".join(f"a{i}:{i % 2 * 500}:{i // 2 * 90}" for i in range(2 * len(relations)))
    open_map(page, site, f"?pin={pins}")
    page.locator("#zoom-fit").click()
    page.locator("#canvas").scroll_into_view_if_needed()
    found = {
        relation: strokes(page, f"a{2 * k}", f"a{2 * k + 1}")
        for k, relation in enumerate(relations)
    }
    assert found["GOVERNS"] == pytest.approx(found["MEMBER_OF"], abs=1)
    assert found["PARTNERS_WITH"] == 1
    assert 5 < found["GOVERNS"] < found["SERVES"] < found["PARTICIPATES_IN"]
    assert found["GOVERNS"] < found["FUNDS"]


def test_very_many_are_hidden_and_stay_so_until_the_data_change(page: Page, site: str) -> None:
    columns = star(1200)
    page.route("**/network/columns*", lambda route: route.fulfill(json=columns))
    page.route("**/network/measures*", lambda route: route.fulfill(json={"measures": {}}))
    open_map(page, site, "?all=1")
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    page.locator("#lasso").click()
    left, top, right = box["x"] + 2, box["y"] + 2, box["x"] + box["width"] - 2
    middle = box["y"] + 0.6 * box["height"]
    page.mouse.move(left, top)
    page.mouse.down()
    for x, y in ((right, top), (right, middle), (left, middle)):
        page.mouse.move(x, y, steps=3)
    page.mouse.up()
    page.get_by_role("button", name=ZH["script.map_hide_group"]).click()
    expect(page).to_have_url(re.compile("hide=@star"))
    rest = shown(page)
    assert 500 < 1201 - len(rest) < 1201
    page.reload()
    page.wait_for_selector("#map[data-ready]")
    assert shown(page) == rest
    expect(page.locator("#said")).to_be_hidden()
    columns["snapshot"] = {"version": "later"}
    page.reload()
    page.wait_for_selector("#map[data-ready]")
    assert len(shown(page)) == 1201
    expect(page.locator("#said")).to_contain_text(f"{1201 - len(rest):,}")


def test_searching_marks_and_enter_selects(page: Page, site: str) -> None:
    open_map(page, site)
    page.fill("#find-name", "hzzy")
    expect(page.locator("#find-result")).to_contain_text(re.compile(r"\d"))
    page.wait_for_url(re.compile("find=hzzy"))
    assert HUB in stressed(page)
    assert len(stressed(page)) < len(shown(page))
    page.keyboard.press("Enter")
    expect(page.locator("#chosen h2")).to_contain_text("和众泽益")
    page.fill("#find-name", "查无此人")
    expect(page.locator("#find-result")).to_contain_text("查无此人")


def test_a_date_shows_what_holds_at_the_end_of_that_year(page: Page, site: str) -> None:
    open_map(page, site)
    slider = page.locator("#year")
    first = get(site, "network/columns")["years"][0]
    slider.fill(str(first))
    expect(page).to_have_url(re.compile(f"year={first}"))
    expected = {a["id"] for a in get(site, f"network?as_of={first}-12-31")["actors"]}
    expect(page.locator("#map")).to_have_attribute("data-shown", str(len(expected)))
    assert shown(page) == expected
    expect(page.locator("#year-said")).to_contain_text(str(first))
    expect(page.locator("#undated")).to_contain_text(re.compile(r"\d+.*\d+"))
    before = places(page)
    page.locator("#year-all").click()
    expect(page).to_have_url(f"{site}/map")
    after = places(page)
    assert len(after) > len(before)
    assert all(after[actor] == pytest.approx(before[actor], abs=0.6) for actor in before)


def test_each_arrangement_puts_actors_where_it_says(page: Page, site: str) -> None:
    open_map(page, site)
    data = network(site)
    choose(page, "layout", "columns")
    by_sector: dict[str, list[float]] = {}
    for actor in data["actors"]:
        by_sector.setdefault(actor["sector"], []).append(place_of(page, actor["id"])[0])
    assert max(by_sector["community"]) < min(by_sector["social_work"])
    assert max(by_sector["volunteer"]) < min(by_sector["government"])
    choose(page, "layout", "rings")
    middle = place_of(page, HUB)
    near, far = [], []
    for actor in shown(page) - {HUB}:
        x, y = place_of(page, actor)
        distance = ((x - middle[0]) ** 2 + (y - middle[1]) ** 2) ** 0.5
        (near if actor in partners(data, HUB) else far).append(distance)
    assert len(near) == len(partners(data, HUB))
    assert max(near) < min(far)
    choose(page, "layout", "areas")
    areas = {a["id"]: a["area"] for a in data["actors"]}
    own = [place_of(page, actor) for actor in areas if areas[actor] == "四川省/成都市/和美社区"]
    xs, ys = zip(*own, strict=True)
    strangers = [
        actor
        for actor in areas
        if areas[actor] != "四川省/成都市/和美社区"
        and min(xs) < place_of(page, actor)[0] < max(xs)
        and min(ys) < place_of(page, actor)[1] < max(ys)
    ]
    assert not strangers
    expect(page).to_have_url(f"{site}/map?layout=areas")


def test_a_change_of_arrangement_is_a_move_that_ends_where_it_should(
    browser: Browser, page: Page, site: str
) -> None:
    open_map(page, site, "?layout=columns")
    expected = places(page)
    context = browser.new_context(viewport=DESK, reduced_motion="no-preference")  # type: ignore[arg-type]
    moving = context.new_page()
    open_map(moving, site)
    moving.locator("#layout").select_option("columns")
    moving.wait_for_function(
        """(expected) => {
          const { picture } = document.getElementById("canvas");
          const { left, top } = document.getElementById("canvas").getBoundingClientRect();
          return Object.entries(expected).every(([id, [x, y]]) => {
            const spot = picture.positionOf(id);
            return Math.abs(spot.x + left - x) < 1.5 && Math.abs(spot.y + top - y) < 1.5;
          });
        }""",
        arg=expected,
    )
    context.close()


def place_of(page: Page, actor: str) -> tuple[float, float]:
    spot = page.evaluate(f"(id) => {PICTURE}.positionOf(id)", actor)
    return spot["x"], spot["y"]


def test_dragging_pins_and_unpinning_puts_back(page: Page, site: str) -> None:
    open_map(page, site)
    x, y = place(page, HUB)
    others = {k: v for k, v in places(page).items() if k != HUB}
    to = next(
        (x + dx, y + dy)
        for dx in range(40, 200, 10)
        for dy in range(-60, 60, 10)
        if all((x + dx - a) ** 2 + (y + dy - b) ** 2 > 28**2 for a, b in others.values())
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 40, steps=4)
    page.mouse.move(*to, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"pin={HUB}:-?\\d+:-?\\d+"))
    assert place(page, HUB) == pytest.approx(to, abs=2)
    assert {k: v for k, v in places(page).items() if k != HUB} == others
    page.reload()
    page.wait_for_selector("#map[data-ready]")
    assert place(page, HUB) == pytest.approx(to, abs=2)
    select(page, HUB)
    page.get_by_role("button", name=ZH["script.map_unpin"]).click()
    expect(page).not_to_have_url(re.compile("pin="))
    assert place(page, HUB) == pytest.approx((x, y), abs=2)


def test_hiding_takes_away_and_undo_brings_back(page: Page, site: str) -> None:
    open_map(page, site)
    everybody = shown(page)
    expect(page.locator("#undo")).to_be_disabled()
    select(page, HUB)
    page.get_by_role("button", name=ZH["script.map_hide"], exact=True).click()
    expect(page).to_have_url(re.compile(f"hide={HUB}"))
    assert shown(page) == everybody - {HUB}
    expect(page.locator("#hidden-ones")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile(f"select={HUB}"))
    assert shown(page) == everybody
    page.keyboard.press("Control+Shift+z")
    assert shown(page) == everybody - {HUB}
    page.locator("#show-hidden").click()
    assert shown(page) == everybody
    page.locator("#undo").click()
    assert shown(page) == everybody - {HUB}
    page.locator("#redo").click()
    assert shown(page) == everybody
    page.go_back()
    assert "/map" not in page.url


def test_a_line_drawn_around_some_picks_them(page: Page, site: str) -> None:
    open_map(page, site)
    spots = places(page)
    page.locator("#lasso").click()
    x, y = spots[HUB]
    corners = [(x - 60, y - 60), (x + 60, y - 60), (x + 60, y + 60), (x - 60, y + 60)]
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in (*corners[1:], corners[0]):
        page.mouse.move(*corner, steps=3)
    page.mouse.up()
    inside = {k for k, (a, b) in spots.items() if abs(a - x) < 60 and abs(b - y) < 60}
    assert stressed(page) == inside
    data = network(site)
    n_ties = sum({tie["source"], tie["target"]} <= inside for tie in data["ties"])
    panel = page.locator("#chosen")
    expect(panel.locator("h2")).to_contain_text(str(len(inside)))
    expect(panel).to_contain_text(f" {n_ties} ")
    expect(page.locator("#actors tbody tr")).to_have_count(len(inside))
    expect(page).to_have_url(re.compile("pick="))
    page.reload()
    page.wait_for_selector("#map[data-ready]")
    assert stressed(page) == inside


def test_shift_and_click_picks_two_and_shows_the_path_between(page: Page, site: str) -> None:
    open_map(page, site)
    select(page, "beilangdong")
    page.keyboard.down("Shift")
    page.mouse.click(*place(page, "xingbake"))
    page.keyboard.up("Shift")
    assert stressed(page) == {"beilangdong", "xingbake"}
    page.get_by_role("button", name=ZH["script.map_way_between"]).click()
    answer = get(site, "paths?from=beilangdong&to=xingbake")
    expect(page.locator("#chosen .way")).to_have_text(answer["sentence"]["zh"])
    expect(page.locator("#chosen .steps").first.locator("li").first).to_have_text(
        answer["items"][0]["steps"][0]["sentence"]["zh"]
    )
    assert stressed(page) == {actor["id"] for actor in answer["items"][0]["actors"]}
    expect(page).to_have_url(re.compile("select=beilangdong&to=xingbake"))


def test_only_links_and_pairs_only_through_it_are_shown_on_demand(page: Page, site: str) -> None:
    open_map(page, site)
    choose(page, "stressed", "bridges")
    columns = get(site, "network/columns")
    ids, ties = columns["actors"]["id"], columns["ties"]
    ends = {ids[ties[end][k]] for k in columns["bridges"] for end in ("source", "target")}
    assert stressed(page) == ends
    expect(page.locator("#chosen")).to_contain_text(str(len(columns["bridges"])))
    choose(page, "stressed", "")
    select(page, HUB)
    page.get_by_role("button", name=ZH["script.map_show_sole"]).click()
    n_sole = get(site, f"actors/{HUB}/evidence")["n_sole"]
    expect(page.locator("#chosen")).to_contain_text(f"{n_sole} 对")
    expect(page).to_have_url(re.compile("mark=sole"))


def test_everything_can_be_reached_by_keyboard(page: Page, site: str) -> None:
    open_map(page, site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    canvas = page.locator("#canvas")
    canvas.focus()
    x, y = place(page, HUB)
    page.keyboard.press("ArrowRight")
    assert place(page, HUB)[0] < x - 20
    page.keyboard.press("ArrowUp")
    assert place(page, HUB)[1] > y + 20
    page.keyboard.press("0")
    apart = abs(x - place(page, "xingbake")[0])
    page.keyboard.press("+")
    assert abs(place(page, HUB)[0] - place(page, "xingbake")[0]) > 1.2 * apart
    page.keyboard.press("0")
    choice = page.locator("#in-view button").first
    expect(choice).to_contain_text("和众泽益")
    choice.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chosen h2")).to_contain_text("和众泽益")
    page.keyboard.press("Escape")
    pick = page.locator("#actors .pick").first
    pick.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chosen h2")).to_have_count(1)
    assert page.locator("#actors .pick").first.get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.className") == "pick"


def test_the_table_sorts_by_every_column_and_opens_partners(page: Page, site: str) -> None:
    open_map(page, site)
    heads = page.locator("#actors thead th")
    expect(heads).to_have_count(6)
    expect(page.locator("#actors th[aria-sort=descending]")).to_have_count(1)
    for k in range(6):
        heads.nth(k).locator("button").click()
        expect(heads.nth(k)).to_have_attribute("aria-sort", re.compile("ascending|descending"))
        assert page.evaluate("document.activeElement.className") == "sort"
    expect(page.locator("#actors tbody tr").first.locator("td.n").last).to_have_text("177")
    heads.nth(5).locator("button").click()
    expect(heads.nth(5)).to_have_attribute("aria-sort", "ascending")
    page.locator(f"[data-pick={HUB}]").count()
    open_map(page, site)
    opener = page.locator(f"[data-open={HUB}]")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    links = page.locator(".partners-row a")
    expect(links).to_have_count(len(partners(network(site), HUB)))
    opener.press("Enter")
    expect(page.locator(".partners-row")).to_have_count(0)


def test_the_table_is_taken_away_whole(page: Page, site: str, tmp_path: Path) -> None:
    open_map(page, site)
    with page.expect_download() as download:
        page.locator("#download-table").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(DictReader(io.StringIO(text)))
    actors = network(site)["actors"]
    assert {row["id"] for row in rows} == {actor["id"] for actor in actors}
    degrees = {actor["id"]: str(actor["degree"]) for actor in actors}
    label = ZH["measure.degree"]
    assert {row["id"]: row[label] for row in rows} == degrees


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_is_taken_away_as_png_svg_and_pdf(
    context: BrowserContext, site: str, language: str
) -> None:
    context.add_cookies([{"name": "lang", "value": language, "url": site}])
    page = context.new_page()
    open_map(page, site, "?year=2020&sector=enterprise,social_organisation")
    texts = {"zh": ZH, "en": EN}[language]

    def take(button: str) -> bytes:
        with page.expect_download() as download:
            page.locator(f"#save-{button}").click()
        return download.value.path().read_bytes()

    svg = take("svg").decode()
    assert texts["script.map_title"] in svg
    assert "2020" in svg
    assert page.locator("#legend button").first.inner_text() in svg
    assert page.locator("#shown").inner_text().split(";")[0].split("；")[0] in svg
    n_marks = svg.count("<path ") + svg.count("<circle ")
    assert n_marks >= len(shown(page))
    lines = Counter(re.findall(r'<line [^>]*?(?:stroke-dasharray="([^"]*)")?/>', svg))
    assert lines == expected_lines(get(site, "network?as_of=2020-12-31"), shown(page))
    png = take("png")
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    assert width >= 2 * box["width"]
    assert height >= 2 * box["height"]
    assert len(zlib.compress(png)) > 10_000
    pdf = take("pdf")
    assert pdf.startswith(b"%PDF")
    assert b"/FontFile" in pdf


def expected_lines(data: dict[str, Any], actors: set[str]) -> Counter[str]:
    """Return how many lines of each pattern are drawn among actors, with one each in the legend."""
    found: Counter[str] = Counter()
    for tie in data["ties"]:
        if {tie["source"], tie["target"]} <= actors:
            line = next(line for line in LINES if set(tie["relations"]) & set(line.relations))
            found[" ".join(f"{length:g}" for length in line.dash)] += 1
    return found + Counter(found.keys())


def test_an_address_restores_exactly_what_is_seen(page: Page, site: str) -> None:
    open_map(page, site)
    choose(page, "layout", "columns")
    choose(page, "size", "betweenness")
    page.locator("#letters").check()
    page.locator("#zoom-in").click()
    select(page, central(page))
    page.wait_for_url(re.compile("select=.*at="))
    page.wait_for_timeout(400)
    address, spots, drawn = page.url, places(page), signs(page)
    other = page.context.new_page()
    other.goto(address)
    other.wait_for_selector("#map[data-ready]")
    assert other.url == address
    assert signs(other) == drawn
    assert all(places(other)[k] == pytest.approx(spots[k], abs=0.5) for k in spots)
    expect(other.locator("#letters")).to_be_checked()
    expect(other.locator("#layout")).to_have_value("columns")


def star(n: int) -> dict[str, Any]:
    """Return columns of an actor with n partners, one in ten of whom has ties of its own."""
    ties = [(0, i) for i in range(1, n + 1)]
    ties += [(i, i + 1) for i in range(1, n) if i % 10 == 0]
    return {
        "kinds": [kind.slug for kind in KINDS],
        "relations": ["PARTNERS_WITH"],
        "areas": ["甲市"],
        "actors": {
            "id": [f"a{i}" for i in range(n + 1)],
            "name": [f"主体{i}" for i in range(n + 1)],
            "name_en": [None] * (n + 1),
            "kind": [i % len(KINDS) for i in range(n + 1)],
            "area": [0] * (n + 1),
            "members": [None] * (n + 1),
        },
        "groups": [],
        "at_least": [],
        "ties": {
            "source": [a for a, _ in ties],
            "target": [b for _, b in ties],
            "weight": [1.0] * len(ties),
            "relation": [1] * len(ties),
        },
        "bridges": [],
        "years": [2010, 2020],
        "n_undated": 0,
        "n_stored_ties": len(ties),
        "total": n + 1,
        "snapshot": {"version": "star"},
    }


def test_a_large_map_shows_the_main_actors_and_warns_before_all(page: Page, site: str) -> None:
    n = 6000
    page.route("**/network/columns*", lambda route: route.fulfill(json=star(n)))
    page.route("**/network/measures*", lambda route: route.fulfill(json={"measures": {}}))
    page.route("**/network/partners*", lambda route: route.fulfill(json={"items": [], "total": 0}))
    open_map(page, site)
    said = page.locator("#shown").inner_text().replace(",", "")
    assert re.findall(r"\d+", said)[:2] == ["400", str(n + 1)]
    main = shown(page)
    assert len(main) == 400
    expect(page.locator("#progress")).to_be_hidden()
    before = places(page)
    page.locator("#show-all").click()
    expect(page.locator("#warning")).to_contain_text(f"{n + 1:,}")
    assert shown(page) == main
    page.locator("#warning button").first.click()
    expect(page.locator("#map")).to_have_attribute("data-shown", str(n + 1))
    after = places(page)
    assert all(after[actor] == pytest.approx(before[actor], abs=0.6) for actor in main)
    page.locator("#undo").click()
    assert shown(page) == main
    # Whoever has very many partners brings in the most connected first.
    page.locator("#in-view button").first.click()
    panel = page.locator("#chosen")
    expect(panel.locator(".warning")).to_contain_text(f"{n - 399:,}")
    panel.get_by_role("button", name=ZH["script.map_expand_first"].format(n=20)).click()
    expect(page.locator("#map")).to_have_attribute("data-shown", "420")
    added = shown(page) - main
    assert all(int(actor[1:]) % 10 in {0, 1} for actor in added)
    assert len(added) == 20
    expect(page).to_have_url(re.compile("open=a0\\*20"))
    panel.get_by_role("button", name=ZH["script.map_fold"]).click()
    assert shown(page) == main


def post(site: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310
        f"{site}/api/v1/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        made: dict[str, Any] = json.load(answer)
    return made


def test_a_shared_map_shows_what_was_saved_hides_what_is_hidden_and_leads_nowhere(
    page: Page, site: str
) -> None:
    address = f"/map?layout=columns&select={HUB}"
    view = post(site, "views", {"address": address, "name": "一张图"})
    made = post(site, f"views/{view['id']}/shares", {"hidden_kinds": ["Community"]})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    page.goto(f"{site}/shared/{made['token']}")
    page.wait_for_selector("#map[data-ready]")
    kinds = {actor["id"]: actor["kind"] for actor in network(site)["actors"]}
    assert shown(page) == {actor for actor, kind in kinds.items() if kind != "Community"}
    expect(page.locator("#layout")).to_have_value("columns")
    expect(page.locator("#chosen h2")).to_contain_text("和众泽益")
    expect(page.locator("#chosen ul li").first).to_be_visible()
    assert page.locator("#chosen a, #actors a").count() == 0
    assert not [url for url in asked if url.startswith("/api/v1/network")]
    expect(page.locator("#save-pdf")).to_be_hidden()


def ink(context: BrowserContext, png: bytes, box: dict[str, float]) -> int:
    """Return how many pixels of a part of a picture are not as light as paper."""
    blank = context.new_page()
    n: int = blank.evaluate(
        """async ([data, { x, y, width, height }]) => {
          const answer = await fetch("data:image/png;base64," + data);
          const image = await createImageBitmap(await answer.blob());
          const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
          pen.drawImage(image, 0, 0);
          const { data: bytes } = pen.getImageData(x, y, width, height);
          let n = 0;
          for (let i = 0; i < bytes.length; i += 4) n += bytes[i + 1] < 200;
          return n;
        }""",
        [base64.b64encode(png).decode(), box],
    )
    blank.close()
    return n


def test_the_picture_stays_whole_behind_the_head_of_the_page(
    page: Page, context: BrowserContext, site: str
) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    open_map(page, site)
    found = []
    for scrolled in (100, 400):
        page.evaluate(f"scrollTo(0, {scrolled})")
        page.wait_for_timeout(500)
        box = page.locator("#canvas").bounding_box()
        assert box is not None
        half = box["height"] / 2
        lower = {"x": box["x"] + 2, "y": box["y"] + half, "width": box["width"] - 4}
        found.append(ink(context, page.screenshot(), {**lower, "height": half - 4}))
    assert found[0] == pytest.approx(found[1], rel=0.02)


def test_without_webgl_the_table_and_filters_remain(page: Page, site: str) -> None:
    page.add_init_script(
        "const real = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        "  return kind.startsWith('webgl') ? null : real.call(this, kind, ...rest); };"
    )
    open_map(page, site, "?sector=enterprise")
    expect(page.locator("#canvas")).to_contain_text(ZH["script.map_no_webgl"])
    expect(page.locator("#zoom-in")).to_be_hidden()
    n_enterprises = sum(a["sector"] == "enterprise" for a in network(site)["actors"])
    expect(page.locator("#actors tbody tr")).to_have_count(n_enterprises)
    page.locator("#actors .pick").first.click()
    expect(page.locator("#chosen h2")).to_have_count(1)


def test_without_scripts_the_map_is_a_table(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/map")
    assert page.locator("#actors tbody tr").count() == 100
    expect(page.locator(".no-script")).to_be_visible()
    expect(page.locator("#copy-table")).to_be_hidden()
    context.close()


def test_the_map_works_on_a_phone(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    open_map(page, site)
    page.locator("#canvas").scroll_into_view_if_needed()
    page.touchscreen.tap(*place(page, HUB))
    expect(page.locator("#chosen h2")).to_contain_text("和众泽益")
    # Not so soon that the two taps are one gesture.
    page.wait_for_timeout(400)
    page.touchscreen.tap(*place(page, HUB))
    page.wait_for_url(f"{site}/actors/{HUB}")
    context.close()


def test_a_link_to_what_is_seen_is_one_click(
    context: BrowserContext, page: Page, site: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    open_map(page, site, f"?select={HUB}")
    page.locator("#letters").check()
    expect(page).to_have_url(re.compile("letters=1"))
    page.locator("#copy-link").click()
    expect(page.locator("#said")).to_have_text(ZH["script.map_link_copied"])
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.keyboard.press("Escape")
    expect(page.locator("#said")).to_be_hidden()
    page.locator('[data-switch="lang"]').click()
    page.wait_for_selector("#map[data-ready]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#letters")).to_be_checked()


def test_the_english_map_speaks_english(context: BrowserContext, site: str) -> None:
    context.add_cookies([{"name": "lang", "value": "en", "url": site}])
    page = context.new_page()
    open_map(page, site, f"?select={HUB}&mark=sole&year=2020")
    chinese = re.compile("[\u4e00-\u9fff]")
    for part in ("#shown", "#legend", "#year-said", "#undated", ".stage .tools"):
        assert not chinese.search(page.locator(part).first.inner_text()), part
    assert not chinese.search(page.locator("#chosen .tools-row").first.inner_text())


def test_what_is_sent_is_small(page: Page, site: str) -> None:
    sizes: dict[str, int] = {}

    def note(response: Any) -> None:
        if "/static/dist/" in response.url:
            sizes[response.url.split("/dist/")[1]] = len(zlib.compress(response.body(), 6))

    page.on("response", note)
    page.goto(f"{site}/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < 10_000
    with urllib.request.urlopen(  # noqa: S310
        urllib.request.Request(f"{site}/map", headers={"Accept-Encoding": "gzip"})  # noqa: S310
    ) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
