"""A file of people taken into the directory, again and again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.people.row import PersonRow
from storage.engine import Store
from storage.people_import import ImportResult


def row(name: str, manager: str | None = None, **other: object) -> PersonRow:
    return replace(
        PersonRow(
            line=2, email=f"{name}@example.com", name=name.title(),
            manager_email=manager and f"{manager}@example.com",
            department="Sales", level="P5", title="Seller", roles=(), zone=None, language="en", hired_on=None,
            left_on=None,
        ),
        **other,
    )  # fmt: skip


def test_the_first_import_makes_everybody_whatever_the_order(store: Store) -> None:
    with store.work() as records:
        assert records.people.apply_import([row("low", "top"), row("top")]) == ImportResult(2, 0, 0)
        top, low = records.people.by_email("top@example.com"), records.people.by_email("low@example.com")
        assert low.manager == top.id
        assert top.manager is None
        assert (low.zone, low.active, low.account) == ("UTC", True, None)


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    file = [row("low", "top", roles=("hr",), hired_on=date(2020, 1, 1), zone="Asia/Kolkata"), row("top")]
    with store.work() as records:
        records.people.apply_import(file)
        before = records.people.active()
    with store.work() as records:
        assert records.people.apply_import(file) == ImportResult(0, 0, 2)
        assert records.people.active() == before


def test_what_the_messenger_told_stays_where_the_file_says_nothing(store: Store) -> None:
    leave = ((date(2026, 11, 1), date(2026, 11, 2)),)
    with store.work() as records:
        records.people.apply_import([row("ann"), row("ben")])
        ann = records.people.by_email("ann@example.com")
        records.people.save(replace(ann, account="U1", zone="Europe/Berlin", away=leave))
        result = records.people.apply_import([row("ann", title="Head"), row("ben", zone="Asia/Tokyo")])
        ann, ben = records.people.by_account("U1"), records.people.by_email("ben@example.com")
    assert result == ImportResult(0, 2, 0)
    assert (ann.title, ann.zone, ann.away) == ("Head", "Europe/Berlin", leave)
    assert ben.zone == "Asia/Tokyo"


@pytest.mark.parametrize(("days", "active"), [(-1, False), (0, True), (1, True)])
def test_who_has_left_becomes_inactive(store: Store, now, days: int, active: bool) -> None:
    last = now.date() + timedelta(days=days)
    with store.work() as records:
        records.people.apply_import([row("ann", left_on=last)])
        assert records.people.by_email("ann@example.com").active is active


def test_who_is_not_in_the_file_is_left_alone_and_can_lead(store: Store, hire) -> None:
    boss = hire("boss")
    with store.work() as records:
        assert records.people.apply_import([row("ann", "boss")]) == ImportResult(1, 0, 0)
        assert records.people.get(boss.id) == boss
        assert records.people.reports_of(boss.id)[0].email == "ann@example.com"


def test_a_change_of_manager_is_a_change(store: Store) -> None:
    with store.work() as records:
        records.people.apply_import([row("ann"), row("ben"), row("cat", "ann")])
        assert records.people.apply_import([row("ann"), row("ben"), row("cat", "ben")]) == ImportResult(
            0, 1, 2
        )
        ben, cat = records.people.by_email("ben@example.com"), records.people.by_email("cat@example.com")
        assert cat.manager == ben.id
        assert records.people.apply_import([row("cat")]) == ImportResult(0, 1, 0)
        assert records.people.by_email("cat@example.com").manager is None


def test_more_people_than_one_statement_takes(store: Store) -> None:
    crowd = [row("top"), *(row(f"p{number}", "top") for number in range(5100))]
    with store.work() as records:
        assert records.people.apply_import(crowd) == ImportResult(5101, 0, 0)
        top = records.people.by_email("top@example.com")
        assert len(records.people.reports_of(top.id)) == 5100


def test_from_which_changes_more_follows_is_told_with_how_it_was(store: Store, now) -> None:
    with store.work() as records:
        first = records.people.apply_import([row("ann"), row("ben"), row("cat", "ann"), row("dan", "ann")])
        ids = {one.email[:3]: one.id for one in records.people.active()}
        assert [one.person for one in first.before] == [ids["ann"], ids["ben"], ids["cat"], ids["dan"]]
        assert not any(one.active for one in first.before)
        again = records.people.apply_import(
            [row("ann", title="Head"), row("ben", left_on=now.date() - timedelta(days=1)), row("cat", "ben"),
             row("dan", "ann", department="Support")]
        )  # fmt: skip
    before = {one.person: one for one in again.before}
    assert before.keys() == {ids["ben"], ids["cat"], ids["dan"]}
    assert before[ids["ben"]].active
    assert before[ids["cat"]].manager == ids["ann"]
    assert before[ids["dan"]].department == "Sales"


def test_whom_the_messenger_deactivated_is_not_brought_back_by_an_old_file(store: Store, now) -> None:
    last = now.date() - timedelta(days=1)
    with store.work() as records:
        records.people.apply_import([row("ann"), row("ben", left_on=last)])
        ann = records.people.by_email("ann@example.com")
        records.people.save(replace(ann, active=False))
        records.people.apply_import([row("ann"), row("ben")])
        assert not records.people.by_email("ann@example.com").active
        assert records.people.by_email("ben@example.com").active  # the file says that they are back
