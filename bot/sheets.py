"""Sheets for whoever would rather count in Excel: typed cells, and nothing in them that could run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Cell = str | int | float | date | datetime | None

MOST_ROWS = 1_048_575  # of an XLSX sheet, beside the header
LONGEST = 32_767  # signs in one cell
OFFERED = 5000  # lines that offer their column's choices
# What XML can't hold; and a lone half of a pair, which UTF-8 can't.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
DATE, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its header, and rows in the header's order. `widths` are in signs.

    `choices` are offered in the column of that place (from 0); something else may be typed there, too.
    `formats` say how the numbers in the column of a place are shown ("0.0%", "#,##0").
    Moments are written as they are on the clock of whoever the row is about: their zone is left out, for XLSX has none.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    formats: Mapping[int, str] = field(default_factory=dict)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file; each sheet has its header frozen and a filter over every column."""
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
    from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    bold, fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F5F5B")
    wrapped = Alignment(vertical="top", wrap_text=True)
    for title in _titles(sheets):
        book.create_sheet(title)
    for sheet, page in zip(sheets, book.worksheets, strict=True):
        page.freeze_panes = "A2"
        for nth, wide in enumerate(sheet.widths):
            page.column_dimensions[get_column_letter(nth + 1)].width = wide
        page.append([_header(WriteOnlyCell(page, text), bold, fill, wrapped) for text in sheet.header])
        number = 1
        for row in sheet.rows:
            number += 1
            page.append(
                [
                    _cell(page, value, wrapped, WriteOnlyCell, sheet.formats.get(nth))
                    for nth, value in enumerate(row)
                ]
            )
            if number > MOST_ROWS:
                break
        for nth, offered in sheet.choices.items():
            page.data_validations.append(_offer(get_column_letter(nth + 1), offered))
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{number}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def inert(text: str) -> str:
    """The text as a cell can hold it."""
    return UNWRITABLE.sub("\ufffd", text)[:LONGEST]


def _cell(page: Any, value: Cell, wrapped: Any, make: Any, shape: str | None = None) -> Any:
    """A typed cell. Text is text whatever it begins with; the quote keeps it so when somebody edits the cell."""
    if isinstance(value, str):
        cell = make(page, "")
        cell.value = inert(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(STARTS_A_FORMULA)
        if len(value) > 40 or "\n" in value:
            cell.alignment = wrapped
        return cell
    if isinstance(value, datetime):
        cell = make(page, value.replace(tzinfo=None, second=0, microsecond=0))
        cell.number_format = MOMENT
        return cell
    if isinstance(value, date):
        cell = make(page, value)
        cell.number_format = DATE
        return cell
    if shape and value is not None:
        cell = make(page, value)
        cell.number_format = shape
        return cell
    return value


def _header(cell: Any, font: Any, fill: Any, alignment: Any) -> Any:
    cell.font, cell.fill, cell.alignment = font, fill, alignment
    return cell


def _offer(column: str, choices: Sequence[str]) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    listed = ",".join(choices)  # Excel takes at most 255 signs, and no comma inside a choice
    return DataValidation(
        "list", f'"{listed}"', allow_blank=True, showErrorMessage=False, sqref=f"{column}2:{column}{OFFERED}"
    )


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    """Titles as Excel takes them: 31 signs, none of a few, no two alike."""
    found: list[str] = []
    for sheet in sheets:
        title = NOT_IN_TITLES.sub(" ", inert(sheet.title)).strip(" '")[:31] or "Sheet"
        while title.casefold() in {other.casefold() for other in found}:
            title = f"{title[:27]} {len(found) + 1}"
        found.append(title)
    return found
