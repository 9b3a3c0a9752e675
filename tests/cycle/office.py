"""A small office with duties of its own: what the metronome says to whom, in a real database, on a clock moved by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.rounds import Tick, next_moment
from flows.core.catalog import Catalog, notice
from flows.core.owed import Notice, Task
from flows.core.screen import Act, Button, Buttons, Element, Heading, Letter, Line, Menu, Note
from flows.core.words import Words, same
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.digest import day_letter
from flows.cycle.template import NudgePolicy
from flows.people.mine.keeping import let_go
from flows.people.person import Person
from flows.results.computing import compute_all
from storage.engine import Store

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)  # 09:00 in Berlin
DUE = datetime(2026, 3, 13, 22, 59, 59, tzinfo=UTC)  # the end of Friday in the week after
UNTIL = datetime(2026, 3, 20, 23, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BERLIN = Person(
    0, "ann@example.com", "Ann", None, "Engineering", "L4", "", (), "Europe/Berlin", "en", None, None, "U1", True
)  # fmt: skip
POLICIES = {1: NudgePolicy(), 3: None, 4: NudgePolicy(opening=time(6))}
"""By scope: 3 is paused, 4 opens at six. What is not named has the usual one."""


def face(_records: Any, task: Task, _person: Person, _now: datetime) -> Face:
    name = f"{task.subject} about {task.about}" if task.about != task.owner else task.subject
    over = {"done": Words(f"{name} is done. Thank you!", ""), "waived": Words(f"{name} is waived.", "")}
    return Face(
        same(name),
        Words(f"Please do {name}.", ""),
        Words(f"A reminder: {name}.", ""),
        Button(same(f"Do {name}"), Act("open", ("do", str(task.id)))),
        same("Why me? You were asked."),
        over=over.get(task.state),
        together=same(task.subject),
        list=Button(same("Open the list"), Act("see", ("list", task.subject))),
    )


def policy(_records: Any, task: Task) -> NudgePolicy | None:
    if task.scope == 99:
        raise RuntimeError("this duty is broken")
    return POLICIES.get(task.scope, NudgePolicy())


def moments(_records: Any, task: Task, _person: Person) -> tuple[datetime, datetime, datetime]:
    return task.opens_at, task.due_at, task.until


@notice("news")
def news(_records: Any, notice: Notice, _now: datetime) -> Sequence[Element] | None:
    return [Line(same(notice.about["text"]))] if notice.about["text"] else None


SELF = Duty("self", policy, face, moments)
REVIEW = Duty("look", policy, face, moments, to_others=True)
_found = Catalog.of([SELF, REVIEW, news, let_go, compute_all])  # what every day brings goes on beside
CATALOG = _found.having([day_letter(_found)])


@dataclass
class Office:
    """People with tasks. `tick` does what is due and gives what was written by it, as (person, key)."""

    store: Store
    ann: Person
    now: datetime = MONDAY - HOUR
    missed: int = field(default=0)

    @classmethod
    def opened(cls, store: Store) -> Office:
        with store.work() as records:
            return cls(store, records.people.save(BERLIN))

    def hire(self, name: str, **other: Any) -> Person:
        person = replace(BERLIN, email=f"{name.lower()}@example.com", name=name, account=None, **other)
        with self.store.work() as records:
            return records.people.save(person)

    def change(self, person: Person, **other: Any) -> Person:
        with self.store.work() as records:
            return records.people.save(replace(person, **other))

    def owe(self, subject: str = "goals", person: Person | None = None, **other: Any) -> int:
        """A task that opens on Monday and is due on Friday of the week after; its id."""
        who = (person or self.ann).id
        task = replace(Task(0, "self", 1, who, subject, "open", MONDAY, DUE, UNTIL, MONDAY), **other)
        task = replace(task, next_at=other.get("next_at", task.opens_at), owner=other.get("owner", who))
        with self.store.work() as records:
            assert records.tasks.add([task]) == 1
            every = records.tasks.open_of(task.person)
        return max(one.id for one in every)

    def tell(self, text: str, person: Person | None = None, at: datetime = MONDAY) -> None:
        who = person or self.ann
        with self.store.work() as records:
            records.notices.add([Notice(0, f"{text}/{who.id}/{at}", who.id, "news", {"text": text}, at)])

    def task(self, task: int) -> Task:
        with self.store.work() as records:
            found = records.tasks.get(task)
        assert found
        return found

    def keep(self, task: int, **other: Any) -> None:
        with self.store.work() as records:
            records.tasks.save(replace(records.tasks.get(task), **other))

    def tick(self, now: datetime) -> list[str]:
        """One look at what is due; the keys of what it wrote, without "day/…/" before the day."""
        self.now = now
        before = set(self.keys())
        tick = Tick(self.store, CATALOG, now)
        tick.run()
        self.missed += tick.missed
        return [self.short(key) for key in self.keys() if key not in before]

    def run(self, to: datetime) -> list[str]:
        """Tick at every moment that the bot itself names, until `to`; what it wrote: its day, its local hour, key."""
        said: list[str] = []
        while True:
            with self.store.work() as records:
                step = next_moment(records, self.now)
            if step is None or step > to:
                self.now = to
                return said
            said += self.tick(step)
            self.deliver()

    def deliver(self) -> None:
        with self.store.work() as records:
            for row in records.outbox.claim(self.now, 1000, sending=True):
                records.outbox.mark_sent(row.id, "D1", row.id, self.now)

    def keys(self) -> list[str]:
        with self.store.work() as records:
            return [
                one.message.key for prefix in ("day/", "snooze/") for one in records.messages.starting(prefix)
            ]

    def short(self, key: str) -> str:
        _, person, rest = key.split("/", 2)
        return rest if key.startswith("day/") and person == str(self.ann.id) else key

    def letter(self, key: str, sent: bool = True) -> Letter | None:
        """The message as it reads now."""
        with self.store.work() as records:
            found = records.messages.by_key(key)
            assert found, key
            about = {**found.message.about, "id": found.id, "sent": sent}
            return CATALOG.letters["digest"].write(records, about, self.now)

    def day(self, day: str, person: Person | None = None, sent: bool = True) -> Letter | None:
        return self.letter(f"day/{(person or self.ann).id}/{day}", sent)

    def count(self, person: Person, day: date) -> int:
        with self.store.work() as records:
            return records.messages.unasked([person.id], day).get(person.id, {}).get(day, 0)


def text(letter: Letter | None) -> str:
    """What stands in a letter, line by line."""
    assert letter
    return "\n".join(e.words.en for e in letter.body if isinstance(e, Line | Note | Heading))


def pressable(letter: Letter | None) -> list[str]:
    """Every button and menu entry of a letter."""
    assert letter
    found: list[str] = []
    for element in letter.body:
        if isinstance(element, Buttons):
            found += [button.label.en for button in element.buttons]
        elif isinstance(element, Menu):
            found += [words.en for words, _ in element.choices]
    return found
