"""What is over is let go: texts are emptied, the rows stay, in slices that go on where they stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import JSON, LargeBinary, select

from flows.coaching.records import Praise
from flows.people.mine.records import DataRequest
from flows.people.mine.subjects import ACTED, LEFT_OUT, SUBJECTS
from flows.reviews.records import Review
from storage.columns import Wording
from storage.engine import Store
from storage.records.expiring import PARTS, STAYS
from storage.tables.every import METADATA
from storage.tables.kept import DATA_REQUEST, LET_GO
from storage.tables.reviews import REVIEW
from tests.storage.conftest import Hire, a_cycle

DAY = timedelta(days=1)


def test_every_text_has_an_end_or_a_reason_to_stay() -> None:
    kept = {
        table.name
        for table in METADATA.sorted_tables
        if any(isinstance(column.type, Wording | JSON | LargeBinary) for column in table.columns)
    }
    covered = {name for part in PARTS.values() for name in (part.name, *part.covers)}
    assert kept - covered - set(STAYS) == set(), "in storage/records/expiring.py, say when it ends or why not"
    assert covered & set(STAYS) == set()
    assert (covered | set(STAYS)) - {table.name for table in METADATA.sorted_tables} == set()


@pytest.mark.parametrize("part", PARTS.values(), ids=lambda part: part.name)
def test_what_a_part_names_is_there(part: Any) -> None:
    for name in (part.at, *part.contents):
        assert name is None or name in part.table.c
    if part.keeper:
        return
    if part.at is None:
        assert "cycle" in part.table.c
    if part.contents:
        assert part.number.type.python_type is int, "the work goes on behind a number"


def test_every_column_that_names_a_person_leads_into_their_file_or_says_why_not() -> None:
    ways = {f"{subject.table}.{name}" for subject in SUBJECTS for name in subject.mine}
    columns = {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    unsaid = {one for one in columns - ways - set(LEFT_OUT) if one.partition(".")[2] not in ACTED}
    assert unsaid == set(), "in flows/people/mine/subjects.py, show it or say why not"
    assert set(LEFT_OUT) - columns == set()


def test_a_file_shows_nobody_else() -> None:
    for subject in SUBJECTS:
        table = METADATA.tables[subject.table]
        for name in subject.shown:
            people = [key for key in table.c[name].foreign_keys if key.column.table.name == "person"]
            assert not people, f"{subject.table}.{name} names somebody"


def asked(store: Store, hire: Hire, now: datetime, days: tuple[int, ...]) -> None:
    """Somebody has asked something about their data, so many days ago each."""
    ana = hire("Ana")
    with store.work() as records:
        for n in days:
            records.wishes.add(
                DataRequest(0, ana.id, "correction", f"asked {n}", now - n * DAY, "done", "so it is")
            )


def texts(store: Store) -> list[str]:
    with store.work() as records:
        rows = records._connection.execute(select(DATA_REQUEST.c.text).order_by(DATA_REQUEST.c.id))
        return list(rows.scalars())


def test_what_is_older_is_emptied_and_what_is_not_stays(store: Store, hire: Hire, now: datetime) -> None:
    asked(store, hire, now, (30, 20, 10))
    with store.work() as records:
        assert records.retention.let_go("data_request", now - 15 * DAY, 100) == (2, True)
    assert texts(store) == ["", "", "asked 10"]
    with store.work() as records:
        assert records.retention.let_go("data_request", now - 15 * DAY, 100) == (0, True)
        assert records.retention.let_go("data_request", now - 5 * DAY, 100) == (1, True)
    assert texts(store) == ["", "", ""]


def test_slices_go_on_where_the_one_before_stopped(store: Store, hire: Hire, now: datetime) -> None:
    asked(store, hire, now, (40, 30, 20, 10))
    gone = []
    for _ in range(3):
        with store.work() as records:
            gone.append(records.retention.let_go("data_request", now, 2))
    assert gone == [(2, False), (2, False), (0, True)]
    assert texts(store) == [""] * 4
    with store.work() as records:
        rows = records._connection.execute(select(LET_GO.c.until, LET_GO.c.cursor)).all()
    assert [tuple(row) for row in rows] == [(now, 0)]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_let_go_of(store: Store, now: datetime, part: str) -> None:
    with store.work() as records:
        assert records.retention.let_go(part, now, 100) == (0, True)


def test_a_review_is_emptied_once_its_cycle_was_closed_long_ago(
    store: Store, hire: Hire, now: datetime
) -> None:
    ana, ben = hire("Ana"), hire("Ben")
    cycle = a_cycle(store, ben, now, state="closed")
    answers = {"results": "4", "why": "She did all of it"}
    with store.work() as records:
        records.cycles.save(replace(cycle, closed_at=now - 30 * DAY))
        records.reviews.keep(Review(0, cycle.id, "manager", "manager", ana.id, ben.id, ben.id, answers, now))
        assert records.retention.let_go("review", now - 40 * DAY, 100) == (0, True)
        assert records.retention.let_go("review", now, 100) == (1, True)
        (left,) = records._connection.execute(select(REVIEW.c.answers)).scalars()
    assert left == {}


def test_whoever_is_erased_loses_their_texts_and_nobody_else_does(
    store: Store, hire: Hire, now: datetime
) -> None:
    ana, ben = hire("Ana"), hire("Ben")
    with store.work() as records:
        records.praise.keep(Praise(0, ana.id, ben.id, "for Ana", now))
        records.praise.keep(Praise(0, ben.id, ana.id, "for Ben", now))
        assert records.retention.erase(ben.id) == {"praise": 1}
        assert [one.text for one in records.praise.about(ana.id, now - DAY)] == ["for Ana"]
        assert [one.text for one in records.praise.about(ben.id, now - DAY)] == [""]


def test_reviews_of_a_running_cycle_are_not_erased(store: Store, hire: Hire, now: datetime) -> None:
    ana, ben = hire("Ana"), hire("Ben")
    cycle = a_cycle(store, ben, now)
    with store.work() as records:
        records.reviews.keep(
            Review(0, cycle.id, "manager", "manager", ana.id, ben.id, ben.id, {"why": "Late"}, now)
        )
        assert records.retention.erase(ana.id) == {}
        assert list(records._connection.execute(select(REVIEW.c.answers)).scalars()) == [{"why": "Late"}]
        records.cycles.save(replace(cycle, state="closed", closed_at=now))
        assert records.retention.erase(ana.id) == {"review": 1}
