"""Draws a text with bold, lists and links as Slack's rich text, in which nothing is markup any more. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.slack.layout import Block
from bot.slack.plain import plain
from flows.core.rich import Paragraph, Span, parse

LISTS = {"bullet": "bullet", "number": "ordered"}


def draw_rich(text: str) -> list[Block]:
    """The text in one block; nothing for an empty one."""
    elements: list[Block] = []
    for kind, run in groupby(parse(text), key=lambda paragraph: paragraph.kind):
        elements += _run(kind, list(run))
    return [{"type": "rich_text", "elements": elements}] if elements else []


def _run(kind: str, run: Sequence[Paragraph]) -> list[Block]:
    if kind in LISTS:
        items = [_section("rich_text_section", one.spans) for one in run]
        return [{"type": "rich_text_list", "style": LISTS[kind], "elements": items}]
    if kind == "code":
        return [_section("rich_text_preformatted", one.spans) for one in run]
    spans = [span for one in run for span in (*one.spans, Span("\n"))][:-1]
    return [_section("rich_text_quote" if kind == "quote" else "rich_text_section", _joined(spans))]


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Neighbours without any format as one: each piece costs room."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1] == Span(joined[-1].text) and span == Span(span.text):
            joined[-1] = Span(joined[-1].text + span.text)
        else:
            joined.append(span)
    return joined


def _section(kind: str, spans: Sequence[Span]) -> Block:
    return {"type": kind, "elements": [_span(span) for span in spans] or [_span(Span(" "))]}


def _span(span: Span) -> Block:
    drawn: Block = {"type": "text", "text": plain(span.text) or " "}
    if span.link:
        drawn = {"type": "link", "url": plain(span.link), "text": plain(span.text) or " "}
    style = {name: True for name in ("bold", "italic", "strike", "code") if getattr(span, name)}
    return drawn | {"style": style} if style else drawn
