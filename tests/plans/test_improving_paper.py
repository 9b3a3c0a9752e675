"""The paper of a plan: a PDF that opens whatever was typed, with nothing in it that was not written."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.paper import NO_CHINESE, paper
from bot.paper_letters import BOX, BREAK, MARKS, Fonts, drawable, installed
from flows.core.screen import Act, Button, Buttons, Divider, Element, Facts, Heading, Line, Note, Quote
from flows.core.words import Words, same

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TITLE, FOOT = Words("Improvement plan", "改进计划"), Words("Made for Kavya", "为李娜生成")
HOSTILE = {
    "right to left": "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
    "control": "a\x00b\x07c\x1b[31m\x7f\x85",
    "long word": "x" * 4000,
    "long Chinese": "长" * 4000,
    "markup": "<script>alert(1)</script> **bold** [a](http://x) &amp; {nb} %PDF (\\) BT ET",
    "marks": "a" + "\u0301" * 500,
    "emoji": "👩‍👩‍👧‍👦 🇨🇳 \U000e0041",
    "unknown": "\ue000\U0010fffd\u0378 𓀀",
    "half": "\ud83d",
    "lines": "\n" * 300 + "\u2028\u2029\r\n\t",
    "nothing": "",
}


def body(text: str) -> list[Element]:
    return [
        Facts(((same(text[:200]), same(text[:500])),)), Heading(same(text[:200])), Line(same(text)), Note(same(text)),
        Quote(text), Divider(), Buttons((Button(same("press"), Act("see")),)),
    ]  # fmt: skip


def made(elements: list[Element], language: str = "en", fonts: Fonts | None = None) -> bytes:
    return paper(
        TITLE,
        elements,
        language,
        at=NOW,
        foot=FOOT,
        signing=[("Kavya", Words("Employee", "员工"))],
        fonts=fonts,
    )


def pages_of(content: bytes) -> int:
    found = re.search(rb"/Count (\d+)", content)
    return int(found[1]) if found else 0


def streams(content: bytes) -> bytes:
    """Everything that is drawn, unpacked."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S)
    unpacked = []
    for one in found:
        try:
            unpacked.append(zlib.decompress(one))
        except zlib.error:
            continue
    return b"\n".join(unpacked)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_breaks_the_paper(text: str) -> None:
    content = made(body(text))
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert 1 <= pages_of(content) <= 30
    assert b"/JavaScript" not in content
    assert b"/URI" not in content


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_what_is_drawn_has_a_sign_in_some_font_and_no_direction_of_its_own(text: str) -> None:
    signs = installed().signs
    drawn = drawable(text, signs)
    assert all(sign in f"\n {BREAK}" or ord(sign) in signs for sign in drawn)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x09\x0b-\x1f]", drawn)


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("plain words", "plain words"),
        ("a\u202eb\u202c", "ab"),
        ("a\u00a0b\tc", "a b c"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\ue000", BOX),
        ("x" + "\u0335" * 9, "x" + "\u0335" * MARKS),
        ("改进", f"改{BREAK}进"),
        ("好。", "好。"),
        ("use 改进", f"use {BREAK}改{BREAK}进"),
    ],
)
def test_texts_are_drawn_as_they_were_typed(typed: str, drawn: str) -> None:
    assert drawable(typed, installed().signs) == drawn


def test_markup_is_text() -> None:
    """Two papers that differ in stars alone draw as many letters more as there are stars."""
    plain, stars = (streams(made([Line(same(text))])) for text in ("bold", "**bold**"))
    assert plain != stars


def test_without_a_chinese_font_it_is_in_english_and_says_so() -> None:
    bare = replace(installed(), chinese=None)
    with_font, without = (pages_of(made([Quote("改进")], "zh", fonts)) for fonts in (installed(), bare))
    assert (with_font, without) == (1, 1)
    assert drawable("改", bare.signs) == BOX
    assert "fonts-noto-cjk" in NO_CHINESE
    assert len(made([], "zh", bare)) > 1000


def test_the_same_paper_is_the_same_file() -> None:
    assert made(body("The same")) == made(body("The same"))
