"""Reads Slack's message shortcuts: which entry of the menu, and the message itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.exchange import FromMenu
from bot.slack.read import ACCOUNTS, Read, account_of, key, object_of, text_of, unescape
from flows.core.picked import Picked, Place

Json = Mapping[str, Any]
STAMP = re.compile(r"(\d{9,11})\.(\d{6})")
DOMAIN, CHANNEL = re.compile(r"[a-z0-9-]{1,60}"), re.compile(r"[CDG][A-Z0-9]{1,30}")
DIRECT, HIDDEN = "directmessage", "privategroup"  # what Slack calls a channel whose name it does not tell


def read_shortcut(body: Json) -> Read | None:
    """An entry of a message's menu; None for one of the composer, which has no message. Its trigger is its key."""
    account, trigger = account_of(body), text_of(body, "trigger_id")
    if not account or body.get("type") != "message_action":
        return None
    name = text_of(body, "callback_id")
    return Read(
        account,
        key("shortcut", trigger, account, name),
        FromMenu(name, picked(body)),
        trigger,
        text_of(body, "response_url"),
    )


def picked(body: Json) -> Picked | None:
    """The message, as far as the payload tells it; None where it has no time or no conversation.

    A channel counts as open to everybody only where its id and name both say so: what is not known is private.
    """
    message, channel = object_of(body, "message"), object_of(body, "channel")
    where, stamp = text_of(channel, "id"), STAMP.fullmatch(text_of(message, "ts"))
    if not stamp or not CHANNEL.fullmatch(where):
        return None
    place, name = place_of(where, text_of(channel, "name"))
    by_app = bool(message.get("bot_id"))
    author = "" if by_app else text_of(message, "user")
    profile = object_of(message, "bot_profile")
    return Picked(
        author if ACCOUNTS.fullmatch(author) else "",
        text_of(profile, "name") or text_of(message, "username"),
        unescape(text_of(message, "text")),
        place,
        name,
        link_to(object_of(body, "team"), where, stamp, text_of(message, "thread_ts")),
        datetime.fromtimestamp(int(stamp[1]), UTC),
    )


def place_of(channel: str, name: str) -> tuple[Place, str]:
    """What kind of conversation it is, and its name where it has one that may be told."""
    if channel.startswith("D") or name == DIRECT or name.startswith("mpdm-"):
        return "direct", ""
    if channel.startswith("G") or name in (HIDDEN, ""):
        return "private", ""
    return "public", name


def link_to(team: Json, channel: str, stamp: re.Match[str], thread: str) -> str:
    """Where the message stands, as Slack's own "copy link" gives it; "" without the workspace's domain."""
    domain = text_of(team, "domain")
    if not DOMAIN.fullmatch(domain):
        return ""
    link = f"https://{domain}.slack.com/archives/{channel}/p{stamp[1]}{stamp[2]}"
    if STAMP.fullmatch(thread) and thread != stamp[0]:
        link += f"?thread_ts={thread}&cid={channel}"
    return link
