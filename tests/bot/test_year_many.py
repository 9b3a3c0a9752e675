"""A hundred reports and very much of everything: each screen keeps Slack's limits, is quick, and says what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.exchange import Press, Reply, Show
from flows.core.screen import Act
from tests.bot.cycle_house import CycleHouse, account
from tests.bot.review_house import NOW
from tests.bot.test_cycles_drawn import check_drawn
from tests.bot.test_front_cycles import acts_of, screens_in, told
from tests.bot.test_reviews_many import all_parts, read
from tests.bot.year_house import APPEALS, REPORTS, counting, year_house_in

STATEMENTS = 60  # that a screen may run, however much stands on it
HOME = 200  # the home tab, which asks about each of seven cycles
SCREENS: dict[str, tuple[tuple[str, ...], ...]] = {
    "mei": (
        ("interviews",), ("meeting-list",), ("meeting", "team", "mei"), ("meeting", "pair", "lin"), ("rewards",),
        ("reward-team", "full"), ("plan-actions", "lin"), ("improvement-list",), ("trainings",), ("trainings", "90"),
        ("evidence-list",), ("evidence-list", "lin"), ("feedback-list",), ("praise-list",),
    ),
    "lin": (
        ("interviews",), ("plan",), ("plan-actions",), ("my-data",), ("evidence-list",), ("feedback-list",),
        ("praise-list",), ("suggestions",), ("meeting", "pair", "lin"), ("meeting", "team", "mei"), ("reward-mine",),
        ("meeting-list",), ("result", "full", "lin"),
    ),
    "hanna": (
        ("appeals",), ("appeal-figures",), ("suggestion-box",), ("data-requests",), ("payroll",),
        ("reward-cycle", "full"), ("rewards",), ("interview-overview",), ("improvement-list",), ("trainings",),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CycleHouse]:
    here = year_house_in(f"sqlite:///{tmp_path_factory.mktemp('year') / 'perfloop.db'}")
    yield here
    here.store.close()


def about_of(house: CycleHouse, about: tuple[str, ...]) -> tuple[str, ...]:
    """With the ids of people and cycles in the place of their names."""
    ids = {**house.cycles, **{name: person.id for name, person in house.people.items()}}
    return tuple(str(ids.get(one, one)) for one in about)


def pressed(house: CycleHouse, records: Any, who: str, act: Act) -> Reply:
    reply = house.front.receive(records, account(who), f"{who} {act}", Press(act, "modal", said={}), NOW)
    check_drawn(act, reply)
    return reply


@pytest.mark.parametrize("who", SCREENS)
def test_no_screen_asks_once_for_each_of_very_many(house: CycleHouse, who: str) -> None:
    for about in (("home",), *SCREENS[who]):
        with house.trying() as (records, _), counting(house) as asked:
            reply = pressed(house, records, who, Act("see", about_of(house, about)))
        assert isinstance(reply.what, Show)
        assert reply.what.screen.place is not None, about  # it is there, and not "that is not there"
        assert len(asked) <= (HOME if about == ("home",) else STATEMENTS), (about, len(asked))


@pytest.mark.parametrize("who", SCREENS)
def test_whatever_they_lead_to_is_within_the_limits(house: CycleHouse, who: str) -> None:
    todo = [Act("see", about_of(house, about)) for about in SCREENS[who]]
    kinds: dict[tuple[str, str], int] = {}
    while todo:
        act = todo.pop(0)
        kind = (act.verb, act.about[0] if act.about else "")
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 3 or act.verb not in ("see", "open"):
            continue
        with house.trying() as (records, _):
            reply = pressed(house, records, who, act)
        todo += [more for screen in screens_in(reply) for more in acts_of(screen.body)]
    assert len(kinds) > len(SCREENS[who])


@pytest.mark.parametrize(
    "about",
    [("interviews",), ("meeting-list",), ("plan-team",), ("reward-team", "full")],
    ids=lambda about: about[0],
)
def test_a_manager_of_a_hundred_reaches_everybody(house: CycleHouse, about: tuple[str, ...]) -> None:
    with house.trying() as (records, _):
        listed = read(all_parts(house, records, "mei", *about_of(house, about)))
    assert [n for n in range(REPORTS) if f"Report{n:03}" not in listed] == []


@pytest.mark.parametrize(("about", "names"), [("appeals", "Other{:03}"), ("improvement-list", "Report{:03}")])
def test_hr_reaches_everything_that_waits(house: CycleHouse, about: str, names: str) -> None:
    waiting = range(APPEALS) if about == "appeals" else range(0, REPORTS, 2)
    with house.trying() as (records, _):
        listed = read(all_parts(house, records, "hanna", about))
    assert [n for n in waiting if names.format(n) not in listed] == []


def test_what_is_not_shown_is_counted(house: CycleHouse) -> None:
    for who, about, words in (
        ("mei", ("meeting", "team", "mei"), ("460 more come up here", "stand in the check-ins", "490 more before")),
        ("lin", ("plan-actions",), ("303 more",)),
        ("hanna", ("suggestion-box",), ("160 more",)),
        ("lin", ("suggestions",), ("180",)),
    ):  # fmt: skip
        with house.trying() as (records, _):
            shown = told(pressed(house, records, who, Act("see", about_of(house, about))))
        assert [one for one in words if one not in shown] == [], about
