"""Results are kept as they were opened, on both databases: what happens afterwards changes none of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import import_module

from sqlalchemy import delete, select, text

from flows.cycle.people.leaving import LEFT
from flows.results.records import Release, Withheld
from storage.engine import Store
from storage.tables.results import RELEASED
from tests.storage.conftest import Hire
from tests.storage.test_results import Town
from tests.storage.test_would_open import take_part

BEFORE: str = import_module("storage.migrations.versions.0012_reports").RELEASED


def kept(store: Store) -> list[tuple[object, ...]]:
    rows = select(RELEASED).order_by(RELEASED.c.person)
    with store.engine.connect() as connection:
        return [tuple(row)[1:] for row in connection.execute(rows)]


def released(town: Town) -> Release:
    at = town.now + timedelta(days=1)
    return Release(town.cycle, town.hr.id, town.now, None, at, at, at)


def test_what_is_opened_is_kept_with_where_people_stand(store: Store, hire: Hire, now: datetime) -> None:
    town = Town(store, hire, now)
    ann, bo, cai, dai, eve = town.people
    take_part(town, ann, bo, dai, eve)
    take_part(town, cai, place="out", why=LEFT)
    take_part(town, town.hr.id, place="out", why="moved")
    town.add(
        town.version(ann), town.version(ann, 2, kind="manager", rating="3"),
        town.version(ann, 3, kind="calibrated", rating="5"), town.version(ann, 4, score=Decimal("90.005")),
        town.version(cai, kind="manager"), town.version(dai, score=None), town.version(town.hr.id),
        town.version(eve, kind="manager"),
    )  # fmt: skip
    with store.work() as records:
        records.releases.withhold(Withheld(town.cycle, eve, "why", town.hr.id, now))
        records.releases.freeze(town.cycle, {town.hr.id, cai})
    expected = [
        (ann, "Sales", "P5", town.hr.id, "5", "3", 9001, True),
        (cai, "Sales", "P5", town.hr.id, "4", "4", 8150, False),
        (dai, "Sales", "P5", town.hr.id, "", "", None, True),
    ]
    assert kept(store) == expected
    with store.work() as records:
        records.releases.save(released(town))
        place = records.participants.get(town.cycle, ann)
        assert place is not None
        records.participants.save(replace(place, department="Design", manager=None))
        records.releases.withhold(
            Withheld(town.cycle, eve, "why", town.hr.id, now, town.hr.id, now + timedelta(days=9))
        )
    town.add(town.version(dai, 2, kind="appealed", rating="2"))
    assert kept(store) == expected


def test_what_was_opened_before_there_were_reports_is_found_again(
    store: Store, hire: Hire, now: datetime
) -> None:
    town = Town(store, hire, now)
    ann, bo, cai, dai, _ = town.people
    take_part(town, *town.people)
    with store.work() as records:
        hana, boss = (records.people.get(one) for one in (town.hr.id, dai))
        assert hana is not None
        assert boss is not None
        records.people.save(replace(hana, roles=("hr:Sales",), manager=dai))
        records.people.save(replace(boss, manager=hana.id))  # a loop ends
    town.add(
        town.version(ann, kind="manager"), town.version(ann, 2, kind="appealed", rating="5", score=Decimal(99)),
        town.version(bo, kind="manager", rating="2"), town.version(bo, 2, score=Decimal("70.1")),
        town.version(cai, kind="manager"), town.version(dai, kind="manager"),
    )  # fmt: skip
    early, late = now, now + timedelta(days=5)
    with store.work() as records:
        records.releases.save(released(town))
        records.releases.withhold(Withheld(town.cycle, cai, "why", town.hr.id, early, town.hr.id, late))
        records.releases.withhold(Withheld(town.cycle, dai, "why", town.hr.id, late))
    with store.engine.begin() as connection:
        connection.execute(delete(RELEASED))
        connection.execute(text(BEFORE))
    assert [row[0] for row in kept(store)] == [ann, bo, dai]
    assert [row[4:-1] for row in kept(store)] == [("4", "4", 8150), ("2", "2", 7010), ("4", "4", 8150)]
    assert {row[0] for row in kept(store) if not row[-1]} == {dai}
