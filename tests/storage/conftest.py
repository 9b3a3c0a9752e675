"""An opened database for storage tests, once of each kind, at a moment that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.core.words import Words
from flows.cycle.records import Audience, Cycle, CycleState
from flows.cycle.template import Phase, Template
from flows.people.person import Person
from storage.engine import Store, open_store

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

Hire = Callable[..., Person]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    store = open_store(database_url, lambda: NOW, keys=tmp_path / "keys")
    yield store
    store.close()


@pytest.fixture
def hire(store: Store) -> Hire:
    """Puts a person of that name into the directory."""

    def put(name: str, manager: Person | None = None, department: str = "Sales", **other: object) -> Person:
        person = Person(
            id=0, email=f"{name}@example.com".lower(), name=name, manager=manager.id if manager else None,
            department=department, level="P5", title="", roles=(), zone="Asia/Shanghai", language="zh",
            hired_on=None, left_on=None, account=None, active=True,
        )  # fmt: skip
        with store.work() as records:
            return records.people.save(replace_all(person, other))

    return put


def replace_all(person: Person, other: dict[str, object]) -> Person:
    return Person(**{name: other.get(name, getattr(person, name)) for name in Person.__slots__})  # type: ignore[arg-type]


def a_cycle(store: Store, hr: Person, now: datetime, name: str = "Q4", state: CycleState = "live") -> Cycle:
    """A cycle of one phase, kept."""
    template = Template(
        "okr", Words("OKR", "OKR"), "quarter", (Phase("goals", Words("Goals", "目标"), 0, 10, "goals"),)
    )
    with store.work() as records:
        return records.cycles.save(
            Cycle(0, state, name, date(2026, 11, 16), template, Audience(), hr.id, now)
        )
