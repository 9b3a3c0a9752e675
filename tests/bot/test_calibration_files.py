"""Pictures and the sheet of a calibration: no boxes, no single people, nothing that runs, and the same in words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from PIL import Image

from bot.calibration_charts import before_and_after, shade, spread
from bot.calibration_pictures import drawn
from bot.calibration_sheet import sheets_of
from bot.chart_fonts import Fonts, fonts_of, installed
from bot.sheets import workbook
from flows.core.words import Words
from flows.cycle.kept import Audience, Cycle, Participant
from flows.cycle.template import Free, Guide, Step, Template
from flows.people.person import Person
from flows.results.calibrating.groups import compare, nowhere
from flows.results.calibrating.picturing import Picture, apart, before_words, picture_of, spread_words
from flows.results.calibrating.rights import Table
from flows.results.calibrating.seats import Row
from flows.results.calibrating.spread import Figures
from flows.results.distribution import Rated
from flows.results.records import Given, Session

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
SCALE = tuple(
    Step(key, Words(key, key), Decimal(value))
    for key, value in (("S", 5), ("A", 4), ("B", 3), ("C", 2), ("D", 1))
)
GUIDE = Guide(((("S", "A"), Decimal(20)), (("B",), Decimal(70)), (("C", "D"), Decimal(10))))
TEMPLATE = Template("h1", Words("Half year", "半年"), "half_year", (), scale=SCALE, guide=GUIDE)
FREE = replace(TEMPLATE, scale=(), guide=Guide(), free=Free(Decimal(1), Decimal(5), 1))
HOSTILE = "\U0001f9d1\u200d\U0001f4bb $x^2$ " + "长" * 90
NAMES = {1: "Chen Wei 陈伟", 2: HOSTILE, 3: "周婷"}


def people(ratings: str, manager: int, department: str, first: int) -> list[Rated]:
    return [
        Rated(first + nth, rating, "B", "A", manager, department, "L3") for nth, rating in enumerate(ratings)
    ]


EVERYBODY = (
    *people("SAAABBBBBBBC", 1, "Engineering", 100),
    *people("BBBBBBD", 2, HOSTILE, 200),
    *people("BA", 3, "People", 300),
)


def picture(everybody: Sequence[Rated] = EVERYBODY, template: Template = TEMPLATE) -> Picture:
    compared, few = compare(template.guide, everybody, nowhere) if template.guide.shares else ([], {})
    return picture_of(Figures(template, tuple(everybody), tuple(compared), few, NAMES), f"{HOSTILE} · H1")


# A sign that no font has is a warning, and every warning fails a test: what is drawn here has no boxes.


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("fonts", [installed(), fonts_of(None)], ids=["all fonts", "no Chinese font"])
def test_pictures_are_wide_enough_and_hold_no_boxes(language: str, fonts: Fonts) -> None:
    shown = picture()
    for png in (spread(shown, language, fonts), before_and_after(shown, language, fonts)):
        drawing = Image.open(io.BytesIO(png))
        assert (drawing.format, drawing.width) == ("PNG", 1200)
        assert 300 < drawing.height < 3000
        assert len(png) < 300_000


def test_nobody_very_many_groups_and_a_scale_without_steps_are_drawn_too() -> None:
    many = [one for n in range(60) for one in people("SABCDB", n, f"Department {n}", 1000 * n)]
    numbers = [
        replace(one, rating=f"{1 + n % 40 / 10}", given="3", computed="") for n, one in enumerate(EVERYBODY)
    ]
    for shown in (picture(()), picture(many), picture(numbers, FREE)):
        assert spread(shown, "en").startswith(b"\x89PNG")
        assert before_and_after(shown, "zh").startswith(b"\x89PNG")
    assert Image.open(io.BytesIO(spread(picture(many), "en"))).height < 4000
    for _, bars in picture(many).groups:
        assert [bar.total for bar in bars] == [6] * 11 + [49 * 6]


def test_shades_of_ratings_differ_in_lightness() -> None:
    light = [sum(bytes.fromhex(shade(nth, 5)[1:])) for nth in range(5)]
    assert light == sorted(light)
    assert min(after - before for before, after in pairwise(light)) > 80


def test_no_group_of_fewer_than_five_is_named_nor_left_over() -> None:
    shown = picture()
    managers = next(bars for title, bars in shown.groups if title.en == "By manager")
    assert [(bar.name.en, bar.total) for bar in managers] == [("Chen Wei 陈伟", 12), ("2 other groups", 9)]
    for sizes in ([5, 4], [9, 5, 1], [5], [4, 4], [3], [7, 6, 5, 2, 2]):
        groups = {str(nth): people("B" * size, nth, "X", 0) for nth, size in enumerate(sizes)}
        named = apart(groups)
        left = sum(len(members) for name, members in groups.items() if name not in named)
        assert all(len(groups[name]) >= 5 for name in named)
        assert left == 0 or left >= 5 or not named


def test_the_pictures_are_told_in_words_without_a_rated_persons_name() -> None:
    shown = replace(picture(), title="Engineering · H1")
    assert spread_words(shown).en.split("\n")[:5] == [
        "Engineering · H1",
        "Everybody here, 21 people: S 1, A 4, B 14, C 1, D 1.",
        "S, A: 5 people, 24%; guide 20%, so 2–7 fit.",
        "B: 14 people, 67%; guide 70%, so 12–17 fit.",
        "C, D: 2 people, 10%; guide 10%, so 0–5 fit.",
    ]
    assert "其他 2 组，9 人：S 0、A 1、B 7、C 0、D 1。" in spread_words(shown).zh
    assert before_words(shown).zh.endswith("与上级评定相比：上调 5 人，下调 2 人。")
    files = drawn(shown, "zh")
    assert [file.name for file in files] == ["calibration.png", "calibration-before.png"]
    assert files[0].instead == spread_words(shown).zh


def table(notes: bool) -> Table:
    """A session of one person whose rating was changed for a reason that looks like a formula."""
    reader = Person(
        1, "mo@example.com", "Mo", None, "People", "L5", "", ("hr",), "Asia/Shanghai", "zh", None, None, None, True
    )  # fmt: skip
    person = replace(reader, id=7, name="=HYPERLINK(1)", roles=())
    versions = (
        Given(7, 1, "computed", "A", "", None, NOW),
        Given(7, 2, "manager", "B", "+1 因为", 2, NOW),
        Given(7, 3, "calibrated", "C", "@SUM(1+1)\x00", 1, NOW),
    )
    place = Participant(1, 7, "in", 2, "-Sales", "L3", "Asia/Shanghai", "zh", NOW)
    session = Session(1, 1, "Sales", "open", (1,), 1, NOW)
    cycle = Cycle(1, "live", "H1", NOW.date(), TEMPLATE, Audience(), 1, NOW)
    return Table(session, cycle, (Row(person, place, versions),), True, True, notes)


@pytest.mark.parametrize("notes", [True, False])
def test_the_sheet_holds_text_alone_and_reasons_only_for_those_who_read_them(notes: bool) -> None:
    sat = table(notes)
    reader = replace(sat.rows[0].person, id=1, name="Mo")
    figures = Figures(TEMPLATE, tuple(row.rated() for row in sat.rows), (), {}, {2: "Lin"})
    book = load_workbook(io.BytesIO(workbook(sheets_of(sat, figures, {1: "Mo", 2: "Lin"}, reader))))
    assert book.sheetnames == ["人员", "历次版本", "人数分布"]
    why = "@SUM(1+1)\ufffd" if notes else None
    first = [cell.value for cell in book["人员"][2]]
    assert first == ["=HYPERLINK(1)", "-Sales", "L3", "Lin", "A", "B", "C", "Mo", why]
    history = [[cell.value for cell in row] for row in book["历次版本"].iter_rows(min_row=2)]
    when = datetime(2026, 3, 10, 16, 30)  # noqa: DTZ001
    assert [row[1:] for row in history] == [
        [1, "系统计算", "A", None, when, None],
        [2, "上级评定", "B", "Lin", when, "+1 因为"],
        [3, "校准", "C", "Mo", when, why],
    ]
    assert [cell.value for cell in book["人数分布"][2]] == [None, "全体", 1, 0, 0, 0, 1, 0, 0]
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
