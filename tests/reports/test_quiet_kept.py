"""Of whom nothing was heard for long, asked of both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from flows.checkins.questions import STANDARD
from flows.checkins.records import Audience, Checkin, Programme
from flows.coaching.feedback_records import Feedback
from flows.coaching.meetings.records import Meeting
from flows.coaching.records import Praise
from flows.core.records import Task
from flows.core.words import same
from flows.cycle.calendar import Rhythm, Schedule
from flows.people.person import Person
from flows.reports.quiet.kept import Counts, Since, since
from flows.reports.quiet.making import QUIET
from flows.reports.report import Asked
from flows.reports.scope import Scope
from storage.engine import Store
from tests.storage.conftest import Hire

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
COMPANY = Scope(same("The company"))
ROUNDS = ("2026-11-09", "2026-11-02")  # that of 16 November is due on this Friday


@pytest.fixture
def team(store: Store, hire: Hire, now: datetime) -> dict[str, Person]:
    """Lead Lin has Ada, Bo, Cy (new) and Di, who has gone; Ada leads Eve of another department."""
    lin = hire("Lin")
    ada, bo = hire("Ada", lin), hire("Bo", lin)
    found = {"lin": lin, "ada": ada, "bo": bo, "eve": hire("Eve", ada, "Lab")}
    found["cy"] = hire("Cy", lin, hired_on=TODAY - 5 * DAY)
    hire("Di", lin, active=False)
    with store.work() as records:
        for about, days in (("ada", 29), ("bo", 31)):
            records.praise.keep(Praise(0, found[about].id, lin.id, "Well done", now - days * DAY))
        records.feedback.keep(
            Feedback(0, found["eve"].id, lin.id, "s", "b", "e", "w", False, None, now - 2 * DAY)
        )
        for manager, person, days in ((lin, ada, 14), (lin, bo, 15), (lin, lin, 1)):
            begun = records.meetings.begin(Meeting(0, manager.id, person.id, None, None, None, now))
            records.meetings.save(replace(begun, last_on=TODAY - days * DAY))
    return found


def heard(store: Store, people: dict[str, Person], now: datetime) -> Since:
    """The check-ins run: Ada sent both, Bo the second, Eve none, Lin was excused from one of them."""
    schedule = Schedule(Rhythm.WEEKLY, date(2026, 10, 5), 0, time(9), 4, time(16))
    states = {
        "ada": ("done", "done"), "bo": ("done", "expired"), "eve": ("expired", "open"), "lin": ("waived", "expired"),
    }  # fmt: skip
    with store.work() as records:
        made = records.programmes.save(Programme(0, "running", Audience(), schedule, STANDARD, None, now))
        for name, both in states.items():
            for one, state in zip(ROUNDS, both, strict=True):
                whose = people[name].id
                task = Task(0, "checkin", made.id, whose, one, "open", now, now, now)
                records.tasks.add([task])
                kept = records.tasks.find("checkin", made.id, whose, one)
                records.tasks.save(replace(kept, state=state))
                if state == "done":
                    records.checkins.keep(Checkin(0, made.id, whose, one, {}, {}, {}, {}, False, now))
    return since(TODAY, "Europe/Berlin", made)


def test_each_is_looked_at_for_all_three(store: Store, team: dict[str, Person], now: datetime) -> None:
    asked = heard(store, team, now)
    with store.work() as records:
        found = {one.whose: one.counts for one in records.reports.quiet.groups(COMPANY, asked, "department")}
        assert found == {
            "Sales": Counts(
                people=4, feedback=3, no_feedback=2, talk=2, no_talk=1, checkin=2, no_checkin=0, any=2, new=1
            ),
            "Lab": Counts(people=1, feedback=1, talk=1, no_talk=1, checkin=1, no_checkin=1, any=1),
        }
        names = {one.id: one.name for one in team.values()}
        people = records.reports.quiet.people(COMPANY, asked, 10)
        assert [
            (names[one.person], one.manager, one.no_feedback, one.no_talk, one.no_checkin, one.last_talk, one.last_round)
            for one in people
        ] == [
            ("Bo", "Lin", True, True, False, TODAY - 15 * DAY, "2026-11-09"),
            ("Eve", "Ada", False, True, True, None, None),
            ("Lin", "", True, False, False, None, None),
        ]  # fmt: skip
        assert len(records.reports.quiet.people(COMPANY, asked, 1)) == 1


def test_a_scope_is_a_department_or_everybody_below(
    store: Store, team: dict[str, Person], now: datetime
) -> None:
    asked = since(TODAY, "Europe/Berlin", None)
    below = Scope(same("Lin's people"), below=team["lin"].id)
    with store.work() as records:
        by = records.reports.quiet.groups(below, asked, "manager")
        assert {(one.whose, one.name, one.counts.people) for one in by} == {
            (team["lin"].id, "Lin", 3),
            (team["ada"].id, "Ada", 1),
        }
        lab = Scope(same("Lab"), departments=frozenset({"Lab"}))
        assert [one.counts.people for one in records.reports.quiet.groups(lab, asked, "department")] == [1]
        assert records.reports.quiet.groups(lab, asked, "department")[0].counts.checkin == 0


def names_of(store: Store, reader: Person, scope: Scope, now: datetime) -> tuple[set[str], Any]:
    with store.work() as records:
        report = QUIET.make(records, reader, Asked(scope), now)
    table = report.tables[1]
    return {row[0].en for row in table.rows}, table


def test_nobody_of_hr_reads_of_themselves_or_of_managers_above_them_by_name(
    store: Store, team: dict[str, Person], hire: Hire, now: datetime
) -> None:
    hr = hire("Hana", team["ada"], "HR", roles=("hr",))
    seen, table = names_of(store, hr, COMPANY, now)
    assert seen == {"Bo", "Eve"}, "not Hana herself, not Lin above Ada"
    assert table.note.en.startswith("2 people are counted and not named")
    assert table.acts == ()
    with store.work() as records:
        by = QUIET.make(records, hr, Asked(COMPANY, by="manager"), now).tables[0]
    assert {row[0].en for row in by.rows} == {"No manager", "Together"}, (
        "whose people they are is not told upwards"
    )


def test_a_partner_reads_the_names_of_their_own_department(
    store: Store, team: dict[str, Person], hire: Hire, now: datetime
) -> None:
    partner = hire("Pia", None, "HR", roles=("hr:Lab",))
    seen, _ = names_of(store, partner, Scope(same("Lab"), departments=frozenset({"Lab"})), now)
    assert seen == {"Eve"}


def test_who_leads_reads_their_line_and_can_do_something_about_it(
    store: Store, team: dict[str, Person], now: datetime
) -> None:
    lin, bo, eve = team["lin"], team["bo"], team["eve"]
    seen, table = names_of(store, lin, Scope(same("Lin's people"), below=lin.id), now)
    assert seen == {"Bo", "Eve"}
    acts = {table.rows[place][0].en: (words.en, act.verb, act.about) for place, words, act in table.acts}
    assert acts == {"Bo": ("Open 1:1", "see", ("meeting", "pair", str(bo.id)))}
    ada = team["ada"]
    _, hers = names_of(store, ada, Scope(same("Ada's people"), below=ada.id), now)
    assert [act.about for _, _, act in hers.acts] == [("meeting", "pair", str(eve.id))]


def test_who_is_on_leave_is_counted_and_not_named(
    store: Store, team: dict[str, Person], now: datetime
) -> None:
    with store.work() as records:
        records.people.save(replace(team["bo"], away=((TODAY - DAY, TODAY + DAY),)))
        report = QUIET.make(records, team["lin"], Asked(Scope(same("L"), below=team["lin"].id)), now)
    assert "1 on leave" in report.tables[0].note.en
    assert [row[0].en for row in report.tables[1].rows] == ["Eve"]
