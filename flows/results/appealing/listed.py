"""The appeals that somebody decides or looks after, and HR's figures about a cycle's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Row, Screen
from flows.core.words import Words, join, same
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.appealing.figures import FEWEST, OTHERS, Counted, Figures, by_department, counted, figures
from flows.results.appealing.outcome import outcome_words
from flows.results.appealing.records import OPEN, Appeal
from flows.results.appealing.rights import seen
from flows.results.appealing.telling import STATES, due_words
from flows.results.records import ResultRecords
from flows.results.stages import hr_and_above

TITLE = Words("Appeals", "申诉列表")
FIGURES = Words("Appeals in figures", "申诉统计")
MOST, CYCLES = 40, 6  # closed appeals on a screen, and of how many cycles
NONE = Words("There is no appeal that you decide or look after.", "目前没有由你裁决或负责的申诉。")


def some(records: ResultRecords, actor: Person, _about: tuple[str, ...]) -> Thing | None:
    """The list is there for HR and for whoever decides any; each appeal on it is asked about by itself."""
    return Thing("conversation", actor) if actor.is_hr or records.appeals.seated(actor.id) else None


def theirs(records: ResultRecords, actor: Person, now: datetime) -> Iterator[Appeal]:
    """What the actor decides or looks after, and not their own; the newest first."""
    every = {one.id: one for one in records.appeals.seated(actor.id)}
    if actor.is_hr:
        for cycle in records.appeals.cycles()[:CYCLES]:
            every |= {one.id: one for one in records.appeals.of_cycle(cycle)}
    others = [every[number] for number in sorted(every, reverse=True) if every[number].person != actor.id]
    yield from seen(records, actor, others, now)


@view("appeals", may=("conversation", "hold"), of=some, command="appeal list",
      help=Words("the appeals that you decide or look after", "由你裁决或负责的申诉"))  # fmt: skip
def appeals(records: ResultRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Every open one with where it is, by the day by which that is due; then those that were closed last."""
    every = list(theirs(records, actor, now))
    waiting = sorted((one for one in every if one.is_open), key=lambda one: one.due_at)
    over = [one for one in every if not one.is_open]
    found = [*waiting, *over[:MOST]]
    names = {one.id: one.name for one in records.people.many({one.person for one in found})}
    cycles = {one.cycle: records.cycles.get(one.cycle) for one in found}
    body: list[Element] = []
    for one in found:
        cycle = cycles[one.cycle]
        words = STATES[one.state]
        if one.is_open:
            words += Words(" · by {day}", " · 截止 {day}").fill(day=due_words(one, actor))
        button = Button(Words("Open", "打开"), Act("see", ("appeal-shown", str(one.id))))
        body.append(Row(words, button, same(f"{names[one.person]} · {cycle.name if cycle else '–'}")))
    if not body:
        body.append(Line(NONE))
    if older := len(over[MOST:]):
        body.append(Note(Words("{n} more are over.", "另有 {n} 份已结束。").fill(n=older)))
    if actor.is_hr:
        body.append(Buttons((Button(FIGURES, Act("see", ("appeal-figures",))),)))
    return Screen(TITLE, tuple(body), place=Act("see", ("appeals",)))


def for_hr(_records: ResultRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("appeal_figures")


@view("appeal-figures", may=("appeal_figures", "read"), of=for_hr, command="appeal figures",
      help=Words("HR: appeals in figures, without names", "HR：申诉统计（不含姓名）"))  # fmt: skip
def in_figures(records: ResultRecords, actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """Of one cycle (the newest that has any): all that the reader looks after, then by department."""
    cycles = records.appeals.cycles()
    number = whole(about[0]) if any(about) else next(iter(cycles), 0)
    cycle = records.cycles.get(number)
    if cycle is None:
        if any(about):
            raise NotThere
        return Screen(FIGURES, (Line(Words("There has been no appeal yet.", "目前还没有申诉。")),))
    rows = counted_in(records, actor, cycle)
    body: list[Element] = [Heading(same(cycle.name))]
    every = figures(rows)
    if every is None:
        body.append(
            Line(Words("Fewer than {n}: nothing more is told.", "少于 {n} 份，不显示详情。").fill(n=FEWEST))
        )
    else:
        body.append(Facts(facts(every)))
        parts = by_department(rows)
        for name, one in parts.items() if len(parts) > 1 else ():
            body += [Heading(same(name) if name != OTHERS else OTHER), Facts(facts(one))]
        body.append(Note(SMALL.fill(n=FEWEST)))
    others = [one for one in cycles[:CYCLES] if one != cycle.id]
    named = [found for one in others if (found := records.cycles.get(one))]
    if named:
        body.append(
            Buttons(
                tuple(Button(same(one.name), Act("see", ("appeal-figures", str(one.id)))) for one in named)
            )
        )
    return Screen(FIGURES, tuple(body), place=Act("see", ("appeal-figures", *about)))


OTHER = Words("Other departments together", "其他部门合计")
SMALL = Words(
    "A department with fewer than {n} appeals is counted with others. Nobody is named. Appeals of HR and the managers above "
    "them, and those kept apart, are not counted.",
    "申诉少于 {n} 份的部门与其他部门合并统计。不显示姓名。HR 及其各级上级的申诉以及单独处理的申诉不计入。",
)


def counted_in(records: ResultRecords, actor: Person, cycle: Cycle) -> list[Counted]:
    """The appeals of the departments that the reader looks after, the same for whoever looks after them.

    Those of HR and of everybody above them, and those kept apart, are not for all of HR to see: they count for nobody,
    since two numbers that differ by one would tell of it.
    """
    scope, uncounted = actor.hr_scope, hr_and_above(records, cycle)
    found = [
        one
        for one in records.appeals.of_cycle(cycle.id)
        if (scope is None or one.department in scope) and not one.apart and one.person not in uncounted
    ]
    people = {one.id: one for one in records.people.many({one.person for one in found})}
    return [counted(one, people[one.person], cycle.template.nudges) for one in found]


def facts(one: Figures) -> tuple[tuple[Words, Words], ...]:
    """A group in words."""
    rows = [(Words("Appeals", "申诉"), same(one.number))]
    still = sum(number for state, number in one.states.items() if state in OPEN)
    ended = [(STATES[state], number) for state, number in one.states.items() if state not in OPEN]  # type: ignore[index]
    rows.append((Words("Open", "处理中"), same(still)))
    rows += [(words, same(number)) for words, number in ended]
    if one.outcomes:
        parts = [outcome_words(name) + same(f" {number}") for name, number in sorted(one.outcomes.items())]
        rows.append((Words("Outcomes", "决定"), join(parts)))
    if one.days is not None:
        words = Words("{n} working days", "{n} 个工作日").fill(n=f"{one.days:g}")
        rows.append((Words("Took, in the middle", "用时（中位数）"), words))
    return tuple(rows)
