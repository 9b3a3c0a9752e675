"""The directory on both databases: finding people, their reporting line and their teams' channels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage.engine import Store


def test_a_person_is_kept_whole_and_found_by_number_email_and_account(store: Store, hire) -> None:
    leave = ((date(2026, 10, 1), date(2026, 10, 8)), (date(2026, 12, 24), date(2026, 12, 31)))
    mei = hire("梅", roles=("hr", "hr:Sales"), account="U1", away=leave, hired_on=date(2020, 2, 29))
    with store.work() as records:
        assert records.people.get(mei.id) == mei
        assert records.people.by_email(f" {mei.email.upper()} ") == mei
        assert records.people.by_account("U1") == mei
        assert records.people.get(mei.id).away == leave


def test_nobody_is_found_where_nobody_is(store: Store) -> None:
    with store.work() as records:
        assert records.people.get(7) is None
        assert records.people.by_email("x@example.com") is None
        assert records.people.by_account("U\ud800") is None


def test_a_change_of_a_person_is_kept(store: Store, hire) -> None:
    ben, ann = hire("Ben"), hire("Ann")
    with store.work() as records:
        moved = records.people.save(
            replace(ben, manager=ann.id, active=False, account="U9", roles=("auditor",))
        )
    with store.work() as records:
        assert records.people.get(ben.id) == moved
        assert records.people.get(ann.id) == ann


def test_lists_are_by_name_and_leave_out_who_has_left(store: Store, hire) -> None:
    ann = hire("Ann")
    zoe, bo, _left = hire("Zoe", ann), hire("Bo", ann), hire("Kim", ann, active=False, department="Closed")
    with store.work() as records:
        assert records.people.active() == [ann, bo, zoe]
        assert records.people.reports_of(ann.id) == [bo, zoe]
        assert records.people.many([zoe.id, ann.id, zoe.id, 999]) == [ann, zoe]
        assert records.people.many([]) == []
        assert records.people.departments() == ["Sales"]
        assert records.people.by_department() == dict.fromkeys((ann.id, bo.id, zoe.id), "Sales")


def test_the_line_goes_up_to_the_top(store: Store, hire) -> None:
    top = hire("Top")
    middle = hire("Middle", top)
    low = hire("Low", middle)
    with store.work() as records:
        assert records.people.line_of(low.id) == (middle.id, top.id)
        assert records.people.line_of(top.id) == ()
        assert records.people.line_of(999) == ()


def test_a_loop_ends_the_line(store: Store, hire) -> None:
    ann = hire("Ann")
    ben = hire("Ben", ann)
    cat = hire("Cat", ben)
    with store.work() as records:
        records.people.save(replace(ann, manager=ben.id))
        assert records.people.line_of(ann.id) == (ben.id,)
        assert records.people.line_of(cat.id) == (ben.id, ann.id)
        assert records.people.many([ann.id, ben.id, cat.id])
        assert records.people.line_of(ann.id) == (ben.id,)  # whether they are known already or not
        assert records.people.line_of(cat.id) == (ben.id, ann.id)


def test_the_lines_of_those_who_are_known_follow_who_is_saved(store: Store, hire) -> None:
    top, other = hire("Top"), hire("Other")
    middle = hire("Middle", top)
    low = hire("Low", middle)
    with store.work() as records:
        assert records.people.reports_of(middle.id) == [low]
        assert records.people.line_of(low.id) == (middle.id, top.id)
        records.people.save(replace(middle, manager=other.id))
        assert records.people.line_of(low.id) == (middle.id, other.id)
        records.people.save(replace(low, manager=None))
        assert records.people.reports_of(middle.id) == []
        assert records.people.line_of(low.id) == ()


def test_a_thousand_and_more_are_found_at_once(store: Store, hire) -> None:
    ann = hire("Ann")
    with store.work() as records:
        assert records.people.many(range(1, 3000)) == [ann]


def test_a_teams_channel_is_none_until_set_and_can_be_taken_back(store: Store, hire) -> None:
    ann = hire("Ann")
    with store.work() as records:
        assert records.team_channels.of_manager(ann.id) is None
        records.team_channels.set(ann.id, "C1")
        records.team_channels.set(ann.id, "C2")
        assert records.team_channels.of_manager(ann.id) == "C2"
        assert records.team_channels.of_managers([ann.id, 999]) == {ann.id: "C2"}
        records.team_channels.set(ann.id, None)
        assert records.team_channels.of_manager(ann.id) is None
