"""A sheet of trainings: what becomes of it, and what is wrong with it, line by line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.goals.importing.dropped import Table
from flows.plans.training_columns import is_of_trainings
from flows.plans.training_import import read
from flows.plans.training_kept import Training

HEADER = ("code", "title", "title_zh", "hours", "mode", "link", "skills", "cost", "currency")
WRITING = Training(1, "W-1", "Writing", "写作", Decimal(2), "online")
OLD = Training(2, "O-1", "Old ways")


def sheet(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Table:
    filled = [(*row, *[""] * (len(header) - len(row))) for row in rows]
    return Table(header, 1, tuple((n, row) for n, row in enumerate(filled, 2)))


def test_what_is_new_changed_the_same_and_not_offered_any_more() -> None:
    found = read(
        sheet(
            ("w-1", "Writing", "写作", "2", "online"), ("N-1", "", "谈判", "7.5", "", "", "", "1,200", "cny")
        ),
        [WRITING, OLD],
    )
    assert [(one.id, one.code) for one in found.changed] == [
        (1, "w-1")
    ]  # its code is written another way now
    assert [(one.words.en, one.cost, one.currency) for one in found.new] == [("谈判", Decimal(1200), "CNY")]
    assert (found.gone, found.problems) == ([OLD], [])
    again = read(sheet(("W-1", "Writing", "写作", "2", "online")), [WRITING])
    assert (again.same, again.new, again.changed, again.gone) == (1, [], [], [])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "Writing"), "It needs a code and a title."),
        (("W-1",), "It needs a code and a title."),
        (("W-1", "Writing", "", "long"), "“long” is not a number that I can use."),
        (("W-1", "Writing", "", "-1"), "“-1” is not a number that I can use."),
        (("W-1", "Writing", "", "1", "", "", "", "5"), "What costs something needs its currency"),
        (("W-1", "Writing", "", "1", "", "javascript:alert(1)"), "The link should begin with https://."),
        (("W" * 41, "Writing"), "“code” is too long: at most 40 characters."),
    ],
)
def test_a_bad_line_is_named(row: tuple[str, ...], words: str) -> None:
    ((line, said),) = read(sheet(row), []).problems
    assert line == 2
    assert said.en.startswith(words)


def test_a_code_twice_is_named() -> None:
    found = read(sheet(("W-1", "Writing"), ("w-1", "Writing too")), [])
    assert [(line, words.en) for line, words in found.problems] == [(3, "The code is there twice.")]


def test_a_sheet_of_trainings_is_told_from_one_of_goals() -> None:
    assert is_of_trainings(HEADER)
    assert is_of_trainings(("课程编号", "课程名称", "学时"))
    assert not is_of_trainings(("Goal", "Email", "Target"))
    assert not is_of_trainings(("code", "title"))
