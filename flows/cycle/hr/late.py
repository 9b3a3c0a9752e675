"""Who has not finished a phase: managers are told a count, HR a list of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from flows.core.catalog import notice, sweep, view
from flows.core.moments import day_words
from flows.core.owed import Notice
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line, Note, Screen
from flows.core.words import Words, count, same
from flows.cycle.calendar import at_local
from flows.cycle.closed import is_unnamed
from flows.cycle.hr.completion import nameable, number_late
from flows.cycle.hr.lateness import late_day, looked_at
from flows.cycle.hr.scope import named, readable_cycle
from flows.cycle.people.leading import caretakers
from flows.cycle.phase import Window, window_of
from flows.cycle.records import Cycle, CycleRecords, Sweep
from flows.cycle.template import Phase
from flows.people.person import Person
from flows.results.records import ResultRecords

SLICE = 500
MOST_NAMED = 60  # lines on one screen; beyond that it only says that there are more


@sweep("cycle.late")
def tell_late(records: CycleRecords, sweep: Sweep, now: datetime) -> Sweep:
    """Have the next people's managers told, or HR; later, when the phase has been moved away meanwhile."""
    cycle = records.cycles.get(sweep.about["cycle"])
    phase = cycle.template.phase(sweep.about["phase"]) if cycle else None
    if cycle is None or phase is None or cycle.state != "live":
        return replace(sweep, done=True)
    day = late_day(cycle, window_of(cycle, phase), sweep.about["stage"])
    if day is None:
        return replace(sweep, done=True)
    if now < looked_at(day):
        return replace(sweep, due_at=looked_at(day))
    about = {"cycle": cycle.id, "phase": phase.name}
    hour = cycle.template.nudges.hour
    if is_unnamed(cycle, phase) and (sweep.about["stage"] == "manager" or phase.review == "upward"):
        return replace(sweep, done=True)  # who has written without a name is not theirs to know
    if sweep.about["stage"] == "hr":
        readers = records.people.many(caretakers(records, cycle))
    else:
        end = at_local(day, hour, "UTC")  # whatever is not due before the reader's morning is not late then
        late = records.tasks.late((phase.work,), cycle.id, phase.name, end, sweep.cursor, SLICE)
        readers = managers_of(records, cycle, [owner for owner, _ in late])
        sweep = replace(sweep, cursor=late[-1][0] if late else sweep.cursor, done=len(late) < SLICE)
    stage = sweep.about["stage"]
    records.notices.add(
        [
            Notice(
                0, f"late/{cycle.id}/{phase.name}/{stage}/{reader.id}", reader.id, f"cycle.late.{stage}", about,
                at_local(day, hour, reader.zone),
            )
            for reader in readers
            if reader.active
        ]
    )  # fmt: skip
    return sweep if stage == "manager" else replace(sweep, done=True)


def managers_of(records: CycleRecords, cycle: Cycle, people: Sequence[int]) -> list[Person]:
    """Who leads these people in the cycle; of those who don't take part, by the directory."""
    places = {one.person: one.manager for one in records.participants.many(cycle.id, people)}
    places |= {
        person.id: person.manager
        for person in records.people.many([one for one in people if one not in places])
    }
    return records.people.many(sorted({manager for manager in places.values() if manager}))


@notice("cycle.late.manager")
def told_to_manager(records: CycleRecords, notice: Notice, now: datetime) -> list[Element] | None:
    """How many of the reader's people have not finished; nothing once all have."""
    found = _named(records, notice)
    if found is None:
        return None
    cycle, window = found
    mine = {one.person for one in records.participants.led_by(cycle.id, notice.person)}
    others = {person.id for person in records.people.reports_of(notice.person)} - mine
    known = {one.person for one in records.participants.many(cycle.id, sorted(others))}
    tasks = records.tasks.of_round(
        window.phase.work, cycle.id, window.phase.name, sorted(mine | (others - known))
    )
    late = {
        task.owner
        for task in tasks
        if task.state == "expired" or (task.state == "open" and task.due_at < now)
    }
    if not late:
        return None
    words = Words(
        "{n} of your {m} have not finished “{phase}” ({cycle}); it was due on {due}.",
        "你的团队 {m} 人中有 {n} 人还没有完成“{phase}”（{cycle}），截止日期为 {due}。",
    )
    return [
        Line(
            words.fill(
                n=len(late), m=len({task.owner for task in tasks}), phase=window.phase.title, cycle=cycle.name,
                due=day_words(window.due),
            )
        )
    ]  # fmt: skip


@notice("cycle.late.hr")
def told_to_hr(records: CycleRecords, notice: Notice, now: datetime) -> list[Element] | None:
    """That some have not finished, with the way to the list."""
    found = _named(records, notice)
    if found is None:
        return None
    cycle, window = found
    if not records.tasks.late((window.phase.work,), cycle.id, window.phase.name, now, 0, 1):
        return None
    words = Words(
        "“{phase}” of {cycle} was due on {due}, and some have not finished it.",
        "{cycle}的“{phase}”已于 {due} 截止，仍有人没有完成。",
    ).fill(phase=window.phase.title, cycle=cycle.name, due=day_words(window.due))
    place = Act("see", ("cycle-late", str(cycle.id), window.phase.name))
    return [Line(words), Buttons((Button(Words("See who", "查看名单"), place),))]


def _named(records: CycleRecords, notice: Notice) -> tuple[Cycle, Window] | None:
    """The live cycle and the phase that a notice is about; None while nothing is to be said."""
    cycle = records.cycles.get(notice.about["cycle"])
    phase = cycle.template.phase(notice.about["phase"]) if cycle else None
    return (cycle, window_of(cycle, phase)) if cycle and phase and cycle.is_running else None


def late_people(
    records: CycleRecords, cycle: Cycle, phase: Phase, scope: frozenset[str] | None, now: datetime
) -> Iterator[tuple[Person, int]]:
    """(who, how many tasks) of everybody in the scope who has not finished, by id; a few hundred at a time."""
    after = 0
    while late := records.tasks.late((phase.work,), cycle.id, phase.name, now, after, SLICE):
        after = late[-1][0]
        places = {
            one.person: one for one in records.participants.many(cycle.id, [owner for owner, _ in late])
        }
        people = {person.id: person for person in records.people.many([owner for owner, _ in late])}
        for owner, number in late:
            person = people[owner]
            department = places[owner].department if owner in places else person.department
            if scope is None or department in scope:
                yield person, number


@view("cycle-late", may=("cycle", "read"), of=readable_cycle)
def late_list(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Who has not finished a phase, by name, of the departments that the reader looks after."""
    cycle = named(records, about)
    phase = cycle.template.phase(about[1] if len(about) > 1 else "") if cycle else None
    if cycle is None or phase is None:
        raise Refusal(
            "That phase is not part of this cycle. Type /cycle.", "该周期没有这个阶段。请输入 /cycle。"
        )
    everybody = late_people(records, cycle, phase, actor.hr_scope, now)
    if is_unnamed(cycle, phase):
        if phase.review == "upward":
            return Screen(TITLE, of_upward(records, actor, cycle, phase, now), place=place_of(about))
        everybody = ((one, 1) for one in nameable(records, actor, cycle, phase, everybody, now))
    found = list(islice(everybody, MOST_NAMED + 1))
    told = count(
        len(found), "{n} person has not finished.", "{n} people have not finished.", "{n} 人尚未完成。"
    )
    if len(found) > MOST_NAMED:
        told = Words("more than {n} people have not finished.", "超过 {n} 人尚未完成。").fill(n=MOST_NAMED)
    body: list[Element] = [Line(phase.title + same(f" · {cycle.name}: ") + told)]
    for person, number in found[:MOST_NAMED]:
        more = count(number, "", " ({n} open)", "（{n} 项）") if number > 1 else same("")
        body.append(Line(same(f"{person.name} · {person.department}") + more))
    if len(found) > MOST_NAMED:
        body.append(Note(Words("The others are not shown.", "其余人员不再显示。")))
    body.append(Note(NO_REPORTS if is_unnamed(cycle, phase) else NAMES_ONLY))
    return Screen(TITLE, tuple(body), place=place_of(about))


TITLE = Words("Not finished", "未完成")
NAMES_ONLY = Words("Names and counts only.", "仅显示姓名和数量。")
NO_REPORTS = Words(
    "These reviews carry no names, so your own people and what is about you are left out.",
    "这些评估不具名，因此不显示你的直属下属，也不包括关于你的评估。",
)
NO_NAMES = Words(
    "Who has written about their manager is told to nobody. How many have not is said once the phase is over, where "
    "the number tells nothing about anybody.",
    "谁评估过自己的上级，任何人都无法查看。阶段结束后，仅在不会暴露任何人的情况下显示未完成的数量。",
)


def place_of(about: tuple[str, ...]) -> Act:
    return Act("see", ("cycle-late", *about[:2]))


def of_upward(
    records: ResultRecords, actor: Person, cycle: Cycle, phase: Phase, now: datetime
) -> tuple[Element, ...]:
    """What HR is told of upward reviews that are not sent: a number at most."""
    title, number = phase.title + same(f" · {cycle.name}"), number_late(records, actor, cycle, phase, now)
    if number is not None:
        title += same(": ") + count(number, "{n} was not sent.", "{n} were not sent.", "{n} 份未提交。")
    return Line(title), Note(NO_NAMES)
