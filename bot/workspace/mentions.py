"""What Slack makes of a person's typing: escaped signs, and names turned into mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.workspace.people import User


def escaped(text: str) -> str:
    """Text as Slack hands it on: `&`, `<` and `>` as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def with_mentions(text: str, users: Iterable[User], *, names: bool = False) -> str:
    """`@name` (handle or full name, the longest that fits) as `<@U…>`, or as `<@U…|handle>` with `names`."""
    if "@" not in text:
        return escaped(text)
    known: dict[str, User] = {}
    for user in users:
        known[user.handle.lower()] = user
        known[user.member.name.lower()] = user
    longest_first = sorted(map(re.escape, known), key=len, reverse=True)
    pattern = re.compile(r"(?<![\w.])@(" + "|".join(longest_first) + r")(?![\w])", re.IGNORECASE)

    parts, end = [], 0
    for match in pattern.finditer(text):
        user = known[match[1].lower()]
        parts += [
            escaped(text[end : match.start()]),
            f"<@{user.id}|{user.handle}>" if names else f"<@{user.id}>",
        ]
        end = match.end()
    return "".join([*parts, escaped(text[end:])])


def with_channels(text: str, channels: Mapping[str, str]) -> str:
    """`#name` as `<#C…|name>`, where `channels` (ids by name) has it; what is escaped stays so."""
    if "#" not in text:
        return text
    return re.sub(
        r"(?<![\w&#])#([\w-]+)",
        lambda found: f"<#{channels[found[1]]}|{found[1]}>" if found[1] in channels else found[0],
        text,
    )


def rich_text_of(text: str) -> list[dict[str, Any]]:
    """The rich_text block that Slack's composer sends along with a plain text."""
    inner = [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]
    return [{"type": "rich_text", "elements": inner}]
