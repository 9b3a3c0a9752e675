"""Plans in figures: shares, what is kept, and that HR is told no sum about few people."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.words import same
from flows.plans.records import Source
from flows.reports.cells import LEAST
from flows.reports.plans.kept import Agreed, Doing, Plans
from flows.reports.plans.making import (
    TOGETHER,
    departments_table,
    improvement_table,
    kept_bars,
    kept_share,
    plans_row,
    said,
    sources_table,
)
from flows.reports.plans.shown import to_hr, to_whoever_leads
from flows.reports.report import WITHHELD
from flows.reports.rights import COMPANY, of_departments
from flows.reports.scope import Scope

SALES = [Doing("Sales", "development", 6, Agreed(in_time=5, late=1, overdue=2, open=4, dropped=2))]
LAB = [Doing("Lab", "development", 5, Agreed(in_time=6))]
TINY = [Doing("Tiny", "development", 3, Agreed(overdue=3))]


@pytest.mark.parametrize(
    ("agreed", "share"),
    [
        (Agreed(), None),
        (Agreed(open=5), None),  # nothing is due yet
        (Agreed(in_time=2, late=1, overdue=1, open=9), Decimal("75.0")),
        (Agreed(in_time=2, dropped=1), Decimal("66.7")),
        (Agreed(overdue=3), Decimal("0.0")),
    ],
)
def test_what_is_kept_is_what_was_done_of_what_is_over(agreed: Agreed, share: Decimal | None) -> None:
    assert kept_share(agreed) == share


def test_a_plan_counts_once_both_sides_have_agreed() -> None:
    row = plans_row(same("Sales"), Plans(people=8, written=5, agreed=2, asked=6, in_time=4))
    assert row == (same("Sales"), 8, 5, 2, Decimal("25.0"), Decimal("66.7"))
    assert plans_row(same("Lab"), Plans(people=3))[-2:] == (Decimal("0.0"), None), "nobody was asked for one"


def test_hr_reads_large_departments_and_not_what_gives_away_a_small_one() -> None:
    found = to_hr([*SALES, *LAB, *TINY], COMPANY)
    table = departments_table(found)
    assert [(row[0].en, row[1]) for row in table.rows] == [
        ("Lab", WITHHELD), ("Sales", 14), ("Tiny", WITHHELD), ("Together", 23),
    ]  # fmt: skip
    assert [bar.label.en for bars in kept_bars(found) for bar in bars.bars] == ["Sales"]
    assert "63.2% of what was agreed was done, and 5 are overdue" in said({"Sales": Plans(9)}, found.all).en


def test_whoever_leads_most_of_a_group_is_not_shown_its_sum() -> None:
    """They read their own people's one by one: of Sales three would be left, of the company three and Lab."""
    led = [Doing("Sales", "development", 3, Agreed(in_time=2, open=1))]
    found = to_hr([*SALES, *LAB], COMPANY, led)
    assert [(row[0].en, row[1]) for row in departments_table(found).rows] == [
        ("Lab", WITHHELD), ("Sales", WITHHELD), ("Together", 20),
    ]  # fmt: skip
    assert to_hr([*SALES, *LAB], COMPANY, SALES).seen == {"Sales", "Lab"}, (
        "all of it is theirs to read anyway"
    )


def test_a_partner_is_shown_the_same_and_no_more() -> None:
    rows = [*SALES, *LAB, *TINY]
    lab = to_hr(rows, of_departments(["Lab"]))
    assert departments_table(lab).rows[0][1] == WITHHELD
    both = to_hr(rows, of_departments(["Lab", "Sales"]))
    assert [row[1] for row in departments_table(both).rows] == [WITHHELD, 14, WITHHELD], (
        "the sum would tell the Lab's"
    )
    assert sources_table(both).rows == ()
    line = to_hr(rows, Scope(same("Lin's people"), below=7))
    assert [row[1] for row in departments_table(line).rows] == [WITHHELD]


def test_whoever_leads_them_reads_all_of_it() -> None:
    found = to_whoever_leads([*TINY, Doing("Tiny", "interview", 1, Agreed(late=1))])
    assert departments_table(found).rows[0][1:6] == (4, 0, 1, 3, 0)
    assert [(row[0].en, row[1]) for row in sources_table(found).rows] == [
        ("Development plans", 3), ("Feedback talks (“From last time”)", 1), ("1:1s and team meetings", WITHHELD),
    ]  # fmt: skip


def test_of_three_improvement_plans_nothing_is_told_and_four_are_counts() -> None:
    assert improvement_table({"met": 2, "paused": 1}).rows == ((TOGETHER, WITHHELD),)
    table = improvement_table({"met": 3, "not_met": 1})
    assert [row[1] for row in table.rows] == [3, 1, 4]
    assert improvement_table({}).rows[-1][1] == WITHHELD


cells = st.dictionaries(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["development", "interview", "meeting"])),
    st.integers(1, 20),
    max_size=10,
)


@given(cells)
def test_no_difference_of_what_hr_is_shown_is_about_fewer_than_four(
    people: dict[tuple[str, Source], int],
) -> None:
    """Somebody stands in three cells at most: a sum or difference of a third as many is about enough people."""
    rows = [Doing(name, source, many, Agreed(open=many)) for (name, source), many in people.items()]
    kinds = len({source for _, source in people})
    found = to_hr(rows, COMPANY)
    if found.all is None:
        assert not found.seen
        assert not found.sources
        return
    by: dict[str, int] = defaultdict(int)
    for (name, _), many in people.items():
        by[name] += many
    assert all(by[name] >= LEAST * kinds for name in found.seen)
    rest = sum(by.values()) - sum(by[name] for name in found.seen)
    assert rest == 0 or rest >= LEAST * kinds
