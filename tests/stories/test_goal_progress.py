"""Goals move: by check-in, with one tap, by correction; each number opens down to its source, each step is decided on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.core.refusal import Refusal
from flows.core.screen import Act, Buttons, Screen
from flows.core.words import Words
from flows.goals.kept import ActionStep, Goal, Reading, Signal, Terms
from flows.goals.measure.series import metric_series, series_of
from flows.goals.progress.card import goal_card
from flows.goals.progress.progress import keep_value
from tests.messengers.plain import lines
from tests.stories.quarter import ON, launch
from tests.stories.test_a_quarter import opens, sees

DAY = timedelta(days=1)
CUSTOMERS = Terms("Win customers", unit="customers", baseline=Decimal(10), target=Decimal(20))
HANDBOOK = Terms("Publish the handbook", shape="yes_no")
PILOT = Terms("Roll out the scanner", shape="milestones", milestones=("Pilot", "First shop", "All shops"))
DRAFT = Terms("Learn Portuguese", unit="lessons", target=Decimal(10))


@pytest.fixture
def running(town: Any) -> Any:
    """A town in the goals phase of a live quarter, on the Monday when check-ins are open."""
    launch(town)
    town.to(ON)
    return town


def give(town: Any, name: str, terms: Terms, **more: Any) -> Goal:
    """An agreed goal of somebody's in the live cycle."""

    def work(records: Any) -> Goal:
        cycle = records.cycles.in_state("live")[0].id
        person = records.people.by_email(f"{name}@example.com").id
        goal: Goal = records.goals.save(Goal(0, person, terms, cycle, **more))
        return goal

    made: Goal = town.records(work)
    return made


def leave(player: Any) -> None:
    """Close all that stands open."""
    while player.window():
        player.close()


def card(player: Any, way: str = "Open") -> str:
    """What the card of somebody's one goal says, opened from the list of what can be reported."""
    leave(player)
    player.command("/goal update")
    player.touch(way)
    return str(player.window())


def check_in(player: Any, **goals: object) -> None:
    """Write and send the week's check-in with one screen of goals."""
    leave(player)
    player.command("/checkin")
    player.fill(done="Work", next="More work")
    assert player.submit() == {}
    player.fill(health="on_track", **goals)
    assert player.submit() == {}
    assert player.submit() == {}
    player.close()


def test_a_number_moves_with_the_check_in_and_opens_down_to_it(running: Any) -> None:
    goal = give(running, "kavya", CUSTOMERS)
    kavya, wei = running.player("kavya"), running.player("chenwei")
    kavya.command("/checkin")
    kavya.fill(done="Two trials signed", next="The third")
    assert kavya.submit() == {}
    assert "Where does it stand now, in customers?" in kavya.window()
    kavya.fill(health="on_track", value="twelve")
    assert kavya.submit() == {"value": "Please give a number, such as 85, 1,200 or 8.5k."}
    kavya.fill(value="12")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    assert "Sent" in kavya.window()
    leave(kavya)
    kavya.command("/goal update")
    assert "12 customers" in kavya.window()
    kavya.touch("Open")
    for words in (
        "Attainment: 20%",
        "(12 − 10) ÷ (20 − 10) = 20%",
        "check-in, Kavya Iyer, Monday 2 March, 20:00",
    ):
        assert words in kavya.window()
    wei.command("/checkin team")
    wei.touch("打开", beside="Kavya Iyer")
    assert "数值: 12 customers" in wei.window()
    assert "达成 20%" in wei.window()
    wei.touch("打开")
    assert goal.title in wei.window()
    assert "周报，Kavya Iyer" in wei.window()


def test_one_more_is_one_tap(running: Any) -> None:
    give(running, "kavya", CUSTOMERS)
    give(running, "kavya", HANDBOOK)
    kavya = running.player("kavya")
    kavya.command("/goal update")
    assert "no value yet" in kavya.window()
    kavya.touch("+1", beside="Win customers")
    assert "Now 11 customers." in kavya.window()
    kavya.touch("+1", beside="Win customers")
    assert "Now 12 customers." in kavya.window()
    kavya.touch("Done", beside="Publish the handbook")
    assert "Noted: done." in kavya.window()
    with pytest.raises(AssertionError, match="there is no 'Done'"):
        kavya.touch("Done", beside="Publish the handbook")


def test_a_number_is_reported_in_the_goals_own_unit_and_said_again_it_is_corrected(running: Any) -> None:
    give(running, "zhangmin", CUSTOMERS)
    min_ = running.player("zhangmin")
    min_.command("/goal update")
    min_.touch("更新进度", beside="")
    assert "目前的数值（customers）？" in min_.window()
    assert "还没有填报过。" in min_.window()
    min_.fill(value="十五", note="两家在谈")
    assert min_.submit() == {}
    assert "已记录：15 customers，达成 50%。" in min_.window()
    leave(min_)
    min_.command("/goal update")
    min_.touch("更新进度")
    assert "上次：15 customers（3月2日（周一））。" in min_.window()
    assert min_.field("value") == ""  # what stood last is shown, not proposed
    min_.fill(value="14")
    assert min_.submit() == {}
    shown = card(min_, "打开")
    assert "14 customers\n手动填写，张敏" in shown
    assert "更正前：15 customers（手动填写，张敏" in shown


def test_the_one_more_of_an_old_screen_adds_nothing(running: Any) -> None:
    goal = give(running, "kavya", CUSTOMERS)
    kavya, wei = running.player("kavya"), running.player("chenwei")
    kavya.command("/goal update")
    wei.command("/perf")
    report(running, "chenwei", goal, "12")  # meanwhile, from elsewhere
    kavya.touch("+1")
    assert "It stands at 12 customers already, so nothing was added." in kavya.window()
    assert values(running, goal) == ["12"]


def test_a_day_is_the_reporters_own_and_nobody_further_west_reports_behind_it(running: Any) -> None:
    goal = give(running, "lina", CUSTOMERS)
    running.to(datetime(2026, 3, 2, 17, tzinfo=UTC))  # Tuesday in Shanghai, Monday in Berlin
    report(running, "lina", goal, "12")
    report(running, "anna", goal, "13")
    assert values(running, goal) == ["13"]


def test_milestones_are_reached_one_by_one(running: Any) -> None:
    give(running, "kavya", PILOT)
    kavya = running.player("kavya")
    kavya.command("/goal update")
    kavya.touch("Next one reached")
    assert "Noted: 1 of 3: Pilot." in kavya.window()
    check_in(kavya, value="3")
    assert "3 of 3: All shops" in card(kavya)
    assert "Attainment: 100%" in kavya.window()


def test_a_wrong_value_is_corrected_and_both_stay(running: Any) -> None:
    give(running, "kavya", CUSTOMERS)
    kavya = running.player("kavya")
    check_in(kavya, value="21")
    card(kavya)
    kavya.touch("Correct")
    assert "What stood before stays in the history" in kavya.window()
    assert "For Monday 2 March it says: 21 customers." in kavya.window()
    kavya.fill(value="12", note="Turned around")
    assert kavya.submit() == {}
    assert "Corrected: 12 customers instead of 21 customers." in kavya.window()
    shown = card(kavya)
    assert "12 customers\nby hand, Kavya Iyer" in shown
    assert "“Turned around”" in shown
    assert "Before: 21 customers (check-in, Kavya Iyer" in shown


def test_a_manager_who_corrects_a_value_has_its_owner_told(bare_town: Any) -> None:
    town = bare_town
    launch(town)
    town.to(ON)
    goal = give(town, "kavya", CUSTOMERS)
    wei, kavya = town.player("chenwei"), town.player("kavya")
    check_in(kavya, value="21")
    wei.command("/checkin team")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("打开", beside="目前：21 customers")
    wei.touch("更正")
    wei.fill(value="12", note="写反了")
    assert wei.submit() == {}
    assert "已更正：21 customers 改为 12 customers。" in wei.window()
    town.to(ON + DAY)
    assert "陈伟 corrected a value of one of your goals." in kavya.messages()[-1]
    assert goal.title not in kavya.messages()[-1]


def test_a_late_change_of_the_check_in_corrects_the_day_it_was_sent(running: Any) -> None:
    goal = give(running, "kavya", CUSTOMERS)
    kavya = running.player("kavya")
    check_in(kavya, value="12")
    running.to(ON + 4 * DAY)
    report(running, "kavya", goal, "15")
    kavya.command("/checkin")
    kavya.touch("Edit", beside="Where does it stand now")
    kavya.fill(value="13")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    assert "Sent" in kavya.window()
    shown = card(kavya)
    assert "Value: 15 customers" in shown  # what was said later is not touched
    assert "Monday 2 March\n13 customers" in shown
    assert "Before: 12 customers (check-in, Kavya Iyer, Monday 2 March" in shown


def test_a_change_of_other_words_leaves_a_corrected_value_alone(running: Any) -> None:
    goal = give(running, "kavya", CUSTOMERS)
    kavya = running.player("kavya")
    check_in(kavya, value="12")
    report(running, "chenwei", goal, "11")
    kavya.command("/checkin")
    kavya.touch("Edit", beside="What is next?")
    kavya.fill(next="Something else")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    assert values(running, goal) == ["11"]


def test_key_results_are_asked_for_with_confidence_instead_of_their_objective(running: Any) -> None:
    objective = give(running, "kavya", Terms("Delight travellers", shape="objective", method="okr"))
    result = Terms("Rating", method="okr", unit="stars", baseline=Decimal(3), target=Decimal(5))
    give(running, "kavya", replace(result, parent=objective.id))
    kavya = running.player("kavya")
    check_in(kavya, value="4", confidence="7")
    kavya.command("/goal update")
    assert "Delight travellers" not in kavya.window()
    shown = card(kavya)
    for words in ("Attainment: 50%", "Confidence: 7/10", "score 0.5"):
        assert words in shown
    kavya.touch("Goal above")
    assert "Key results" in kavya.window()
    assert "50% done · score 0.5" in kavya.window()


def test_a_draft_is_not_asked_about_and_takes_no_value(running: Any) -> None:
    goal = give(running, "kavya", DRAFT, state="draft")
    kavya = running.player("kavya")
    kavya.command("/checkin")
    kavya.fill(done="Work", next="More work")
    assert kavya.submit() == {}
    assert "Sent" in kavya.window()
    with pytest.raises(Refusal, match="is not proposed"):
        opens(running, "kavya", "goal-progress", goal.key)


def test_an_imported_value_is_shown_not_asked_for_and_a_hand_may_correct_it(running: Any) -> None:
    goal = give(running, "kavya", replace(CUSTOMERS, metric="crm.customers", measure="CRM"))
    imported(running, goal, "13")
    kavya = running.player("kavya")
    kavya.command("/checkin")
    kavya.fill(done="Work", next="More work")
    assert kavya.submit() == {}
    assert "Imported: 13 customers, 2026-W09." in kavya.window()
    assert "Where does it stand now" not in kavya.window()
    assert "imported from a file" in card(kavya)
    assert "The value of “Win customers” is imported." in kavya.window()
    kavya.touch("Correct")
    kavya.fill(value="12", note="One was counted twice")
    assert kavya.submit() == {}
    imported(running, goal, "13")  # the same file once more
    assert "Value: 12 customers" in card(kavya)
    imported(running, goal, "14")
    assert "Value: 14 customers" in card(kavya)


def test_steps_ask_for_resources_and_the_manager_decides_on_each(running: Any) -> None:
    give(running, "kavya", CUSTOMERS)
    kavya, wei = running.player("kavya"), running.player("chenwei")
    card(kavya)
    kavya.touch("Action steps")
    kavya.fill(
        what1="Call ten firms", until1="2026-03-06", needs1="A phone list", what2="Visit two", needs2="A car"
    )
    assert kavya.submit() == {}
    assert "Kept: 2 steps. 陈伟 is asked for what they need." in kavya.window()
    running.to(ON + DAY)
    (told,) = [text for text in wei.messages() if "为目标向你申请" in text]
    assert "Kavya Iyer 为目标向你申请 2 项资源。" in told
    assert "A car" not in told
    assert "Win customers" not in told
    wei.press("打开", message=wei.messages().index(told))
    wei.touch("批准")
    assert "已批准" in wei.window()
    wei.touch("附说明")
    assert "Kavya Iyer 为“Visit two”申请：A car。" in wei.window()
    wei.fill(decision="declined", word="请坐地铁")
    assert wei.submit() == {}
    running.to(ON + 3 * DAY)
    assert "陈伟 granted what a step of your goal needs." in kavya.messages()[-1]
    assert "陈伟 declined what a step of your goal needs." in kavya.messages()[-1]
    assert "A car" not in kavya.messages()[-1]
    shown = card(kavya)
    assert "takes: A phone list · granted" in shown
    assert "takes: A car · declined" in shown
    assert "陈伟: “请坐地铁”" in shown


def test_the_weeks_steps_stand_in_the_check_in_and_are_ticked_there(running: Any) -> None:
    give(running, "kavya", CUSTOMERS)
    kavya = running.player("kavya")
    card(kavya)
    kavya.touch("Action steps")
    kavya.fill(what1="Call ten firms", until1="2026-03-06", what2="Visit two", until2="2026-03-20")
    assert kavya.submit() == {}
    step = steps(running, "kavya")[0]
    leave(kavya)
    kavya.command("/checkin")
    kavya.fill(done="Work", next="More work")
    assert kavya.submit() == {}
    assert "Call ten firms (until Friday 6 March)" in kavya.window()
    assert "Visit two" not in kavya.window()
    kavya.fill(health="on_track", steps=[str(step.id)])
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    assert "done on Monday 2 March" in card(kavya)
    leave(kavya)
    wei = running.player("chenwei")
    wei.command("/checkin team")
    wei.touch("打开", beside="Kavya Iyer")
    assert "已完成的步骤: Call ten firms" in wei.window()
    card(kavya)
    kavya.touch("Done", beside="Visit two")
    assert "Done: Visit two." in kavya.window()
    assert all(one.done_on for one in steps(running, "kavya"))


def test_the_manager_decides_from_the_report_too(running: Any) -> None:
    give(running, "kavya", CUSTOMERS)
    kavya, wei = running.player("kavya"), running.player("chenwei")
    card(kavya)
    kavya.touch("Action steps")
    kavya.fill(what1="Visit two", needs1="A car")
    assert kavya.submit() == {}
    check_in(kavya, value="12")
    wei.command("/checkin team")
    assert "目标资源申请: Kavya Iyer (1)" in wei.window()
    wei.touch("打开", beside="Kavya Iyer")
    assert "为“Visit two”申请：A car" in wei.window()
    wei.touch("婉拒")
    assert "为“Visit two”申请" not in wei.window()
    assert "declined" in card(kavya)


def test_a_private_goals_card_is_for_its_owner_and_the_line(running: Any) -> None:
    goal = give(running, "kavya", replace(CUSTOMERS, visibility="private"))
    shared = give(running, "kavya", CUSTOMERS)
    allowed = {
        name: sees(running, name, "goal-card", goal.key)
        for name in ("kavya", "chenwei", "anna", "jonas", "marta", "daniel")
    }
    assert allowed == {
        "kavya": True,
        "chenwei": True,
        "anna": True,
        "jonas": False,
        "marta": False,
        "daniel": False,
    }
    assert sees(running, "jonas", "goal-card", shared.key)  # of the team, for whom it is to be seen
    assert not sees(running, "daniel", "goal-card", shared.key)
    assert not opens(running, "jonas", "goal-progress", shared.key)
    assert not opens(running, "jonas", "goal-steps", shared.key)


def test_who_only_shares_a_goal_sees_its_numbers_and_nothing_of_the_talk_about_them(bare_town: Any) -> None:
    town = bare_town
    launch(town)
    town.to(ON)
    goal = give(town, "kavya", replace(CUSTOMERS, visibility="public"))
    kavya = town.player("kavya")
    check_in(kavya, value="12")
    card(kavya)
    kavya.touch("Correct")
    kavya.fill(value="13", note="A trial became a customer")
    assert kavya.submit() == {}
    card(kavya)
    kavya.touch("Action steps")
    kavya.fill(what1="Visit two", needs1="A car")
    assert kavya.submit() == {}
    talk = ("A trial became a customer", "12 customers", "Visit two", "A car")
    for name, within in (("chenwei", True), ("anna", True), ("jonas", False), ("marta", False)):
        shown = words_of(town, name, goal)
        assert "13 customers" in shown
        assert "30%" in shown
        assert [words in shown for words in talk] == [within] * len(talk)


def words_of(town: Any, name: str, goal: Goal) -> str:
    """All that stands on the goal's card for that reader, in English."""

    def look(records: Any) -> str:
        actor = records.people.by_email(f"{name}@example.com")
        return "\n".join(lines(goal_card.screen(records, actor, (goal.key,), town.now()).body, "en"))

    found: str = town.records(look)
    return found


def test_the_digest_names_whose_goals_need_something_and_no_goal(bare_town: Any) -> None:
    town = bare_town
    launch(town)
    town.to(ON)
    goal = give(town, "kavya", CUSTOMERS)
    town.records(lambda records: records.signals.begin([Signal(goal.id, "drop", town.now())]))
    wei = town.player("chenwei")
    wei.command("/checkin team")
    assert "需要关注的目标: Kavya Iyer (1)" in wei.window()
    town.records(lambda records: records.steps.save(ActionStep(0, goal.id, "Visit two", needs="A car")))
    town.to(datetime(2026, 3, 6, 8, 1, tzinfo=UTC))  # 16:01 in Shanghai
    (digest,) = [text for text in wei.messages() if "团队周报" in text]
    assert "需要关注的目标" not in digest  # the look of the night found no drop
    assert "目标资源申请: Kavya Iyer (1)" in digest
    assert not [words for words in (goal.title, "Visit two", "A car") if words in digest]


def test_every_way_on_from_a_card_leads_somewhere(bare_town: Any) -> None:
    town = bare_town
    launch(town)
    town.to(ON)
    parent = give(town, "chenwei", replace(CUSTOMERS, visibility="public"))
    terms = replace(CUSTOMERS, title="Win mine", parent=parent.id, rule="sum")
    goal = give(
        town,
        "kavya",
        terms,
        state="agreed",
        pending=replace(terms, target=Decimal(30)),
        asked_by=town.player("kavya").person.id,
    )
    for name, labels in {
        "kavya": {"+1", "Update", "Change", "Action steps", "Goal above", "In the tree", "History",
                  "Keep as agreed"},
        "chenwei": {"+1", "更新进度", "答复", "修改", "上级目标", "在目标树中", "历史"},
        "jonas": {"Goal above", "In the tree", "History"},
    }.items():  # fmt: skip
        assert sees(town, name, "goal-card", goal.key)
        buttons = buttons_of(town, name, goal)
        assert {words.say(town.player(name).person.language) for words, _ in buttons} == labels
        for words, act in buttons:
            if act.verb == "see":
                assert sees(town, name, *act.about), words
            elif act.verb == "open":
                assert opens(town, name, *act.about), words


def buttons_of(town: Any, name: str, goal: Goal) -> list[tuple[Words, Act]]:
    """Every button on the goal's card, for that reader."""

    def look(records: Any) -> Any:
        actor = records.people.by_email(f"{name}@example.com")
        return goal_card.screen(records, actor, (goal.key,), town.now())

    screen: Screen = town.records(look)
    rows = [button for element in screen.body if isinstance(element, Buttons) for button in element.buttons]
    return [(button.label, button.act) for button in rows]


def values(town: Any, goal: Goal) -> list[str]:
    """What stands for the goal, by day."""
    found = town.records(lambda records: records.readings.of([series_of(goal)]))
    return [f"{reading.value}" for reading in found.get(series_of(goal), [])]


def report(town: Any, name: str, goal: Goal, value: str) -> None:
    """Somebody reports a number by the form, wherever they are."""
    town.records(
        lambda records: keep_value(
            records,
            records.people.by_email(f"{name}@example.com"),
            goal.key,
            {"value": Decimal(value)},
            town.now(),
        )
    )


def imported(town: Any, goal: Goal, value: str) -> None:
    """The numbers of a file."""
    series = metric_series(goal.terms.metric, "person", goal.person)
    reading = Reading(0, series, "2026-W09", date(2026, 3, 1), Decimal(value), "import", town.now())
    town.records(lambda records: records.readings.keep([reading]))


def steps(town: Any, name: str) -> list[ActionStep]:
    def work(records: Any) -> Any:
        goals = records.goals.of_person(records.people.by_email(f"{name}@example.com").id)
        return records.steps.of_goals([goal.id for goal in goals])

    found: list[ActionStep] = town.records(work)
    return found
