"""HR tries a cycle's results under another template: who would move and why, and nothing is changed by looking."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.exchange import Press
from flows.core.screen import Act
from flows.results import trying
from flows.results.records import Version
from flows.reviews.records import Review
from tests.stories.quarter import go
from tests.stories.releasing import OVER, launched, person, ready
from tests.stories.test_explained import MADE, D, computed, goal, seated

OTHER = """
name: steeper
title: {{ en: Steeper, zh: 更陡的方案 }}
period: quarter
goal_methods: [kpi]
goal_cap: 100
phases:
  - {{ name: mine, title: {{ en: Self, zh: 自评 }}, starts: 0, days: 5, work: review, review: manager }}
reviews:
  manager:
    title: {{ en: Manager, zh: 上级 }}
    questions:
      - {{ name: results, ask: {{ en: Results, zh: 成果 }}, kind: rating, steps: r }}
      - {{ name: attitude, ask: {{ en: "How was the attitude?", zh: 工作态度如何？ }}, kind: rating, steps: r }}
ratings:
  r:
    - {{ key: 1, label: {{ en: A, zh: 一 }}, anchor: {{ en: A a, zh: 一一 }} }}
    - {{ key: 2, label: {{ en: B, zh: 二 }}, anchor: {{ en: B b, zh: 二二 }} }}
    - {{ key: 3, label: {{ en: C, zh: 三 }}, anchor: {{ en: C c, zh: 三三 }} }}
{made_of}
scale:
  - {{ key: A, value: 3, least: {best}, label: {{ en: Outstanding, zh: 卓越 }}, coefficient: 1.2 }}
  - {{ key: B, value: 2, least: 60, label: {{ en: Good, zh: 良好 }}, coefficient: 1 }}
  - {{ key: C, value: 1, label: {{ en: Below, zh: 待改进 }}, coefficient: 0.8 }}
"""


def kept(town: Any, weights: str = "{ goals: 100 }", best: int = 90, formula: str = "") -> None:
    """The company's own template, as HR has put it in."""
    made_of = f"formula: {formula}" if formula else f"weights: {weights}"
    text = OTHER.format(made_of=made_of, best=best)
    town.records(lambda records: records.templates.save("steeper", text, town.now()))
    assert town.records(lambda records: records.templates.get("steeper")) is not None


def prepared(town: Any) -> int:
    """Three people of Engineering with goals and a manager's review; in calibration, so that HR may look."""
    cycle = launched(town, MADE)
    chenwei = person(town, "chenwei").id
    for name, value, results in (("lina", 110, "2"), ("kavya", 95, "1"), ("wangqiang", 50, "3")):
        goal(town, cycle, name, "Orders", value, target=D(100))
        whose = person(town, name).id
        review = Review(
            0, cycle, "manager-review", "manager", whose, chenwei, chenwei, {"results": results}, town.now()
        )
        town.records(lambda records, review=review: records.reviews.keep(review))
    go(town, OVER)
    computed(town, cycle, "lina", "kavya", "wangqiang")
    seated(town, cycle, "lina", "kavya", "wangqiang")
    return cycle


def tries(town: Any, name: str, cycle: int, template: str = "steeper", *department: str) -> str:
    player = town.player(name)
    player.last_aside = ""
    player._take(Press(Act("see", ("cycle-simulate", str(cycle), template, *department)), "message"))
    return str(player.window()) if not player.last_aside else ""


def everything(town: Any, cycle: int) -> list[Version]:
    return town.records(lambda records: records.ledger.slice(cycle, 0, 1000))  # type: ignore[no-any-return]


def test_hr_sees_who_would_move_and_why(quiet_town: Any) -> None:
    cycle = prepared(quiet_town)
    kept(quiet_town)
    before = everything(quiet_town, cycle)
    marta = quiet_town.player("marta")
    marta.command("/cycle simulate")
    assert "Whose data?" in marta.window()
    marta.touch("Choose", beside="Q1")
    assert "Under which template?" in marta.window()
    marta.touch("Try it", beside="Steeper")
    seen = marta.window()
    assert "Under “Steeper”" in seen
    for line in (
        "What differs",
        "Goals 60% → 100%; How were the results? 20% → 0%; Review by a colleague 20% → 0%; goals end at 120% → 100%",
        "Proposed ratings",
        # goals 75 % and results 25 % of those that exist: 110 and 66.67 are 99.17, 95 and 33.33 are 79.58, 50 and 100 are 62.5
        "B → A · 79.58 → 95 · Goals 75% × 95 → 100% × 95",
        "B → C · 62.5 → 50 · How were the results? 25% × 100 → not counted",
        "Nothing is changed by looking.",
    ):  # fmt: skip
        assert line in seen
    assert "李娜" not in seen, "hers is an A either way"
    assert everything(quiet_town, cycle) == before
    marta.touch("How it is now", beside="Kavya Iyer")
    assert "(60 × 95 + 20 × 33.3333) ÷ 80 = 79.58" in marta.window()


def test_in_chinese_too(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    kept(town)
    seen = tries(town, "liufang", cycle)
    assert "换用“更陡的方案”" in seen
    assert "2 人：得分上升 1 人，下降 1 人" in seen
    assert "目标 60% → 100%；成果如何？ 20% → 0%" in seen


def test_the_figures(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    kept(town)
    seen = tries(town, "marta", cycle)
    assert "People looked at: 3" in seen
    assert "Would move: 2: 1 with a higher score, 1 with a lower one" in seen
    assert "Mean score: 80.42 → 81.67" in seen
    for line in ("A · Outstanding: 1 → 2", "B · Good: 2 → 0", "C · Below: 0 → 1"):
        assert line in seen


def test_a_threshold_alone_moves_people_without_another_score(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    town.records(
        lambda records: records.cycles.save(
            replace(
                records.cycles.get(cycle), template=replace(MADE, weights={"goals": D(100)}, goal_cap=D(100))
            )
        )
    )
    computed(town, cycle, "lina", "kavya", "wangqiang")
    kept(town, best=96)
    seen = tries(town, "marta", cycle)
    assert "A from 90 → 96 points on" in seen
    assert "A → B · 95 → 95 · the scale proposes it" in seen
    assert "Would move: 1: 0 with a higher score, 0 with a lower one" in seen


def test_what_the_other_template_asks_and_nobody_has_is_left_out_and_named(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    kept(town, weights="{ goals: 50, attitude: 50 }")
    seen = tries(town, "marta", cycle)
    assert "It also counts what nobody here has, so that is left out: How was the attitude?" in seen
    assert "B → A · 79.58 → 95" in seen


def test_what_was_asked_and_did_not_count_counts_there(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    town.records(
        lambda records: records.cycles.save(
            replace(records.cycles.get(cycle), template=replace(MADE, weights={"goals": D(100)}))
        )
    )
    computed(town, cycle, "lina", "kavya", "wangqiang")
    kept(town, weights="{ goals: 50, results: 50 }")
    seen = tries(town, "marta", cycle)
    # 0.5 x 95 + 0.5 x 33.33 of a review that the cycle has and does not count
    assert "A → B · 95 → 64.17 · Goals 100% × 95 → 50% × 95" in seen
    assert "nobody here has" not in seen


def test_another_formula_and_one_that_gives_nothing(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    kept(town, formula="goals * results / 100")
    seen = tries(town, "marta", cycle)
    assert "another formula" in seen
    assert "B → C · 79.58 → 31.67 · another formula" in seen
    kept(town, formula="goals * attitude / 100")
    seen = tries(town, "marta", cycle)
    assert "B → – · 79.58 → – · The formula needs `attitude`, and there is nothing yet." in seen
    assert "Would have no score: 3" in seen
    assert "Would move: 3: 0 with a higher score, 0 with a lower one" in seen, "none is not lower"


def test_last_cycle_is_tried_after_it_was_closed(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    kept(town)
    marta = town.player("marta")
    marta.command("/cycle close")
    assert town.records(lambda records: records.cycles.get(cycle)).state == "closed"
    before = everything(town, cycle)
    marta.command("/cycle simulate")
    marta.touch("Choose", beside="Q1")
    marta.touch("Try it", beside="Steeper")
    seen = marta.window()
    assert "People looked at: 3" in seen
    assert "Would move: 2: 1 with a higher score, 1 with a lower one" in seen
    assert "B → A · 79.58 → 95 · Goals 75% × 95 → 100% × 95" in seen
    assert everything(town, cycle) == before


def test_on_another_scale_scores_are_compared(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    seen = tries(town, "marta", cycle, "monthly-kpi")
    assert "another rating scale" in seen
    assert "Proposed ratings" not in seen
    assert "79.58 → 95 · Goals 75% × 95 → 100% × 95" in seen


def test_only_whom_hr_looks_after_and_when_they_may_look(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    kept(town)
    grace = person(town, "liufang").manager
    boss = town.records(lambda records: records.people.get(grace)).email.partition("@")[0]
    for name in ("marta", "liufang", boss, "olivia"):
        goal(town, cycle, name, "Orders", 95, target=D(100))
    computed(town, cycle, "marta", "liufang", boss, "olivia")
    seated(town, cycle, "marta", "liufang", boss)
    seen = tries(town, "liufang", cycle)
    assert "试算人数: 4" in seen, "neither herself nor her manager, but Marta"
    assert "刘芳" not in seen
    assert "试算人数: 3" in tries(town, "marta", cycle).replace("People looked at", "试算人数")
    sales = tries(town, "juliana", cycle)
    assert "There is no score that you may look at yet" in sales, "Sales is not calibrated yet"
    assert "Kavya" not in sales
    for stranger in ("chenwei", "lina", "jonas", "rahul"):
        assert tries(town, stranger, cycle) == ""
    noted = town.records(lambda records: records.audit.latest("result.simulate", OVER))
    assert len(noted) == 3


def test_a_large_cycle_is_looked_at_by_department(
    bare_quiet_town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    kept(town)
    monkeypatch.setattr(trying, "MOST", 15)
    seen = tries(town, "marta", cycle)
    assert "It is a large cycle. Which department?" in seen
    marta = town.player("marta")
    marta.touch("Try it", beside="People")
    assert "There is no score that you may look at yet" in marta.window()
    assert "People looked at: 3" in tries(town, "marta", cycle, "steeper", "Engineering")
    assert "There is no score that you may look at yet" in tries(
        town, "juliana", cycle, "steeper", "Engineering"
    )


@pytest.mark.parametrize(
    "about", [("9999",), ("x",), ("1", "nothing"), ("9999", "steeper"), ("1", "../steeper")]
)
def test_what_is_not_there_is_not_found(bare_quiet_town: Any, about: tuple[str, ...]) -> None:
    town = bare_quiet_town
    prepared(town)
    marta = town.player("marta")
    marta._take(Press(Act("see", ("cycle-simulate", *about)), "message"))
    assert "There is nothing here for you" in marta.last_aside


def test_before_there_are_results_it_says_so(bare_quiet_town: Any) -> None:
    marta = bare_quiet_town.player("marta")
    marta.command("/cycle simulate")
    assert "No cycle of yours has results yet." in marta.window()


def test_before_hr_may_see_a_score_it_says_from_when_on(bare_quiet_town: Any) -> None:
    ready(bare_quiet_town)
    marta = bare_quiet_town.player("marta")
    marta.command("/cycle simulate")
    marta.touch("Choose", beside="Q1")
    marta.touch("Try it", beside="Half-year review")
    assert "HR sees scores from the calibration on" in marta.window()
