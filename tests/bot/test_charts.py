"""Pictures that are read on a phone: no boxes, no surprises, told apart in grey."""

from __future__ import annotations

import io
from datetime import date, timedelta
from itertools import pairwise

import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from bot.chart_fonts import Fonts, drawable, fonts_of, installed, language_of
from bot.charts import STEPS, bars, heat_map
from flows.core.words import Words

FIRST = date(2026, 3, 9)
DAYS = {FIRST + timedelta(days=n): 7 * n % 31 for n in range(60)}
PHASES = [
    (Words("Goals", "目标设定"), FIRST, FIRST + timedelta(days=13)),
    (Words("Self review $x$ ☃", "自评"), FIRST + timedelta(days=40), FIRST + timedelta(days=59)),
]
ROWS = [("王小明", "wang", DAYS), ("Jürgen $x^2$", "j", {}), ("\U0001f9d1\u200d\U0001f4bb", "emoji", DAYS)]

# A sign that no font has is a warning, and every warning fails a test: what is drawn here has no boxes.


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("fonts", [installed(), fonts_of(None)], ids=["all fonts", "no Chinese font"])
def test_pictures_are_wide_enough_and_hold_no_boxes(language: str, fonts: Fonts) -> None:
    for png in (bars(DAYS, PHASES, language, fonts), heat_map(ROWS, list(DAYS), language, fonts)):
        picture = Image.open(io.BytesIO(png))
        assert picture.format == "PNG"
        assert picture.width == 1200
        assert 400 < picture.height < 1600
        assert len(png) < 200_000


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_to_draw_is_drawn_as_nothing(language: str) -> None:
    assert bars({}, [], language).startswith(b"\x89PNG")
    assert heat_map([], [], language).startswith(b"\x89PNG")


@pytest.mark.parametrize("days", [1, 3, 400])
def test_any_length_of_time_is_drawn(days: int) -> None:
    long = {FIRST + timedelta(days=n): 1_000_000 for n in range(days)}
    assert bars(long, PHASES[:1], "zh").startswith(b"\x89PNG")
    assert heat_map([("A" * 200, "a", long)] * 30, list(long), "zh").startswith(b"\x89PNG")


def test_without_a_chinese_font_labels_are_english_and_names_are_stood_in_for() -> None:
    fonts = fonts_of(None)
    assert language_of("zh", fonts) == "en"
    assert drawable("王小明", "wang", fonts) == "wang"
    assert drawable("Müller", "m", fonts) == "Müller"


def test_a_chinese_font_of_this_machine_is_used() -> None:
    fonts = installed()
    if fonts.chinese:
        assert language_of("zh", fonts) == "zh"
        assert drawable("王小明", "wang", fonts) == "王小明"


def test_the_steps_differ_in_lightness_too() -> None:
    lightness = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(to_rgb, STEPS)]
    assert all(lighter - darker > 0.12 for lighter, darker in pairwise(lightness))
