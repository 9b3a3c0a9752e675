"""A report as pictures and as a sheet: readable in both languages, the same in words, typed cells, nothing that runs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]
from PIL import Image

from bot.chart_fonts import Fonts, fonts_of, installed
from bot.report_charts import picture, sentences
from bot.report_files import pictures_of, sheets_of
from bot.sheets import workbook
from flows.core.words import Words, same
from flows.people.person import Person
from flows.reports.kinds import REPORTS
from flows.reports.report import (
    WITHHELD,
    Bar,
    Bars,
    Change,
    Changes,
    Figure,
    Forecast,
    Line,
    Lines,
    Panel,
    Report,
    Shares,
    Table,
)  # fmt: skip

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
MONDAY, WEEK = date(2026, 6, 1), timedelta(days=7)
HEADING = Words("Completion · Sales · 18 Nov 2026", "完成情况 · 销售部 · 2026年11月18日")
HOSTILE = "\U0001f9d1\u200d\U0001f4bb $x^2$ \u202e\n" + "长" * 300
MO = Person(
    1, "mo@example.com", "Mo", None, "People", "L5", "", ("hr",), "Asia/Shanghai", "zh", None, None, None, True
)  # fmt: skip


def bar(nth: int, value: Decimal | int, name: str = "Department") -> Bar:
    label = Words(f"{name} {nth}", f"{name} 第 {nth} 部门")
    return Bar(label, Decimal(value), same(f"{value}/100"), Decimal(80), alarm=value < 60)


def points(number: int, pace: int) -> tuple[tuple[date, Decimal], ...]:
    return tuple((MONDAY + nth * WEEK, Decimal(40 + pace * nth)) for nth in range(number))


PLAN = Line(Words("plan", "计划"), ((MONDAY, Decimal(0)), (MONDAY + 30 * WEEK, Decimal(100))))
AHEAD = Forecast(
    tuple((MONDAY + nth * WEEK, Decimal(60), Decimal(66), Decimal(71)) for nth in range(26, 30)),
    Words("The band holds it in 8 of 10 cases.", "十次中有八次落在区间内。"),
)
PARTS = tuple(same(key) for key in "SABCD")
PANELS: dict[str, Panel] = {
    "a bar": Bars(same("One"), (bar(1, 70),), Decimal(100), Words("plan", "计划")),
    "many bars": Bars(same("Many"), tuple(bar(n, n % 101) for n in range(300)), Decimal(100)),
    "zeros": Bars(same("None done"), tuple(bar(n, 0) for n in range(3))),
    "below zero": Bars(same("Strictness"), (bar(1, -3), bar(2, 2), bar(3, 0), replace(bar(4, 0), said=WITHHELD))),
    "beyond all": Bars(same("Too much"), (bar(1, 10**12), bar(2, 50), bar(3, -(10**12))), Decimal(100)),
    "no bars": Bars(same("Nothing"), ()),
    "shares": Shares(
        same("Ratings"), PARTS,
        ((same("Sales"), (1, 4, 14, 1, 1)), (same("Few"), None), (same("Nobody"), (0,) * 5)),
    ),
    "many shares": Shares(
        same("Points"), tuple(same(f"{n / 10}") for n in range(10, 51)),
        tuple((same(f"Team {n}"), tuple((n * part) % 7 for part in range(41))) for n in range(100)),
    ),
    "no shares": Shares(same("Nothing"), (), ()),
    "lines": Lines(
        same("On time"), (Line(same("All"), points(26, 1)), Line(same("Sales"), points(26, 2))), PLAN, AHEAD, Decimal(100),
    ),
    "many lines": Lines(same("Many"), tuple(Line(same(f"Line {n}"), points(200, n)) for n in range(9))),
    "a point": Lines(same("One day"), (Line(same("All"), points(1, 0)),), forecast=AHEAD),
    "a plan alone": Lines(same("Only the plan"), (), PLAN, AHEAD),
    "no lines": Lines(same("Nothing"), (Line(same("All"), ()),), forecast=AHEAD),
    "changes": Changes(
        same("Mean"), same("H1"), same("H2"),
        (
            Change(same("Up"), Decimal("3.1"), Decimal("3.4")), Change(same("Down"), Decimal(4), Decimal(3)),
            Change(same("Still"), Decimal(3), Decimal(3)), Change(same("New"), None, Decimal(3)),
            Change(same("Gone"), Decimal(3), None), Change(same("Few"), None, None),
        ),
    ),
    "many changes": Changes(
        same("Many"), same("a"), same("b"), tuple(Change(same(f"T{n}"), Decimal(n), Decimal(-n)) for n in range(99))
    ),
    "no changes": Changes(same("Nothing"), same("a"), same("b"), ()),
    "hostile": Bars(same(HOSTILE), (Bar(same(HOSTILE), Decimal("0.1"), same(HOSTILE)),), None, same(HOSTILE)),
}  # fmt: skip


def size_of(png: bytes) -> tuple[int, int]:
    drawn = Image.open(io.BytesIO(png))
    assert drawn.format == "PNG"
    assert len(png) < 400_000
    return drawn.size


# A sign that no font has is a warning, and every warning fails a test: what is drawn here has no boxes.


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_every_panel_is_a_picture_for_a_phone(panel: Panel, language: str) -> None:
    wide, high = size_of(picture(panel, HEADING, language))
    assert wide == 1200
    assert 150 < high <= 2 * wide


@pytest.mark.parametrize("panel", [PANELS["shares"], PANELS["lines"], PANELS["hostile"]])
def test_without_a_chinese_font_a_picture_is_in_english(panel: Panel) -> None:
    assert picture(panel, HEADING, "zh", fonts_of(None)) == picture(panel, HEADING, "en", fonts_of(None))


def test_on_the_last_day_there_is_no_band_and_none_is_explained() -> None:
    plain = Lines(same("On time"), (Line(same("All"), points(26, 1)),), PLAN)
    last, value = plain.lines[0].points[-1]
    over = replace(plain, forecast=Forecast(((last, value, value, value),), same("With a band.")))
    assert picture(over, HEADING, "en") == picture(plain, HEADING, "en")
    assert picture(replace(over, forecast=AHEAD), HEADING, "en") != picture(plain, HEADING, "en")


def test_two_pictures_of_the_same_differ_in_their_language_alone() -> None:
    panel = PANELS["a bar"]
    assert picture(panel, HEADING, "en") == picture(panel, HEADING, "en")
    assert picture(panel, HEADING, "en") != picture(panel, HEADING, "zh")


@pytest.mark.parametrize("fonts", [installed(), fonts_of(None)], ids=["all fonts", "no Chinese font"])
@settings(max_examples=12, deadline=None)
@given(st.text(max_size=80), st.decimals(-(10**9), 10**9, places=2))
def test_any_label_and_value_can_be_drawn(fonts: Fonts, text: str, value: Decimal) -> None:
    label = same(text)
    for panel in (
        Bars(label, (Bar(label, value, label, -value),), Decimal(100), label),
        Shares(label, (label, label), ((label, (1, 2)),)),
        Lines(
            label, (Line(label, ((MONDAY, value), (MONDAY + WEEK, -value))),), Line(label, ((MONDAY, value),))
        ),
        Changes(label, label, label, (Change(label, value, -value),)),
    ):
        assert size_of(picture(panel, label, "zh", fonts))[0] == 1200


GROUP = Figure("group", Words("Whose", "范围"), Words("Whose.", "谁的。"), "text")
DONE = Figure("done", Words("Done", "已完成"), Words("How many.", "多少。"))
SHARE = Figure(
    "share", Words("Share", "完成率"), Words("In percent.", "百分比。"), "percent", Words("a ÷ b", "a ÷ b")
)
MEAN = Figure("mean", Words("Mean", "均值"), Words("In points.", "分值。"), "points")
SPENT = Figure("spent", Words("Spent", "花费"), Words("In CNY.", "人民币。"), "amount")
DUE = Figure("due", Words("Due", "截止"), Words("The last day.", "最后一天。"), "day")
NEVER_SHOWN = Figure("other", Words("Other", "其他"), Words("Of another table.", "另一张表。"))
COLUMNS = (GROUP, DONE, SHARE, MEAN, SPENT, DUE)
REPORT = Report(
    Words("Completion", "完成情况"), same("=Sales · H2"), NOW, Words("Half is done.", "已完成一半。"),
    (
        Table(
            Words("By department", "按部门"), COLUMNS,
            (
                (same("=HYPERLINK(1)"), 1234, Decimal("66.7"), Decimal("3.25"), Decimal("-1200.5"), date(2026, 11, 20)),
                (same("-Few"), 3, WITHHELD, WITHHELD, None, None),
            ),
            Words("The few are not shown.", "人数过少的不显示。"),
        ),
        Table(Words("By level", "按职级"), (GROUP,), ()),
    ),
    (PANELS["a bar"], PANELS["lines"]),
)  # fmt: skip


def opened(report: Report = REPORT, reader: Person = MO) -> Any:
    pages = sheets_of(report, Words("Who is done?", "谁完成了？"), (*COLUMNS, NEVER_SHOWN), reader)
    return load_workbook(io.BytesIO(workbook(pages)))


def test_the_sheet_has_typed_cells_under_a_frozen_header_with_filters() -> None:
    page = opened()["按部门"]
    assert [cell.value for cell in page[1]] == ["范围", "已完成", "完成率", "均值", "花费", "截止"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:F3")
    first, second = page[2], page[3]
    assert [cell.value for cell in first] == [
        "=HYPERLINK(1)", 1234, pytest.approx(0.667), 3.25, -1200.5, datetime(2026, 11, 20),  # noqa: DTZ001
    ]  # fmt: skip
    assert [cell.number_format for cell in first[1:]] == ["#,##0", "0.0%", "0.00", "#,##0.##", "yyyy-mm-dd"]
    assert [cell.value for cell in second] == ["-Few", 3, WITHHELD.zh, WITHHELD.zh, None, None]


def test_nothing_in_the_sheet_runs() -> None:
    cells = [cell for page in opened() for row in page.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == "=Sales · H2" and cell.quotePrefix for cell in cells)


def test_the_first_sheet_says_whose_figures_these_are_and_the_last_what_they_mean() -> None:
    book = opened()
    assert book.sheetnames == ["说明", "按部门", "按职级", "指标说明"]
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows(min_row=2)}
    assert about["范围与周期"] == "=Sales · H2"
    assert about["数据时间（你的时区）"] == datetime(2026, 11, 18, 20)  # noqa: DTZ001
    assert about["按部门"] == "人数过少的不显示。"
    assert about["摘要"] == "已完成一半。"
    meant = {row[0].value: (row[1].value, row[2].value) for row in book["指标说明"].iter_rows(min_row=2)}
    assert meant["完成率"] == ("百分比。", "a ÷ b")
    assert {"已完成", "其他", WITHHELD.zh} <= meant.keys()


@pytest.mark.parametrize("kind", REPORTS, ids=[kind.name for kind in REPORTS])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_last_sheet_defines_every_figure_of_every_report(kind: Any, language: str) -> None:
    report = replace(REPORT, tables=())
    page = sheets_of(report, kind.question, kind.figures, replace(MO, language=language))[-1]
    defined = {row[0]: row[1] for row in page.rows}
    assert kind.figures
    for figure in kind.figures:
        assert defined[figure.title.say(language)]


def test_each_picture_is_told_in_words_and_named_after_what_it_shows() -> None:
    one, two = pictures_of(REPORT, replace(MO, language="en"))
    assert (one.name, one.title) == ("report.png", "One")
    assert (two.name, two.title) == ("report-2.png", "On time")
    assert one.instead == "One. Department 1: 70/100. plan: 80%."
    assert "Forecast for 21 Dec: 66%, between 60% and 71%." in two.instead
    assert size_of(one.content)[0] == 1200


def test_a_report_without_panels_is_a_picture_of_its_sentences() -> None:
    (only,) = pictures_of(replace(REPORT, panels=()), MO)
    assert only.instead == "已完成一半。"
    assert size_of(only.content)[0] == 1200
    assert sentences(same("x"), same("y " * 900), HEADING, "en").startswith(b"\x89PNG")
