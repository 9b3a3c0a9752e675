"""Text as it may be shown: signs that reorder or hide what others wrote are taken out, long text is shortened."""

from __future__ import annotations

import re

# Overrides and isolates of writing direction can make a text read differently from what it says.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
HALF = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without control signs, direction overrides and invisible spaces."""
    return HALF.sub("\ufffd", REORDERING.sub("", text))


def shorten(text: str, most: int) -> str:
    """At most `most` characters, with an ellipsis where something was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plain_text(text: str, most: int) -> dict[str, object]:
    """Slack's text without markup, of at most `most` characters and at least one."""
    return {"type": "plain_text", "text": shorten(plain(text), most) or " ", "emoji": False}


def pieces(text: str, most: int) -> list[str]:
    """The text in pieces of at most `most` characters, cut at a line or a word where there is one."""
    found, rest = [], plain(text)
    while len(rest) > most:
        at = max(rest.rfind("\n", most // 2, most), rest.rfind(" ", most // 2, most)) + 1
        at = at if at > 0 else most
        found.append(rest[:at])
        rest = rest[at:]
    return [*found, rest] if rest else found
