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
