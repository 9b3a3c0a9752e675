"""Who has no seat in any calibration session yet, and the ratings of many without what they follow from."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from flows.cycle.records import Participant
from flows.results.records import Given, Session, Version
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle


def test_who_has_no_seat_is_found_by_department_and_level(store: Store, hire: Hire, now: datetime) -> None:
    hr = hire("Hana")
    cycle, other = a_cycle(store, hr, now).id, a_cycle(store, hr, now, "Q5").id
    ann, bo, cai, dai, eve = (hire(name).id for name in ("Ann", "Bo", "Cai", "Dai", "Eve"))
    place = Participant(cycle, ann, "in", hr.id, "Sales", "L3", "Asia/Shanghai", "zh", now)
    with store.work() as records:
        records.participants.add(
            [
                place,
                replace(place, person=bo, department="Design"),
                replace(place, person=cai, level="L4"),
                replace(place, person=dai, place="out"),
                replace(place, person=eve),
                replace(place, person=eve, cycle=other),
            ]
        )
        session = records.sessions.save(Session(0, cycle, "Sales", "open", (), hr.id, now))
        assert records.sessions.left(cycle, 10) == [ann, bo, cai, eve]
        records.sessions.seat(session, [eve])
    with store.work() as records:
        assert records.sessions.left(cycle, 10) == [ann, bo, cai]
        assert records.sessions.left(cycle, 2) == [ann, bo]
        assert records.sessions.left(cycle, 10, departments=["Sales"]) == [ann, cai]
        assert records.sessions.left(cycle, 10, ["Sales", "Design"], ["L3"]) == [ann, bo]
        assert records.sessions.left(cycle, 10, levels=["L9"]) == []
        assert records.sessions.count_left(cycle) == 3
        assert records.sessions.left(other, 10) == [eve]
        assert records.sessions.seated(cycle, [ann, bo, eve]) == {eve}
        assert records.sessions.seated(other, [eve]) == set()


def test_ratings_of_many_come_by_person_and_version(store: Store, hire: Hire, now: datetime) -> None:
    hr = hire("Hana")
    cycle, ann, bo = a_cycle(store, hr, now).id, hire("Ann").id, hire("Bo").id
    first = Version(cycle, ann, 1, "computed", Decimal(80), "", None, {"a": 1}, "", None, now, "", "h1")
    second = replace(first, version=2, kind="manager", rating="A", why="晚到的数据", by=hr.id, before="h1")
    third = replace(
        second, version=3, kind="calibrated", rating="B", why="aligned", at=now + timedelta(days=1)
    )
    with store.work() as records:
        records.ledger.add([third, replace(first, person=bo), second, first])
    with store.work() as records:
        assert records.ledger.given(cycle, [bo, ann]) == [
            Given(ann, 1, "computed", "", "", None, now),
            Given(ann, 2, "manager", "A", "晚到的数据", hr.id, now),
            Given(ann, 3, "calibrated", "B", "aligned", hr.id, now + timedelta(days=1)),
            Given(bo, 1, "computed", "", "", None, now),
        ]
        assert records.ledger.given(cycle + 1, [ann]) == []
