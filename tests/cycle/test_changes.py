"""People change while a cycle runs: what they owe goes where it belongs, each time with a line in the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flows.core.refusal import Refusal
from flows.cycle.people.changes import Before, before_of, people_changed, person_changed, plan_changes
from flows.cycle.people.deputies import Named, end_now, keep
from flows.cycle.people.joiners import all_decided, asked_in, include, leave_out
from flows.cycle.people.leading import UNLED
from flows.cycle.people.leaves import leave_changed
from flows.cycle.people.standing_days import plan_days
from flows.cycle.people.standing_in import STANDS_IN
from flows.cycle.people.unled import keep as name_manager
from flows.cycle.records import Audience
from flows.people.person import Person
from flows.people.row import PersonRow
from storage.engine import Store, open_store
from tests.cycle.live_cycle import NOW, later, launched, open_tasks, person, swept

LONG_AGO = NOW - timedelta(days=90)


class Office:
    """Hana of HR runs a cycle; Ada leads Ben and Eva, Ben leads Cem and Dan."""

    def __init__(self, store: Store, audience: Audience | None = None) -> None:
        self.store, self.open = store, None
        with self.work() as records:
            ada = records.people.save(person("ada"))
            self.hana = records.people.save(person("hana", ada, department="People", roles=("hr",)))
            ben = records.people.save(person("ben", ada))
            records.people.save(person("eva", ada))
            for name in ("cem", "dan"):
                records.people.save(person(name, ben))
            self.cycle = launched(records, self.hana.id, audience).id
        swept(store)

    def __getattr__(self, name: str) -> Person:
        with self.work() as records:
            found = records.people.by_email(f"{name}@example.com")
        if found is None:
            raise AttributeError(name)
        return found

    @contextmanager
    def work(self) -> Iterator[Any]:
        """The transaction that is open, or one of its own."""
        if self.open is not None:
            yield self.open
            return
        with self.store.work() as self.open:
            try:
                yield self.open
            finally:
                self.open = None

    def change(self, name: str, **to: Any) -> Person:
        """Change somebody as the directory does."""
        with self.work() as records:
            before = records.people.by_email(f"{name}@example.com")
            after = records.people.save(replace(before, **to))
            person_changed(records, before, after, NOW)
        return after

    def review_of(self, name: str) -> Any:
        """The open manager review about somebody."""
        with self.work() as records:
            about = records.people.by_email(f"{name}@example.com").id
            found = [task for task in open_tasks(records, self.cycle, "manager") if task.about == about]
        assert len(found) <= 1
        return found[0] if found else None

    def place(self, name: str) -> Any:
        whose = getattr(self, name).id
        with self.work() as records:
            return records.participants.get(self.cycle, whose)

    def told(self, name: str) -> list[str]:
        """The kinds of what somebody is still to be told."""
        whose = getattr(self, name).id
        with self.work() as records:
            return [notice.kind for notice in records.notices.due_of([whose], later(99))]

    def audited(self, action: str) -> int:
        with self.work() as records:
            return len(records.audit.latest(action, LONG_AGO))

    def do(self, work: Any) -> Any:
        with self.work() as records:
            return work(records)


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    store = open_store(database_url, lambda: NOW)
    yield Office(store)
    store.close()


@pytest.fixture
def small(sqlite_url: str) -> Iterator[Office]:
    store = open_store(sqlite_url, lambda: NOW)
    yield Office(store)
    store.close()


def test_everybody_has_a_task_with_exactly_one_responsible(office: Office) -> None:
    with office.work() as records:
        tasks = open_tasks(records, office.cycle)
    assert len(tasks) == 6 + 5
    assert all(task.person == task.owner for task in tasks)


def test_a_leaver_owes_nothing_and_is_out(office: Office) -> None:
    office.change("cem", active=False)
    with office.work() as records:
        tasks = open_tasks(records, office.cycle)
    assert not [task for task in tasks if office.cem.id in (task.person, task.owner, task.about)]
    assert (office.place("cem").place, office.place("cem").why) == ("out", "left")
    assert office.audited("participant.left") == 1


def test_a_leavers_reports_go_to_the_leavers_manager(office: Office) -> None:
    office.change("ben", active=False)
    for name in ("cem", "dan"):
        task = office.review_of(name)
        assert (task.owner, task.person, task.next_at, task.said_at) == (
            office.ada.id,
            office.ada.id,
            NOW,
            None,
        )
        assert office.place(name).manager == office.ada.id
    assert office.audited("participant.manager") == 2


def test_a_new_manager_takes_over_what_is_open(office: Office) -> None:
    office.change("cem", manager=office.eva.id)
    assert office.review_of("cem").person == office.review_of("cem").owner == office.eva.id
    assert office.review_of("dan").person == office.ben.id
    assert office.place("cem").manager == office.eva.id


def test_there_and_back_again_is_one_task(office: Office) -> None:
    first = office.review_of("cem")
    office.change("cem", manager=office.eva.id)
    office.change("cem", manager=office.ben.id)
    again = office.review_of("cem")
    assert (again.id, again.person) == (first.id, office.ben.id)


def test_a_review_that_is_done_stays_done(office: Office) -> None:
    done = replace(office.review_of("cem"), state="done", done_at=NOW, next_at=None)
    office.do(lambda records: records.tasks.save(done))
    office.change("cem", manager=office.eva.id)
    assert office.review_of("cem") is None


def test_without_a_manager_hr_is_asked_and_names_one(office: Office) -> None:
    first = office.review_of("cem")
    office.change("cem", manager=None)
    assert office.review_of("cem") is None
    assert office.do(lambda records: records.tasks.get(first.id)).why == UNLED
    assert "cycle.unled" in office.told("hana")
    subject = f"{office.cycle}/{office.cem.id}"
    for wrong in (office.cem, office.hana):
        if wrong.id == office.cem.id:
            with pytest.raises(Refusal, match="can't review"):
                office.do(lambda r, named=wrong: name_manager(r, office.hana, subject, named.id, NOW))
    office.do(lambda records: name_manager(records, office.hana, subject, office.eva.id, NOW))
    assert (office.review_of("cem").id, office.review_of("cem").person) == (first.id, office.eva.id)


def test_nobody_reviews_their_own_manager_by_being_named(office: Office) -> None:
    subject = f"{office.cycle}/{office.ben.id}"
    with pytest.raises(Refusal, match="reports to them"):
        office.do(lambda records: name_manager(records, office.hana, subject, office.cem.id, NOW))


def test_who_never_had_a_manager_is_asked_about_once_one_is_named(office: Office) -> None:
    subject = f"{office.cycle}/{office.ada.id}"
    assert office.review_of("ada") is None
    outside = office.do(lambda records: records.people.save(person("zoe")))
    office.do(lambda records: name_manager(records, office.hana, subject, outside.id, NOW))
    assert office.review_of("ada").person == outside.id


def test_hr_names_no_manager_for_themselves(office: Office) -> None:
    subject = f"{office.cycle}/{office.hana.id}"
    with pytest.raises(Refusal, match="about yourself"):
        office.do(lambda records: name_manager(records, office.hana, subject, office.eva.id, NOW))


def test_whom_hr_named_stays_until_the_directory_names_somebody(office: Office) -> None:
    office.change("cem", manager=None)
    subject = f"{office.cycle}/{office.cem.id}"
    office.do(lambda records: name_manager(records, office.hana, subject, office.eva.id, NOW))
    office.change("cem", title="Lead")
    assert office.review_of("cem").person == office.eva.id
    office.change("cem", manager=office.ben.id)
    assert office.review_of("cem").person == office.ben.id


def test_who_hr_named_leaves_and_hr_is_asked_again(office: Office) -> None:
    office.change("cem", manager=None)
    subject = f"{office.cycle}/{office.cem.id}"
    office.do(lambda records: name_manager(records, office.hana, subject, office.eva.id, NOW))
    office.change("eva", active=False)
    assert office.place("cem").manager is None
    assert office.review_of("cem") is None


def test_a_transfer_counts_under_the_old_department(office: Office) -> None:
    office.change("cem", department="Support", level="L4")
    assert (office.place("cem").department, office.review_of("cem").department) == ("Sales", "Sales")
    assert office.audited("participant.transfer") == 1


def test_another_zone_moves_the_moments_and_announces_nothing(office: Office) -> None:
    with office.work() as records:
        for task in records.tasks.open_of(office.cem.id):
            records.tasks.save(replace(task, told_due=task.due_at, said_at=NOW))
    office.change("cem", zone="Asia/Shanghai")
    with office.work() as records:
        (task,) = records.tasks.open_of(office.cem.id)
    assert task.due_at.hour == 15
    assert task.told_due == task.due_at


def test_a_joiner_waits_for_hr_and_gets_what_is_open(office: Office) -> None:
    new = joined(office, "fay", office.ben)
    assert office.place("fay").place == "asked"
    assert office.told("hana").count("cycle.joiners") == 1
    about = (str(office.cycle), str(new.id))
    office.do(lambda records: include.act(records, office.hana, about, NOW))
    assert office.place("fay").place == "in"
    assert office.review_of("fay").person == office.ben.id
    with pytest.raises(Refusal, match="decided already"):
        office.do(lambda records: leave_out.act(records, office.hana, about, NOW))


def test_a_joiner_who_is_left_out_owes_nothing(office: Office) -> None:
    new = joined(office, "fay", office.ben)
    office.do(lambda records: leave_out.act(records, office.hana, (str(office.cycle), str(new.id)), NOW))
    assert office.place("fay").place == "out"
    assert office.review_of("fay") is None


def test_all_joiners_at_once_but_for_oneself(small: Office) -> None:
    for number in range(3):
        joined(small, f"new{number}", small.ben)
    other = joined(small, "hugo", small.ada, roles=("hr",))
    words = small.do(lambda records: all_decided.act(records, other, (str(small.cycle), "in"), NOW))
    assert words.en == "Decided for 3 people."
    assert small.place("hugo").place == "asked"
    with pytest.raises(Refusal, match="about you"):
        small.do(lambda records: include.act(records, other, (str(small.cycle), str(other.id)), NOW))


def test_an_hr_partner_decides_about_their_own_departments_alone(small: Office) -> None:
    partner = small.do(lambda records: records.people.save(person("pia", roles=("hr:Sales",))))
    joined(small, "fay", small.ben)
    joined(small, "gus", small.ben, department="Support")
    waiting = small.do(lambda records: asked_in(records, partner, small.cycle, NOW))
    assert [one.name for one in waiting] == ["Fay"]
    words = small.do(lambda records: all_decided.act(records, partner, (str(small.cycle), "out"), NOW))
    assert words.en == "Decided for 1 person."
    assert small.place("gus").place == "asked"


def test_who_comes_back_is_asked_about_again(office: Office) -> None:
    office.change("cem", active=False)
    office.change("cem", active=True)
    assert office.place("cem").place == "asked"


def test_nobody_is_asked_about_while_the_list_is_being_taken_down(sqlite_url: str) -> None:
    store = open_store(sqlite_url, lambda: NOW)
    with store.work() as records:
        hana = records.people.save(person("hana", roles=("hr",)))
        cycle = launched(records, hana.id)
        new = records.people.save(person("new"))
        person_changed(records, None, new, NOW)
        assert records.participants.get(cycle.id, new.id) is None
    swept(store)
    with store.work() as records:
        assert records.participants.get(cycle.id, new.id).place == "in"
    store.close()


def test_a_deputy_gets_what_is_open_and_it_comes_back(office: Office) -> None:
    deputize(office, "ben", "eva", 0, 3)
    task = office.review_of("cem")
    assert (task.owner, task.person, task.why) == (office.ben.id, office.eva.id, STANDS_IN)
    assert "deputy.named" in office.told("eva")
    swept(office.store, later(3))
    assert office.review_of("cem").person == office.eva.id
    swept(office.store, later(3.6))
    task = office.review_of("cem")
    assert (task.owner, task.person, task.why, task.next_at) == (office.ben.id, office.ben.id, "", later(3.6))


def test_a_delegation_to_come_begins_on_its_day(office: Office) -> None:
    deputize(office, "ben", "eva", 2, 3)
    assert office.review_of("cem").person == office.ben.id
    swept(office.store, later(2))
    assert office.review_of("cem").person == office.eva.id


def test_a_delegation_that_is_ended_gives_everything_back(office: Office) -> None:
    one = deputize(office, "ben", "eva", 0, 3)
    office.do(lambda records: end_now.act(records, office.ben, (str(one.id),), NOW))
    assert office.review_of("cem").person == office.ben.id


def test_a_deputy_who_leaves_gives_everything_back(office: Office) -> None:
    deputize(office, "ben", "eva", 0, 3)
    office.change("eva", active=False)
    assert office.review_of("cem").person == office.ben.id
    assert office.do(lambda records: records.delegations.of_person(office.ben.id)) == []


def test_what_was_handed_over_by_hand_stays_where_it_is(office: Office) -> None:
    by_hand = replace(office.review_of("cem"), person=office.hana.id)
    office.do(lambda records: records.tasks.save(by_hand))
    deputize(office, "ben", "eva", 0, 3)
    assert office.review_of("cem").person == office.hana.id
    assert office.review_of("dan").person == office.eva.id
    office.change("hana", active=False)
    assert office.review_of("cem").person == office.eva.id


@pytest.mark.parametrize(
    ("whose", "deputy", "days", "words"),
    [
        ("ben", "ben", (0, 3), "stand in for yourself"),
        ("ben", "eva", (-2, 3), "is over already"),
        ("ben", "eva", (4, 3), "before the first"),
        ("ben", "eva", (0, 366), "more than a year"),
        ("ben", "cem", (3, 4), "have a deputy for some of these days"),
        ("eva", "ben", (2, 4), "a deputy of their own"),
        ("dan", "hana", (2, 4), "You stand in for somebody"),
        ("eva", "dan", (2, 4), "stands in for somebody else"),
        ("eva", "gone", (0, 4), "not active"),
        ("eva", "cem", (5, 6), "is away in that time"),
    ],
)
def test_a_delegation_is_refused(
    small: Office, whose: str, deputy: str, days: tuple[int, int], words: str
) -> None:
    deputize(small, "ben", "dan", 1, 3)
    small.do(lambda records: records.people.save(person("gone", active=False)))
    today = NOW.date()
    leave = ((today + timedelta(days=5), today + timedelta(days=6)),)
    small.do(lambda records: records.people.save(replace(records.people.get(small.cem.id), away=leave)))
    with pytest.raises(Refusal, match=words):
        deputize(small, whose, deputy, *days)


def test_a_managers_leave_past_the_deadline_gives_reviews_to_their_manager(office: Office) -> None:
    leave(office, "ben", 1, 30)
    assert office.review_of("cem").person == office.ben.id
    swept(office.store, later(1))
    assert office.review_of("cem").person == office.ada.id
    assert office.told("hana").count("cycle.leave") == 2  # their own review, and those of their people
    leave(office, "ben", 1, 1)
    swept(office.store, later(2))
    assert office.review_of("cem").person == office.ben.id


def test_a_short_leave_moves_nothing(office: Office) -> None:
    leave(office, "ben", 0, 3)
    swept(office.store, later(1))
    assert office.review_of("cem").person == office.ben.id


def test_whose_last_day_is_over_leaves_with_the_day(office: Office) -> None:
    office.change("cem", left_on=NOW.date())
    office.do(lambda records: plan_days(records, later(1)))
    swept(office.store, later(1))
    assert not office.cem.active
    assert office.place("cem").place == "out"


def test_an_import_of_many_goes_in_slices(small: Office) -> None:
    crowd = [row(f"n{number:03}", "ben") for number in range(450)]
    crowd += [row("ada", None), row("ben", "ada"), row("eva", "ada"), row("cem", "eva")]
    with small.work() as records:
        result = records.people.apply_import(crowd)
        assert len(result.before) == 451
        plan_changes(records, result.before, NOW)
    assert small.review_of("cem").person == small.ben.id
    swept(small.store)
    assert small.review_of("cem").person == small.eva.id
    with small.work() as records:
        assert len(records.participants.asked(small.cycle)) == 450


def test_an_import_brings_back_nobody_whom_the_messenger_deactivated(small: Office) -> None:
    small.change("cem", active=False)
    with small.work() as records:
        records.people.apply_import([row("ada", None), row("ben", "ada"), row("cem", "ben")])
    assert not small.cem.active


def joined(office: Office, name: str, manager: Person, **other: Any) -> Person:
    with office.work() as records:
        new: Person = records.people.save(person(name, manager, **other))
        person_changed(records, None, new, NOW)
    return new


def deputize(office: Office, whose: str, deputy: str, first: int, last: int) -> Any:
    today = NOW.date()
    days = (today + timedelta(days=first), today + timedelta(days=last))
    with office.work() as records:
        owner = records.people.by_email(f"{whose}@example.com")
        named = records.people.by_email(f"{deputy}@example.com")
        keep(records, owner, "mine", Named(named.id, *days), NOW)
        return records.delegations.of_person(owner.id)[-1]


def leave(office: Office, name: str, first: int, last: int) -> None:
    today = NOW.date()
    away = ((today + timedelta(days=first), today + timedelta(days=last)),)
    with office.work() as records:
        whose = records.people.by_email(f"{name}@example.com")
        leave_changed(records, records.people.save(replace(whose, away=away)), NOW)


def row(name: str, manager: str | None) -> PersonRow:
    return PersonRow(
        2, f"{name}@example.com", name.title(), manager and f"{manager}@example.com", "Sales", "L3", "", (), "UTC",
        "en", None, None,
    )  # fmt: skip


NAMES = ("ada", "hana", "ben", "eva", "cem", "dan")
edits = st.one_of(
    st.tuples(st.just("manager"), st.sampled_from(NAMES), st.none() | st.sampled_from(NAMES)),
    st.tuples(st.just("active"), st.sampled_from(NAMES), st.booleans()),
    st.tuples(st.just("leave"), st.sampled_from(NAMES), st.tuples(st.integers(-1, 4), st.integers(0, 20))),
    st.tuples(st.just("deputy"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("days"), st.just(""), st.integers(1, 3)),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip
@given(story=st.lists(edits, min_size=3, max_size=12))
@example(story=[("days", "", 1), ("leave", "ben", (0, 11)), ("manager", "ben", None)])
def test_whatever_changes_exactly_one_person_is_responsible(
    migrated_file: Path, tmp_path_factory: pytest.TempPathFactory, story: list[tuple[str, str, Any]]
) -> None:
    file = tmp_path_factory.mktemp("edits") / "p.db"
    file.write_bytes(migrated_file.read_bytes())
    store = open_store(f"sqlite:///{file}", lambda: NOW)
    try:
        live_through(Office(store), story)
    finally:
        store.close()


def live_through(office: Office, story: list[tuple[str, str, Any]]) -> None:
    store, now = office, NOW
    for kind, name, to in story:
        with store.work() as records:
            before = records.people.by_email(f"{name}@example.com") if name else None
            if kind == "days":
                now += timedelta(days=to)
            elif kind == "manager":
                leads = records.people.by_email(f"{to}@example.com") if to else None
                if leads is None or before.id not in (leads.id, *records.people.line_of(leads.id)):
                    after = records.people.save(replace(before, manager=leads.id if leads else None))
                    person_changed(records, before, after, now)
            elif kind == "active":
                people_changed(
                    records,
                    [(before_of(before.id, before), records.people.save(replace(before, active=to)))],
                    now,
                )
            elif kind == "leave":
                first = now.date() + timedelta(days=to[0])
                spans = ((first, first + timedelta(days=to[1])),)
                leave_changed(records, records.people.save(replace(before, away=spans)), now)
            elif before.active:
                deputy = records.people.by_email(f"{to}@example.com")
                named = Named(deputy.id, now.date(), now.date() + timedelta(days=2))
                with suppress(Refusal):
                    keep(records, before, "mine", named, now)
        with store.work() as records:
            plan_days(records, now)
        swept(office.store, now)
        check(office, now)


def check(office: Office, now: Any) -> None:
    """Every open task is with one active person, who is neither whom it is about nor a deputy's deputy."""
    with office.work() as records:
        tasks = open_tasks(records, office.cycle)
        people = {p.id: p for p in records.people.many(range(1, 20))}
        places = {p.person: p for p in records.participants.many(office.cycle, list(people))}
        deputies = {d.person: d.deputy for d in records.delegations.all_current()}
        lines = {number: records.people.line_of(number) for number in people}
    assert len({(task.subject, task.about) for task in tasks}) == len(tasks)
    for task in tasks:
        assert people[task.person].active
        assert people[task.owner].active
        assert places[task.about].place == "in"
        if task.subject == "self":
            assert task.person == task.owner == task.about
        else:
            assert task.about != task.person
            assert task.owner == places[task.about].manager
            assert task.person in (task.owner, deputies.get(task.owner), *lines[task.owner])
    reviewed = {task.about for task in tasks if task.subject == "manager"}
    led = {place.person for place in places.values() if place.place == "in" and place.manager}
    assert reviewed == led, "somebody who has a manager is reviewed by nobody"


def test_before_knows_nothing_of_somebody_new() -> None:
    assert before_of(7, None) == Before(7, False)
