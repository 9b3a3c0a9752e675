"""What people type as bold, lists and links is read as that, and everything hostile stays text or is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.refusal import Refusal
from flows.core.rich import Span, check_rich, first_line, in_words, parse, weight


def spans(text: str) -> list[Span]:
    return [span for paragraph in parse(text) for span in paragraph.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*bold* and _italic_", [Span("bold", bold=True), Span(" and "), Span("italic", italic=True)]),
        ("~gone~", [Span("gone", strike=True)]),
        ("`a*b*c`", [Span("a*b*c", code=True)]),
        ("*one _two_*", [Span("one ", bold=True), Span("two", bold=True, italic=True)]),
        ("这是*重点*内容", [Span("这是"), Span("重点", bold=True), Span("内容")]),
        ("2*3*4 and snake_case_name", [Span("2*3*4 and snake_case_name")]),
        ("* not bold*", [Span("not bold*")]),
        ("see https://a.example/b?c.", [Span("see "), Span("https://a.example/b?c", link="https://a.example/b?c"), Span(".")]),
        ("<https://a.example|the page>", [Span("the page", link="https://a.example")]),
        ("[the page](https://a.example)", [Span("the page", link="https://a.example")]),
        ("见 https://a.example。", [Span("见 "), Span("https://a.example", link="https://a.example"), Span("。")]),
        ("a < b > c & <script>", [Span("a < b > c & <script>")]),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_meant(text: str, expected: list[Span]) -> None:
    assert spans(text) == expected


def test_lists_quotes_and_code_are_paragraphs_of_their_own() -> None:
    text = "Hello\n- one\n• two\n1. first\n2) second\n> said\n```\n*as it is*\n```\nend"
    kinds = [paragraph.kind for paragraph in parse(text)]
    assert kinds == ["text", "bullet", "bullet", "number", "number", "quote", "code", "text"]
    assert parse(text)[6].spans == (Span("*as it is*"),)
    assert in_words(text).split("\n")[:3] == ["Hello", "one", "two"]


def test_code_that_does_not_end_is_text() -> None:
    assert [paragraph.kind for paragraph in parse("```\nopen")] == ["text", "text"]


@pytest.mark.parametrize(
    "text",
    [
        "<!channel>", "<!here|x>", "<!subteam^S1>", "<@U123>", "<#C123|general>", "hi @channel", "@HERE", "请@everyone看",
        "＠channel", "@chan\u200bnel", "@所有人", "<javascript:alert(1)|x>", "[x](mailto:a@b.c)", "<tel:123>",
    ],
)  # fmt: skip
def test_what_calls_people_or_leads_elsewhere_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        check_rich(text)


@pytest.mark.parametrize(
    "text", ["mei@here.example.com", "a <b", "5 < 6 > 4", "https://a.example", "@mei", ""]
)
def test_what_only_looks_like_it_is_taken(text: str) -> None:
    check_rich(text)


def test_more_formats_than_a_message_holds_are_refused() -> None:
    with pytest.raises(Refusal, match="too much"):
        check_rich("*a* " * 200)


def test_the_first_line_has_no_formats() -> None:
    assert first_line("\n\n*Hello* _all_\nmore", 80) == "Hello all"
    assert first_line("x" * 100, 10) == "x" * 9 + "…"


@given(st.text(st.sampled_from("ab *_~`<>|[]()\n-1.@!:/h"), max_size=200))
def test_any_text_is_read_and_only_web_addresses_become_links(text: str) -> None:
    for span in spans(text):
        assert span.link is None or span.link.startswith(("http://", "https://"))
    assert weight(text) >= 0
    letters = [sign for sign in text if sign in "abh"]
    shown = [sign for span in spans(text) for sign in span.text + (span.link or "") if sign in "abh"]
    assert len(shown) >= len(letters), "nothing that was written is lost"
