"""HR tries a cycle's data under another template before daring it: who would move, why, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.releasing import person, ready, release
from tests.stories.test_a_quarter import sees

MILD = """
name: mild
title: { en: Milder thresholds, zh: 较宽松的标准 }
period: quarter
phases:
  - { name: manager-review, title: { en: Review, zh: 评估 }, starts: 0, days: 5, work: review, review: manager }
reviews:
  manager:
    title: { en: Manager review, zh: 上级评估 }
    questions:
      - name: results
        ask: { en: "How were the results?", zh: 成果如何？ }
        kind: rating
        steps:
          - { key: 1, label: { en: Below, zh: 未达预期 }, anchor: { en: Missing, zh: 缺少成果 } }
          - { key: 2, label: { en: Met, zh: 达到预期 }, anchor: { en: There, zh: 完成 } }
          - { key: 3, label: { en: Above, zh: 超出预期 }, anchor: { en: More, zh: 超出 } }
weights: { results: 100 }
scale:
  - { key: A, value: 3, least: 60, label: { en: Outstanding, zh: 卓越 } }
  - { key: B, value: 2, least: 30, label: { en: Good, zh: 良好 } }
  - { key: C, value: 1, label: { en: Below, zh: 待改进 } }
"""
COLLEAGUES = ("wangqiang", "zhangmin", "jonas")


@pytest.fixture
def reviewed(bare_quiet_town: Any) -> Any:
    """The quarter, reviewed; the company also has a milder template."""
    town = bare_quiet_town
    town.records(lambda records: records.templates.save("mild", MILD, town.now()))
    town.cycle = ready(town, lina=COLLEAGUES)
    release(town)
    return town


def everything(town: Any) -> Any:
    cycle = town.cycle
    return town.records(lambda records: records.ledger.slice(cycle, 0, 1000))


def test_hr_sees_who_would_move_and_why_and_nothing_is_written(reviewed: Any) -> None:
    before = everything(reviewed)
    marta = reviewed.player("marta")
    marta.command("/cycle simulate")
    marta.touch("Choose", beside="Q1")
    marta.touch("Try it", beside="Milder thresholds")
    seen = marta.window()
    assert "Under “Milder thresholds”" in seen
    assert "A from – → 60 points on" in seen
    assert "Review by a colleague 30% → 0%" in seen
    assert "B → A" in seen
    assert "Jonas Weber\nB → A · 66.67 → 66.67 · the scale proposes it" in seen
    assert "李娜\nA" not in seen  # the best stays the best, whatever her score
    assert "Nothing is changed by looking." in seen
    assert everything(reviewed) == before
    marta.touch("How it is now", beside="Jonas Weber")
    assert "Versions" in marta.window()


def test_before_hr_may_see_a_score_it_says_from_when_on(bare_quiet_town: Any) -> None:
    ready(bare_quiet_town)
    marta = bare_quiet_town.player("marta")
    marta.command("/cycle simulate")
    marta.touch("Choose", beside="Q1")
    marta.touch("Try it", beside="Half-year review")
    assert "HR sees scores from the calibration on" in marta.window()


def test_it_says_what_nobody_has_and_speaks_chinese(reviewed: Any) -> None:
    fang = reviewed.player("liufang")
    fang.command("/cycle simulate")
    fang.touch("选择", beside="Q1")
    fang.touch("试算", beside="半年绩效评估")
    seen = fang.window()
    assert "换用“半年绩效评估”" in seen
    assert "评级标准不同" in seen
    assert "此周期没有相应数据，因此不计入" in seen


def test_it_is_hr_s_alone_never_about_themselves_and_in_their_departments(reviewed: Any) -> None:
    cycle = str(reviewed.cycle)
    for name in ("kavya", "chenwei", "rahul", "olivia"):
        assert not sees(reviewed, name, "cycle-simulate"), name
        assert not sees(reviewed, name, "cycle-simulate", cycle, "mild"), name
    for wrong in (("0",), ("x",), (cycle, "nothing"), ("99", "mild"), (cycle, "../mild")):
        assert not sees(reviewed, "marta", "cycle-simulate", *wrong), wrong
    marta = reviewed.player("marta")
    marta.command("/cycle simulate")
    marta.touch("Choose", beside="Q1")
    marta.touch("Try it", beside="Milder thresholds")
    assert "Marta Klein" not in marta.window()
    assert "刘芳" not in marta.window()  # her own manager
    juliana = reviewed.player("juliana")
    juliana.command("/cycle simulate")
    if "Choose" in [*juliana.window().splitlines()] or sees(
        reviewed, "juliana", "cycle-simulate", cycle, "mild"
    ):
        juliana.touch("Choose", beside="Q1")
        juliana.touch("Try it", beside="Milder thresholds")
        assert "Jonas Weber" not in juliana.window()
        assert "Ana Ribeiro" in juliana.window()
    assert person(reviewed, "juliana").hr_scope == frozenset({"Sales"})
