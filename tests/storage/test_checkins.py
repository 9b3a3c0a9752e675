"""Programmes, check-ins, responses, goals, the audit log and inbound keys, on both databases."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from flows.checkins.questions import STANDARD
from flows.checkins.records import Audience, Checkin, Programme, Response
from flows.core.records import Task
from flows.cycle.calendar import Rhythm, Schedule
from flows.goals.kept import Goal, Terms
from storage.engine import Store

SCHEDULE = Schedule(Rhythm.BIWEEKLY, date(2026, 11, 16), 0, time(9), 4, time(16, 30))


@pytest.fixture
def programme(store: Store, hire, now) -> Programme:
    hr = hire("Hana")
    audience = Audience("departments", ("Sales", "研发"), (1, 2), (3,))
    with store.work() as records:
        return records.programmes.save(Programme(0, "running", audience, SCHEDULE, STANDARD, hr.id, now))


def report(programme: Programme, person: int, round_key: str = "2026-11-16", **other: object) -> Checkin:
    form = {"done": "签约", "mood": "4"}
    goals, rescue, titles = {"7": {"health": "off"}}, {"7": {"help": "time"}}, {"7": "Sell"}
    made = Checkin(
        0, programme.id, person, round_key, form, goals, rescue, titles, False, programme.started_at
    )
    return replace(made, **other)


def test_a_programme_is_kept_whole(store: Store, programme: Programme) -> None:
    with store.work() as records:
        assert records.programmes.get(programme.id) == programme
        assert records.programmes.current() == programme
        assert records.programmes.get(999) is None


def test_an_ended_programme_is_not_current_and_another_can_begin(store: Store, programme: Programme) -> None:
    with store.work() as records:
        paused = records.programmes.save(replace(programme, state="paused"))
        assert records.programmes.current() == paused
        records.programmes.save(replace(programme, state="ended"))
        assert records.programmes.current() is None
        second = records.programmes.save(replace(programme, id=0, started_by=None))
        assert records.programmes.current() == second
        records.programmes.save(replace(second, state="ended"))
        assert records.programmes.get(programme.id).state == "ended"


def test_two_programmes_at_once_are_refused(store: Store, programme: Programme) -> None:
    with pytest.raises(IntegrityError), store.work() as records:
        records.programmes.save(replace(programme, id=0))


def test_a_checkin_is_kept_whole_and_changed(store: Store, programme: Programme, hire, now) -> None:
    ann = hire("Ann")
    with store.work() as records:
        kept = records.checkins.keep(report(programme, ann.id))
        assert records.checkins.get(kept.id) == kept
        assert records.checkins.find(programme.id, ann.id, "2026-11-16") == kept
        edited = records.checkins.keep(replace(kept, form={"done": "x"}, late=True, edited_at=now))
        assert records.checkins.get(kept.id) == edited
        assert records.checkins.get(999) is None
        assert records.checkins.find(programme.id, ann.id, "2026-11-23") is None


def test_a_second_checkin_of_a_round_is_refused(store: Store, programme: Programme, hire) -> None:
    ann = hire("Ann")
    with store.work() as records:
        records.checkins.keep(report(programme, ann.id))
    with pytest.raises(IntegrityError), store.work() as records:
        records.checkins.keep(report(programme, ann.id))


def test_earlier_rounds_are_found(store: Store, programme: Programme, hire) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    with store.work() as records:
        for round_key in ("2026-11-02", "2026-11-16", "2026-11-09"):
            records.checkins.keep(report(programme, ann.id, round_key))
        records.checkins.keep(report(programme, ben.id, "2026-11-10"))
        assert records.checkins.before(ann.id, "2026-11-16").round == "2026-11-09"
        assert records.checkins.before(ann.id, "2026-11-02") is None
        assert [one.round for one in records.checkins.latest(ann.id, 2)] == ["2026-11-16", "2026-11-09"]
        found = records.checkins.of_people(programme.id, "2026-11-10", [ann.id, ben.id, 999])
        assert [one.person for one in found] == [ben.id]
        assert records.checkins.of_people(programme.id, "2026-11-10", []) == []


def test_responses_come_in_their_order(store: Store, programme: Programme, hire, now) -> None:
    ann, boss = hire("Ann"), hire("Boss")
    with store.work() as records:
        checkin = records.checkins.keep(report(programme, ann.id))
        reply = records.checkins.respond(Response(0, checkin.id, boss.id, "reply", "做得好", now))
        grant = records.checkins.respond(
            Response(0, checkin.id, boss.id, "granted", "", now + timedelta(hours=1))
        )
        assert records.checkins.responses([checkin.id, 999]) == [reply, grant]
        assert records.checkins.responses([]) == []


def test_completion_counts_by_department(store: Store, programme: Programme, hire) -> None:
    sold, late, skipped, silent = (hire(name) for name in ("Sold", "Late", "Skipped", "Silent"))
    rest = hire("Rest", department="Legal")
    key, moment = "2026-11-16", programme.started_at
    with store.work() as records:
        for person in (sold, late, skipped, silent, rest):
            state = "waived" if person is skipped else "done" if person in (sold, late) else "open"
            made = Task(
                0, "checkin", programme.id, person.id, key, state, moment, moment, moment,
                department=person.department,
            )  # fmt: skip
            records.tasks.add([made, replace(made, subject="2026-11-23"), replace(made, kind="other")])
        records.checkins.keep(report(programme, sold.id))
        records.checkins.keep(report(programme, late.id, late=True))
        assert records.checkins.completion(programme.id, key) == [
            ("Legal", 1, 0, 0, 0),
            ("Sales", 4, 2, 1, 1),
        ]
        assert records.checkins.completion(programme.id, "2026-01-01") == []


def test_goals_are_listed_as_they_were_added(store: Store, hire) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    with store.work() as records:
        goals = [records.goals.add(ann.id, title) for title in ("Sell more", "少出错\ud800")]
        records.goals.add(ben.id, "Other")
        assert records.goals.of_person(ann.id) == [goals[0], Goal(goals[1].id, ann.id, Terms("少出错\ufffd"))]


def test_an_audit_line_is_added(store: Store, now) -> None:
    with store.work() as records:
        records.audit.note(now, None, "programme.start", "programme/1", {"people": 24})
    with store.engine.begin() as connection:
        lines = connection.execute(text("SELECT action, thing, detail FROM audit")).all()
    assert [line[:2] for line in lines] == [("programme.start", "programme/1")]
    assert str(lines[0][2]) in ('{"people":24}', "{'people': 24}")


def test_an_event_is_new_once_until_it_is_forgotten(store: Store, now) -> None:
    with store.work() as records:
        assert records.first_time("Ev1", now)
        assert not records.first_time("Ev1", now)
        assert records.first_time("Ev2", now + timedelta(days=1))
        assert records.prune(now + timedelta(days=7)) == 0
        assert records.prune(now + timedelta(days=7, seconds=1)) == 1
        assert records.first_time("Ev1", now)
        assert not records.first_time("Ev2", now)


def test_an_undone_event_is_new_again(store: Store, now) -> None:
    with suppress(ZeroDivisionError), store.work() as records:
        records.first_time("Ev1", now)
        raise ZeroDivisionError
    with store.work() as records:
        assert records.first_time("Ev1", now)


def test_whoever_leads_somebody_that_is_asked_is_found_in_slices(
    store: Store, programme: Programme, hire
) -> None:
    ann, bo, cy = hire("Ann"), hire("Bo", department="Law"), hire("Cy")
    hire("Dee", ann), hire("Eve", ann)
    fay = hire("Fay", bo, department="Law")
    hire("Gus", cy, active=False)
    with store.work() as records:
        find = records.programmes.leading
        assert find(Audience(), 0, 9) == [ann.id, bo.id]
        assert find(Audience(), 0, 1) == [ann.id]
        assert find(Audience(), ann.id, 9) == [bo.id]
        assert find(Audience("departments", departments=("Sales",)), 0, 9) == [ann.id]
        assert find(Audience("people", people=(fay.id,)), 0, 9) == [bo.id]
        assert find(Audience(without=(fay.id,)), 0, 9) == [ann.id]
        assert find(Audience("departments"), 0, 9) == []
