"""Setting one's goals: a newcomer and a veteran write, weigh and propose them, and what can go wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.build import catalog
from bot.front import Front
from flows.core.screen import Act
from flows.goals.agreeing.following import follow
from flows.goals.agreeing.negotiation import ask_changes
from flows.goals.kept import Goal, LibraryGoal, Terms
from tests.stories.goal_setting import fill_goal, open_sheet, propose, write_goal, write_goals
from tests.stories.quarter import ON, WEEK, go, launch
from tests.stories.test_a_quarter import goals_of, opens, person, sees

CUSTOMERS = "Win 5 new customers by 31 March"


def begun(town: Any, name: str = "Q2") -> int:
    cycle = launch(town, "goals", name=name)
    town.to(ON)
    return cycle


def terms_of(town: Any, name: str, cycle: int) -> list[Terms]:
    return [goal.terms for goal in goals_of(town, name, cycle)]


def states(town: Any, name: str, cycle: int) -> list[str]:
    return [goal.state for goal in goals_of(town, name, cycle)]


def test_a_newcomer_writes_a_goal_from_one_sentence_and_proposes_it(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    kavya = town.player("kavya")
    kavya.home()
    kavya.press_home("Write")
    assert "You have no goals for this cycle yet." in kavya.window()
    assert "Propose them by Sunday 8 March." in kavya.window()
    kavya.touch("Add a goal")
    assert (
        "Nobody reads it before you propose it. Then 陈伟, the managers above and your team may"
        in kavya.window()
    )
    kavya.fill(sentence="Raise paying customers from 12 to 20 by 31 March", kind="number")
    assert kavya.submit() == {}
    proposed = {name: kavya.field(name) for name in ("unit", "baseline", "target", "due")}
    assert proposed == {"unit": "customers", "baseline": "12", "target": "20", "due": "2026-03-31"}
    assert kavya.submit() == {}
    assert "Look through your answers" in kavya.window()
    assert kavya.submit() == {}
    assert "is kept as a draft" in kavya.window()
    (terms,) = terms_of(town, "kavya", cycle)
    assert (terms.baseline, terms.target, terms.unit) == (Decimal(12), Decimal(20), "customers")
    assert (terms.due, terms.shape, terms.visibility) == (date(2026, 3, 31), "number", "team")
    open_sheet(kavya)
    assert "draft, only you see it · from 12 to 20 customers" in kavya.window()
    kavya.touch("Propose to 陈伟")
    assert "1 goal proposed to 陈伟." in kavya.window()
    assert "waits for 陈伟 · from 12 to 20 customers" in kavya.window()
    assert states(town, "kavya", cycle) == ["proposed"]
    kavya.close()
    assert "Goals · Q2\ndone" in kavya.home()
    assert "My goals · Q2" in kavya.home()
    assert "from 12 to 20 customers · waits to be agreed" in kavya.home()


def test_a_veteran_writes_two_weighted_goals_in_chinese(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    wang = town.player("wangqiang")
    wang.command("/goal")
    assert "你还没有本周期的目标。" in wang.window()
    write_goal(
        wang,
        "3月31日前把订单接口的响应时间从 350 毫秒降到 200 毫秒",
        weight="60",
        way="lower",
        unit="毫秒",
        baseline="350",
        target="200",
    )
    open_sheet(wang)
    write_goal(wang, "上线新的订单数据库", "yes_no", weight="40")
    open_sheet(wang)
    assert "草稿，仅你可见 · 从 350 到 200 毫秒 · 权重 60%" in wang.window()
    assert "权重合计 100%。" in wang.window()
    wang.touch("提交给陈伟")
    assert "已向陈伟提交 2 个目标。" in wang.window()
    faster, shipped = terms_of(town, "wangqiang", cycle)
    assert (faster.lower, faster.baseline, faster.target) == (True, Decimal(350), Decimal(200))
    assert (shipped.shape, shipped.target) == ("yes_no", None)


def test_weights_of_90_percent_are_refused_and_evened_with_one_tap(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    kavya = town.player("kavya")
    for sentence, weight in ((CUSTOMERS, "60"), ("Cut crashes a day from 40 to 10 by 31 March", "30")):
        open_sheet(kavya)
        write_goal(kavya, sentence, weight=weight)
    open_sheet(kavya)
    assert "The weights come to 90%, 10% too little." in kavya.window()
    kavya.touch("Propose to 陈伟")
    assert "The weights come to 90%, 10% too little." in kavya.window()
    assert "Your drafts are kept." in kavya.window()
    assert states(town, "kavya", cycle) == ["draft", "draft"]
    open_sheet(kavya)
    kavya.touch("Even out to 100%")
    assert "The weights make 100% now." in kavya.window()
    assert sum(terms.weight or 0 for terms in terms_of(town, "kavya", cycle)) == 100
    kavya.touch("Propose to 陈伟")
    assert "2 goals proposed to 陈伟." in kavya.window()


def test_an_objective_is_proposed_only_with_key_results(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    kavya = town.player("kavya")
    kavya.command("/goal")
    write_goal(kavya, "Make the app a pleasure to start", "objective")
    assert "Now add its key results." in kavya.window()
    open_sheet(kavya)
    kavya.touch("Propose to 陈伟")
    assert "has no key results yet" in kavya.window()
    open_sheet(kavya)
    kavya.touch("Add a key result")
    assert "Measures the objective “Make the app a pleasure to start”." in kavya.window()
    fill_goal(
        kavya,
        "Cut the start from 6 to 2 seconds by 31 March",
        way="lower",
        unit="seconds",
        baseline="6",
        target="2",
    )
    open_sheet(kavya)
    assert "– Cut the start from 6 to 2 seconds by 31 March" in kavya.window()
    kavya.touch("Propose to 陈伟")
    assert "2 goals proposed to 陈伟." in kavya.window()
    objective, result = goals_of(town, "kavya", cycle)
    assert (result.terms.parent, result.terms.method, result.terms.weight) == (objective.id, "okr", None)


def test_without_a_manager_goals_stand_at_once(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    anna = town.player("anna")

    def leave_alone(records: Any) -> None:
        one = records.people.by_email("anna@example.com")
        records.people.save(replace(one, manager=None))
        records.participants.save(replace(records.participants.get(cycle, one.id), manager=None))

    town.records(leave_alone)
    anna.command("/goal")
    assert "You have no manager in the directory: what you propose stands as agreed at once." in anna.window()
    write_goal(anna, "Hire 3 senior engineers by 31 March")
    open_sheet(anna)
    anna.touch("Agree on them")
    assert "You have no manager in the directory: 1 goal" in anna.window()
    assert states(town, "anna", cycle) == ["agreed"]


def test_what_the_last_cycle_left_unfinished_and_the_library_are_taken_over(quiet_town: Any) -> None:
    town = quiet_town
    kavya = town.player("kavya")
    me = person(town, "kavya")
    before = launch(town, "goals", name="Q1")
    crashes = Terms("Fewer crashes", baseline=Decimal(40), target=Decimal(10), lower=True, weight=Decimal(50))
    old = Goal(0, me.id, crashes, before)

    def finish(records: Any) -> None:
        records.goals.save(old)
        records.goals.save(replace(old, terms=Terms("Only for Sales")))
        records.cycles.save(replace(records.cycles.get(before), state="closed"))
        records.library.replace(
            me.title, [LibraryGoal(0, me.title, Terms("Answer every crash within 1 day"))]
        )
        records.library.replace("Sales", [LibraryGoal(0, "Sales", Terms("Sell more"))])

    town.records(finish)
    cycle = begun(town)
    kavya.command("/goal")
    assert "To take over" in kavya.window()
    assert "Fewer crashes\nQ1" in kavya.window()
    assert "Answer every crash within 1 day\nlibrary" in kavya.window()
    assert "Sell more" not in kavya.window()
    kavya.touch("Take over", beside="Fewer crashes")
    assert "“Fewer crashes” is taken over as a draft." in kavya.window()
    kavya.touch("Take over", beside="Answer every crash")
    fewer, answers = terms_of(town, "kavya", cycle)
    assert (fewer.title, fewer.target, fewer.weight, fewer.lower) == (
        "Fewer crashes",
        Decimal(10),
        None,
        True,
    )
    assert answers.due == fewer.due == date(2026, 6, 1)
    assert states(town, "kavya", cycle) == ["draft", "draft"]
    assert states(town, "kavya", before) == ["agreed", "agreed"]
    open_sheet(kavya)
    assert "Fewer crashes\nQ1" not in kavya.window()


def test_a_draft_is_nobody_elses_to_see_and_can_be_deleted(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    kavya, wei = town.player("kavya"), town.player("chenwei")
    write_goals(kavya, "Something that is not ready")
    (goal,) = goals_of(town, "kavya", cycle)
    for name in ("chenwei", "anna", "marta", "lina"):
        assert not sees(town, name, "goal-card", goal.key), name
        assert not opens(town, name, "goal", f"{cycle}/{goal.id}"), name
    kavya.command("/goal")
    kavya.touch("Open")
    kavya.touch("Delete")
    assert "The draft “Something that is not ready” is deleted." in kavya.window()
    assert goals_of(town, "kavya", cycle) == []
    wei.command("/goal")
    assert "Something that is not ready" not in wei.window()


def test_a_change_after_agreement_waits_for_the_other_side_and_can_be_taken_back(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    me = person(town, "kavya")
    agreed = Goal(0, me.id, Terms(CUSTOMERS, unit="customers", target=Decimal(5)), cycle)
    goal = town.records(lambda records: records.goals.save(agreed))
    kavya = town.player("kavya")
    kavya.command("/goal")
    kavya.touch("Open")
    kavya.touch("Change")
    assert "陈伟 is asked to agree to the change; until then what you agreed on stays." in kavya.window()
    assert kavya.submit() == {}
    kavya.fill(target="4")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    assert "陈伟 is asked to agree." in kavya.window()
    (now,) = goals_of(town, "kavya", cycle)
    assert (now.state, now.terms.target, now.pending.target) == ("agreed", Decimal(5), Decimal(4))
    open_sheet(kavya)
    assert "agreed; a change waits for 陈伟" in kavya.window()
    kavya.touch("Open")
    kavya.touch("Keep as agreed")
    (now,) = goals_of(town, "kavya", cycle)
    assert (now.pending, now.asked_by) == (None, None)
    kavya.touch("Withdraw")
    assert "陈伟 is asked to agree that" in kavya.window()
    (now,) = goals_of(town, "kavya", cycle)
    assert (now.id, now.state, now.leaving) == (goal.id, "agreed", True)


def test_what_was_returned_is_proposed_again_once_it_is_rewritten(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    kavya, wei = town.player("kavya"), person(town, "chenwei")
    write_goals(kavya, CUSTOMERS)
    propose(kavya, "陈伟")
    (goal,) = goals_of(town, "kavya", cycle)

    def ask(records: Any) -> None:
        records.goals.save(
            *ask_changes(records.goals.get(goal.id), wei.id, "Better 6, as last year", town.now())
        )
        follow(records, cycle, goal.person, town.now())

    town.records(ask)
    kavya.command("/goal")
    assert "changes asked of you: “Better 6, as last year”" in kavya.window()
    assert "Propose to" not in kavya.window()
    kavya.touch("Open")
    kavya.touch("Change")
    fill_goal(kavya, "Win 6 new customers by 31 March", target="6")
    open_sheet(kavya)
    assert "rewritten, not proposed again yet" in kavya.window()
    kavya.touch("Propose to 陈伟")
    (after,) = goals_of(town, "kavya", cycle)
    assert (after.state, after.version, after.terms.target) == ("proposed", 2, Decimal(6))


def test_a_manager_counters_in_the_same_form(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    kavya, wei = town.player("kavya"), town.player("chenwei")
    write_goals(kavya, CUSTOMERS)
    propose(kavya, "陈伟")
    wei.home()
    wei.press_home("打开", "目标 · Q2")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("打开", beside=CUSTOMERS)
    wei.touch("修改")
    assert "这是Kavya Iyer的目标。" in wei.window()
    assert wei.submit() == {}
    wei.fill(target="7")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "已请Kavya Iyer确认。" in wei.window()
    (after,) = goals_of(town, "kavya", cycle)
    assert (after.state, after.asked_by, after.terms.target) == (
        "proposed",
        person(town, "chenwei").id,
        Decimal(7),
    )
    open_sheet(kavya)
    assert "waits for you" in kavya.window()


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"target": "-5"}, "A target of -5 customers is below zero."),
        ({"target": "12", "baseline": "12"}, "It stands at 12 customers already."),
        ({"target": "5", "baseline": "12"}, "goes down. Please choose “Lower” as better"),
        ({"target": "20", "baseline": "12", "way": "lower"}, "goes up. Please choose “Higher” as better"),
        ({"target": "0.00001"}, "0.00001 has more than 4 digits behind the decimal mark."),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(
    bare_quiet_town: Any, answers: dict[str, str], problem: str
) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    kavya = town.player("kavya")
    kavya.command("/goal")
    write_goal(kavya, "More customers", unit="customers", **answers)
    assert problem in kavya.window()
    assert goals_of(town, "kavya", cycle) == []
    kavya.touch("Edit", beside="To (target)")
    assert kavya.field("target") == answers["target"]
    kavya.fill(target="30", baseline="12", way="higher")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    assert [terms.target for terms in terms_of(town, "kavya", cycle)] == [Decimal(30)]


@pytest.mark.parametrize(
    ("answers", "field", "problem"),
    [
        ({"target": "NaN"}, "target", "Please give a number"),
        ({"target": "1e308"}, "target", "Please give a number"),
        ({"target": "9" * 16}, "target", "Please give at most 100,000,000,000,000."),
        ({"weight": "101"}, "weight", "Please give at most 100."),
        ({"weight": "-1"}, "weight", "Please give at least 0."),
        ({"due": "2026-02-01"}, "due", "Please choose a day from 2026-03-02 on."),
        ({"due": "2026-06-02"}, "due", "Please choose a day up to 2026-06-01."),
        ({"unit": "x" * 41}, "unit", "this field takes 40"),
    ],
)
def test_a_field_says_at_once_what_it_can_not_take(
    bare_quiet_town: Any, answers: dict[str, str], field: str, problem: str
) -> None:
    town = bare_quiet_town
    begun(town)
    kavya = town.player("kavya")
    kavya.command("/goal new")
    kavya.fill(sentence="More customers", kind="number")
    assert kavya.submit() == {}
    kavya.fill(**answers)
    assert problem in kavya.submit()[field]


def test_parents_of_other_cycles_and_other_units_are_refused(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    wei = person(town, "chenwei")
    revenue = Goal(
        0,
        wei.id,
        Terms("Revenue of 8 million", unit="CNY", target=Decimal(8_000_000), visibility="public"),
        cycle,
    )
    above = town.records(lambda records: records.goals.save(revenue))
    kavya = town.player("kavya")
    kavya.command("/goal new")
    kavya.fill(sentence="Win 5 customers", kind="number")
    assert kavya.submit() == {}
    kavya.fill(more="yes", unit="customers", target="5")
    assert kavya.submit() == {}
    assert "Revenue of 8 million" in kavya.window()
    kavya.fill(parent=above.key, rule="sum")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    assert "It counts in customers, the goal above in CNY: these do not add up." in kavya.window()
    kavya.touch("Edit", beside="How does it count for the goal above?")
    kavya.fill(rule="factor", factor="200000")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    (terms,) = terms_of(town, "kavya", cycle)
    assert (terms.parent, terms.rule, terms.factor) == (above.id, "factor", Decimal(200_000))


def test_goals_can_be_set_after_the_phase_but_not_after_the_cycle(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    kavya = town.player("kavya")
    go(town, ON + 5 * WEEK)
    kavya.command("/goal")
    assert "They were due on Sunday 8 March. While the cycle runs you can still propose" in kavya.window()
    write_goals(kavya, CUSTOMERS)
    propose(kavya, "陈伟")
    assert states(town, "kavya", cycle) == ["proposed"]
    kavya.command("/goal")
    kavya.touch("Add a goal")
    kavya.fill(sentence="Too late, but typed")
    town.records(lambda records: records.cycles.save(replace(records.cycles.get(cycle), state="closed")))
    kavya.submit()
    assert "HR has closed Q2, so its goals stay as they are." in kavya.window()
    assert "Too late, but typed" in kavya.window()
    open_sheet(kavya)
    assert "There is no cycle that you set goals in at the moment." in kavya.window()


def test_a_draft_deleted_meanwhile_says_so_and_gives_the_text_back(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    kavya = town.player("kavya")
    write_goals(kavya, CUSTOMERS)
    (goal,) = goals_of(town, "kavya", cycle)
    kavya.command("/goal")
    kavya.touch("Open")
    kavya.touch("Change")
    kavya.fill(sentence="A sentence typed on the phone")
    town.records(lambda records: records.goals.forget([goal.id]))
    kavya.submit()
    assert "A sentence typed on the phone" in kavya.window()
    assert goals_of(town, "kavya", cycle) == []


def test_public_goals_are_read_by_all_team_goals_by_the_team_private_ones_by_the_line(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    me = person(town, "kavya")
    for visibility in ("public", "team", "private"):
        made = Goal(0, me.id, Terms(f"A {visibility} one", visibility=visibility), cycle)  # type: ignore[arg-type]
        town.records(lambda records, made=made: records.goals.save(made))
    reads = {"kavya": 3, "chenwei": 3, "anna": 3, "lina": 2, "emily": 1, "marta": 1}
    for name, number in reads.items():
        screen = sheet_of(town, name, cycle, me.id)
        assert sum(f"A {one} one" in screen for one in ("public", "team", "private")) == number, name


def sheet_of(town: Any, name: str, cycle: int, owner: int) -> str:
    """What somebody sees of a person's goals, whatever button leads there."""
    front, actor = Front(*catalog()), person(town, name)
    place = Act("see", ("goals", str(cycle), str(owner)))
    return repr(town.records(lambda records: front.see(records, actor, place, town.now())))


def test_the_cycle_whose_goals_phase_is_on_is_shown_first(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "goals", name="On now")
    launch(town, "calibration", name="Later")
    town.to(ON)
    kavya = town.player("kavya")
    kavya.command("/goal")
    assert "Kavya Iyer · On now" in kavya.window()
    kavya.touch("Later")
    assert "Kavya Iyer · Later" in kavya.window()
