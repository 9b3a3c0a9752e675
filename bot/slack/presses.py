"""Draws what can be pressed: buttons and menus, with all of a label that is too long for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.slack.layout import ACTIONS, Block, actions
from bot.slack.plain import pieces, plain, plain_text, shorten
from bot.ticket import encode
from flows.core.screen import Act, Button
from flows.core.words import Words

T = TypeVar("T")

SECTION, BUTTON = 3000, 75
CHOICES, CHOICE = 100, 150  # in a menu, and the characters that one of them can carry


def draw_buttons(buttons: Sequence[Button], language: str) -> list[Block]:
    above = [block for one in buttons for block in whole(one.label.say(language))]
    return above + [actions([button(one, language) for one in group]) for group in chunks(buttons, ACTIONS)]


def draw_menu(label: Words, choices: Sequence[tuple[Words, Act]], language: str) -> list[Block]:
    """A menu; what it can't carry becomes buttons, and more choices than it can hold another menu."""
    tickets = {encode(act): (words, act) for words, act in choices}
    short = {ticket: words for ticket, (words, _) in tickets.items() if len(ticket) <= CHOICE}
    others = [Button(*one) for ticket, one in tickets.items() if ticket not in short]
    above = [block for words in short.values() for block in whole(words.say(language))]
    options = [
        {"text": plain_text(words.say(language), BUTTON), "value": ticket} for ticket, words in short.items()
    ]
    hint = plain_text(label.say(language), BUTTON)
    menus = [
        {"type": "static_select", "placeholder": hint, "options": some} for some in chunks(options, CHOICES)
    ]
    return [*above, *(actions([menu]) for menu in menus), *draw_buttons(others, language)]


def button(one: Button, language: str, about: Words | None = None) -> Block:
    """A button; `about` tells a screen reader which of several alike it is."""
    drawn: Block = {
        "type": "button",
        "text": plain_text(one.label.say(language), BUTTON),
        "value": encode(one.act),
    }
    if about:
        told = one.label + Words(": ", "：") + about
        drawn["accessibility_label"] = shorten(plain(told.say(language)), BUTTON)
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


def whole(label: str) -> list[Block]:
    """All of a label that is too long for its button."""
    return [section(text) for text in pieces(label, SECTION)] if len(plain(label)) > BUTTON else []


def section(text: str) -> Block:
    return {"type": "section", "text": plain_text(text, SECTION)}


def chunks(items: Sequence[T], size: int) -> Iterable[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
