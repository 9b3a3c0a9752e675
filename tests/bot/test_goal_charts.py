"""Pictures of goals: no boxes, no surprises, and the same in words."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PIL import Image

from bot.chart_fonts import Fonts, fonts_of, installed
from bot.goal_charts import my_goals, team_goals, tree
from flows.core.words import Words
from flows.goals.measure.standing import Forecast
from flows.goals.pictures.panels import Branch, Cell, Panel, TeamRow, branch_words, panel_words, row_words

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
POINTS = tuple((FIRST + timedelta(days=7 * n), 12 + n * 0.5) for n in range(8))
WIN = Panel(
    Words("Win 20 customers", "新增客户 20 家"), Words("15.5 of 20 customers", "15.5 / 20 家"), FIRST, LAST, POINTS,
    12.0, 20.0, "customers", Forecast(16.21, 18.0, 19.94), off=True,
)  # fmt: skip
HOSTILE = Panel(
    Words("$x^2$ " * 60, "一" * 300), Words("☃ \U0001f9d1\u200d\U0001f4bb", "☃"), FIRST, FIRST, ((FIRST, 1e14),),
    None, -1e14, "u" * 40,
)  # fmt: skip
EMPTY = Panel(Words("Be calm", "保持冷静"), Words("no data yet", "暂无数据"), FIRST, LAST, (), None, None, "")
ROWS = (
    TeamRow(
        "王小明", "wang", (Cell(Words("a", "甲"), Decimal("61.5"), True), Cell(Words("b", "乙"), None, False))
    ),
    TeamRow("A" * 200, "a", tuple(Cell(Words("c", "丙"), Decimal(n * 30), False) for n in range(12))),
    TeamRow("\U0001f9d1\u200d\U0001f4bb", "emoji", ()),
)
BRANCHES = (
    Branch(
        Words("Revenue", "销售额"),
        "Marta",
        0,
        Decimal(80),
        Words("80%", "80%"),
        Words("80% covered", "已承接 80%"),
    ),
    Branch(
        Words("North " * 30, "华北" * 60),
        "李雷" * 30,
        9,
        Decimal(250),
        Words("too much " * 30, "超出" * 60),
        Words("too much", "超出"),
    ),
    Branch(
        Words("Win", "新增"),
        "\U0001f9d1\u200d\U0001f4bb",
        1,
        None,
        Words("", ""),
        Words("not split", "未分解"),
    ),
)

# A sign that no font has is a warning, and every warning fails a test: what is drawn here has no boxes.


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("fonts", [installed(), fonts_of(None)], ids=["all fonts", "no Chinese font"])
def test_pictures_are_wide_enough_and_hold_no_boxes(language: str, fonts: Fonts) -> None:
    drawn = (
        my_goals((WIN, HOSTILE, EMPTY), language, fonts),
        team_goals(ROWS, language, fonts),
        tree(BRANCHES, language, fonts),
    )
    for png in drawn:
        picture = Image.open(io.BytesIO(png))
        assert (picture.format, picture.width) == ("PNG", 1200)
        assert 300 < picture.height < 3000
        assert len(png) < 300_000


def test_nothing_and_too_much_are_drawn_too() -> None:
    for png in (my_goals((), "en"), team_goals((), "zh"), tree((), "en")):
        assert png.startswith(b"\x89PNG")
    assert Image.open(io.BytesIO(tree(BRANCHES * 100, "zh"))).height < 6000


def test_each_picture_is_told_in_words() -> None:
    told = panel_words(WIN)
    assert told.en == (
        "Win 20 customers: 15.5 of 20 customers; by 31 March most likely between 16.2 customers and 19.9 customers."
    )
    assert (
        told.zh == "新增客户 20 家：15.5 / 20 家；到 3月31日 很可能在 16.2 customers 到 19.9 customers 之间。"
    )
    assert row_words(ROWS[0]).en == "王小明: a – 61.5% (off track); b – no data."
    assert row_words(ROWS[2]).zh.endswith("：还没有目标。")
    assert branch_words(BRANCHES[1]).en.startswith("– " * 9)
