"""Something happens while a form about goals is open, or comes twice: the answer is in words, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from bot.exchange import Press, Reply, Show, Submit
from flows.core.screen import Act, Field, Screen
from flows.goals.agreeing.answering import mark
from flows.goals.agreeing.negotiation import withdraw
from storage.work import Work
from tests.bot.cycle_house import NOW, CycleHouse, account, house_in
from tests.bot.test_cycles_drawn import check_drawn
from tests.bot.test_front_cycles import rows, told
from tests.bot.test_goal_forms import forms, of_goals, play, usual

MINE, THEIRS = "Zq lin private agreed all.", "Zq lin private proposed all."
Meanwhile = Callable[[CycleHouse, Work], None]


@pytest.fixture(scope="module")
def house(migrated_file: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CycleHouse]:
    file = tmp_path_factory.mktemp("races") / "perfloop.db"
    file.write_bytes(migrated_file.read_bytes())
    here = house_in(f"sqlite:///{file}")
    yield here
    here.store.close()


def all_withdrawn(house: CycleHouse, records: Work) -> None:
    for goal in records.goals.many(house.goals.values()):
        if goal.state not in ("withdrawn", "draft"):
            records.goals.save(*withdraw(goal, goal.person, "", NOW, alone=True))


def drafts_deleted(house: CycleHouse, records: Work) -> None:
    drafts = [goal.id for goal in records.goals.many(house.goals.values()) if goal.state == "draft"]
    records.goals.forget(drafts)


def cycle_is(**changed: Any) -> Meanwhile:
    def change(house: CycleHouse, records: Work) -> None:
        cycle = records.cycles.get(house.cycles["all"])
        assert cycle
        records.cycles.save(replace(cycle, **changed))

    return change


def has_left(who: str) -> Meanwhile:
    def leave(house: CycleHouse, records: Work) -> None:
        records.people.save(replace(house.people[who], active=False, left_on=NOW.date() - timedelta(days=1)))

    return leave


def to_ned(house: CycleHouse, records: Work) -> None:
    ned, lin = house.people["ned"].id, house.people["lin"]
    place = records.participants.get(house.cycles["all"], lin.id)
    assert place
    records.participants.save(replace(place, manager=ned))
    records.people.save(replace(lin, manager=ned))


def taken_out(house: CycleHouse, records: Work) -> None:
    place = records.participants.get(house.cycles["all"], house.people["lin"].id)
    assert place
    records.participants.save(replace(place, place="out"))


def both_moved(house: CycleHouse, records: Work) -> None:
    """The other side answers and the owner writes anew."""
    goal = records.goals.get(house.goals[THEIRS])
    assert goal
    for who, act in (
        ("mei", Act("do", ("goal-agree", goal.key, mark(goal)))),
        ("lin", Act("do", ("goal-withdraw", goal.key))),
    ):
        house.front.receive(records, account(who), f"both {who}", Press(act, "message", said={}), NOW)
    agreed = records.goals.get(house.goals[MINE])
    assert agreed
    records.goals.save(replace(agreed, terms=replace(agreed.terms, title="Written meanwhile"), version=2))


def values_and_steps_gone(house: CycleHouse, records: Work) -> None:
    records.steps.forget([step.id for step in records.steps.of_goals([house.goals[MINE]])])


MEANWHILE: Mapping[str, Meanwhile] = {
    "withdrawn": all_withdrawn,
    "deleted": drafts_deleted,
    "closed": cycle_is(state="closed", closed_at=NOW),
    "archived": cycle_is(state="archived", closed_at=NOW),
    "paused": cycle_is(paused_at=NOW),
    "lin left": has_left("lin"),
    "mei left": has_left("mei"),
    "top left": has_left("top"),
    "hanna left": has_left("hanna"),
    "another manager": to_ned,
    "taken out": taken_out,
    "both moved": both_moved,
    "steps gone": values_and_steps_gone,
}
NOTHING_IS_KEPT = {"closed", "archived"}
"""After which nothing of a goal is written any more."""


class Window:
    """One person's form, screen by screen."""

    def __init__(
        self, house: CycleHouse, records: Work, form: tuple[str, str, str], name: str = "one"
    ) -> None:
        self.house, self.records, self.form, self.keys = (
            house,
            records,
            form,
            (f"{name} {n}" for n in count()),
        )
        self.reply = self.receive(Press(Act("open", form[1:]), "modal", said={}))

    def receive(self, what: Press | Submit, key: str = "") -> Reply:
        who = account(self.form[0])
        reply = self.house.front.receive(self.records, who, key or next(self.keys), what, NOW)
        check_drawn(Act("open", self.form[1:]), reply)
        return reply

    @property
    def screen(self) -> Screen:
        assert isinstance(self.reply.what, Show), self.reply.what
        return self.reply.what.screen

    def filled(self) -> Submit:
        fields = [element for element in self.screen.body if isinstance(element, Field)]
        said = {one.name: answer for one in fields if (answer := usual(one)) is not None}
        assert self.screen.place
        return Submit(self.screen.place, said)

    def to_the_last(self, screens: int) -> Submit:
        """Fill in all screens but the one that sends it; what would send it."""
        for _ in range(screens - 1):
            self.reply = self.receive(self.filled())
        return self.filled()


def screens_of(house: CycleHouse, form: tuple[str, str, str]) -> int:
    """How many screens are sent until the form is."""
    with house.trying() as (records, _):
        return len(play(house, records, form, usual)) - 1
    raise AssertionError


def is_whole(connection: Any) -> None:
    """No goal stands in a state that nothing leads to."""
    for goal in rows(connection)["goal"].values():
        pending = goal["pending"] not in (None, "null")
        assert goal["state"] in ("draft", "proposed", "returned", "agreed", "withdrawn")
        assert not pending or goal["state"] == "agreed", goal
        assert not (pending and goal["leaving"]), goal
        assert goal["state"] != "proposed" or goal["asked_by"], goal


@pytest.mark.parametrize("what", MEANWHILE)
def test_what_happens_while_a_form_is_open_is_answered_in_words(house: CycleHouse, what: str) -> None:
    for form in forms(house):
        screens = screens_of(house, form)
        with house.trying() as (records, connection):
            window = Window(house, records, form)
            last = window.to_the_last(screens)
            MEANWHILE[what](house, records)
            before = of_goals(connection)
            reply = window.receive(last)
            assert reply.what is not None, form
            is_whole(connection)
            if what.split()[0] == form[0] or (what in NOTHING_IS_KEPT and form[1] not in OUTSIDE):
                assert of_goals(connection) == before, f"{form} after {what}: {reply}"


OUTSIDE = {"api-token-new"}
"""What belongs to no cycle."""


def test_two_windows_and_a_delivery_that_comes_twice_are_one(house: CycleHouse) -> None:
    for form in forms(house):
        screens = screens_of(house, form)
        with house.trying() as (records, connection):
            before = of_goals(connection)
            one, two = Window(house, records, form), Window(house, records, form, "two")
            last = one.to_the_last(screens)
            one.receive(last, "the last")
            after = of_goals(connection)
            assert after != before, form
            one.receive(last, "the last")
            assert of_goals(connection) == after, f"{form} came twice"
            one.receive(last, "another key")
            assert of_goals(connection) == after, f"{form} was sent twice"
            two.receive(two.filled())
            is_whole(connection)


OF_LIN = {MINE, THEIRS} | {
    f"Zq lin private {how} all." for how in ("draft", "returned", "changing", "leaving", "withdrawn")
}
DEEDS = ("goal-agree", "goal-withdraw", "goal-keep", "goal-delete", "goal-plus", "goal-done", "goal-copy")


@pytest.mark.parametrize("what", MEANWHILE)
def test_old_buttons_are_answered_in_words(house: CycleHouse, what: str) -> None:
    live = str(house.cycles["all"])
    with house.store.work() as records:
        goals = [goal for goal in records.goals.many(house.goals.values()) if goal.title in OF_LIN]
    acts = [
        (who, Act("do", (deed, goal.key, mark(goal))))
        for goal in goals
        for deed in DEEDS
        for who in ("lin", "mei")
    ]
    acts += [("lin", Act("do", (deed, live))) for deed in ("goal-propose", "goal-even")]
    acts += [("lin", Act("do", ("goal-copy", goal.key, live))) for goal in goals]
    acts += [(who, Act("do", (deed, "1"))) for who in ("lin", "mei") for deed in STEPS]
    acts += [("mei", Act("do", ("goal-agree-all", live, str(house.people["lin"].id), *marks(goals))))]
    for who, act in acts:
        with house.trying() as (records, connection):
            MEANWHILE[what](house, records)
            found = []
            for key in ("one", "two"):
                reply = house.front.receive(records, account(who), key, Press(act, "message", said={}), NOW)
                check_drawn(act, reply)
                found.append(of_goals(connection)["goal_version"])
            is_whole(connection)
            assert found[0] == found[1], f"{act} twice by {who} after {what}: {told(reply)}"


STEPS = ("goal-step-done", "goal-step-grant", "goal-step-decline")


def marks(goals: Any) -> list[str]:
    return [f"{goal.id}-{mark(goal)}" for goal in goals]
