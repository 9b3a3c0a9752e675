"""One person's timeline in a rehearsal: what they would get, and when, by their own clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flows.core.catalog import flow, view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.page import Page, person
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Element, Heading, Line, Screen
from flows.core.words import Words, join, same
from flows.cycle.hr.scope import BEFORE, named, only, readable_cycle
from flows.cycle.kept import Cycle
from flows.cycle.rehearsals.figures import contents
from flows.cycle.rehearsals.rehearse import RehearsalRecords
from flows.cycle.rehearsals.words import CHOOSE, TITLE
from flows.people.person import Person
from flows.people.policy import Thing

NOTHING = Words("{name} would get no message.", "{name} 不会收到消息。")


def whose_timeline(records: RehearsalRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The person's timeline in a rehearsal: their own HR's to see."""
    number = about[1] if len(about) > 1 else ""
    found = (
        records.people.get(int(number))
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if found is None or named(records, about) is None:
        return None
    return Thing("rehearsal", departments=frozenset({found.department}))


@view("cycle-timeline", may=("rehearsal", "read"), of=whose_timeline)
def timeline(records: RehearsalRecords, _actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """What one person would get, in order, by their own clock."""
    cycle, found = named(records, about), records.people.get(int(about[1]))
    if cycle is None or found is None:
        raise NotThere
    lines = told_lines(records, cycle, found)
    body: list[Element] = [Heading(same(found.name)), *(Line(words) for words in _packed(lines))]
    return Screen(TITLE, tuple(body), place=Act("see", ("cycle-timeline", *about[:2])))


def told_lines(records: RehearsalRecords, cycle: Cycle, found: Person) -> list[Words]:
    """A line for each message; one that says so where there is none."""
    told = records.rehearsals.timeline(cycle.id, found.id)
    if not told:
        return [NOTHING.fill(name=found.name)]
    return [day_and_time(one.at, found.zone) + same(" · ") + contents(one, cycle) for one in told]


def _packed(lines: Sequence[Words], most: int = 15) -> list[Words]:
    """Lines together in blocks, of which a window holds a hundred."""
    return [join(lines[start : start + most], "\n", "\n") for start in range(0, len(lines), most)]


class Whose(Page):
    title = Words("Whose timeline?", "查看谁的时间线？")
    who: int = person("Who?", "谁？")


def facts_of(_records: Any, _actor: Person, _subject: str, _now: datetime) -> None:
    """Nothing is needed to ask."""


def show_timeline(
    records: RehearsalRecords, actor: Person, subject: str, chosen: int, _now: datetime
) -> Words:
    """The timeline as the last word of the flow; nothing is kept."""
    cycle, found = named(records, (subject,)), records.people.get(chosen)
    if (
        cycle is None
        or found is None
        or (actor.hr_scope is not None and found.department not in actor.hr_scope)
    ):
        raise Refusal(
            "That person is not in the departments you look after. Please choose another one.",
            "此人不在你负责的部门。请选择其他人。",
        )
    return join([same(found.name), *told_lines(records, cycle, found)], "\n", "\n")


@flow("cycle-timeline", CHOOSE, may=("cycle", "read"), of=readable_cycle, facts=facts_of, keep=show_timeline,
      subject=lambda records, actor, now: str(only(records, actor, "", BEFORE, now).id), again=True)  # fmt: skip
def choose(ask: Ask, _facts: None) -> int:
    """Choose whose timeline to see."""
    return ask(Whose).who
