"""A company with something to report: two released cycles and one that runs, goals that stand, half a year of weeks.

Filled by one statement for each table, person by person or goal by goal, so that 100,000 people take a minute.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    case,
    cast,
    func,
    literal,
    true,
    update,
)

from bot.bench.filled import BEGUN, OPENED
from bot.bench.goal_company import goal_row
from bot.bench.reports_after import followed
from bot.bench.reports_rows import copied, one_of, owed
from bot.bench.reviewed import template
from bot.bench.staff import DEPARTMENTS, NOON, draft, hire
from flows.checkins.rounds import KIND
from flows.checkins.setup import usual
from storage.engine import Store, open_store
from storage.tables.checkins import CHECKIN
from storage.tables.coaching import FEEDBACK, PRAISE
from storage.tables.cycles import PARTICIPANT
from storage.tables.goals import GOAL, SIGNAL, STANDING, STEP
from storage.tables.meetings import MEETING, MEETING_HELD
from storage.tables.people import PERSON
from storage.tables.results import RELEASE, RELEASED
from storage.tables.reviews import REVIEW
from storage.tables.sealed import SEALED_GROUP
from storage.tables.tasks import TASK

GOALS_EACH, WEEKS, GOAL_WEEKS = 5, 26, 10
TOPS = 1_000_000_000  # the ids of the departments' goals are behind it
DAY, WEEK_LONG = timedelta(days=1), timedelta(days=7)
FIRSTS = (date(2025, 9, 1), date(2026, 3, 2), date(2026, 11, 11))  # the last is in its first phase at `NOON`
P = PERSON.c


@dataclass(frozen=True, slots=True)
class Made:
    """The ids of the cycles: the first, the one before, and the one that runs."""

    oldest: int
    before: int
    now: int


def company(url: str, people: int) -> Made:
    """Fill an empty database."""
    with closing(open_store(url, lambda: NOON)) as store:
        hire(store.engine, people)
        with store.engine.begin() as connection:
            team = literal("Department ") + cast(func.coalesce(P.manager, 0) % DEPARTMENTS, Text)
            connection.execute(update(PERSON).values(department=team))
        made = Made(*(cycle(store, first) for first in FIRSTS))
        programme = with_programme(store)
        with store.engine.begin() as connection:
            for number in (made.oldest, made.before):
                over(connection, number)
            followed(connection, made.before)
            running(connection, made.now)
            goals(connection, made.now)
            weeks(connection, programme)
            coached(connection)
        with store.work() as records:
            for nth in range(GOAL_WEEKS):
                records.standings.keep_week(made.now, BEGUN - nth * WEEK_LONG)
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        return made


def cycle(store: Store, first: date) -> int:
    """A launched cycle that began on that day, with everybody in it; all but the last are closed."""
    began = datetime.combine(first, NOON.timetz())
    running = first == FIRSTS[-1]
    with store.work() as records:
        made = draft(records, template(), first)
        decided = replace(made, name=f"From {first}", launched_by=1, approved_by=2, launched_at=began)
        over = replace(
            decided, state="live" if running else "closed", closed_at=None if running else NOON - WEEK_LONG
        )
        number: int = records.cycles.save(over).id
    with store.engine.begin() as connection:
        copied(
            connection, PARTICIPANT, cycle=number, person=P.id, place="in", manager=P.manager, department=P.department,
            level=P.level, zone=P.zone, language=P.language, since=began, extended={}, why="",
        )  # fmt: skip
    return number


def over(connection: Connection, number: int) -> None:
    """A cycle that was released: its tasks are done, its results opened, its reviews sealed."""
    then = NOON - 60 * DAY
    done = {"state": "done", "done_at": then, "opens_at": then - 9 * DAY, "due_at": then, "until": then}
    owed(connection, "review", number, "self-review", **done)
    owed(connection, "review", number, "manager-review", person=P.manager, owner=P.manager, **done)
    rating = step(number, "SABBBBBBBBBBBBCCDAAB")
    copied(
        connection, RELEASED, cycle=number, person=P.id, department=P.department, level=P.level, manager=P.manager,
        rating=rating, given=step(number + 1, "SABBBBBBBBBBBBCCDAAB"), score=8000 + P.id * 7919 % 4000,
        counted=true(),
    )  # fmt: skip
    copied(
        connection, RELEASE, PERSON, P.id == 1, cycle=number, asked_by=1, asked_at=then, approved_by=2, released_at=then,
        employees_at=then, sealed_at=then, scrubbed_at=then, despite="",
    )  # fmt: skip
    answers = [
        {
            "results": str(1 + nth % 5),
            "behaviour": str(1 + nth * 3 % 5),
            "ability": str(1 + nth * 7 % 5),
            "growth": "x" * 200,
        }
        for nth in range(10)
    ]
    copied(
        connection, REVIEW, PERSON, P.manager.is_not(None), cycle=number, phase="manager-review", kind="manager",
        about=P.id, author=P.manager, manager=P.manager, answers=one_of(REVIEW.c.answers, answers), sent_at=then,
        edited_at=None,
    )  # fmt: skip
    averages = [{"helps": 1.5 + nth % 5 / 2, "reliable": 1.5 + nth % 4 / 2} for nth in range(20)]
    copied(
        connection, SEALED_GROUP, cycle=number, about=P.id, phase="peer-review", kind="peer", shown=P.id % 4 != 0,
        averages=one_of(SEALED_GROUP.c.averages, averages),
    )  # fmt: skip


def running(connection: Connection, number: int) -> None:
    """The cycle of today: three in five have written about themselves, on one of its days."""
    days = [NOON - nth * DAY for nth in (1, 2, 5, 6, 7)]
    for kind, phase in (("review", "self-review"), ("nominate", "nominate")):
        opens = datetime.combine(FIRSTS[-1], NOON.timetz())
        owed(
            connection, kind, number, phase, opens_at=opens, due_at=NOON + DAY, until=NOON + 6 * DAY,
            state=case((P.id % 5 < 3, "done"), else_="open"),
            done_at=case((P.id % 5 < 3, one_of(TASK.c.done_at, days)), else_=None),
        )  # fmt: skip


def goals(connection: Connection, number: int) -> None:
    """A goal of each department, and five agreed ones of everybody with how they stand, and some signals."""
    tops = goal_row(0, 1, number, 0) | {
        "level": "department",
        "visibility": "public",
        "target": Decimal(10**4),
    }
    copied(
        connection, GOAL, PERSON, P.id <= DEPARTMENTS,
        **tops | {"id": TOPS + P.id, "person": P.id, "department": literal("Department ") + cast(P.id - 1, Text)},
    )  # fmt: skip
    for nth in range(GOALS_EACH):
        row = goal_row(0, 1, number, nth) | {
            "id": P.id * GOALS_EACH + nth, "person": P.id, "title": "Goal", "visibility": "private" if nth == 4 else "team",
            **({"parent": TOPS + 1 + P.id % DEPARTMENTS, "rule": "sum", "gives": Decimal(4)} if nth == 0 else {}),
        }  # fmt: skip
        copied(connection, GOAL, PERSON, **row)
    share, part = Decimal("0.2"), GOAL.c.id * 7919 % 120
    copied(
        connection, STANDING, GOAL, cycle=number, person=GOAL.c.person, goal=GOAL.c.id, day=NOON.date(), share=share,
        attainment=part * 10**4, paced=Decimal(40), low=(part + 10) * 10**4, middle=(part + 20) * 10**4,
        high=(part + 30) * 10**4, ending=Decimal(100),
    )  # fmt: skip
    copied(
        connection, SIGNAL, GOAL, GOAL.c.id % 7 == 0, goal=GOAL.c.id, kind="forecast", since=NOON - 9 * DAY, ended_at=None,
        told_at=None, raised_at=None, raised_to=None,
    )  # fmt: skip
    copied(
        connection, STEP, GOAL, GOAL.c.id % 25 == 0, goal=GOAL.c.id, title="Step", due=None, needs="Two people",
        decision=case((GOAL.c.id % 50 == 0, "granted"), else_="declined"), decided_by=1, note="", done_on=None,
        decided_at=NOON - 30 * DAY, reached=part * 5 * 10**3, paced=Decimal(20),
    )  # fmt: skip


def with_programme(store: Store) -> int:
    with store.work() as records:
        first = BEGUN - WEEKS * WEEK_LONG
        number: int = records.programmes.save(usual(first, None, OPENED)).id
        return number


def weeks(connection: Connection, programme: int) -> None:
    """Half a year of check-ins that most sent, and of talks every other week."""
    copied(
        connection, MEETING, PERSON, P.manager.is_not(None), manager=P.manager, person=P.id, rhythm="biweekly",
        next_on=None, last_on=one_of(MEETING.c.last_on, [NOON.date() - nth * 5 * DAY for nth in range(6)]), since=OPENED,
    )  # fmt: skip
    for nth in range(WEEKS):
        monday = BEGUN - nth * WEEK_LONG
        at = datetime.combine(monday, NOON.timetz())
        sent = (P.id * 31 + nth * 7) % 10 < 8
        times = {"opens_at": at, "due_at": at + 4 * DAY, "until": at + 6 * DAY}
        state = case((sent, "done"), else_="open" if nth == 0 else "expired")
        owed(
            connection,
            KIND,
            programme,
            monday.isoformat(),
            state=state,
            done_at=case((sent, at), else_=None),
            **times,
        )
        copied(
            connection, CHECKIN, PERSON, sent, programme=programme, round=monday.isoformat(), person=P.id,
            form={"done": "Signed Northwind"}, goals={}, rescue={}, titles={}, late=P.id % 9 == 0, sent_at=at,
            edited_at=None,
        )  # fmt: skip
        copied(
            connection,
            MEETING_HELD,
            MEETING,
            (MEETING.c.id + nth) % 2 == 0,
            day=monday + DAY,
            meeting=MEETING.c.id,
        )


def coached(connection: Connection) -> None:
    """What people say to each other: some in the last month, some long ago."""
    ago = [NOON - nth * 11 * DAY for nth in range(10)]
    copied(
        connection, PRAISE, PERSON, P.id % 2 == 0, about=P.id, by=P.id % 97 + 1, text="Thank you", at=one_of(PRAISE.c.at, ago),
        value_en=None, value_zh=None, channel=None, points=None,
    )  # fmt: skip
    copied(
        connection, FEEDBACK, PERSON, P.id % 3 == 0, about=P.id, by=P.id % 89 + 1, situation="A", behaviour="B", effect="C",
        wish="D", shared=False, request=None, at=one_of(FEEDBACK.c.at, ago), thanked_at=None,
    )  # fmt: skip


def step(seed: int, steps: str) -> ColumnElement[Any]:
    """A rating that follows from the person."""
    return one_of(RELEASED.c.rating, list(steps), seed)
