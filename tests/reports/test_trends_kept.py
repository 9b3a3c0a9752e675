"""What trends count, asked of both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from flows.checkins.questions import STANDARD
from flows.checkins.records import Audience, Checkin, Programme
from flows.coaching.meetings.records import Meeting
from flows.coaching.records import Praise
from flows.core.records import Task, TaskState
from flows.core.refusal import Refusal
from flows.core.words import same
from flows.cycle.calendar import Rhythm, Schedule
from flows.people.person import Person
from flows.reports.report import Asked
from flows.reports.scope import Scope
from flows.reports.trends.making import TREND
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle

DAY = timedelta(days=1)
COMPANY = Scope(same("The company"))
FIRST = date(2026, 11, 9)


@pytest.fixture
def four(store: Store, hire: Hire) -> list[Person]:
    """Lin leads Ada and Bo, Ada leads Eve of the Lab."""
    lin = hire("Lin")
    ada, bo = hire("Ada", lin), hire("Bo", lin)
    return [lin, ada, bo, hire("Eve", ada, "Lab")]


@pytest.fixture
def scopes(four: list[Person]) -> dict[str, Scope]:
    return {
        "company": COMPANY,
        "lab": Scope(same("Lab"), departments=frozenset({"Lab"})),
        "line": Scope(same("Lin's people"), below=four[0].id),
    }


def asked(store: Store, four: list[Person], now: datetime) -> None:
    """In the round everybody is asked: Lin is excused, Ada in time, Bo not at all, Eve late."""
    schedule = Schedule(Rhythm.WEEKLY, FIRST, 0, time(9), 4, time(16))
    states: list[TaskState] = ["waived", "done", "expired", "done"]
    with store.work() as records:
        made = records.programmes.save(Programme(0, "running", Audience(), schedule, STANDARD, None, now))
        for person, state in zip(four, states, strict=True):
            records.tasks.add(
                [Task(0, "checkin", made.id, person.id, "2026-11-09", state, now, now, now, department=person.department)]
            )  # fmt: skip
        for person, late in ((four[1], False), (four[3], True)):
            sent = Checkin(0, made.id, person.id, "2026-11-09", {}, {}, {}, {}, late, now)
            records.checkins.keep(sent)


def test_rounds_count_who_was_asked_who_sent_and_who_was_late(
    store: Store, four: list[Person], scopes: dict[str, Scope], now: datetime
) -> None:
    asked(store, four, now)
    with store.work() as records:
        found = {name: records.reports.trends.rounds(scope, FIRST) for name, scope in scopes.items()}
        assert found == {
            "company": [("2026-11-09", 3, 2, 1)],
            "lab": [("2026-11-09", 1, 1, 1)],
            "line": [("2026-11-09", 3, 2, 1)],
        }
        assert records.reports.trends.rounds(COMPANY, FIRST + DAY) == []


def test_talks_and_praise_are_counted_by_day(
    store: Store, four: list[Person], scopes: dict[str, Scope], now: datetime
) -> None:
    lin, ada, bo, eve = four
    with store.work() as records:
        for manager, person in ((lin, ada), (lin, bo), (ada, eve), (lin, lin)):
            begun = records.meetings.begin(Meeting(0, manager.id, person.id, None, None, None, now))
            for _ in range(2):  # said twice, it was held once
                records.meetings.note_held(begun.id, FIRST)
        for about, days in ((lin, 1), (eve, 1), (eve, 3), (ada, 30)):
            records.praise.keep(Praise(0, about.id, bo.id, "Well done", now - days * DAY))
        trends, since = records.reports.trends, now - 10 * DAY
        assert {name: trends.talks(scope, FIRST) for name, scope in scopes.items()} == {
            "company": [(FIRST, 3)], "lab": [(FIRST, 1)], "line": [(FIRST, 3)],
        }  # fmt: skip
        assert trends.talks(COMPANY, FIRST + DAY) == []
        one, three = (now - days * DAY for days in (1, 3))
        assert {name: trends.praise(scope, since) for name, scope in scopes.items()} == {
            "company": [(three.date(), 1), (one.date(), 2)],
            "lab": [(three.date(), 1), (one.date(), 1)],
            "line": [(three.date(), 1), (one.date(), 1)],
        }
        assert {name: trends.people(scope) for name, scope in scopes.items()} == {
            "company": 4, "lab": 1, "line": 3,
        }  # fmt: skip


def test_what_was_due_is_in_time_if_it_was_done_by_then(
    store: Store, four: list[Person], scopes: dict[str, Scope], now: datetime
) -> None:
    cycle = a_cycle(store, four[0], now)
    due = datetime(2026, 11, 10, 22, tzinfo=UTC)
    ways: list[tuple[TaskState, datetime | None]] = [
        ("done", due - DAY), ("done", due + DAY), ("open", None), ("waived", due - DAY),
    ]  # fmt: skip
    with store.work() as records:
        for person, (state, done) in zip(four, ways, strict=True):
            records.tasks.add(
                [
                    Task(0, "goals", cycle.id, person.id, "goals", state, due, due, due, done_at=done,
                         department=person.department)
                ]
            )  # fmt: skip
        ask = records.reports.trends.due
        phases = {cycle.id: [("goals", "goals")]}
        assert ask(COMPANY, phases, due - DAY, due + DAY) == [(due.date(), 3, 1)]
        assert ask(scopes["line"], phases, due - DAY, due + DAY) == [(due.date(), 2, 0)]
        assert ask(scopes["lab"], phases, due - DAY, due + DAY) == []
        assert ask(COMPANY, phases, due + DAY, due + 2 * DAY) == []
        assert ask(COMPANY, {}, due - DAY, due + DAY) == []


def test_the_report_leaves_out_what_has_no_data_and_refuses_where_there_is_none(
    store: Store, four: list[Person], now: datetime
) -> None:
    lin = four[0]
    with store.work() as records, pytest.raises(Refusal, match="no full week"):
        TREND.make(records, lin, Asked(COMPANY), now)
    asked(store, four, now)
    with store.work() as records:
        report = TREND.make(records, lin, Asked(COMPANY), now)
    assert "33.3% in the week of 9 Nov" in report.said.en
    assert [len(table.rows) for table in report.tables] == [1, 1]
    assert report.panels == ()


def test_so_few_people_have_no_trend(store: Store, four: list[Person], now: datetime) -> None:
    with store.work() as records, pytest.raises(Refusal, match="fewer than 4 people"):
        TREND.make(records, four[0], Asked(Scope(same("Lin's people"), below=four[0].id)), now)
