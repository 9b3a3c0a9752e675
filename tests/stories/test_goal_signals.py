"""A drop in orders is noticed: one sentence to whose goal it is, a week later one to their manager, and never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.core.words import Words
from flows.cycle.template import Phase
from flows.goals.kept import Goal, Reading, Terms
from flows.goals.measure.series import metric_series, series_of
from flows.goals.signals.looking import look, plan_look
from tests.stories.quarter import QUARTER, launch

DAY = timedelta(days=1)
CALM = replace(QUARTER, phases=(Phase("goals", Words("Goals", "目标"), 0, 91),))
"""A quarter in which nobody is asked for anything."""
BEFORE = date(2026, 1, 12)  # the first day of which there are orders
FALL = date(2026, 3, 16)
BACK = date(2026, 4, 2)
WEEK = (120, 112, 101, 106, 131, 62, 43)
ORDERS = Terms("Parcels sent on time", unit="orders", target=Decimal(3000), metric="orders", gather="sum")
DROPPED = "“Parcels sent on time” has dropped suddenly"


def orders(day: date) -> Decimal:
    """What comes in on a day: a week's rhythm and a little chance; a third of it after the fall."""
    usual = WEEK[day.weekday()] + day.toordinal() * 7 % 9 - 4
    return Decimal(usual if not FALL <= day < BACK else usual // 3)


@pytest.fixture
def selling(quiet_town: Any) -> Any:
    """A live quarter in which Kavya's orders have been counted for weeks."""
    launch(quiet_town, template=CALM)
    own(quiet_town, ORDERS)
    day = BEFORE
    while day < date(2026, 3, 2):
        bring(quiet_town, day)
        day += DAY
    return quiet_town


def own(town: Any, terms: Terms) -> Goal:
    """An agreed goal of Kavya's in the live cycle."""

    def work(records: Any) -> Goal:
        cycle = records.cycles.in_state("live")[0].id
        kavya = records.people.by_email("kavya@example.com").id
        goal: Goal = records.goals.save(Goal(0, kavya, terms, cycle, changed_at=town.now()))
        return goal

    made: Goal = town.records(work)
    return made


def bring(town: Any, day: date) -> None:
    """The day's orders come in, as an import brings them."""

    def work(records: Any) -> None:
        kavya = records.people.by_email("kavya@example.com").id
        series = metric_series("orders", "person", kavya)
        now = town.now()
        records.readings.keep([Reading(0, series, day.isoformat(), day, orders(day), "import", now)])
        plan_look(records, ["orders"], now)

    town.records(work)


def live_until(town: Any, last: date) -> None:
    """Every evening the day's orders come in, every morning is a working day of the company."""
    while town.now().date() <= last:
        day = town.now().date()
        town.to(datetime(day.year, day.month, day.day, 16, tzinfo=UTC))
        bring(town, day)
        town.settle()
        following = day + DAY
        town.to(datetime(following.year, following.month, following.day, 9, 30, tzinfo=UTC))


def told(player: Any, words: str) -> list[str]:
    """The messages of somebody in which these words stand."""
    return [message for message in player.messages() if words in message]


def signals(town: Any) -> list[str]:
    return [one.kind for one in town.records(lambda records: records.signals.standing(0, 10))]


def test_a_drop_in_orders_is_noticed(selling: Any) -> None:
    kavya, wei = selling.player("kavya"), selling.player("chenwei")
    live_until(selling, date(2026, 3, 15))
    assert not told(kavya, "has dropped")  # ordinary weeks, each with its Sunday, are no drop
    assert signals(selling) == []
    live_until(selling, date(2026, 3, 21))
    assert signals(selling) == ["drop"]
    [message] = told(kavya, DROPPED)
    assert "Worth a look: “Parcels sent on time” has dropped suddenly." in message
    assert not told(wei, "突然下滑")  # it is hers to look at first
    live_until(selling, date(2026, 3, 31))
    [message] = told(wei, "突然下滑")
    assert "也许需要你的支持：Kavya Iyer的“Parcels sent on time”突然下滑。" in message
    live_until(selling, date(2026, 4, 8))
    assert signals(selling) == []  # the orders are back
    assert len(told(kavya, "has dropped")) == 1
    assert len(told(wei, "突然下滑")) == 1


LEARN = Terms("Learn Portuguese", unit="lessons", target=Decimal(10))
PRIVATE = Terms("Get well again", shape="yes_no", visibility="private")
QUIET = "no update for three weeks"


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def quiet(bare_quiet_town: Any) -> Any:
    """A live quarter in which Kavya has two goals of which nothing is said, one of them private."""
    launch(bare_quiet_town, template=CALM)
    own(bare_quiet_town, LEARN)
    own(bare_quiet_town, PRIVATE)
    return bare_quiet_town


def change(town: Any, **what: Any) -> None:
    """Change something about Kavya in the directory."""

    def work(records: Any) -> None:
        records.people.save(replace(records.people.by_email("kavya@example.com"), **what))

    town.records(work)


def test_several_goals_make_one_sentence_and_a_private_one_has_no_name(quiet: Any) -> None:
    kavya = quiet.player("kavya")
    quiet.to(at_noon(date(2026, 3, 22)))
    assert not told(kavya, QUIET)
    for day in (25, 26, 27, 31):
        quiet.to(at_noon(date(2026, 3, day)))
    [message] = told(kavya, QUIET)
    assert "Worth a look: “Learn Portuguese”, a private goal have had no update for three weeks." in message
    assert not [text for player in quiet.players.values() for text in player.messages() if "Get well" in text]


def test_a_word_ends_the_silence(quiet: Any) -> None:
    def work(records: Any) -> None:
        goals = records.goals.of_person(records.people.by_email("kavya@example.com").id)
        day = quiet.now().date()
        series = [series_of(goal) for goal in goals]
        records.readings.keep(
            [Reading(0, name, day.isoformat(), day, Decimal(5), "goal", quiet.now()) for name in series]
        )
        look(records, goals, quiet.now())

    quiet.to(at_noon(date(2026, 3, 25)))
    assert signals(quiet) == ["silent", "silent"]
    quiet.records(work)
    assert signals(quiet) == []


def test_nobody_on_leave_is_asked_for_news(quiet: Any) -> None:
    change(quiet, away=((date(2026, 3, 9), date(2026, 3, 28)),))
    quiet.to(at_noon(date(2026, 4, 9)))
    quiet.to(at_noon(date(2026, 4, 10)))
    assert signals(quiet) == []
    assert not told(quiet.player("kavya"), QUIET)


def test_a_paused_cycle_says_nothing(quiet: Any) -> None:
    def pause(records: Any) -> None:
        [cycle] = records.cycles.in_state("live")
        records.cycles.save(replace(cycle, paused_at=quiet.now()))

    quiet.to(at_noon(date(2026, 3, 16)))
    quiet.records(pause)
    for day in (25, 26, 27, 31):
        quiet.to(at_noon(date(2026, 3, day)))
    assert not told(quiet.player("kavya"), QUIET)


def test_whoever_has_left_has_no_signals(quiet: Any) -> None:
    quiet.to(at_noon(date(2026, 3, 25)))
    change(quiet, active=False)
    quiet.to(at_noon(date(2026, 3, 27)))
    assert signals(quiet) == []


def test_what_is_withdrawn_has_no_signals(quiet: Any) -> None:
    def withdraw(records: Any) -> None:
        kavya = records.people.by_email("kavya@example.com").id
        gone = [replace(goal, state="withdrawn") for goal in records.goals.of_person(kavya)]
        look(records, [records.goals.save(goal) for goal in gone], quiet.now())

    quiet.to(at_noon(date(2026, 3, 25)))
    quiet.records(withdraw)
    assert signals(quiet) == []
