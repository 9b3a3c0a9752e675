"""Reads Slack's payloads back: who it was, under which key, and what they did. Pure.

Who comes from the signed payload alone, never from a value that a button or a form carries.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.exchange import Command, FilesDropped, Heard, HomeOpened, Inbound, Press, Submit, Typing, Where
from bot.slack.inputs import ACCOUNT
from bot.ticket import BadTicket, decode
from flows.core.file_orders import SentFile
from flows.core.said import Said
from flows.core.screen import Act

Json = Mapping[str, Any]
ACCOUNTS = re.compile(r"[UW][A-Z0-9]{1,30}")


@dataclass(frozen=True, slots=True)
class Read:
    """One thing that came in. `trigger` opens a window within 3 s; `answer_at` takes a line for this person alone.

    `view` is the id of the window it happened in, `below` that of the one under it, `root` of the lowest, `seen` the
    window's hash.
    """

    account: str
    key: str
    what: Inbound
    trigger: str = ""
    answer_at: str = ""
    view: str = ""
    below: str = ""
    root: str = ""
    seen: str = ""

    @property
    def is_topmost(self) -> bool:
        """Whether it happened in the third window of a stack, on which Slack puts no other."""
        return bool(self.below) and self.below != self.root


def read_command(body: Json) -> Read | None:
    """A slash command; its trigger is unique, so it is the key. None from nobody, as with all that follow."""
    account, trigger = account_of(body), text_of(body, "trigger_id")
    if not account:
        return None
    name, text = text_of(body, "command").lstrip("/"), text_of(body, "text")
    what = Command(unescape(name), unescape(text), text_of(body, "channel_id"))
    return Read(account, key("command", trigger, account), what, trigger, text_of(body, "response_url"))


def read_action(body: Json) -> Read | None:
    """A button, a menu or a field of a form; None for one that is not ours to act on."""
    action, view, account = first(body.get("actions")), object_of(body, "view"), account_of(body)
    if not action or not account:
        return None
    place, parent = places(view)
    said = said_in(view)
    trigger, at = text_of(body, "trigger_id"), text_of(action, "action_ts")
    ids = {
        "trigger": trigger,
        "answer_at": text_of(body, "response_url"),
        "view": text_of(view, "id"),
        "below": text_of(view, "previous_view_id"),
        "root": text_of(view, "root_view_id"),
        "seen": text_of(view, "hash"),
    }
    if action.get("action_id") == "answer":
        return Read(account, "", Typing(place, said, at), **ids) if place and is_form(place) else None
    ticket = text_of(action, "value") or text_of(object_of(action, "selected_option"), "value")
    where: Where = "home" if view.get("type") == "home" else "modal" if view else "message"
    unique = key("action", trigger or at, account, text_of(action, "action_id"), ticket)
    try:
        act = decode(ticket)
    except BadTicket:
        act = Act("unknown")
    return Read(account, unique, Press(act, where, place, parent, said, at), **ids)


def read_submission(body: Json) -> Read | None:
    """A submitted form. Its key is the window's state (id and hash) with what was said in it."""
    view, account = object_of(body, "view"), account_of(body)
    if not account:
        return None
    place, parent = places(view)
    said, window = said_in(view), text_of(view, "id")
    unique = key("submit", window, text_of(view, "hash"), account, json.dumps(said, sort_keys=True))
    what = Submit(place or Act("unknown"), said, parent)
    below = text_of(view, "previous_view_id")
    return Read(account, unique, what, text_of(body, "trigger_id"), view=window, below=below)


def read_closed(body: Json) -> Read | None:
    """A form was closed without submitting: what stands in it is kept."""
    view, account = object_of(body, "view"), account_of(body)
    place, _ = places(view)
    said = said_in(view)
    if not account or place is None or not is_form(place) or not any(said.values()):
        return None
    return Read(account, "", Typing(place, said, ""))  # Slack gives closing no time of its own


def read_event(body: Json) -> Read | None:
    """A message or files to the bot, or a look at the home tab; None for every other event."""
    event = object_of(body, "event")
    unique, account = key("event", text_of(body, "event_id")), text_of(event, "user")
    if not ACCOUNTS.fullmatch(account):
        return None
    match event.get("type"):
        case "app_home_opened" if event.get("tab") == "home":
            return Read(account, unique, HomeOpened())
        case "message" if (
            event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id")
        ):
            return Read(account, unique, Heard(unescape(text_of(event, "text"))))
        case "message" if (
            event.get("channel_type") == "im"
            and event.get("subtype") == "file_share"
            and not event.get("bot_id")
            and (files := files_in(event))
        ):
            return Read(account, unique, FilesDropped(files))
    return None


def files_in(event: Json) -> tuple[SentFile, ...]:
    """The files of a message. One that Slack holds back ("check_file_info") comes without its address."""
    given = event.get("files")
    return tuple(
        SentFile(
            text_of(file, "id"),
            text_of(file, "name"),
            int(text_of(file, "size")) if text_of(file, "size").isdecimal() else 0,
            text_of(file, "url_private_download"),
        )
        for file in (given if isinstance(given, list) else ())
        if isinstance(file, dict) and text_of(file, "id")
    )


def said_in(view: Json) -> dict[str, Said]:
    """What stands in each field of a view, by the field's name; an untouched one says ""."""
    found: dict[str, Said] = {}
    values = object_of(object_of(view, "state"), "values")
    for block in values:
        for element in object_of(values, block).values():
            if isinstance(element, dict):
                found[block] = said_by(element)
    return found


def said_by(element: Json) -> Said:
    """What one input says: a text, a chosen key, or several."""
    if isinstance(element.get("selected_option"), dict):
        return text_of(element["selected_option"], "value")
    if isinstance(element.get("selected_options"), list):
        return [
            text_of(option, "value") for option in element["selected_options"] if isinstance(option, dict)
        ]
    if isinstance(element.get("selected_users"), list):
        return [ACCOUNT + str(user) for user in element["selected_users"]]
    if element.get("selected_user"):
        return ACCOUNT + text_of(element, "selected_user")
    names = ("value", "selected_date", "selected_time", "selected_date_time")
    return next((text for name in names if (text := text_of(element, name))), "")


def places(view: Json) -> tuple[Act | None, Act | None]:
    """The place of a view and that of the one below it, from what we wrote into it."""
    try:
        written = json.loads(text_of(view, "private_metadata"))
        here, below = (decode(part) if part else None for part in written)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None, None
    return here, below


def is_form(place: Act) -> bool:
    """Whether it is the place of a form: its conversation, revision and step."""
    return place.verb == "form" and len(place.about) == 3


def account_of(body: Json) -> str:
    """The account that the signed payload names, or ""."""
    account = text_of(object_of(body, "user"), "id") or text_of(body, "user_id")
    return account if ACCOUNTS.fullmatch(account) else ""


def object_of(value: Json, name: str) -> Json:
    """The object under a name; an empty one for anything else."""
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def text_of(value: Json, name: str) -> str:
    """The text or number under a name, as text; "" for anything else."""
    found = value.get(name)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def first(items: object) -> Json:
    return items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}


def unescape(text: str) -> str:
    """What Slack escapes in messages and commands, as it was typed; mentions stay `<@U…>`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def key(*parts: str) -> str:
    """A short key for one delivery; the same delivery has the same."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return f"{parts[0]}/{hashlib.sha256(joined).hexdigest()[:32]}"
