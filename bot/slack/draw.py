"""Draws screens and letters as Slack's blocks. Pure; what it draws keeps Slack's limits by construction.

Everything is drawn as plain text or rich text without markup, so nothing that a person wrote can ping, link
or format. Limits: docs.slack.dev, reference/block-kit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.slack.inputs import draw_input
from bot.slack.plain import plain, shorten
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
    Row,
    Screen,
)
from flows.core.words import Words

Block = dict[str, Any]

TITLE, HEADER, SECTION, CONTEXT, BUTTON = 24, 150, 3000, 2000, 75
METADATA = 3000
BLOCKS = {"message": 50, "modal": 100, "home": 100}
CHARACTERS = {"message": 11_000, "modal": 60_000, "home": 60_000}  # msg_blocks_too_long is seen near 13,200
ACTIONS = 25
MORE = Words("Show more", "显示更多")
SHORTENED = Words("Shortened here. Open it to read all.", "此处内容有删减，打开可查看全部。")
CLOSE = Words("Close", "关闭")


def draw_modal(screen: Screen, language: str, parent: Act | None = None) -> Block:
    """A modal view. `parent` is the place of the view below it, so that it can be refreshed later."""
    place = [encode(screen.place) if screen.place else "", encode(parent) if parent else ""]
    view: Block = {
        "type": "modal",
        "callback_id": "perfloop",
        "title": plain_text(screen.title.say(language), TITLE),
        "close": plain_text(CLOSE.say(language), TITLE),
        "notify_on_close": True,
        "blocks": paged(screen, language, "modal"),
        "private_metadata": json.dumps(place, ensure_ascii=False)[:METADATA],
    }
    if screen.submit:
        view["submit"] = plain_text(screen.submit.say(language), TITLE)
    return view


def draw_home(screen: Screen, language: str) -> Block:
    """A home tab."""
    place = [encode(screen.place) if screen.place else "", ""]
    return {
        "type": "home",
        "callback_id": "perfloop",
        "private_metadata": json.dumps(place),
        "blocks": paged(screen, language, "home"),
    }


def draw_message(letter: Letter, language: str) -> Block:
    """A message's text and blocks; what does not fit is left out and it says so, its buttons stay."""
    groups = [draw(element, language) for element in letter.body]
    blocks = numbered(fit(groups, language))
    return {"text": escape(shorten(letter.headline.say(language), SECTION)), "blocks": blocks}


def paged(screen: Screen, language: str, surface: str) -> list[Block]:
    """The part of a screen that is shown, with a button to the next part where there is one."""
    parts = cut([draw(element, language) for element in screen.body], surface)
    part = min(screen.part, len(parts) - 1)
    blocks = parts[part]
    if part + 1 < len(parts) and screen.place:
        act = Act("part", (str(part + 1), screen.place.verb, *screen.place.about))
        blocks = [*blocks, actions([button(Button(MORE, act), language)])]
    return numbered(blocks)


def cut(groups: Iterable[Sequence[Block]], surface: str) -> list[list[Block]]:
    """Blocks in parts that each fit the surface; the blocks of one element stay together."""
    parts: list[list[Block]] = [[]]
    size = 0
    for group in groups:
        weight = sum(map(characters, group))
        if parts[-1] and (len(parts[-1]) + len(group) > BLOCKS[surface] - 2 or size + weight > CHARACTERS[surface]):
            parts.append([])
            size = 0
        parts[-1].extend(group)
        size += weight
    return parts


def fit(groups: Sequence[Sequence[Block]], language: str) -> list[Block]:
    """One message's blocks: buttons are kept, the rest as far as it fits, and a note where it did not."""
    whole = [block for group in groups for block in group]
    if len(whole) <= BLOCKS["message"] and sum(map(characters, whole)) <= CHARACTERS["message"]:
        return whole
    buttons = [block for block in whole if block["type"] == "actions"][:5]
    room = BLOCKS["message"] - len(buttons) - 1
    kept: list[Block] = []
    size = sum(map(characters, buttons))
    for block in (block for block in whole if block["type"] != "actions"):
        size += characters(block)
        if len(kept) >= room or size > CHARACTERS["message"]:
            break
        kept.append(block)
    return [*kept, *note(SHORTENED, language), *buttons]


def characters(block: Block) -> int:
    """How many characters a block weighs, generously."""
    return len(json.dumps(block, ensure_ascii=False))


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with neighbouring actions joined and an action id for each button, unique on the surface."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before and before["type"] == block["type"] == "actions":
            if len(before["elements"]) + len(block["elements"]) <= ACTIONS:
                joined[-1] = actions([*before["elements"], *block["elements"]])
                continue
        joined.append(block)
    number = 0
    for block in joined:
        pressed = block.get("elements", []) if block["type"] == "actions" else [block.get("accessory")]
        for element in pressed:
            if element:
                element["action_id"] = f"act.{number}"
                number += 1
    return joined


def draw(element: Element, language: str) -> list[Block]:
    """The blocks of one element."""
    match element:
        case Heading(words):
            return [{"type": "header", "text": plain_text(words.say(language), HEADER)}]
        case Line(words):
            return [section(text) for text in pieces(words.say(language), SECTION)]
        case Note(words):
            return note(words, language)
        case Quote(text, _):
            return [rich([{"type": "rich_text_quote", "elements": [span(part)]}]) for part in pieces(text, SECTION)]
        case Facts(rows):
            return [rich([{"type": "rich_text_section", "elements": fact(*row, language)}]) for row in rows]
        case Divider():
            return [{"type": "divider"}]
        case Buttons(buttons):
            return [actions([button(one, language) for one in group]) for group in chunks(buttons, ACTIONS)]
        case Row(words, one, name):
            first = name.say(language) + "\n" if name else ""
            return [section(shorten(plain(first + words.say(language)), SECTION)) | {"accessory": button(one, language)}]
        case Menu(label, choices):
            return [actions([menu(label, choices, language)])]
        case Field():
            return draw_field(element, language)


def draw_field(field: Field, language: str) -> list[Block]:
    """An input with what stands beside it; what was kept but is too long for the field is shown under it."""
    above = note(field.beside, language) if field.beside else []
    above += note(Words("⚠ ", "⚠ ") + field.problem, language) if field.problem else []
    block, rest = draw_input(field, language)
    return [*above, block, *(section(text) for text in pieces(rest, SECTION))]


def note(words: Words, language: str) -> list[Block]:
    """Small print."""
    return [
        {"type": "context", "elements": [plain_text(text, CONTEXT)]}
        for text in pieces(words.say(language), CONTEXT)
    ]


def fact(name: Words, value: Words, language: str) -> list[Block]:
    """A name in bold and its value, as rich text."""
    return [span(name.say(language) + ": ", bold=True), span(shorten(plain(value.say(language)), SECTION))]


def menu(label: Words, choices: Sequence[tuple[Words, Act]], language: str) -> Block:
    options = [{"text": plain_text(words.say(language), BUTTON), "value": encode(act)} for words, act in choices]
    return {"type": "static_select", "placeholder": plain_text(label.say(language), BUTTON), "options": options}


def button(one: Button, language: str) -> Block:
    drawn: Block = {
        "type": "button",
        "text": plain_text(one.label.say(language), BUTTON),
        "value": encode(one.act),
    }
    if one.style != "plain":
        drawn["style"] = one.style
    if one.confirm:
        drawn["confirm"] = {
            "title": plain_text(one.label.say(language), 100),
            "text": plain_text(one.confirm.say(language), 300),
            "confirm": plain_text(one.label.say(language), 30),
            "deny": plain_text(Words("Back", "返回").say(language), 30),
        }
    return drawn


def actions(elements: list[Block]) -> Block:
    return {"type": "actions", "elements": elements}


def section(text: str) -> Block:
    return {"type": "section", "text": plain_text(text, SECTION)}


def rich(elements: list[Block]) -> Block:
    return {"type": "rich_text", "elements": elements}


def span(text: str, *, bold: bool = False) -> Block:
    drawn: Block = {"type": "text", "text": plain(text) or " "}
    return drawn | {"style": {"bold": True}} if bold else drawn


def plain_text(text: str, most: int) -> Block:
    """A text without markup, of at most `most` characters and at least one."""
    return {"type": "plain_text", "text": shorten(plain(text), most) or " ", "emoji": False}


def pieces(text: str, most: int) -> list[str]:
    """The text in pieces of at most `most` characters, cut at a line or a word where there is one."""
    found, rest = [], plain(text)
    while len(rest) > most:
        at = max(rest.rfind("\n", most // 2, most), rest.rfind(" ", most // 2, most))
        at = at if at > 0 else most
        found.append(rest[:at])
        rest = rest[at:].lstrip()
    return [*found, rest] if rest else found


def chunks(items: Sequence[Button], size: int) -> Iterable[Sequence[Button]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def escape(text: str) -> str:
    """For the one place that Slack reads as markup: a message's text. Only these three signs need it."""
    return re.sub(r"[&<>]", lambda sign: {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[sign[0]], plain(text))
