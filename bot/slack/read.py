"""Reads Slack's payloads back: who it was, under which key, and what they did. Pure.

Who comes from the signed payload alone, never from a value that a button or a form carries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.front import Command, Heard, HomeOpened, Inbound, Press, Submit, Typing, Where
from bot.slack.inputs import ACCOUNT
from bot.ticket import BadTicket, decode
from flows.core.kinds import Said
from flows.core.screen import Act

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """One thing that came in. `trigger` opens a window within 3 s; `answer_at` takes a line for this person alone.

    `view` is the id of the window it happened in, `below` that of the one under it, `seen` the window's hash.
    """

    account: str
    key: str
    what: Inbound
    trigger: str = ""
    answer_at: str = ""
    view: str = ""
    below: str = ""
    seen: str = ""


def read_command(body: Json) -> Read:
    """A slash command; its trigger is unique, so it is the key."""
    name, text = str(body.get("command", "")).lstrip("/"), str(body.get("text") or "")
    what = Command(unescape(name), unescape(text), str(body.get("channel_id", "")))
    trigger = str(body.get("trigger_id", ""))
    return Read(
        account_of(body), key("command", trigger, account_of(body)), what, trigger, str(body.get("response_url") or "")
    )


def read_action(body: Json) -> Read | None:
    """A button, a menu or a field of a form; None for one that is not ours to act on."""
    action = first(body.get("actions"))
    view = body.get("view") or {}
    account, trigger = account_of(body), str(body.get("trigger_id", ""))
    place, parent = places(view)
    said = said_in(view)
    at = str(action.get("action_ts", ""))
    ids = {
        "trigger": trigger,
        "answer_at": str(body.get("response_url") or ""),
        "view": str(view.get("id", "")),
        "below": str(view.get("previous_view_id") or ""),
        "seen": str(view.get("hash") or ""),
    }
    if action.get("action_id") == "answer":
        if place is None or place.verb != "form" or len(place.about) != 3 or not place.about[1].isdigit():
            return None
        return Read(account, "", Typing(place, said, at), **ids)
    ticket = action.get("value") or (action.get("selected_option") or {}).get("value") or ""
    where: Where = "home" if view.get("type") == "home" else "modal" if view else "message"
    unique = key("action", trigger or at, account, str(action.get("action_id")), str(ticket))
    try:
        act = decode(str(ticket))
    except BadTicket:
        act = Act("unknown")
    return Read(account, unique, Press(act, where, place, parent, said, at), **ids)


def read_submission(body: Json) -> Read:
    """A submitted form. Its key is the window's state (id and hash) with what was said in it."""
    view = body.get("view") or {}
    place, parent = places(view)
    said = said_in(view)
    account = account_of(body)
    unique = key("submit", str(view.get("id")), str(view.get("hash")), account, json.dumps(said, sort_keys=True))
    what = Submit(place or Act("unknown"), said, parent)
    return Read(account, unique, what, str(body.get("trigger_id", "")), view=str(view.get("id", "")),
                below=str(view.get("previous_view_id") or ""))  # fmt: skip


def read_closed(body: Json) -> Read | None:
    """A form was closed without submitting: what stands in it is kept."""
    view = body.get("view") or {}
    place, _ = places(view)
    said = said_in(view)
    if place is None or place.verb != "form" or len(place.about) != 3 or not any(said.values()):
        return None
    # Closing comes after every change, and Slack gives it no time of its own.
    return Read(account_of(body), "", Typing(place, said, "~closed"))


def read_event(body: Json) -> Read | None:
    """A message to the bot or a look at the home tab; None for every other event."""
    event = body.get("event") or {}
    unique = key("event", str(body.get("event_id", "")))
    account = str(event.get("user") or "")
    match event.get("type"):
        case "app_home_opened" if event.get("tab") == "home":
            return Read(account, unique, HomeOpened())
        case "message" if event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id"):
            return Read(account, unique, Heard(unescape(str(event.get("text") or ""))))
    return None


def said_in(view: Json) -> dict[str, Said]:
    """What stands in each field of a view, by the field's name; an untouched one says ""."""
    found: dict[str, Said] = {}
    for block, elements in ((view.get("state") or {}).get("values") or {}).items():
        for element in elements.values() if isinstance(elements, dict) else ():
            if isinstance(element, dict):
                found[str(block)] = said_by(element)
    return found


def said_by(element: Json) -> Said:
    """What one input says: a text, a chosen key, or several."""
    if isinstance(element.get("selected_option"), dict):
        return str(element["selected_option"].get("value") or "")
    if isinstance(element.get("selected_options"), list):
        return [str(option.get("value")) for option in element["selected_options"] if isinstance(option, dict)]
    if isinstance(element.get("selected_users"), list):
        return [ACCOUNT + str(user) for user in element["selected_users"]]
    if element.get("selected_user"):
        return ACCOUNT + str(element["selected_user"])
    for name in ("value", "selected_date", "selected_time", "selected_date_time"):
        if element.get(name) is not None:
            return str(element[name])
    return ""


def places(view: Json) -> tuple[Act | None, Act | None]:
    """The place of a view and that of the one below it, from what we wrote into it."""
    try:
        written = json.loads(view.get("private_metadata") or "[]")
        here, below = (decode(part) if part else None for part in written)
    except (ValueError, TypeError):
        return None, None
    return here, below


def account_of(body: Json) -> str:
    """The account that the signed payload names."""
    user = body.get("user")
    return str(user.get("id") or "") if isinstance(user, dict) else str(body.get("user_id") or "")


def first(items: object) -> Json:
    return items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}


def unescape(text: str) -> str:
    """What Slack escapes in messages and commands, as it was typed; mentions stay `<@U…>`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def key(*parts: str) -> str:
    """A short key for one delivery; the same delivery has the same."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return f"{parts[0]}/{hashlib.sha256(joined).hexdigest()[:32]}"
