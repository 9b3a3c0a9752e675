"""Who is who in Slack: accounts joined to the directory by e-mail, and who has been deactivated."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.slack.answers import meaning
from bot.slack.client import SlackClient, SlackRefused
from bot.slack.read import ACCOUNTS
from flows.core.said import clean
from flows.cycle.people.changes import person_changed
from flows.people.person import HR, Person
from storage.engine import Store
from storage.work import Work

log = structlog.get_logger(__name__)
T = TypeVar("T")
NOBODY = frozenset({"user_not_found", "users_not_found", "user_disabled"})
UNKNOWN_ZONE = "UTC"  # what the import writes where the file has no zone


class Directory:
    """Keeps the directory's accounts true. `hr` are the e-mail addresses that the operator named as HR."""

    def __init__(
        self,
        store: Store,
        executor: Executor,
        client: SlackClient,
        hr: Sequence[str],
        zone: str,
        language: str,
        clock: Clock,
    ) -> None:
        self._store, self._executor, self._client, self._clock = store, executor, client, clock
        self._hr, self._zone, self._language = frozenset(hr), zone, language

    async def sync(self) -> int:
        """Read everybody from Slack, page by page; how many were joined or changed."""
        changed = 0
        try:
            async for members in self._client.users():
                changed += await self._in_database(partial(self._take, users=members))
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("directory not read", error=meaning(error).error)
        return changed

    async def meet(self, account: str) -> bool:
        """Look up one account that is not known yet; whether it is now."""
        try:
            user = await self._client.user(account)
        except SlackRefused as refused:
            log.warning("account not read", error=refused.error)
            return False

        def known(records: Work) -> bool:
            self._take(records, [user])
            return records.people.by_account(account) is not None  # perhaps they were joined meanwhile

        return await self._in_database(known)

    async def changed(self, user: object) -> None:
        """An event told that somebody joined, changed or was deactivated."""
        if isinstance(user, Mapping):
            await self._in_database(lambda records: self._take(records, [user]))

    async def lost(self, account: str) -> None:
        """A message could not reach the account: ask what has become of it, as the event that says so may be lost."""
        try:
            user = await self._client.user(account)
        except SlackRefused as refused:
            if refused.error in NOBODY:
                await self._in_database(lambda records: self._gone(records, account))
            else:
                log.warning("account not read", error=refused.error)
        else:
            await self.changed(user)

    def _gone(self, records: Work, account: str) -> None:
        before = records.people.by_account(account)
        if before is not None and before.active:
            after = records.people.save(replace(before, active=False))
            person_changed(records, before, after, self._clock.now())

    def _take(self, records: Work, users: Sequence[Mapping[str, Any]]) -> int:
        changed = 0
        for user in users:
            if not ACCOUNTS.fullmatch(str(user.get("id"))):
                continue
            before = records.people.by_account(str(user["id"])) or records.people.by_email(email_of(user))
            after = self._joined(before, user)
            if after is not None and after != before:
                person_changed(records, before, records.people.save(after), self._clock.now())
                changed += 1
        return changed

    def _joined(self, before: Person | None, user: Mapping[str, Any]) -> Person | None:
        """The person with what Slack knows of them; None for bots, guests and people it gives no e-mail of."""
        email = email_of(user)
        if before is None and (not email or not is_colleague(user)):
            return None
        zone = str(user.get("tz") or "")
        zone = zone if is_zone(zone) else self._zone
        if before is None:
            profile = user["profile"]  # the e-mail address stands there
            names = (profile.get("real_name"), user.get("real_name"), user.get("name"), email)
            name = next(said for name in names if (said := clean(str(name or ""))))[:200]
            language = str(user.get("locale") or self._language)
            before = Person(
                0, email, name, None, "", "", str(profile.get("title") or "")[:200], (), zone,
                "zh" if language.startswith("zh") else "en", None, None, None, True,
            )  # fmt: skip
        elif before.zone == UNKNOWN_ZONE:
            before = replace(before, zone=zone)
        roles = before.roles
        if before.email in self._hr and HR not in roles:
            roles = (*roles, HR)
        gone = bool(user.get("deleted")) or before.has_left(self._clock.now().date())
        return replace(before, account=str(user["id"]), active=not gone, roles=roles)

    async def _in_database(self, work: Callable[[Work], T]) -> T:
        def run() -> T:
            with self._store.work() as records:
                return work(records)

        return await asyncio.get_running_loop().run_in_executor(self._executor, run)


def is_zone(name: str) -> bool:
    """Whether the zone data know it."""
    try:
        return bool(ZoneInfo(name).key)
    except (OSError, KeyError, ValueError):
        return False


def email_of(user: Mapping[str, Any]) -> str:
    """The account's e-mail address in small letters, or ""."""
    profile = user.get("profile")
    return clean(str(profile.get("email") or "")).lower() if isinstance(profile, Mapping) else ""


def is_colleague(user: Mapping[str, Any]) -> bool:
    """A full member: no bot, no guest, nobody of another company, not deactivated."""
    others = ("deleted", "is_bot", "is_app_user", "is_restricted", "is_ultra_restricted", "is_stranger")
    return not any(user.get(flag) for flag in others) and user.get("id") != "USLACKBOT"
