"""Sheets from strangers' hands: what can be read is read as texts, everything else gets a sentence."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from bot.dropped_sheet import MOST_COLUMNS, MOST_LINES, column_name, read_sheet
from bot.goal_template import template
from bot.unreadable import Unreadable

ROWS = [["Goal", "Target"], ["新客户", "10"]]


def book(rows: list[list[Any]], change: Callable[[Any], object] | None = None) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    if change:
        change(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def repacked(content: bytes, **changed: Callable[[bytes], bytes] | bytes) -> bytes:
    """The archive with parts changed or added, by the last part of their name without its ending."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changed.pop(re.sub(r".*/|\..*", "", name), None)
            part = old.read(name)
            new.writestr(name, change(part) if callable(change) else change or part)
        for name, part in changed.items():
            new.writestr(name.replace("__", "/"), part if isinstance(part, bytes) else b"")
    return file.getvalue()


def no(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_sheet(content)
    assert refused.value.words.zh != refused.value.words.en
    return refused.value.words.en


def test_the_template_filled_in_is_read_back_in_both_languages() -> None:
    from openpyxl import load_workbook

    for language in ("en", "zh"):
        filled = load_workbook(io.BytesIO(template(language)))
        filled.worksheets[0].append(["A goal", "ana@example.com"])
        file = io.BytesIO()
        filled.save(file)
        table = read_sheet(file.getvalue())
        assert table.rows[0][1][:2] == ("A goal", "ana@example.com")


AT_NINE = datetime(2026, 3, 31, 9, 5)  # noqa: DTZ001 - a sheet knows no zones
CELLS = [
    (10, "10"), (0.1 + 0.2, "0.3"), (1.5e300, "1.5e+300"), (-3, "-3"), (date(2026, 3, 31), "2026-03-31"),
    (AT_NINE, "2026-03-31 09:05"), (True, "true"), ("  x ", "x"), ("'=1+1", "'=1+1"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), CELLS, ids=[text for _, text in CELLS])
def test_cells_come_as_texts(value: object, text: str) -> None:
    assert read_sheet(book([["Goal", "Target"], ["a", value]])).rows == ((2, ("a", text)),)


def test_a_percentage_keeps_its_sign() -> None:
    def percent(made: Any) -> None:
        made.active["B2"].number_format = "0.0%"

    assert read_sheet(book([["Goal", "Weight"], ["a", 0.255]], percent)).rows[0][1][1] == "25.5%"


ENCODED = [
    ("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("gb18030", ","), ("utf-8", "，"),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "separator"), ENCODED)
def test_a_csv_is_read_in_any_encoding_that_excel_writes(encoding: str, separator: str) -> None:
    text = f"目标{separator}目标值\r\n提高客户满意度{separator}9\r\n\r\n"
    table = read_sheet(text.encode(encoding))
    assert (table.header, table.rows) == (("目标", "目标值"), ((2, ("提高客户满意度", "9")),))


def test_a_line_is_counted_in_the_file_whatever_stands_above_and_inside_cells() -> None:
    table = read_sheet(b'Our goals\n\nGoal,Target\n"two\nlines",1\nb,2\n')
    assert (table.header_line, [line for line, _ in table.rows]) == (3, [4, 6])


def test_the_sheet_called_goals_is_taken_before_the_first() -> None:
    def more(made: Any) -> None:
        sheet = made.create_sheet("目标")
        sheet.append(["目标", "权重"])
        sheet.append(["b", 5])

    assert read_sheet(book([["x", "y"], [1, 2]], more)).header == ("目标", "权重")


def test_a_formula_is_named_by_its_cell_and_not_computed() -> None:
    assert no(book([["Goal", "Target"], ["a", 1], ["b", "=1+1"]])).startswith("B3 holds a formula")
    assert no(b"Goal,Target\na,1\nb,=1+1\n").startswith("B3 holds a formula")


def test_macros_are_refused_under_any_name() -> None:
    assert "macros" in no(repacked(book(ROWS), xl__vbaProject=b"", **{"xl/vbaProject.bin": b"\0"}))
    typed = repacked(
        book(ROWS),
        **{"[Content_Types]": lambda part: part.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")},
    )
    assert "macros" in no(typed)


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    file = io.BytesIO(book(ROWS))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/bomb.xml", b" " * 60_000_000)
    assert len(file.getvalue()) < 100_000
    assert no(file.getvalue()).startswith("Unpacked, the file is far larger")


def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_says() -> None:
    bomb = repacked(book(ROWS), sheet1=b"<x>" + b" " * 30_000_000)
    lying = bomb.replace((30_000_003).to_bytes(4, "little"), (300).to_bytes(4, "little"))
    assert no(lying).startswith("The file is damaged")


ENTITIES = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
)
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize("prolog", [ENTITIES, OUTSIDE])
@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles", "[Content_Types]"])
def test_a_part_that_declares_entities_is_not_read(prolog: bytes, part: str) -> None:
    def declare(content: bytes) -> bytes:
        return prolog + re.sub(rb"^<\?xml.*?\?>", b"", content)

    assert "for safety" in no(repacked(book(ROWS), **{part: declare}))


def test_entities_behind_a_long_comment_or_in_utf_16_are_found_too() -> None:
    long = repacked(book(ROWS), sheet1=lambda part: b"<!--" + b" " * 70_000 + b"-->" + ENTITIES + part)
    assert "for safety" in no(long)
    wide = repacked(
        book(ROWS), sheet1=lambda _: (ENTITIES.decode().replace("?>", "?>", 1) + "<x/>").encode("utf-16")
    )
    assert "for safety" in no(wide)


def test_too_many_columns_and_lines_end_the_reading_early() -> None:
    assert "more than 60 columns" in no(book([["Goal"] + ["x"] * MOST_COLUMNS, ["a"]]))
    assert "more than 60 columns" in no(book([["Goal", "Target"], ["a", *range(MOST_COLUMNS)]]))
    assert "more than 60 columns" in no(b"Goal" + b",x" * 1_000_000 + b"\na,1\n")
    million = b"<c/>" * 1_000_000
    flat = repacked(book(ROWS), sheet1=lambda part: part.replace(b"</row>", million + b"</row>", 1))
    assert "more than 60 columns" in no(flat)
    assert "50,000 lines" in no(b"Goal,Target\n" + b"a,1\n" * (MOST_LINES + 1))
    rows = b"<row/>" * 300_000
    assert "200,000 lines" in no(
        repacked(book(ROWS), sheet1=lambda p: p.replace(b"</sheetData>", rows + b"</sheetData>"))
    )


def test_merged_cells_and_errors_are_named() -> None:
    assert "A2:A3 are merged" in no(
        book([["Goal", "Target"], ["a", 1], [None, 2]], lambda made: made.active.merge_cells("A2:A3"))
    )
    titled = book([["Our goals", None], *ROWS], lambda made: made.active.merge_cells("A1:B1"))
    assert read_sheet(titled).header == ("Goal", "Target")
    assert no(book([["Goal", "Target"], ["a", "#REF!"]])).startswith("B2 shows an error (#REF!)")


WRONG = {
    "an empty file": (b"", "The sheet is empty"),
    "only a header": (b"Goal,Target\n", "The sheet is empty"),
    "an empty workbook": (book([]), "The sheet is empty"),
    "an old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls"),
    "a PDF": (b"%PDF-1.7\n", "not a table"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "not a table"),
    "another zip": (b"PK\x05\x06" + b"\0" * 18, "not an Excel file"),
    "half a workbook": (book(ROWS)[:2000], "damaged"),
    "more cells than headings": (b"Goal,Target\na,1,000\n", "Line 2 has more cells"),
    "no known encoding": (b"\xff\xff\xfe", "encoding"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_sheet_is_said_to_be_none(name: str) -> None:
    content, sentence = WRONG[name]
    assert sentence in no(content)


def test_columns_are_named_as_in_excel() -> None:
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
