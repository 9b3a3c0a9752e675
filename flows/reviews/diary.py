"""The diary as a screen beside the review form: a person's goals, and what was noted month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.screen import Act, Button, Divider, Element, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.goals.measure.standing import standings
from flows.goals.reviewed import reviewed_goals
from flows.goals.setting.lines import aim, where
from flows.goals.tree.tree import may_see
from flows.people.person import Person
from flows.people.policy import Relation, Thing
from flows.results.stages import thing_about
from flows.reviews.evidence import (
    DiaryRecords,
    Entry,
    Looking,
    entries,
    looking,
    month_words,
    months_of,
    told,
    told_them,
)
from flows.reviews.owed import KIND, Moment, form_of, place_named

TITLE = Words("Diary", "工作记录")
OPEN = Words("Open", "打开")
LONGEST = 600  # characters of one note; the rest is where it was written


def diary_button(cycle: Cycle, person: Person) -> Button:
    """The way from a form to the diary of whom it is about."""
    return Button(
        Words("Open the diary", "打开工作记录"), Act("see", ("diary", str(cycle.id), str(person.id)))
    )


def whose_diary(records: DiaryRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """Somebody's diary in a cycle that they take part in; whoever writes the manager's review of them is its author."""

    def at(now: datetime) -> Thing | None:
        cycle, person = place_named(records, about)
        if cycle is None or person is None:
            return None
        standing: frozenset[Relation] = (
            frozenset({"author"}) if reviews(records, cycle, person, actor) else frozenset()
        )
        return thing_about(records, actor, "diary", cycle, person, now, standing)

    return at


def reviews(records: DiaryRecords, cycle: Cycle, person: Person, actor: Person) -> bool:
    """Whether the actor has to write the manager's review of the person, or has written it."""
    for phase in cycle.template.phases:
        form = form_of(cycle, phase)
        if form is None or form.kind != "manager":
            continue
        tasks = records.tasks.of_about(KIND, cycle.id, phase.name, [person.id])
        if any(task.person == actor.id and task.state in ("open", "done") for task in tasks):
            return True
    return False


@view("diary", may=("diary", "read"), of=whose_diary)
def diary(records: DiaryRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Goals with how they stand, then every month of the period with what was noted, the oldest first."""
    cycle, person = place_named(records, about)
    if cycle is None or person is None:
        raise NotThere
    seen = looking(cycle, person, now)
    noted = entries(records, seen, told_them(records, seen, actor, now))
    body: list[Element] = [
        Heading(same(f"{person.name} · {cycle.name}")),
        Note(WHAT.fill(first=day_words(seen.first))),
        Line(told(seen, noted)),
    ]
    body += goal_rows(records, actor, seen, now)
    body += by_month(seen, noted)
    return Screen(TITLE, tuple(body), place=Act("see", ("diary", *about)))


WHAT = Words(
    "What was noted since {first}: check-ins, praise, what was seen, how goals moved, and what was agreed. Look at every "
    "month, not only at the last.",
    "自 {first} 以来的记录：周报、点赞、观察、目标进展和已确认的约定。请回顾每个月，而不只是最近的情况。",
)  # fmt: skip


def goal_rows(records: DiaryRecords, actor: Person, seen: Looking, now: datetime) -> list[Element]:
    """Each goal with its aim and standing, and a way to its card for whoever may see that."""
    goals = reviewed_goals(records, seen.cycle, [seen.person.id])
    if not goals:
        return []
    found = standings(records, goals, now)
    body: list[Element] = [Divider(), Heading(Words("Goals", "目标"))]
    for goal in goals:
        parts = [words for words in (aim(goal.terms), where(found[goal.id])) if words != same("")]
        words = (
            parts[0] if len(parts) == 1 else NOTHING_YET if not parts else parts[0] + same(" · ") + parts[1]
        )
        if may_see(records, actor, goal, now):
            body.append(Row(words, Button(OPEN, Act("see", ("goal-card", goal.key))), same(goal.title)))
        else:
            body.append(Line(same(f"{goal.title}\n") + words))
    return body


NOTHING_YET = Words("no value yet", "暂无数据")


def by_month(seen: Looking, noted: Sequence[Entry]) -> list[Element]:
    """A heading for each month, those without anything included."""
    known = {month: list(found) for month, found in groupby(noted, key=lambda one: one.day.replace(day=1))}
    body: list[Element] = []
    for month in sorted({*known, *months_of(seen)}):
        body += [Divider(), Heading(month_words([month], year=seen.first.year != seen.today.year))]
        body += [element for entry in known.get(month, ()) for element in entry_elements(entry)]
        if month not in known:
            body.append(Note(Words("Nothing is noted.", "没有任何记录。")))
    return body


def entry_elements(entry: Entry) -> list[Element]:
    """One entry: its day, what it is, and what somebody wrote."""
    words = day_words(entry.day) + Words(": ", "：") + entry.words
    if not entry.text:
        return [Line(words)]
    text = entry.text if len(entry.text) <= LONGEST else entry.text[:LONGEST] + "…"
    return [Line(words), Quote(text)]
