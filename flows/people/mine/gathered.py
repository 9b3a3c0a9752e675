"""A person's file: all that is kept about them, as parts to read, with nobody else's name in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flows.core.words import Words, join, same
from flows.cycle.calendar import local_day
from flows.people.mine.records import MineRecords
from flows.people.mine.subjects import COLUMNS, SUBJECTS, Subject
from flows.people.person import Person
from flows.results.shown.mine import open_to

YES, NO = Words("yes", "是"), Words("no", "否")
NAMES_SOMEBODY = frozenset({"helper"})  # whose answer is the id of a colleague
SOMEBODY = Words("[a colleague]", "[同事]")


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing: its title, and each row as pairs of a name and what it says."""

    title: Words
    rows: tuple[tuple[tuple[Words, Words], ...], ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What rows are shown by: whose they are, the names of cycles, those whose results are open, and names to hide."""

    person: Person
    cycles: Mapping[int, str]
    open: frozenset[int]
    rewarded: frozenset[int]
    private: Mapping[int, frozenset[str]]
    others: re.Pattern[str] | None


def file_of(records: MineRecords, person: Person, now: datetime) -> list[Part]:
    """Everything kept about somebody, kind by kind; what may not be read yet is left out until it may."""
    around = around_of(records, person, now)
    found = []
    for subject in SUBJECTS:
        rows = records.held.rows(subject.table, subject.shown, subject.mine, person.id)
        shown = tuple(told(subject, row, around) for row in rows if may_see(subject, row, around))
        if shown:
            found.append(Part(subject.title, shown))
    return found


def around_of(records: MineRecords, person: Person, now: datetime) -> Around:
    cycles, today = records.cycles.all(), local_day(now, person.zone)
    private = {
        cycle.id: frozenset(name for review in cycle.template.reviews.values() for name in review.private)
        for cycle in cycles
    }
    return Around(
        person,
        {cycle.id: cycle.name for cycle in cycles},
        frozenset(cycle.id for cycle in open_to(records, person, now)),
        frozenset(cycle.id for cycle in cycles if rewards_are_seen(records, cycle.id, today)),
        private,
        names_of(records, person),
    )


def rewards_are_seen(records: MineRecords, cycle: int, today: date) -> bool:
    rules = records.rewards.rules(cycle)
    return rules is not None and rules.seen_on <= today


def names_of(records: MineRecords, person: Person) -> re.Pattern[str] | None:
    """The full names and addresses of those around somebody, as a text may have them: their line, team, reports and HR."""
    ids = set(records.people.line_of(person.id))
    known = [*records.people.many(ids), *records.people.reports_of(person.id), *records.people.hr()]
    known += records.people.reports_of(person.manager) if person.manager else []
    texts = {text for one in known if one.id != person.id for text in (one.name, one.email) if len(text) > 1}
    if not texts:
        return None
    return re.compile("|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)))


def may_see(subject: Subject, row: Mapping[str, Any], around: Around) -> bool:
    """Whether a row may be read by now."""
    match subject.when:
        case "result_open" | "review_open":
            return row["cycle"] in around.open
        case "reward_seen":
            return row["state"] == "approved" and row["cycle"] in around.rewarded
        case "published":
            return row["published_at"] is not None
    return True


def told(subject: Subject, row: Mapping[str, Any], around: Around) -> tuple[tuple[Words, Words], ...]:
    """One row, without what is empty; answers stand under their questions where those are kept beside them."""
    hidden = (
        around.private.get(row["cycle"], frozenset()) if subject.when == "review_open" else NAMES_SOMEBODY
    )
    reading = Reading(around, hidden, row.get("titles") or {})
    pairs = []
    for name in subject.shown:
        value = around.cycles.get(row[name], row[name]) if name == "cycle" else row[name]
        words = same("") if name == "titles" else reading.words(value)
        if words.en:
            pairs.append((COLUMNS[name], words))
    return tuple(pairs)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the values of one row read: by names that are `hidden`, and `titles` in the place of others."""

    around: Around
    hidden: frozenset[str]
    titles: Mapping[str, str]

    def words(self, value: Any) -> Words:
        """A value as text: moments of the person's own zone, JSON line by line, without others' names."""
        match value:
            case None:
                return same("")
            case bool():
                return YES if value else NO
            case datetime():
                return same(f"{value.astimezone(ZoneInfo(self.around.person.zone)):%Y-%m-%d %H:%M}")
            case date():
                return same(value.isoformat())
            case Mapping() | list() | tuple():
                return join(list(self.lines(value)), "\n", "\n")
            case str():
                return without_names(value, self.around)
        return same(value)

    def lines(self, value: Any) -> Iterator[Words]:
        """JSON as lines "name: value", however deep."""
        if isinstance(value, Mapping):
            for name, one in value.items():
                words = self.words(one)
                if name not in self.hidden and words.en:
                    yield (
                        without_names(str(self.titles.get(name, name)), self.around)
                        + Words(": ", "：")
                        + words
                    )
        else:
            for one in value:
                yield self.words(one)


def without_names(text: str, around: Around) -> Words:
    """The text with the names of those around the person taken out."""
    if around.others is None or not around.others.search(text):
        return same(text)
    return Words(around.others.sub(SOMEBODY.en, text), around.others.sub(SOMEBODY.zh, text))
