"""A payroll run's files and a letter's picture: inert, the same every time, summed right, and read by anybody."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from PIL import Image

from bot.chart_fonts import fonts_of, installed
from bot.letter_picture import BOX, Letter, drawable, drawn, measure, wrapped
from bot.payroll_sheet import files_of, harmless
from flows.results.rewards.payroll import COLUMNS, check_of, totals
from flows.results.rewards.records import Run

AT = datetime(2026, 4, 7, 9, 30, 15, tzinfo=UTC)


def row(reference: str, kind: str = "bonus", amount: str = "100", **other: str) -> tuple[str, ...]:
    usual = {
        "reference": reference, "email": "lina@example.com", "name": "李娜", "department": "Sales", "kind": kind,
        "per": "year" if kind == "raise" else "once", "amount": amount, "currency": "CNY", "valid_from": "2026-05-01",
        "cycle": "Q1", "corrects": "",
    }  # fmt: skip
    return tuple({**usual, **other}[name] for name in COLUMNS)


def run(*rows: tuple[str, ...], **other: Any) -> Run:
    return Run(7, 1, AT, rows, check_of(rows), **other)


def test_the_sheet_has_typed_cells_totals_the_number_of_rows_and_the_check_value() -> None:
    made = run(
        row("R-1", amount="30000"), row("R-2", amount="-0.5", corrects="R-1"), row("R-3", "raise", "12000")
    )
    book = load_workbook(io.BytesIO(files_of(made, "zh")[0].content))
    first = [cell.value for cell in book["金额明细"][2]]
    assert first[:8] == ["R-1", "lina@example.com", "李娜", "Sales", "奖金", "一次性", 30000, "CNY"]
    assert first[8] == datetime(2026, 5, 1)  # noqa: DTZ001
    rows = list(book["合计与校验"].iter_rows(min_row=2, values_only=True))
    assert rows[0] == ("奖金", "一次性", "CNY", 29999.5, 2)
    assert rows[1] == ("加薪", "每年", "CNY", 12000, 1)
    assert rows[3][:2] == ("总行数", 3)
    assert rows[4][1] == made.check
    assert totals(made.rows)["bonus", "once", "CNY"] == Decimal("29999.5")


def test_the_same_run_gives_the_same_bytes_and_another_row_another_check() -> None:
    made = run(row("R-1"), row("R-2", name="=1+1"))
    assert [one.content for one in files_of(made, "en")] == [one.content for one in files_of(made, "en")]
    assert check_of(made.rows) != check_of((row("R-1"), row("R-2", name="=1+2")))
    assert check_of([list(one) for one in made.rows]) == made.check, "as they come back from the database"


def test_a_cancelled_run_says_so_in_its_sheet() -> None:
    made = run(row("R-1"), cancelled_by=1, cancelled_at=AT)
    book = load_workbook(io.BytesIO(files_of(made, "en")[0].content))
    told = [cell for cells in book["Totals and check"].iter_rows(values_only=True) for cell in cells]
    assert "CANCELLED: do not pay from this file" in told


HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "'=1", '"=1', "＝1+1", "\u200b=1", "|x", "%0A",
    "=cmd|' /C calc'!A0", "\x00=1", "=HYPERLINK(\"http://x\")",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_in_either_file(text: str) -> None:
    made = run(row("R-1", name=text, department=text, cycle=text))
    book, plain = files_of(made, "en")
    for sheet in load_workbook(io.BytesIO(book.content)):
        for cells in sheet.iter_rows():
            assert not [cell for cell in cells if cell.data_type == "f"]
    read = list(csv.reader(io.StringIO(plain.content.decode("utf-8-sig"), newline="")))
    assert read[0] == list(COLUMNS)
    for name in ("name", "department", "cycle"):
        assert read[1][COLUMNS.index(name)].startswith(("'", "\ufffd"))


def test_an_amount_stays_a_number_and_a_plain_name_stays_plain() -> None:
    plain = files_of(run(row("R-1", amount="-300")), "en")[1].content.decode("utf-8-sig")
    assert ",-300,CNY," in plain
    assert harmless("Ana-Maria O'Neill 李娜") == "Ana-Maria O'Neill 李娜"


EVIL = "$x^2$ <b>b</b> <!channel> \u202eevil\u202c e\u0301\u0301\u0301\u0301 😀👩‍💻 " + "W" * 400 + "测" * 200
LETTER = Letter(
    "Acme 公司", "Star · 之星", "李娜", "Dear Lina,\n谢谢你。" + EVIL, "陈伟", date(2026, 3, 30), "zh"
)

# A sign that no font has is a warning, and every warning fails a test.


@pytest.mark.parametrize("fonts", [installed(), fonts_of(None)], ids=["all fonts", "no Chinese font"])
@pytest.mark.parametrize("text", [LETTER.text, "", "\n" * 23, "x" * 1200, "测" * 1200, "a\n" * 23])
def test_a_letter_of_any_text_is_drawn(text: str, fonts: Any) -> None:
    from dataclasses import replace

    picture = Image.open(io.BytesIO(drawn(replace(LETTER, text=text), fonts)))
    assert (picture.format, picture.width) == ("PNG", 1200)
    assert 600 < picture.height < 4000


@pytest.mark.parametrize("text", [LETTER.text, "x" * 1200, "测，" * 300, "some words " * 60])
def test_no_line_is_wider_than_the_sheet_and_nothing_is_lost(text: str) -> None:
    fonts = installed()
    shown, measured = drawable(text, fonts), measure(14, fonts)
    lines = list(wrapped(shown, measured, 400))
    assert all(measured(line.rstrip("，")) <= 400 for line in lines)
    assert "".join("".join(lines).split()) == "".join(shown.split())


def test_letters_without_a_font_are_boxes_and_what_turns_the_direction_is_left_out() -> None:
    assert drawable("a测😀\u202eb\x07", fonts_of(None)) in (f"a{BOX}b", f"a{BOX}😀b")
    assert drawable("e\u0301\u0301\u0301", installed()) == "é"
