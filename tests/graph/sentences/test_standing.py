"""What is said of ranks, peers and likeness."""

from __future__ import annotations

import pytest

from graph.findings.peers import peer_values, standing
from graph.sentences.likeness import FEATURES, alike_sentence
from graph.sentences.standing import ordinal, rank_sentence, standing_sentence
from graph.text import Text

SECTOR = Text("企业与商户", "Enterprises")


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (21, "21st"), (111, "111th"), (1203, "1,203rd")],
)  # fmt: skip
def test_ordinals(n: int, said: str) -> None:
    assert ordinal(n) == said


def test_a_rank_says_how_far_it_can_be_trusted() -> None:
    said = rank_sentence("broker", 2, 133, (1, 3))
    assert said.en == (
        "As a broker it ranks 2nd of 133 actors; if a tenth is not on record, most likely between "
        "1st and 3rd."
    )
    assert "第 1 到第 3 之间" in said.zh
    assert "still 1st" in rank_sentence("hub", 1, 9, (1, 1)).en
    assert rank_sentence("hub", 1, 9, None).en == "As a hub it ranks 1st of 9 actors."


@pytest.mark.parametrize(
    ("values", "own", "zh", "en"),
    [
        ([*range(76), 60.5], 75, "高于企业与商户其他 76 个主体的全部。",
         "More than each of the 76 others in the sector Enterprises."),
        ([*range(77)], 75, "高于企业与商户其他 76 个主体中的 90% 以上。",
         "More than 9 in 10 of the 76 others in the sector Enterprises."),
        ([*range(500)], 498, "99% 以上", "More than 99 in 100 of the 499 others"),
        ([*range(77)], 10, "低于企业与商户其他 76 个主体中的 80% 以上。", "Less than 8 in 10"),
        ([0, 0, 0, 5], 0, "另有 2 个与它一样", "Less than 1 of the 3 others in the sector "
         "Enterprises; 2 have as much."),
        ([1, 1], 1, "一样", "As much as the other one in"),
        ([1], 1, "只有它一个", "the only one"),
    ],
)  # fmt: skip
def test_a_value_among_its_peers(values: list[float], own: float, zh: str, en: str) -> None:
    said = standing_sentence(standing(peer_values(values), own), SECTOR)
    assert zh in said.zh
    assert en in said.en


def test_alike_and_unlike() -> None:
    features = dict.fromkeys(FEATURES, 0.6) | {"liaison": 0.95, "sectors": 0.9, "sole_pairs": 0.1}
    said = alike_sentence(0.7, features)
    assert said.en == (
        "70% alike, most of all in how often it links two other sectors and the sectors of its "
        "partners; unlike in the pairs that meet only through it."
    )
    assert said.zh.startswith("70% 相似，最像的是")
    assert alike_sentence(0.6, dict.fromkeys(FEATURES, 0.6)).en == "60% alike."
