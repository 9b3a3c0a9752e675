"""Looks the bot over before it works: what is well, what is doubtful, what is broken, and the remedy."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Collection, Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.answer_keys import examine_keys
from bot.clock import Clock
from bot.findings import Finding
from bot.replicas import examine_connections
from bot.settings import BadSettings, Settings, strangers
from bot.slack.client import web_client
from flows.cycle.calendar import country_of, make_up_days_known
from flows.people.person import Person
from storage.engine import file_of, open_store
from storage.refusals import StorageError

MANIFEST = Path(__file__).parents[1] / "manifest.yml"

# Slack refuses nothing for our clock, but we refuse requests signed more than 300 s ago, as Slack asks for.
SKEW_WARN, SKEW_FAIL = 60.0, 240.0  # seconds

REMEDIES = {
    "invalid_auth": "The token is not valid: copy it again from your Slack app's page.",
    "token_revoked": "The token was revoked: install the app again and copy the new one.",
    "token_expired": "The token has expired: turn token rotation off and install the app again.",
    "account_inactive": "The app was removed from the workspace: install it again.",
    "not_allowed_token_type": "It is of another kind: bot tokens begin with xoxb-, app tokens with xapp-.",
    "missing_scope": "The app-level token needs the scope connections:write.",
}


async def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Look at everything, in the order in which one would repair it. Changes nothing, writes to nobody."""
    found = [*misspelt(strangers()), *way_in(settings), *await slack(settings, clock.now)]
    store, people = directory(settings, clock.now)
    zones = {settings.company_zone, *(person.zone for person in people)}
    today = clock.now().astimezone(UTC).date()
    keys = examine_keys(settings, clock.now) if store.state == "ok" else ()
    connections = examine_connections(settings, clock.now) if store.state == "ok" else ()
    return [
        *found,
        store,
        *connections,
        *keys,
        *hr(settings.hr, people),
        *zone_rules(zones),
        *holidays(zones, today),
    ]


def misspelt(names: dict[str, str | None]) -> Iterator[Finding]:
    """Settings that nobody reads."""
    for name, meant in names.items():
        remedy = f"Did you mean {meant}?" if meant else "Remove it; the README has the table of settings."
        yield Finding("warn", f"settings: {name} is not a setting", remedy)


def way_in(settings: Settings) -> Iterator[Finding]:
    """Whether the settings say how Slack reaches the bot, and look like what Slack gives."""
    try:
        way = settings.way_in()
    except BadSettings as missing:
        for line in str(missing).splitlines():
            what, _, remedy = line.partition(": ")
            yield Finding("fail", f"settings: {what}", remedy[:1].upper() + remedy[1:])
        return
    yield Finding("ok", f"settings: {'Socket Mode' if way == 'socket' else 'HTTP, POST /slack/events'}")
    secret = settings.signing_secret
    if secret and not re.fullmatch("[0-9a-f]{32}", secret.get_secret_value()):
        remedy = "Slack's has 32 digits of 0-9 and a-f: copy it again from Basic Information."
        yield Finding("warn", "settings: SLACK_SIGNING_SECRET does not look like a signing secret", remedy)


async def slack(settings: Settings, now: Callable[[], datetime]) -> list[Finding]:
    """What Slack says of the tokens, their scopes and the time."""
    found: list[Finding] = []
    async with web_client("", settings.api_url, proxy=settings.proxy) as client:
        if settings.bot_token:
            token = settings.bot_token.get_secret_value()
            answer = await _asked("bot token", client.auth_test(token=token), settings.api_url)
            if isinstance(answer, Finding):
                found.append(answer)
            else:
                found.append(Finding("ok", f"bot token: {answer.get('user')} in {answer.get('team')}"))
                found.append(scopes(answer.headers.get("x-oauth-scopes"), manifest_scopes()))
                found.append(skew(answer.headers.get("Date"), now()))
        if settings.app_token:
            app_token = settings.app_token.get_secret_value()
            call = client.apps_connections_open(app_token=app_token)
            answer = await _asked("app token", call, settings.api_url)
            found.append(
                answer if isinstance(answer, Finding) else Finding("ok", "app token: Socket Mode opens")
            )
    return found


async def _asked(what: str, call: Awaitable[AsyncSlackResponse], url: str) -> AsyncSlackResponse | Finding:
    try:
        return await call
    except SlackApiError as error:
        said = str(error.response.get("error") or error.response.status_code)
        return Finding("fail", f"{what}: Slack says {said}", REMEDIES.get(said, "Try again in a minute."))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        remedy = "Check the network, PERFLOOP_PROXY and SLACK_API_URL."
        return Finding("fail", f"{what}: {url} can't be reached ({type(error).__name__})", remedy)


def manifest_scopes() -> set[str]:
    """The bot scopes that the manifest asks for."""
    return set(yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"])


def scopes(granted: str | None, wanted: Collection[str]) -> Finding:
    """Slack's list of granted scopes against the manifest's: missing ones break things, others are a risk."""
    if granted is None:
        return Finding("warn", "scopes: Slack did not say which", "Compare them with manifest.yml by hand.")
    has = {scope.strip() for scope in granted.split(",") if scope.strip()}
    if missing := sorted(set(wanted) - has):
        remedy = "Add them under OAuth & Permissions (or paste manifest.yml again) and reinstall the app."
        return Finding("fail", f"scopes: missing {', '.join(missing)}", remedy)
    if surplus := sorted(has - set(wanted)):
        remedy = "perfloop does not use them: remove them from the app."
        return Finding("warn", f"scopes: more than needed: {', '.join(surplus)}", remedy)
    return Finding("ok", f"scopes: {', '.join(sorted(has))}")


def skew(slack_date: str | None, now: datetime) -> Finding:
    """How far this machine's clock is from Slack's, by the Date header of an answer just received."""
    try:
        seconds = (now - parsedate_to_datetime(slack_date or "")).total_seconds()
    except (ValueError, TypeError):
        return Finding(
            "warn", "clock: Slack did not say the time", "Check that NTP sets this machine's clock."
        )
    words = f"clock: {abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} Slack's"
    if abs(seconds) <= SKEW_WARN:
        return Finding("ok", words)
    remedy = "Set this machine's clock by NTP: requests signed 5 minutes away from it are refused."
    return Finding("fail" if abs(seconds) > SKEW_FAIL else "warn", words, remedy)


def directory(settings: Settings, now: Callable[[], datetime]) -> tuple[Finding, list[Person]]:
    """Whether the database can be used, and everybody active in it; read beside a bot that may be running."""
    file = file_of(settings.database_url)
    if file and not file.exists() and os.access(file.parent, os.W_OK):
        return Finding("warn", f"database: {file} is not there yet", "Import people.csv, which makes it."), []
    try:
        store = open_store(settings.database_url, now, read_only=True)
        try:
            with store.work() as records:
                people = records.people.active()
        finally:
            store.close()
    except StorageError as refused:
        return Finding("fail", "database: it can't be used", str(refused)), []
    except OperationalError as error:
        why = str(error.orig).strip().partition("\n")[0]
        return Finding("fail", f"database: {why}", "Check PERFLOOP_DATABASE_URL and the server."), []
    except DBAPIError:
        return Finding("fail", "database: its tables are missing or old", "Run `perfloop migrate`."), []
    if file and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        remedy = f"The bot's user must be able to write {file} and its folder."
        return Finding("fail", "database: it can be read but not written", remedy), people
    return Finding("ok", f"database: {len(people)} active people"), people


def hr(emails: Collection[str], people: Collection[Person]) -> Iterator[Finding]:
    """Whether somebody can start the programme, and whether the directory knows them."""
    known = {person.email for person in people}
    for email in emails:
        if email not in known:
            remedy = "Correct PERFLOOP_HR, or import a people.csv with this e-mail."
            yield Finding("warn", f"HR: {email} is not in the directory", remedy)
    admins = {person.email for person in people if person.is_hr} | (known & set(emails))
    if admins:
        yield Finding("ok", f"HR: {len(admins)} of the directory")
    elif people:
        remedy = "Set PERFLOOP_HR, or the role hr in people.csv: otherwise nobody can start the check-ins."
        yield Finding("fail", "HR: there is none", remedy)


def zone_rules(zones: Collection[str]) -> Iterator[Finding]:
    """Whether the time zone rules are there for everybody."""
    for zone in sorted(zones):
        try:
            ZoneInfo(zone)
        except (OSError, KeyError, ValueError):
            remedy = "Update tzdata, or correct the zone in people.csv."
            yield Finding("fail", f"time zones: {zone} is not known", remedy)
    yield Finding("ok", f"time zones: rules of {version('tzdata')}")


def holidays(zones: Collection[str], today: date) -> Iterator[Finding]:
    """Whether this year's working weekends are known where the government sets them year by year."""
    for country in sorted({country for zone in zones if (country := country_of(zone))}):
        if not make_up_days_known(country, today.year):
            remedy = "Update perfloop: until then a working weekend there counts as free."
            yield Finding("warn", f"holidays: {country} of {today.year} is a forecast", remedy)
    yield Finding("ok", f"holidays: data of {version('holidays')}")
