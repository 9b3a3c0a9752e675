"""Times that suit both: working hours, weekends, holidays, make-up days, leave, what is taken, and clock changes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bench.interview_optimum import optimum
from flows.cycle.nudges.milestones import works
from flows.cycle.template import NudgePolicy, OwnDays
from flows.interviews.offering import Wanted, offers
from flows.interviews.records import Span
from flows.interviews.slots import BREAK, HOURS, Seat, Side, Stretch, overlap, runs, seats, span_of
from flows.interviews.spread import cost_of, spread
from flows.people.person import Person

MONDAY = datetime(2026, 3, 16, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
BERLIN, SHANGHAI, SAO_PAULO, KOLKATA = "Europe/Berlin", "Asia/Shanghai", "America/Sao_Paulo", "Asia/Kolkata"
ZONES = (BERLIN, SHANGHAI, SAO_PAULO, KOLKATA, "America/New_York", "Pacific/Auckland", "Asia/Kathmandu")


def who(zone: str, *away: tuple[date, date]) -> Person:
    return Person(1, "", "", None, "", "", "", (), zone, "en", None, None, None, True, away)


def within(
    days: int = 14, minutes: int = 45, since: datetime = MONDAY, policy: NudgePolicy | None = None
) -> Stretch:
    return Stretch(since, since + days * DAY, minutes, policy or NudgePolicy())


def on_clock(span: Span, zone: str) -> tuple[str, str]:
    starts, ends = (moment.astimezone(ZoneInfo(zone)) for moment in span)
    return f"{starts:%a %d %H:%M}", f"{ends:%H:%M}"


def found(one: Person, other: Person, stretch: Stretch, *, grid: bool = True) -> list[Span]:
    return [span_of(seat, stretch.minutes) for seat in seats(Side(one), Side(other), stretch, grid=grid)]


def test_both_are_asked_in_their_working_hours() -> None:
    spans = found(who(BERLIN), who(SHANGHAI), within())
    assert spans
    for span in spans:
        assert on_clock(span, BERLIN)[0][-5:] >= "09:30"
        assert on_clock(span, SHANGHAI)[1] <= "17:30"
    assert {on_clock(span, BERLIN)[0][-5:] for span in spans} == {"09:30"}, "it is half past four in Shanghai"


@pytest.mark.parametrize(
    ("zone", "other", "widest"),
    [(SHANGHAI, SAO_PAULO, 2), (SHANGHAI, "America/New_York", 2), (KOLKATA, "America/Los_Angeles", 3)],
)
def test_where_the_days_never_meet_both_give_way(zone: str, other: str, widest: int) -> None:
    spans = found(who(zone), who(other), within())
    assert len(spans) >= 3
    opens, closes = HOURS[widest]
    for span in spans:
        for one in (zone, other):
            starts, ends = (moment.astimezone(ZoneInfo(one)).time() for moment in span)
            assert opens <= starts < ends <= closes


def test_weekends_holidays_make_up_days_and_leave_are_each_ones_own() -> None:
    golden = datetime(2026, 9, 28, tzinfo=UTC)
    spans = found(
        who(SHANGHAI), who(SHANGHAI, (date(2026, 9, 29), date(2026, 9, 29))), within(14, since=golden)
    )
    days = {on_clock(span, SHANGHAI)[0][:6] for span in spans}
    assert days == {"Mon 28", "Wed 30", "Thu 08", "Fri 09", "Sat 10"}, "the tenth is worked for the holiday"
    closed = NudgePolicy(own_days={"CN": OwnDays(off=frozenset({date(2026, 9, 30)}))})
    spans = found(who(SHANGHAI), who(SHANGHAI), within(5, since=golden, policy=closed))
    assert {on_clock(span, SHANGHAI)[0][:6] for span in spans} == {"Mon 28", "Tue 29"}


def test_over_a_clock_change_each_keeps_their_own_hours() -> None:
    spans = found(who(BERLIN), who(KOLKATA), within(21))
    before = [span for span in spans if span[0] < datetime(2026, 3, 29, tzinfo=UTC)]
    after = [span for span in spans if span not in before]
    latest = [max(on_clock(span, BERLIN)[1] for span in some) for some in (before, after)]
    assert latest == ["12:15", "13:15"], "Kolkata is three and a half hours ahead from then on"


def test_there_is_a_break_beside_what_the_manager_has_already() -> None:
    nine = MONDAY + timedelta(hours=9, minutes=30)  # half past ten in Berlin
    taken = (nine, nine + 45 * MINUTE)
    stretch = within(1)
    seen = [
        span_of(seat, 45)
        for seat in seats(Side(who(BERLIN), (taken,)), Side(who(BERLIN)), stretch, grid=False)
    ]
    gaps = [max(span[0] - taken[1], taken[0] - span[1]) for span in seen]
    assert min(gaps) >= BREAK * MINUTE


def test_where_the_grid_has_no_time_a_quarter_of_an_hour_does() -> None:
    day = MONDAY + timedelta(hours=8)
    free = (day + 75 * MINUTE, day + 120 * MINUTE)  # 10:15 to 11:00 in Berlin, and nothing else
    taken = ((MONDAY, free[0]), (free[1], MONDAY + 3 * DAY))
    [slots] = offers(Side(who(BERLIN)), [Wanted(Side(who(BERLIN), taken), within(2))])
    assert slots == (free,)


def test_nobody_free_gives_no_time_and_no_error() -> None:
    taken = ((MONDAY - DAY, MONDAY + 30 * DAY),)
    assert offers(Side(who(BERLIN), taken), [Wanted(Side(who(BERLIN)), within())] * 3) == [(), (), ()]
    assert offers(Side(who(BERLIN)), []) == []
    assert offers(Side(who(BERLIN)), [Wanted(Side(who(BERLIN)), within(0))]) == [()]


def test_a_manager_with_nine_people_gets_a_sensible_week() -> None:
    nine = [Wanted(Side(who(BERLIN)), within(10))] * 9
    offered = offers(Side(who(BERLIN)), nine)
    assert all(len(slots) == 3 for slots in offered)
    every = sorted(slot for slots in offered for slot in slots)
    assert len(set(every)) == 27, "each can pick any of theirs"
    assert not any(overlap(one, other) for one, other in combinations(every, 2))
    first = Counter(slots[0][0].date() for slots in offered)
    assert max(first.values()) <= 2
    assert len(first) >= 5
    for slots in offered:
        assert len({starts.date() for starts, _ in slots}) == 3, "three different days"


def test_what_is_booked_already_fills_a_day() -> None:
    ten = MONDAY + timedelta(hours=9)
    booked = [(ten + n * 60 * MINUTE, ten + n * 60 * MINUTE + 45 * MINUTE) for n in range(3)]
    [slots] = offers(Side(who(BERLIN), booked), [Wanted(Side(who(BERLIN)), within())], booked)
    assert slots[0][0].date() != MONDAY.date(), "three are enough for a day"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ZONES), st.sampled_from(ZONES), st.integers(15, 120),
    st.lists(st.tuples(st.integers(0, 14 * 96), st.integers(1, 40)), max_size=20), st.booleans(),
)  # fmt: skip
def test_whatever_is_proposed_suits_both(
    zone: str, other: str, minutes: int, busy: list[tuple[int, int]], grid: bool
) -> None:
    taken = tuple((MONDAY + 15 * s * MINUTE, MONDAY + 15 * (s + n) * MINUTE) for s, n in busy)
    stretch = within(14, minutes)
    manager, person = who(zone), who(other)
    for seat in seats(Side(manager, taken[::2]), Side(person, taken[1::2]), stretch, grid=grid):
        span = span_of(seat, minutes)
        assert stretch.since <= span[0] < span[1] <= stretch.until
        assert not any(overlap(span, one) for one in taken)
        for one in (manager, person):
            starts, ends = (moment.astimezone(ZoneInfo(one.zone)) for moment in span)
            assert works(one, starts.date(), stretch.policy)
            assert HOURS[-1][0] <= starts.time() < ends.time() <= HOURS[-1][1]


@settings(max_examples=60, deadline=None)
@given(st.lists(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 30)), min_size=1, max_size=8),
    min_size=1, max_size=7,
))  # fmt: skip
def test_a_spread_gives_nobody_the_time_of_another_and_is_hardly_dearer_than_the_best(
    drawn: list[list[tuple[int, int, int]]],
) -> None:
    choices = []
    for several in drawn:
        unique = {start: Seat(start, start % 4, float(cost)) for start, _, cost in several}
        choices.append(sorted(unique.values(), key=lambda seat: (seat.cost, seat.start)))
    chosen = spread(choices)
    taken = [seat.start for seat in chosen if seat]
    assert len(taken) == len(set(taken))
    assert all(seat is None or seat in mine for seat, mine in zip(chosen, choices, strict=True))
    least = optimum(choices)
    if least < 1e5 and None not in chosen:
        assert least - 1e-6 <= cost_of(chosen) <= least * 1.5 + 12


@given(st.integers(0, 2**40), st.integers(1, 12))
def test_runs_are_where_so_many_in_a_row_are_free(free: int, cells: int) -> None:
    wanted = (1 << cells) - 1
    assert runs(free, cells) == sum(1 << n for n in range(41) if (free >> n) & wanted == wanted)
