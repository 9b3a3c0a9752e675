"""Whom a manager may mean behind `/score`: their own people alone, and of each the review that is theirs to write now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flows.core.moments import day_and_time, day_words
from flows.core.owed import Task
from flows.core.refusal import Refusal
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.people.standing_in import covers
from flows.cycle.phase import SECOND, moments_in, window_of
from flows.cycle.records import Cycle
from flows.cycle.template import Phase
from flows.people.person import Person
from flows.reviews.evidence import DiaryRecords
from flows.reviews.owed import Asked, asked_in, form_of, mine_in, subject_of
from flows.reviews.scoring.drafts import BY_MANAGER
from flows.reviews.scoring.lines import NOBODY
from flows.reviews.writing import writable

OPENS = Words(
    "{phase}: {name} · {cycle}: scoring opens on {day}.", "{phase}：{name} · {cycle}：{day} 开始评分。"
)
MENTION = re.compile(r"<@([A-Z0-9]+)[^>]*>")
NOTHING_KEPT = same("")  # what is typed in a command is kept nowhere


@dataclass(frozen=True, slots=True)
class Own:
    """One of the actor's people in one phase: the review that is the actor's, or why it isn't now."""

    person: Person
    found: Asked | Words


def own_people(records: DiaryRecords, actor: Person, now: datetime) -> list[Own]:
    """Everybody whom the actor scores, has scored, or will score in a live cycle, once for each phase."""
    return [
        own
        for cycle in records.cycles.in_state("live")
        for phase in cycle.template.phases
        if (form := form_of(cycle, phase)) and form.kind == BY_MANAGER
        for own in (*begun(records, actor, cycle, phase, now), *to_come(records, actor, cycle, phase, now))
    ]


def begun(records: DiaryRecords, actor: Person, cycle: Cycle, phase: Phase, now: datetime) -> Iterator[Own]:
    """The reviews that have opened; one that somebody else does for the actor says who."""
    for task in mine_in(records, actor, cycle, phase, now):
        asked = asked_in(records, task) if task.state != "waived" else None
        if asked and task.person == actor.id:
            yield Own(asked.about, asked)
        elif asked and task.owner == actor.id:
            yield Own(asked.about, done_by_another(records, actor, asked, now))


def done_by_another(records: DiaryRecords, actor: Person, asked: Asked, now: datetime) -> Words:
    """Who does it in the actor's place, and until when."""
    task = asked.owed.task
    doer = records.people.get(task.person)
    name = same(doer.name if doer else "?")
    if task.state == "done":
        words = Words("{title}: {name} has written it for you.", "{title}：已由{name}代你完成。")
        return words.fill(title=asked.title, name=name)
    words = Words("{title}: {name} does it for you until {day}.", "{title}：{day} 之前由{name}代你评分。")
    return words.fill(title=asked.title, name=name, day=day_words(last_day(records, actor, task, now)))


def last_day(records: DiaryRecords, actor: Person, task: Task, now: datetime) -> date:
    """The last local day on which somebody does the task in the actor's place."""
    today = local_day(now, actor.zone)
    named = records.delegations.of_person(actor.id)
    days = [one.last for one in named if one.deputy == task.person and covers(one, today)]
    days = days or [last for first, last in actor.away if first <= today <= last]
    return max(days, default=local_day(task.until - SECOND, actor.zone))


def to_come(records: DiaryRecords, actor: Person, cycle: Cycle, phase: Phase, now: datetime) -> Iterator[Own]:
    """Whom the actor leads in the cycle, while the phase has not opened."""
    opens = moments_in(window_of(cycle, phase), cycle.template.nudges.hour, actor.zone)[0]
    if now < opens:
        day = day_and_time(opens, actor.zone)
        led = records.participants.led_by(cycle.id, actor.id)
        for person in records.people.many([place.person for place in led]):
            words = OPENS.fill(phase=phase.title, name=person.name, cycle=cycle.name, day=day)
            yield Own(person, words)


def finder(
    records: DiaryRecords, actor: Person, own: Sequence[Own], now: datetime
) -> Callable[[str], list[int]]:
    """Finds the ids of the actor's people by mention, e-mail address or name; nobody else is looked for."""
    people = {one.person.id: one.person for one in own}
    reader = reader_of(records, actor, now)

    def find(text: str) -> list[int]:
        name = text.lstrip("@").casefold()
        meant = reader.find(text) if "@" in text.strip("@") else None
        called = [one.id for one in people.values() if one.name.casefold() == name]
        return [meant] if meant in people else called

    return find


def to_copy(line: str, own: Sequence[Own]) -> str:
    """The line as it can be copied and typed again: a mention is only one where the messenger makes it."""
    emails = {one.person.account: one.person.email for one in own}
    return MENTION.sub(lambda found: emails.get(found[1], found[0]), line)


def writable_of(
    records: DiaryRecords, actor: Person, own: Sequence[Own], person: int, now: datetime
) -> Asked:
    """The person's review that the actor can write now. Refuses in words where there is none.

    What is still open comes first, the one due first of several; then what was sent and can be changed, the latest
    first. Of those that are over, the latest says so, unless one is to come.
    """
    theirs = [one.found for one in own if one.person.id == person]
    reviews = sorted(
        (one for one in theirs if isinstance(one, Asked)), key=lambda one: one.owed.task.due_at, reverse=True
    )
    over: Refusal | None = None
    found: list[Asked] = []
    for asked in reviews:
        try:
            found.append(writable(records, actor, subject_of(asked.owed.task), now, NOTHING_KEPT))
        except Refusal as no:
            over = over or no
    still_open = [asked for asked in found if asked.owed.task.state == "open"]
    if found:
        return still_open[-1] if still_open else found[0]
    words = next((one for one in theirs if isinstance(one, Words)), None)
    raise Refusal(words) if words else over or Refusal(NOBODY)
