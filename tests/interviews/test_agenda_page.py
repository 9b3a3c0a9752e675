"""The agenda as a file: whatever people wrote is text in it, and it needs nothing from outside."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.html_pages import plain
from bot.interview_paper import page
from flows.core.screen import Facts, Line, Note, Quote
from flows.core.words import Words, same
from flows.interviews.agenda_parts import Part

HOSTILE = st.text(st.characters(), max_size=60) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "{{ 7 * 7 }}",
        "\u202eevil",
        "\x00\x07",
        "&amp;",
        "'\"><img src=x onerror=1>",
        "长" * 4000,
    ]
)


class Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outside: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.outside += [name for name, _ in attrs if name in ("src", "href", "onerror", "onload", "style")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@given(HOSTILE)
def test_what_people_wrote_is_text_and_nothing_else(text: str) -> None:
    parts = [
        Part(
            Words("Part", "部分"),
            (Line(same("• " + text)), Quote(text), Note(same(text)), Facts(((same(text), same(text)),))),
        )
    ]
    html = page(same(text), parts, "zh")
    html.encode()
    read = Read()
    read.feed(html)
    assert set(read.tags) <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "blockquote", "table",
        "tr", "th", "td",
    }  # fmt: skip
    assert read.outside == []
    assert "".join(plain(text).split()) in "".join("".join(read.texts).split())


def test_it_is_in_the_readers_language_and_says_so() -> None:
    parts = [Part(Words("Goals", "目标"), (Line(Words("one", "一")),))]
    assert '<html lang="zh-Hans">' in page(Words("Talk", "面谈"), parts, "zh")
    english = page(Words("Talk", "面谈"), parts, "en")
    assert "<h2>Goals</h2>" in english
    assert "Your notes" in english
