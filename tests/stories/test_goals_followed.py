"""The tasks about goals follow these goals, whatever else happens to the people and to the cycle."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flows.cycle.planning import take_in, take_out
from flows.goals.agreeing.following import follow
from tests.stories.quarter import ON, QUARTER, launch
from tests.stories.test_goals_agreed import (
    CRASHES,
    DAY,
    START,
    agree_tasks,
    agreed,
    change,
    goals_of,
    message_with,
    named,
    proposed,
    put,
)


def own_task(town: Any, name: str, cycle: int) -> Any:
    person = named(town, name).id
    return town.records(lambda records: records.tasks.find("goals", cycle, person, "goals"))


def answers(town: Any, name: str, cycle: int) -> list[Any]:
    """Every task of answering about somebody, in whatever state."""
    person = named(town, name).id
    found: list[Any] = town.records(lambda records: records.tasks.of_about("agree", cycle, "goals", [person]))
    return found


def test_following_twice_acts_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town)
    town.to(ON)
    proposed(town, "jonas", cycle, CRASHES, START)
    jonas = named(town, "jonas").id
    before = (own_task(town, "jonas", cycle), answers(town, "jonas", cycle))
    assert (before[0].state, [task.state for task in before[1]]) == ("done", ["open"])
    for later in (0, 1, 60):
        moment = town.now() + timedelta(minutes=later)
        town.records(lambda records, now=moment: follow(records, cycle, jonas, now))
    assert (own_task(town, "jonas", cycle), answers(town, "jonas", cycle)) == before


def test_what_is_withdrawn_before_an_answer_asks_nobody(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town)
    town.to(ON)
    proposed(town, "jonas", cycle, CRASHES)
    jonas = town.player("jonas")
    jonas.command("/goal")
    jonas.touch("Open", beside="Fewer crashes")
    jonas.touch("Withdraw")
    assert [task.state for task in answers(town, "jonas", cycle)] == ["waived"]
    assert own_task(town, "jonas", cycle).state == "open"  # there is no goal left
    town.to(ON + DAY)
    assert not any("Jonas Weber在Q2" in text for text in town.player("chenwei").messages())
    proposed(town, "jonas", cycle, START)
    assert [task.state for task in answers(town, "jonas", cycle)] == ["open"]


def test_who_says_that_it_is_not_theirs_is_asked_again_only_by_something_new(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town)
    town.to(ON)
    (goal,) = proposed(town, "jonas", cycle, CRASHES)
    town.to(ON + DAY)
    wei = town.player("chenwei")
    wei.press("不适用", message_with(town, "chenwei", "Jonas Weber在Q2有 1 个目标等待你答复。"))
    wei.fill(reason="由安娜负责")
    assert wei.submit() == {}
    jonas = named(town, "jonas").id
    town.records(lambda records: follow(records, cycle, jonas, town.now()))
    assert [task.state for task in answers(town, "jonas", cycle)] == ["waived"]
    town.to(ON + DAY + timedelta(hours=1))
    put(town, "jonas", goal, replace(CRASHES, target=Decimal(9)))
    assert [task.state for task in answers(town, "jonas", cycle)] == ["open"]


def test_an_answer_that_never_comes_closes_and_can_still_be_given(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town)
    town.to(ON)
    (goal,) = proposed(town, "jonas", cycle, CRASHES)
    town.to(ON + 25 * DAY)
    assert [task.state for task in answers(town, "jonas", cycle)] == ["expired"]
    wei = town.player("chenwei")
    wei.command("/goal team")
    wei.touch("答复", beside="Jonas Weber")
    wei.touch("同意")
    assert goals_of(town, "jonas", cycle)[0].state == "agreed"
    put(town, "jonas", goal, START)
    assert [task.state for task in answers(town, "jonas", cycle)] == ["open"]


def test_who_is_taken_out_is_asked_about_no_more_and_again_when_they_are_back(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town)
    town.to(ON)
    proposed(town, "jonas", cycle, CRASHES)
    jonas = named(town, "jonas")

    def out(records: Any) -> None:
        take_out(records, records.cycles.get(cycle), jonas.id, "transferred", town.now())
        follow(records, cycle, jonas.id, town.now())

    town.records(out)
    assert agree_tasks(town, "jonas") == []
    town.records(lambda records: take_in(records, records.cycles.get(cycle), [jonas], town.now()))
    town.to(ON + timedelta(hours=1))
    assert [task.person for task in agree_tasks(town, "jonas")] == [named(town, "chenwei").id]


def test_a_leaver_is_followed_by_their_own_manager(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town)
    town.to(ON)
    proposed(town, "jonas", cycle, CRASHES)
    change(town, "chenwei", active=False)
    town.to(ON + timedelta(hours=1))
    assert [task.person for task in agree_tasks(town, "jonas")] == [named(town, "anna").id]
    change(town, "jonas", active=False)
    town.to(ON + timedelta(hours=2))
    assert agree_tasks(town, "jonas") == []


LATER = replace(QUARTER, phases=tuple(replace(one, starts=one.starts + 10) for one in QUARTER.phases))


def test_who_has_agreed_goals_before_the_phase_opens_is_not_asked_for_them(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town, "", LATER)
    town.to(ON)
    agreed(town, "jonas", cycle, CRASHES)
    assert own_task(town, "jonas", cycle) is None
    town.to(ON + 11 * DAY)
    assert own_task(town, "jonas", cycle).state == "done"
    assert not any("Please set your goals" in text for text in town.player("jonas").messages())
    assert any("Please set your goals" in text for text in town.player("felix").messages())
