"""What a person said and how it is made out: cleaned, cut into parts, found among options."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flows.core.refusal import Refusal
from flows.core.words import Words, count, join, same

Said = str | list[str]
"""What a person said, as a messenger hands it over: a text, or the keys of what they chose."""

Kept = Any
"""An answer as it is kept: plain JSON."""

SHORT, LONG = 300, 3000  # Slack's plain_text_input takes at most 3,000 characters
CARRIED = 150  # Slack's limit on the value of an option

ONE_OF = Words("Please choose one of: ", "请从中选择一项：")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who answers, as far as understanding them needs: `now` is aware; `find` gives a person's id or None.

    `mention` gives a person's id as the messenger's fields hold it ("account:U123"), or "" for one without account.
    """

    language: str
    zone: str
    now: datetime
    find: Callable[[str], int | None]
    name_of: Callable[[int], str]
    mention: Callable[[int], str]

    @property
    def local(self) -> datetime:
        return self.now.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: `key` is kept, `label` is shown, `anchor` says what it looks like."""

    key: str
    label: Words
    anchor: Words | None = None
    value: Any = None


def one(said: Said) -> str:
    """What was said as one text."""
    return clean(said if isinstance(said, str) else (said[0] if said else ""))


def several(said: Said) -> list[str]:
    """What was said as parts; a typed text is cut at commas."""
    parts = re.split(r"[,，、;；]", said) if isinstance(said, str) else said
    return [part for part in map(clean, parts) if part]


def clean(text: str) -> str:
    """The text as any database can keep it: no NUL or other control signs, no half characters, no blank ends.

    A text of nothing but invisible signs is empty.
    """
    kept = "".join(
        "\ufffd" if "\ud800" <= sign <= "\udfff" else sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if sign in "\n\t" or unicodedata.category(sign) != "Cc"
    ).strip()
    return kept if any(unicodedata.category(sign) not in ("Cf", "Zs", "Mn") for sign in kept) else ""


def within(figure: Decimal, least: Decimal | None, most: Decimal | None) -> str:
    """The figure as its text, if it lies between the bounds; refuses otherwise. "8.5万" is 85000, not 85000.0."""
    if least is not None and figure < least:
        raise Refusal("Please give at least {least}.", "不能小于 {least}。", least=f"{least:,}")
    if most is not None and figure > most:
        raise Refusal("Please give at most {most}.", "不能大于 {most}。", most=f"{most:,}")
    return f"{figure:.0f}" if figure == figure.to_integral_value() else f"{figure:f}"


def enough(verb: str, verb_zh: str, given: int, least: int, most: int | None) -> None:
    """Refuse fewer than `least` and more than `most`."""
    if given < least:
        raise Refusal(f"Please {verb} at least {least}.", f"请至少{verb_zh} {least} 个。")
    if most is not None and given > most:
        raise Refusal(f"Please {verb} at most {most}.", f"最多{verb_zh} {most} 个。")


def keyed(key: object, options: Sequence[Option]) -> Option | None:
    """The option kept under `key`, or carried under it by a messenger."""
    return next((option for option in options if str(key) in (option.key, carried(option.key))), None)


def carried(key: str) -> str:
    """A key as any messenger's menu can carry it: an empty one, or one too long, is stood in for by its digest."""
    if 0 < len(key) <= CARRIED:
        return key
    return "~" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def called(text: str, options: Sequence[Option]) -> Option | None:
    """The option meant by its key or by its label in either language."""
    plain = text.casefold().strip(" .。!！")
    labels = (
        option for option in options if plain in (option.label.en.casefold(), option.label.zh.casefold())
    )
    return keyed(text, options) or next(labels, None)


def chosen(text: str, options: Sequence[Option]) -> Option:
    """The option meant by its key, its label in either language, or its number in the list (from 1)."""
    if option := called(text, options):
        return option
    plain = text.strip(" .。!！")
    if plain.isascii() and plain.isdigit() and 1 <= int(plain) <= len(options):
        return options[int(plain) - 1]
    listed = join(same(f"{n} ") + option.label for n, option in enumerate(options[:12], 1))
    more = (
        count(len(options) - 12, " and {n} more", " and {n} more", " 等 {n} 项")
        if len(options) > 12
        else same("")
    )
    raise Refusal(ONE_OF + listed + more)
