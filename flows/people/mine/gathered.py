"""A person's file: all that is kept about them, as parts to read, with nobody else's name in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flows.core.words import Words, join, same
from flows.people.mine.records import MineRecords
from flows.people.mine.subjects import COLUMNS, SUBJECTS, Subject
from flows.people.person import Person
from flows.plans.improving.records import INSIDE
from flows.results.appealing.shown import OF_THE_PANEL
from flows.results.releasing.looking import WITHHELD
from flows.results.rewards.rights import seen_by
from flows.results.shown.mine import open_to

YES, NO = Words("yes", "是"), Words("no", "否")
SOMEBODY = Words("[a colleague]", "[同事]")


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing: its title, and each row as pairs of a name and what it says."""

    title: Words
    rows: tuple[tuple[tuple[Words, Words], ...], ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What rows are shown by: whose they are and when, the names of cycles, those whose results are open or whose
    rewards are seen, the improvement plans that were published, the private questions of a cycle's reviews by their
    kind, and names to hide."""

    person: Person
    now: datetime
    cycles: Mapping[int, str]
    open: frozenset[int]
    rewarded: frozenset[int]
    plans: frozenset[int]
    private: Mapping[tuple[int, str], frozenset[str]]
    others: re.Pattern[str]


def file_of(records: MineRecords, person: Person, now: datetime) -> list[Part]:
    """Everything kept about somebody, kind by kind; what may not be read yet is left out until it may."""
    around = around_of(records, person, now)
    found = []
    for subject in SUBJECTS:
        rows = records.held.rows(subject.table, subject.shown, subject.mine, person.id)
        rows = [row for row in rows if may_see(subject, row, around)]
        shown = tuple(
            told(subject, row, around) for row in (final(rows) if subject.when == "final" else rows)
        )
        if shown:
            found.append(Part(subject.title, shown))
    return found


def around_of(records: MineRecords, person: Person, now: datetime) -> Around:
    cycles = records.cycles.all()
    private = {
        (cycle.id, kind): frozenset(review.private)
        for cycle in cycles
        for kind, review in cycle.template.reviews.items()
    }
    plans = records.held.rows("improvement", ("id", "published_at"), ("person",), person.id)
    return Around(
        person,
        now,
        {cycle.id: cycle.name for cycle in cycles},
        frozenset(cycle.id for cycle in open_to(records, person, now)),
        frozenset(reward.cycle for reward in seen_by(records, person, now)),
        frozenset(plan["id"] for plan in plans if plan["published_at"]),
        private,
        names_of(records, person),
    )


def names_of(records: MineRecords, person: Person) -> re.Pattern[str]:
    """The full names and addresses of those around somebody, as a text may have them: their line, team, reports and HR,
    and everybody who had to do with what stands in the file.

    Whoever is mentioned as the messenger does it is named, too. A name in Latin letters is a word of its own.
    """
    ids = set(records.people.line_of(person.id))
    for subject in SUBJECTS:
        ids |= records.held.named(subject.table, subject.mine, person.id)
    known = [*records.people.many(ids), *records.people.reports_of(person.id), *records.people.hr()]
    known += records.people.reports_of(person.manager) if person.manager else []
    texts = {text for one in known if one.id != person.id for text in (one.name, one.email) if len(text) > 1}
    words = [word(text) for text in sorted(texts - {person.name}, key=len, reverse=True)]
    return re.compile("|".join((MENTION, *words)))


MENTION = r"<@[^<>]+>"
LATIN = "0-9A-Za-zÀ-ɏ"


def word(text: str) -> str:
    """The pattern of a name: next to it stands no letter that would make it a part of another word."""
    before = f"(?<![{LATIN}])" if re.match(f"[{LATIN}]", text[0]) else ""
    behind = f"(?![{LATIN}])" if re.match(f"[{LATIN}]", text[-1]) else ""
    return before + re.escape(text) + behind


def may_see(subject: Subject, row: Mapping[str, Any], around: Around) -> bool:
    """Whether a row may be read by now."""
    match subject.when:
        case "review_open":
            hidden = row.get("question") in private_in(row, around) or row.get("sent_at", around.now) is None
            return row["cycle"] in around.open and not hidden
        case "result_open" | "final":
            return row["cycle"] in around.open
        case "reward_seen":
            return row["state"] == "approved" and row["cycle"] in around.rewarded
        case "published":
            return row["published_at"] is not None
        case "of_a_plan":
            return row["kind"] not in INSIDE and row["plan"] in around.plans
        case "shared":
            return bool(row["shared"])
        case "due":
            return bool(row["due_at"] <= around.now)
        case "asked":
            return bool(row["opens_at"] <= around.now and row["why"] != WITHHELD)
        case "not_inside":
            return row["kind"] not in OF_THE_PANEL
    return True


def private_in(row: Mapping[str, Any], around: Around) -> frozenset[str]:
    """The questions that the one whom a review is about never reads; one without a kind came from outside."""
    return around.private.get((row["cycle"], row.get("kind", "external")), frozenset())


def final(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Results as they were opened, and what appeals made of them: not the ratings on the way, nor why they were given.

    The rows are in the order of their versions.
    """
    last = {
        (row["cycle"], row["kind"] == "computed"): row["version"] for row in rows if row["kind"] != "appealed"
    }
    return [
        row if row["kind"] == "appealed" else {**row, "why": ""}
        for row in rows
        if row["kind"] == "appealed" or row["version"] == last[row["cycle"], row["kind"] == "computed"]
    ]


def told(subject: Subject, row: Mapping[str, Any], around: Around) -> tuple[tuple[Words, Words], ...]:
    """One row, without what is empty; answers stand under their questions where those are kept beside them."""
    hidden = private_in(row, around) if subject.when == "review_open" else frozenset(subject.ids)
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
    if not around.others.search(text):
        return same(text)
    return Words(around.others.sub(SOMEBODY.en, text), around.others.sub(SOMEBODY.zh, text))
