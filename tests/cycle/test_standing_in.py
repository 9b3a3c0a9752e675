"""Who does a duty towards somebody: tables for the cases, and a property over random companies and edits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import flows
from flows.core.catalog import Catalog
from flows.cycle.people.standing_in import TO_OTHERS, Company, away_through, covers, fit, line, who
from flows.cycle.records import Delegation
from flows.people.person import Person

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
TODAY = NOON.date()
DUE = NOON + timedelta(days=5)
TOP, BOSS, OWNER, DEPUTY, REPORT, OTHER = 1, 2, 3, 4, 5, 6
MANAGERS = {TOP: None, BOSS: TOP, OWNER: BOSS, DEPUTY: BOSS, REPORT: OWNER, OTHER: DEPUTY}
Days = tuple[int, int]


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def person(number: int, manager: int | None, active: bool = True, away: Days | None = None) -> Person:
    spans = ((day(away[0]), day(away[1])),) if away else ()
    return Person(
        number, f"p{number}@example.com", f"P{number}", manager, "Sales", "L3", "", (), "UTC", "en", None, None,
        f"U{number}", active, spans,
    )  # fmt: skip


def company(
    away: Mapping[int, Days] | None = None,
    gone: tuple[int, ...] = (),
    delegations: Mapping[int, tuple[int, int, int]] | None = None,
) -> Company:
    """The six people; `away` in days from today, `delegations` as owner: (deputy, first, last)."""
    people = {
        number: person(number, manager, number not in gone, (away or {}).get(number))
        for number, manager in MANAGERS.items()
    }
    given = {
        owner: (Delegation(1, owner, deputy, day(first), day(last), owner, NOON),)
        for owner, (deputy, first, last) in (delegations or {}).items()
    }
    return Company(people, given)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (company(), OWNER),
        (company(delegations={OWNER: (DEPUTY, 0, 0)}), DEPUTY),
        (company(delegations={OWNER: (DEPUTY, -3, -1)}), OWNER),
        (company(delegations={OWNER: (DEPUTY, 1, 9)}), OWNER),
        (company(delegations={OWNER: (DEPUTY, 0, 9)}, gone=(DEPUTY,)), OWNER),
        (company(delegations={OWNER: (DEPUTY, 0, 9)}, away={DEPUTY: (0, 0)}), OWNER),
        (company(delegations={OWNER: (REPORT, 0, 9)}), OWNER),
        (company(delegations={OWNER: (DEPUTY, 0, 9), DEPUTY: (OTHER, 0, 9)}), DEPUTY),
        (company(away={OWNER: (0, 4)}), OWNER),
        (company(away={OWNER: (0, 5)}), BOSS),
        (company(away={OWNER: (1, 9)}), OWNER),
        (company(away={OWNER: (0, 9), BOSS: (0, 1)}), TOP),
        (company(away={OWNER: (0, 9), BOSS: (0, 1), TOP: (0, 1)}), OWNER),
        (company(away={OWNER: (0, 9)}, delegations={OWNER: (DEPUTY, 0, 9)}), DEPUTY),
        (company(gone=(OWNER,)), BOSS),
        (company(gone=(OWNER, BOSS)), TOP),
        (company(gone=(OWNER,), delegations={OWNER: (DEPUTY, 0, 9)}), BOSS),
        (company(gone=(OWNER, BOSS, TOP)), None),
    ],
    ids=[
        "nothing special", "a deputy today", "a delegation that is over", "one to come", "a deputy who has left",
        "a deputy on leave", "the deputy whom it is about", "the deputy's own deputy", "back before it is due",
        "away past the day it is due", "a leave to come", "their manager away too", "nobody left to do it",
        "a deputy before the manager", "the owner has left", "their manager too", "a leaver's deputy", "all have left",
    ],
)  # fmt: skip
def test_who_does_it(case: Company, expected: int | None) -> None:
    assert who(case, OWNER, REPORT, NOON, DUE) == expected


def test_a_deputy_does_nothing_that_is_about_a_manager_above_them() -> None:
    named = company(delegations={OWNER: (DEPUTY, 0, 9)})
    assert who(named, OWNER, BOSS, NOON, DUE) == OWNER
    assert who(named, OWNER, TOP, NOON, DUE) == OWNER
    below = company(delegations={TOP: (OTHER, 0, 9)})
    for above in (DEPUTY, BOSS):
        assert who(below, TOP, above, NOON, DUE) == TOP
    assert who(below, TOP, OWNER, NOON, DUE) == OTHER


def test_a_duty_about_oneself_never_moves() -> None:
    assert who(company(away={OWNER: (0, 9)}), OWNER, OWNER, NOON, DUE) == OWNER
    assert who(company(delegations={OWNER: (DEPUTY, 0, 9)}), OWNER, OWNER, NOON, DUE) == OWNER
    assert who(company(gone=(OWNER,)), OWNER, OWNER, NOON, DUE) is None


def test_the_owners_own_day_decides() -> None:
    """At 23:00 UTC it is tomorrow already in Shanghai, and still today in New York."""
    late = datetime(2026, 3, 4, 23, tzinfo=UTC)
    for zone, expected in (("Asia/Shanghai", DEPUTY), ("America/New_York", OWNER)):
        named = company(delegations={OWNER: (DEPUTY, 1, 9)})
        owner = Person(**{**{n: getattr(named.people[OWNER], n) for n in Person.__slots__}, "zone": zone})
        there = Company({**named.people, OWNER: owner}, named.delegations)
        assert who(there, OWNER, REPORT, late, DUE) == expected


def test_a_late_task_moves_while_the_owner_is_away_today() -> None:
    yesterday = NOON - timedelta(days=1)
    assert who(company(away={OWNER: (0, 0)}), OWNER, REPORT, NOON, yesterday) == BOSS
    assert who(company(), OWNER, REPORT, NOON, yesterday) == OWNER


def test_two_leaves_without_a_gap_are_one() -> None:
    spans = ((day(0), day(2)), (day(3), day(6)))
    whose = Person(**{**{n: getattr(person(OWNER, BOSS), n) for n in Person.__slots__}, "away": spans})
    assert away_through(whose, day(0), day(6))
    assert not away_through(whose, day(0), day(7))


NUMBERS = range(1, 8)
spans = st.none() | st.tuples(st.integers(-4, 4), st.integers(0, 8)).map(lambda s: (s[0], s[0] + s[1]))


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Any company of seven, loops and self-managed people included, after any edits: leaves, leavers, delegations."""
    people = {
        number: person(
            number,
            draw(st.none() | st.sampled_from(NUMBERS)),
            draw(st.integers(0, 3)) > 0,
            draw(spans),
        )
        for number in NUMBERS
    }
    delegations: dict[int, tuple[Delegation, ...]] = {}
    for owner in draw(st.sets(st.sampled_from(NUMBERS))):
        first = draw(st.integers(-3, 3))
        last = first + draw(st.integers(0, 6))
        deputy = draw(st.sampled_from([n for n in NUMBERS if n != owner]))
        ended = NOON if draw(st.booleans()) else None
        delegations[owner] = (Delegation(1, owner, deputy, day(first), day(last), owner, NOON, ended),)
    return Company(people, delegations)


@settings(max_examples=500, deadline=None)
@given(
    here=companies(), owner=st.sampled_from(NUMBERS), about=st.sampled_from(NUMBERS), due=st.integers(-3, 9),
    after=st.integers(0, 200),
)  # fmt: skip
def test_exactly_one_active_person_who_may_is_responsible(
    here: Company, owner: int, about: int, due: int, after: int
) -> None:
    now = NOON + timedelta(hours=after)
    found = who(here, owner, about, now, NOON + timedelta(days=due))
    named = {one.deputy for one in here.delegations.get(owner, ()) if covers(one, now.date())}
    if found is None:
        assert not here.people[owner].active
        assert owner == about or not any(fit(here, manager, about, now) for manager in line(here, owner))
        return
    assert here.people[found].active
    assert found in {owner, *named, *line(here, owner)}  # never a deputy's deputy
    if found != owner:
        assert owner != about
        assert about not in (found, *line(here, found))
        assert not here.people[found].is_away(now.date())


def test_what_others_may_do_is_what_the_duties_say() -> None:
    duties = Catalog.find(flows).duties
    assert {name for name, duty in duties.items() if duty.to_others} == TO_OTHERS
