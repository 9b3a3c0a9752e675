"""People join, leave, move and stand in for each other while a cycle runs: each hears of it once, and in the right place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.cycle.people.changes import person_changed
from tests.cycle.live_cycle import launched
from tests.stories.conftest import opened

WEDNESDAY = datetime(2026, 3, 4, 15, tzinfo=UTC)  # the working day in Europe, and before it ends in Asia
THURSDAY, FRIDAY = WEDNESDAY + timedelta(days=1), WEDNESDAY + timedelta(days=2)


@pytest.fixture
def cycle_town(quiet_town: Any) -> Any:
    """The sample company on a Wednesday in the middle of a cycle; its HR lead reads English. Felix is yet to come."""
    return begun(quiet_town)


@pytest.fixture
def bare_cycle_town(bare_quiet_town: Any) -> Any:
    return begun(bare_quiet_town)


def begun(town: Any) -> Any:
    def begin(records: Any) -> None:
        hr = records.people.by_email("liufang@example.com")
        records.people.save(replace(hr, language="en"))
        felix = records.people.by_email("felix@example.com")
        records.people.save(replace(felix, active=False))
        launched(records, hr.id, None, town.now())

    town.records(begin)
    town.to(WEDNESDAY)
    return town


def change(town: Any, name: str, **to: Any) -> None:
    """What the directory tells of somebody."""

    def work(records: Any) -> None:
        before = records.people.by_email(f"{name}@example.com")
        person_changed(records, before, records.people.save(replace(before, **to)), town.now())

    town.records(work)


def named(town: Any, name: str) -> Any:
    return town.records(lambda records: records.people.by_email(f"{name}@example.com"))


def review_of(town: Any, name: str) -> Any:
    """The open manager review about somebody."""
    about = named(town, name).id
    tasks = town.records(lambda records: records.tasks.open_about([about]))
    found = [task for task in tasks if task.subject == "manager"]
    assert len(found) <= 1
    return found[0] if found else None


def last_with(town: Any, name: str, words: str) -> int:
    """Where the newest message with these words stands among somebody's."""
    messages = town.player(name).messages()
    return max(number for number, text in enumerate(messages) if words in text)


def test_a_joiner_is_included_and_asked(cycle_town: Any) -> None:
    change(cycle_town, "felix", active=True)
    cycle_town.to(THURSDAY)
    hr, felix = cycle_town.player("liufang"), cycle_town.player("felix")
    hr.press("Decide", last_with(cycle_town, "liufang", "1 person has joined who is not in Q1 yet."))
    assert "Felix Braun" in hr.window()
    assert not any("Self review" in text for text in felix.messages())
    hr.touch("Include")
    assert "Felix Braun takes part." in hr.window()
    assert "Nobody waits for a decision." in hr.window()
    cycle_town.to(FRIDAY)
    assert "Self review" in felix.messages()[-1]
    assert review_of(cycle_town, "felix").person == named(cycle_town, "anna").id


def test_a_joiner_who_is_left_out_hears_nothing(cycle_town: Any) -> None:
    change(cycle_town, "felix", active=True)
    cycle_town.to(THURSDAY)
    hr = cycle_town.player("liufang")
    hr.press("Decide", last_with(cycle_town, "liufang", "has joined"))
    leave_out = hr.later("Decide", last_with(cycle_town, "liufang", "has joined"))
    hr.touch("Leave out")
    assert "Felix Braun takes no part." in hr.window()
    cycle_town.to(FRIDAY)
    assert cycle_town.player("felix").messages() == []
    leave_out()
    assert "Nobody waits" in hr.window()


def test_a_leaver_hears_nothing_more_and_nobody_is_asked_about_them(cycle_town: Any) -> None:
    before = len(cycle_town.player("daniel").messages())
    assert review_of(cycle_town, "daniel").person == named(cycle_town, "emily").id
    change(cycle_town, "daniel", active=False)
    cycle_town.to(WEDNESDAY + timedelta(days=11))
    assert len(cycle_town.player("daniel").messages()) == before
    assert review_of(cycle_town, "daniel") is None
    assert "2 people" not in cycle_town.player("emily").messages()[-1]


def test_a_managers_people_go_to_the_managers_manager_when_they_leave(cycle_town: Any) -> None:
    change(cycle_town, "emily", active=False)
    cycle_town.to(THURSDAY)
    rafael = cycle_town.player("rafael")
    assert "Manager review · Q1" in rafael.messages()[-1]
    for name in ("daniel", "ana"):
        assert review_of(cycle_town, name).person == named(cycle_town, "rafael").id


def test_a_transfer_keeps_counting_where_they_were_at_launch(bare_cycle_town: Any) -> None:
    change(bare_cycle_town, "jonas", department="Operations", level="L5")
    jonas = named(bare_cycle_town, "jonas")
    (place,) = bare_cycle_town.records(lambda records: records.participants.of_person(jonas.id))
    assert (place.department, place.level) == ("Engineering", "L4")
    (line,) = bare_cycle_town.records(
        lambda records: records.audit.latest("participant.transfer", WEDNESDAY - timedelta(days=1))
    )
    assert line[2] == {"department": "Operations", "level": "L5", "counts_in": "Engineering"}


def test_a_new_manager_takes_over_in_the_middle_of_a_review(cycle_town: Any) -> None:
    emily = cycle_town.player("emily")
    old = last_with(cycle_town, "emily", "Manager review · Q1: 2 people")
    change(cycle_town, "daniel", manager=named(cycle_town, "rafael").id)
    change(cycle_town, "ana", manager=named(cycle_town, "rafael").id)
    cycle_town.to(THURSDAY)
    assert not [
        label for label in emily.buttons(old) if "review" in label.lower() and "self" not in label.lower()
    ]
    assert "Manager review · Q1" in cycle_town.player("rafael").messages()[-1]
    assert review_of(cycle_town, "ana").owner == named(cycle_town, "rafael").id


def test_a_manager_on_leave_is_stood_in_for_until_they_return(cycle_town: Any) -> None:
    emily, rafael = cycle_town.player("emily"), cycle_town.player("rafael")
    emily.command("/perf away")
    emily.fill(first="2026-03-05", last="2026-03-20")
    assert emily.submit() == {}
    assert "nothing is asked of you" in emily.window()
    assert review_of(cycle_town, "ana").person == named(cycle_town, "emily").id
    cycle_town.to(FRIDAY)
    assert review_of(cycle_town, "ana").person == named(cycle_town, "rafael").id
    assert "Manager review" in rafael.messages()[-1]
    hr = cycle_town.player("liufang")
    assert any("Emily Carter is away until Friday 20 March" in text for text in hr.messages())
    emily.command("/perf back")
    assert review_of(cycle_town, "ana").person == named(cycle_town, "emily").id


def test_a_deputy_does_it_for_a_time_and_it_comes_back(cycle_town: Any) -> None:
    emily, jonas = cycle_town.player("emily"), cycle_town.player("jonas")
    deputize(cycle_town, "emily", "jonas", "2026-03-04", "2026-03-06")
    assert "Jonas Weber stands in for you" in emily.window()
    cycle_town.to(THURSDAY)
    assert "Emily Carter has named you as their deputy" in jonas.messages()[-1]
    assert review_of(cycle_town, "ana").person == named(cycle_town, "jonas").id
    cycle_town.to(datetime(2026, 3, 9, 15, tzinfo=UTC))
    assert review_of(cycle_town, "ana").person == named(cycle_town, "emily").id


def test_a_delegation_is_ended_from_its_list(cycle_town: Any) -> None:
    emily = cycle_town.player("emily")
    deputize(cycle_town, "emily", "jonas", "2026-03-04", "2026-03-20")
    emily.command("/perf deputies")
    assert "Jonas Weber" in emily.window()
    emily.touch("End it now")
    assert "is yours again" in emily.window()
    assert "Nobody stands in for you" in emily.window()
    assert review_of(cycle_town, "ana").person == named(cycle_town, "emily").id


@pytest.mark.parametrize(
    ("deputy", "first", "last", "words"),
    [
        ("emily", "2026-03-05", "2026-03-06", "You can't stand in for yourself"),
        ("jonas", "2026-03-02", "2026-03-06", "is over already"),
        ("jonas", "2026-03-06", "2026-03-05", "before the first"),
        ("jonas", "2026-03-05", "2027-06-05", "more than a year"),
        ("kavya", "2026-03-05", "2026-03-06", "duties are never passed on"),
    ],
)
def test_a_delegation_that_can_not_be_says_why_and_keeps_what_was_typed(
    bare_cycle_town: Any, deputy: str, first: str, last: str, words: str
) -> None:
    deputize(bare_cycle_town, "kavya", "arjun", "2026-03-05", "2026-03-10")
    deputize(bare_cycle_town, "emily", deputy, first, last)
    emily = bare_cycle_town.player("emily")
    assert words in emily.window()
    assert review_of(bare_cycle_town, "ana").person == named(bare_cycle_town, "emily").id
    emily.close()
    emily.command("/perf deputy")
    assert emily.field("first") == first


def test_a_deputys_deputy_gets_nothing(bare_cycle_town: Any) -> None:
    deputize(bare_cycle_town, "emily", "jonas", "2026-03-04", "2026-03-20")
    deputize(bare_cycle_town, "jonas", "arjun", "2026-03-04", "2026-03-20")
    assert "You stand in for somebody yourself" in bare_cycle_town.player("jonas").window()
    assert review_of(bare_cycle_town, "ana").person == named(bare_cycle_town, "jonas").id


def test_without_a_manager_hr_is_asked_and_names_one(cycle_town: Any) -> None:
    change(cycle_town, "daniel", manager=None)
    assert review_of(cycle_town, "daniel") is None
    cycle_town.to(THURSDAY)
    hr = cycle_town.player("liufang")
    hr.press("Name a manager", last_with(cycle_town, "liufang", "no manager in Q1"))
    hr.touch("Name a manager", beside="Daniel Brooks")
    hr.fill(manager=cycle_town.mention("daniel"))
    hr.submit()
    assert "Daniel Brooks can't review Daniel Brooks" in hr.window()
    hr.close()
    hr.press("Name a manager", last_with(cycle_town, "liufang", "no manager in Q1"))
    hr.touch("Name a manager", beside="Daniel Brooks")
    hr.fill(manager=cycle_town.mention("rafael"))
    hr.submit()
    assert "Rafael Souza reviews Daniel Brooks in Q1." in hr.window()
    assert review_of(cycle_town, "daniel").person == named(cycle_town, "rafael").id
    cycle_town.to(FRIDAY)
    assert "review Daniel Brooks" in cycle_town.player("rafael").messages()[-1]


def test_hr_who_take_part_themselves_decide_nothing_about_themselves(cycle_town: Any) -> None:
    change(cycle_town, "liufang", manager=None)
    cycle_town.to(THURSDAY)
    hr = cycle_town.player("liufang")
    hr.press("Name a manager", last_with(cycle_town, "liufang", "no manager in Q1"))
    assert "another HR colleague has to name your manager" in hr.window()
    with pytest.raises(AssertionError):
        hr.touch("Name a manager", beside="刘芳")


def test_whoever_is_not_hr_decides_nothing(bare_cycle_town: Any) -> None:
    from bot.exchange import Press, Say
    from flows.core.screen import Act

    change(bare_cycle_town, "felix", active=True)
    felix, jonas = named(bare_cycle_town, "felix"), bare_cycle_town.player("jonas")
    deputize(bare_cycle_town, "emily", "kavya", "2026-03-04", "2026-03-20")
    for act in (
        Act("see", ("cycle-joiners", "1")),
        Act("see", ("cycle-unled", "1")),
        Act("do", ("joiner-include", "1", str(felix.id))),
        Act("do", ("joiners-all", "1", "in")),
        Act("open", ("cycle-manager", f"1/{jonas.person.id}")),
        Act("do", ("deputy-end", "1")),
        Act("do", ("deputy-end", "x")),
        Act("open", ("cycle-manager", "1/x/2")),
    ):
        reply = bare_cycle_town.receive(jonas.person.account, Press(act, "message"))
        assert isinstance(reply.what, Say), act
        assert "nothing here for you" in reply.what.words.en, act
    assert review_of(bare_cycle_town, "ana").person == named(bare_cycle_town, "kavya").id


@pytest.fixture
def slack_town(tmp_path: Path) -> Iterator[Any]:
    for town in opened("slack", tmp_path, running_programme=False):
        yield begun(town)


def test_who_is_deactivated_in_slack_is_out_and_their_people_are_looked_after(slack_town: Any) -> None:
    in_loop(slack_town, lambda: slack_town.trial.workspace.world.deactivate("emily"))
    slack_town.settle()
    assert not named(slack_town, "emily").active
    assert review_of(slack_town, "ana").person == named(slack_town, "rafael").id
    before = slack_town.player("emily").messages()
    slack_town.to(FRIDAY)
    assert len(slack_town.player("emily").messages()) == len(before)


def test_a_lost_deactivation_is_found_when_a_message_does_not_arrive(slack_town: Any) -> None:
    world = slack_town.trial.workspace.world
    whose = world.user("daniel")
    in_loop(slack_town, lambda: deactivate_silently(world, whose))
    assert named(slack_town, "daniel").active
    slack_town.to(datetime(2026, 3, 12, 20, tzinfo=UTC))  # three days before the self review is due
    assert not named(slack_town, "daniel").active
    assert review_of(slack_town, "daniel") is None


def deactivate_silently(world: Any, whose: Any) -> None:
    """As `deactivate`, with the event lost on its way."""
    fire, world.fire = world.fire, lambda *_: None
    try:
        world.deactivate(whose.id)
    finally:
        world.fire = fire


def in_loop(town: Any, work: Callable[[], object]) -> None:
    async def run() -> None:
        work()

    town.run(run())


def deputize(town: Any, whose: str, deputy: str, first: str, last: str) -> None:
    """Name a deputy in the form."""
    assert date.fromisoformat(first)
    player = town.player(whose)
    player.command("/perf deputy")
    player.fill(deputy=town.mention(deputy), first=first, last=last)
    assert player.submit() == {}
