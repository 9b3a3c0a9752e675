"""Draws screens and letters as Slack's blocks. Pure; what it draws keeps Slack's limits by construction.

Everything is drawn as plain text or rich text without markup, so nothing that a person wrote can ping, link
or format. What is too long for its place stands whole beside it. Limits: docs.slack.dev, reference/block-kit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from bot.slack.inputs import draw_input
from bot.slack.layout import Block, Surface, actions, cut, fit, numbered
from bot.slack.plain import pieces, plain, plain_text, shorten
from bot.slack.presses import SECTION, button, draw_buttons, draw_menu, section, whole
from bot.slack.rich import draw_rich
from bot.ticket import encode
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Facts,
    Field,
    Heading,
    Letter,
    Line,
    Menu,
    Note,
    Quote,
    Rich,
    Row,
    Screen,
)
from flows.core.words import Words

HEADLINE = 500  # of the 4,000 that chat.update takes, for each sign may become five
TITLE, HEADER, CONTEXT = 24, 150, 2000
METADATA = 3000
MORE = Words("Show more", "显示更多")
SHORTENED = Words("Shortened here. Open it to read all.", "此处内容有删减，打开可查看全部。")
SHORTENED_HERE = Words("Shortened here.", "此处内容有删减。")
CLOSE = Words("Close", "关闭")


def draw_modal(screen: Screen, language: str, parent: Act | None = None) -> Block:
    """A modal view. `parent` is the place of the view below it, so that it can be refreshed later."""
    view: Block = {
        "type": "modal",
        "callback_id": "perfloop",
        "title": plain_text(screen.title.say(language), TITLE),
        "close": plain_text(CLOSE.say(language), TITLE),
        "notify_on_close": True,
        "blocks": draw_screen(screen, language, "modal"),
        "private_metadata": metadata(screen.place, parent),
    }
    if screen.submit:
        view["submit"] = plain_text(screen.submit.say(language), TITLE)
    return view


def draw_home(screen: Screen, language: str) -> Block:
    """A home tab."""
    return {
        "type": "home",
        "callback_id": "perfloop",
        "private_metadata": metadata(screen.place, None),
        "blocks": draw_screen(screen, language, "home"),
    }


def draw_message(letter: Letter, language: str) -> Block:
    """A message's text and blocks; what does not fit is left out and it says so, its buttons stay."""
    blocks = [block for element in letter.body for block in draw(element, language)]
    headline = shorten(plain(letter.headline.say(language)).strip() or "perfloop", HEADLINE)
    return {"text": escape(headline), "blocks": numbered(fit(blocks, "message", note(SHORTENED, language)))}


def metadata(place: Act | None, parent: Act | None) -> str:
    """The places of a view and of the one below it, for `read.places`. A parent that is too long is left out."""
    here = encode(place) if place else ""
    both = json.dumps([here, encode(parent) if parent else ""])
    return both if len(both) <= METADATA else json.dumps([here, ""])


def draw_screen(screen: Screen, language: str, surface: Surface) -> list[Block]:
    """A form, or a screen without a place, in one piece; any other in parts, each with a button to the next."""
    title = screen.title.say(language)
    groups = [[section(text) for text in pieces(title, SECTION)]] if len(plain(title)) > TITLE else []
    groups += [draw(element, language) for element in screen.body]
    place = screen.place
    if place is None or any(isinstance(element, Field) for element in screen.body):
        return numbered(
            fit([block for group in groups for block in group], surface, note(SHORTENED_HERE, language))
        )
    parts = cut(groups, surface)
    part = min(screen.part, len(parts) - 1)
    blocks = parts[part]
    if part + 1 < len(parts):
        more = Act("part", (str(part + 1), place.verb, *place.about))
        blocks = [*blocks, actions([button(Button(MORE, more), language)])]
    return numbered(blocks)


def draw(element: Element, language: str) -> list[Block]:
    """The blocks of one element."""
    match element:
        case Heading(words):
            return heading(words.say(language))
        case Line(words):
            return [section(text) for text in pieces(words.say(language), SECTION)]
        case Note(words):
            return note(words, language)
        case Quote(text):
            return [
                rich([{"type": "rich_text_quote", "elements": [span(part)]}])
                for part in pieces(text, SECTION)
            ]
        case Rich(words):
            return draw_rich(words.say(language))
        case Facts(rows):
            return together([fact(name.say(language), value.say(language)) for name, value in rows])
        case Divider():
            return [{"type": "divider"}]
        case Buttons(buttons):
            return draw_buttons(buttons, language)
        case Row(words, one, name):
            first = name.say(language) + "\n" if name else ""
            texts = pieces(first + words.say(language), SECTION) or [" "]
            beside = section(texts[0]) | {"accessory": button(one, language, name)}
            return [*whole(one.label.say(language)), beside, *map(section, texts[1:])]
        case Menu(label, choices):
            return draw_menu(label, choices, language)
        case Field():
            return draw_field(element, language)


def draw_field(field: Field, language: str) -> list[Block]:
    """An input with what stands beside it; what was kept but is too long for the field is shown under it."""
    above = note(field.beside, language) if field.beside else []
    above += note(Words("⚠ ", "⚠ ") + field.problem, language) if field.problem else []
    block, below = draw_input(field, language)
    return [*above, block, *(section(text) for text in pieces(below, SECTION))]


def heading(text: str) -> list[Block]:
    rest = pieces(text, SECTION) if len(plain(text)) > HEADER else []
    return [{"type": "header", "text": plain_text(text, HEADER)}, *map(section, rest)]


def note(words: Words, language: str) -> list[Block]:
    """Small print."""
    return [
        {"type": "context", "elements": [plain_text(text, CONTEXT)]}
        for text in pieces(words.say(language), CONTEXT)
    ]


def fact(name: str, value: str) -> list[Block]:
    """A name in bold and its value, as rich text; a question needs no colon."""
    *above, last = pieces(name + (" " if name.endswith(("?", "？")) else ": "), SECTION)
    first, *below = pieces(value, SECTION) or [""]
    blocks = [[span(text, bold=True)] for text in above]
    blocks += [[span(last, bold=True), span(first)], *([span(text)] for text in below)]
    return [rich([{"type": "rich_text_section", "elements": spans}]) for spans in blocks]


def together(facts: Sequence[list[Block]]) -> list[Block]:
    """Facts of one line each, one under the other in one block while it stays short; longer ones by themselves."""
    joined: list[Block] = []
    room = 0
    for blocks in facts:
        spans = blocks[0]["elements"][0]["elements"]
        size = sum(len(one["text"]) for one in spans)
        if len(blocks) == 1 and room >= size:
            joined[-1]["elements"][0]["elements"] += [span("\n"), *spans]
            room -= size
        else:
            joined += blocks
            room = SECTION - size if len(blocks) == 1 else 0
    return joined


def rich(elements: list[Block]) -> Block:
    return {"type": "rich_text", "elements": elements}


def span(text: str, *, bold: bool = False) -> Block:
    drawn: Block = {"type": "text", "text": plain(text) or " "}
    return drawn | {"style": {"bold": True}} if bold else drawn


def escape(text: str) -> str:
    """For the one place that Slack reads as markup: a message's text. Only these three signs need it."""
    return re.sub(r"[&<>]", lambda sign: {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[sign[0]], plain(text))
