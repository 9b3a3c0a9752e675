"""Sheets hold what they were given, typed, and nothing in them runs."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sheets import Cell, Sheet, inert, workbook


def opened(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets)))


def first_cell(value: Cell) -> Any:
    return opened(Sheet("S", ["H"], [[value]])).worksheets[0]["A2"]


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://evil.example","x")', "+1+1", "-2", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"]
)
def test_a_name_that_looks_like_a_formula_is_a_name(name: str) -> None:
    cell = first_cell(name)
    assert (cell.data_type, cell.value) == ("s", name)
    assert cell.quotePrefix


def test_dates_are_dates_and_numbers_are_numbers() -> None:
    sheet = opened(
        Sheet("S", ["a", "b", "c", "d"], [[date(2026, 3, 9), datetime(2026, 3, 9, 9, tzinfo=UTC), 7, 1.5]])
    ).worksheets[0]
    day, moment, whole, part = next(sheet.iter_rows(min_row=2))
    assert (day.value, day.number_format) == (datetime(2026, 3, 9), "yyyy-mm-dd")  # noqa: DTZ001
    assert (moment.value, moment.number_format) == (datetime(2026, 3, 9, 9), "yyyy-mm-dd hh:mm")  # noqa: DTZ001
    assert (whole.value, part.value) == (7, 1.5)


def test_the_header_stays_in_sight_and_every_column_can_be_filtered() -> None:
    sheet = opened(Sheet("S", ["a", "b"], [["x", "y"], ["z", None]], (10, 20))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold


def test_titles_are_what_excel_takes() -> None:
    book = opened(
        Sheet("a/b:c*[x]", ["h"], []),
        Sheet("A B C  X", ["h"], []),
        Sheet("", ["h"], []),
        Sheet("x" * 60, ["h"], []),
    )
    assert len({title.casefold() for title in book.sheetnames}) == 4
    assert all(len(title) <= 31 and not set(title) & set("\\/*?:[]") for title in book.sheetnames)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_any_text_comes_back_as_it_was_or_with_its_unwritable_signs_replaced(text: str) -> None:
    cell = first_cell(text)
    assert (cell.value or "").replace("\r\n", "\n").replace("\r", "\n") == inert(text).replace(
        "\r\n", "\n"
    ).replace("\r", "\n")
    assert cell.data_type != "f"
