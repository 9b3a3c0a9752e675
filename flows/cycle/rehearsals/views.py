"""What a rehearsal found, to look at: figures, problems with their remedies, and the busiest people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time, day_words
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Facts,
    Heading,
    Line,
    Note,
    Row,
    Screen,
)
from flows.core.words import Words, join, same
from flows.cycle.hr.scope import BEFORE, named, readable_cycle
from flows.cycle.kept import Cycle
from flows.cycle.rehearsals.figures import in_words
from flows.cycle.rehearsals.rehearsal import Found, Problem, Rehearsal
from flows.cycle.rehearsals.rehearse import AGAIN, FAILED, NAME, PLAYING, RehearsalRecords, verdict
from flows.cycle.rehearsals.words import CHOOSE, TITLE, said
from flows.people.person import Person

NAMES = 8  # of the people of one problem; the sheet has all of them
BUSIEST = 10
MOVED = ("opens_on_holiday", "due_on_holiday", "few_days", "away")  # what other dates put right
EDITED = ("nobody", "over", "begun", "few_peers")  # what another first day or audience puts right
NONE_YET = Words(
    "It has not been rehearsed yet. “Rehearse” plays it through without writing to anybody.",
    "尚未演练。点击“演练”会完整预演一遍，不会向任何人发送消息。",
)
ASSUMED = Words(
    "Played on {moment}. It assumes that nobody finishes anything early: these are the most messages there can be. "
    "It counts everything that perfloop sends, check-ins and other cycles too.",
    "演练时间：{moment}。假设没有人提前完成，因此这是消息数量的上限；包括周报和其他周期在内的所有消息。",
)


def in_scope(actor: Person, people: Iterable[Person]) -> list[Person]:
    """Those whom the actor looks after as HR."""
    scope = actor.hr_scope
    return [one for one in people if scope is None or one.department in scope]


@view("cycle-rehearsal", may=("cycle", "read"), of=readable_cycle)
def rehearsal(records: RehearsalRecords, actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """How far it is, or what was found: figures first, then what to look at."""
    cycle = named(records, about)
    if cycle is None:
        raise NotThere
    kept = records.rehearsals.get(cycle.id)
    place = Act("see", ("cycle-rehearsal", str(cycle.id)))
    body: list[Element] = [Heading(NAME.fill(name=cycle.name))]
    again = Button(AGAIN, Act("do", ("cycle-rehearse", str(cycle.id))))
    if kept is None:
        first = Button(Words("Rehearse", "演练"), again.act, "primary")
        return Screen(TITLE, (*body, Line(NONE_YET), Buttons((first,))), place=place)
    if kept.state in ("asked", "playing"):
        return Screen(TITLE, (*body, Line(PLAYING.fill(n=kept.progress))), place=place)
    if kept.found is None:
        failure = Line(FAILED.fill(reference=kept.failure))
        return Screen(TITLE, (*body, failure, Buttons((again,))), place=place)
    body += _figures(actor, kept, kept.found, cycle)
    buttons = [Button(CHOOSE, Act("open", ("cycle-timeline", str(cycle.id))))]
    body.append(Buttons((*buttons, again) if cycle.state in BEFORE else tuple(buttons)))
    body += _problems(records, actor, kept.found, cycle)
    body += _busiest(records, actor, kept.found, cycle)
    return Screen(TITLE, tuple(body), place=place)


def _figures(actor: Person, kept: Rehearsal, found: Found, cycle: Cycle) -> list[Element]:
    rows = [
        (Words("Take part", "参与人数"), same(f"{found.people:,}")),
        (Words("Messages in all", "消息总数"), same(f"{found.messages:,}")),
        (Words("A person, usually", "每人通常"), same(f"{found.usual:,}")),
    ]
    if found.busiest:
        rows.append((Words("The busiest person", "最多的人"), same(f"{found.busiest[0].messages:,}")))
    if found.peak:
        day, number = found.peak
        rows.append(
            (
                Words("The fullest day", "最多的一天"),
                day_words(day) + Words(f", {number:,} messages", f"，{number:,} 条"),
            )
        )
    if found.kickoff:
        rows.append(
            (
                Words("The kick-off takes", "启动通知耗时"),
                Words("{n} min for {m} messages", "{n} 分钟（{m} 条）").fill(
                    n=found.kickoff_minutes, m=f"{found.kickoff:,}"
                ),
            )
        )
    words = verdict(cycle, kept)
    lines: list[Element] = [Line(words)] if words.en else []
    note = Note(ASSUMED.fill(moment=day_and_time(found.made_at, actor.zone)))
    return [*lines, Facts(tuple(rows)), Line(in_words(found)), note]


def _problems(records: RehearsalRecords, actor: Person, found: Found, cycle: Cycle) -> list[Element]:
    if not found.problems:
        return [Heading(Words("Nothing to look at", "没有需要注意的地方"))]
    shown: list[Element] = [Heading(Words("To look at", "需要注意"))]
    wanted = {one for problem in found.problems for one in problem.people[: NAMES * 4]}
    people = {one.id: one for one in in_scope(actor, records.people.many(sorted(wanted)))}
    for problem in found.problems:
        wrong, remedy = said(problem, cycle)
        wrong = (same("⛔ ") if problem.blocking else same("• ")) + wrong
        button = remedy_of(problem, cycle)
        shown.append(Row(wrong, button) if button else Line(wrong))
        names = [people[one].name for one in problem.people if one in people][:NAMES]
        if names:
            more = Words(" …", "……") if len(problem.people) > len(names) else same("")
            remedy += same("\n") + join(same(name) for name in names) + more
        shown.append(Note(Words("→ ", "→ ") + remedy))
    return shown


def remedy_of(problem: Problem, cycle: Cycle) -> Button | None:
    """The way to where the problem is put right, where there is one and the draft may still change."""
    if cycle.state not in BEFORE:
        return None
    if problem.kind in MOVED:
        return Button(Words("Move dates", "调整日期"), Act("open", ("cycle-move", str(cycle.id))))
    if problem.kind in EDITED:
        return Button(Words("Change", "修改"), Act("open", ("cycle-edit", str(cycle.id))))
    return None


def _busiest(records: RehearsalRecords, actor: Person, found: Found, cycle: Cycle) -> list[Element]:
    people = {
        one.id: one for one in in_scope(actor, records.people.many(busy.person for busy in found.busiest))
    }
    rows: list[Element] = []
    for busy in [busy for busy in found.busiest if busy.person in people][:BUSIEST]:
        act = Act("see", ("cycle-timeline", str(cycle.id), str(busy.person)))
        words = Words("{name}: {n} messages", "{name}：{n} 条").fill(
            name=people[busy.person].name, n=busy.messages
        )
        rows.append(Row(words, Button(Words("Timeline", "时间线"), act)))
    return [Divider(), Heading(Words("The busiest", "消息最多的人")), *rows] if rows else []
