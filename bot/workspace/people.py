"""Who works here: what a company's list says of a person, and the user object Slack makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

_LOCALES = {"en": "en-US", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the company's list. `tz` is an IANA zone, `locale` "en", "zh" or a full one.

    `manager` is an e-mail address; Slack knows nothing of it, but the page does.
    """

    email: str
    name: str
    title: str = ""
    department: str = ""
    locale: str = "en-US"
    tz: str = "UTC"
    deleted: bool = False
    note: str = ""
    roles: tuple[str, ...] = ()
    manager: str = ""


@dataclass(frozen=True, slots=True)
class User:
    """A person as the messenger knows them. `updated` is in epoch seconds."""

    id: str
    member: Member
    updated: float

    @property
    def handle(self) -> str:
        return self.member.email.partition("@")[0]


def id_tail(name: str, taken: set[str]) -> str:
    """What follows the letter in an id: eight or more of A-Z and 0-9, from `name`, not in `taken`."""
    base = ("0" + re.sub(r"[^A-Z0-9]", "", name.upper()))[:24]
    tail, number = base.ljust(8, "0"), 1
    while tail in taken:
        number += 1
        tail = (base + str(number)).ljust(8, "0")
    taken.add(tail)
    return tail


def slack_user(user: User, team_id: str, now: datetime, *, locale: bool = False, email: bool = True) -> Json:
    """Slack's user object; a deactivated one has no zone, as at Slack."""
    member = user.member
    answer: Json = {
        "id": user.id,
        "team_id": team_id,
        "name": user.handle,
        "deleted": member.deleted,
        "real_name": member.name,
        "profile": {
            "title": member.title,
            "real_name": member.name,
            "real_name_normalized": member.name,
            "display_name": member.name,
            "display_name_normalized": member.name,
            "status_text": "",
            "status_emoji": "",
            "team": team_id,
        },
        "is_bot": False,
        "is_app_user": False,
        "updated": int(user.updated),
    }
    if email:
        answer["profile"]["email"] = member.email
    if not member.deleted:
        offset = now.astimezone(ZoneInfo(member.tz)).utcoffset()
        answer |= {
            "tz": member.tz,
            "tz_label": member.tz.rpartition("/")[2].replace("_", " "),
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": False,
            "is_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
        }
    if locale:
        answer["locale"] = _LOCALES.get(member.locale, member.locale)
    return answer


def slack_bot(bot_user: str, bot_id: str, app_id: str, name: str, team_id: str) -> Json:
    """Slack's user object of the bot itself."""
    return {
        "id": bot_user,
        "team_id": team_id,
        "name": name,
        "deleted": False,
        "real_name": name,
        "tz": "America/Los_Angeles",
        "tz_offset": -28800,
        "profile": {
            "real_name": name,
            "display_name": name,
            "bot_id": bot_id,
            "api_app_id": app_id,
            "team": team_id,
        },
        "is_bot": True,
        "is_app_user": False,
        "updated": 0,
    }
