"""Tries the real Slack out in the installer's own chat: our blocks, our marks, and a message that is posted twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from secrets import token_hex
from typing import Any

from bot.buckets import Buckets
from bot.clock import Clock
from bot.findings import Finding
from bot.messenger import Found, Sent, Unreadable
from bot.settings import Settings
from bot.slack.answers import meaning
from bot.slack.client import SlackClient, SlackRefused, slack_limits, web_client
from bot.slack.draw import draw_message
from bot.slack.post import SlackPost
from bot.specimens import specimens
from flows.core.screen import Letter, Line
from flows.core.words import Words

TOGETHER = timedelta(minutes=2)  # how far back the chat is read for the copies
TEXT = Words(
    "perfloop tries out whether everything arrives here. This message goes away by itself.",
    "perfloop 正在检查消息能否送达，这条消息会自动删除。",
)


async def try_out(settings: Settings, clock: Clock, to: str = "") -> list[Finding]:
    """Ask Slack to check what the bot draws, and post one message twice to the person with the e-mail `to`.

    `to` is by default the first of PERFLOOP_HR. Whatever was posted is deleted again.
    """
    to = to or next(iter(settings.hr), "")
    if settings.bot_token is None or not to:
        remedy = "Set SLACK_BOT_TOKEN, and PERFLOOP_HR to your e-mail address, or name it with --to."
        return [Finding("fail", "live: nobody to write to", remedy)]
    token = settings.bot_token.get_secret_value()
    async with web_client(token, settings.api_url, proxy=settings.proxy) as web:
        client = SlackClient(web, Buckets(clock, slack_limits()), clock)
        return [found async for found in _tried(client, clock, to)]


async def _tried(client: SlackClient, clock: Clock, to: str) -> AsyncIterator[Finding]:
    for name, body in specimens().items():
        yield await _valid(client, name, body)
    try:
        account = str((await client.ask("users.lookupByEmail", email=to))["user"]["id"])
    except SlackRefused as refused:
        remedy = "Name somebody of this workspace with --to; the app needs the scope users:read.email."
        yield Finding("fail", f"live: Slack knows nobody as {to} ({refused.error})", remedy)
        return
    async for found in _twice(SlackPost(client), clock, account):
        yield found


async def _valid(client: SlackClient, name: str, body: Mapping[str, Any]) -> Finding:
    """Whether Slack's own check takes a view or a message with every kind of block that the bot draws."""
    try:
        await client.call("blocks.validate", 2, {"view" if "type" in body else "message": body})
    except Exception as error:
        told = meaning(error).error
        if told == "unknown_method":
            return Finding("warn", f"blocks: this Slack does not check a {name} ({told})", "Nothing to do.")
        answer = getattr(error, "response", None)
        messages = (answer.get("response_metadata") or {}).get("messages", []) if answer is not None else []
        what = "; ".join(str(message) for message in messages[:3])
        remedy = f"Report this as a bug of perfloop, with these words: {what or told}"
        return Finding("fail", f"blocks: Slack does not take a {name} ({told})", remedy)
    return Finding("ok", f"blocks: Slack takes a {name} with every kind of block")


async def _twice(post: SlackPost, clock: Clock, account: str) -> AsyncIterator[Finding]:
    """One message posted twice with the same mark: how often it is there, and whether its mark is found."""
    began, mark = clock.now(), token_hex(16)
    payload = draw_message(Letter(TEXT, (Line(TEXT),)), "en")
    outcomes = [await post.post(account, payload, mark) for _ in range(2)]
    sent = [outcome for outcome in outcomes if isinstance(outcome, Sent)]
    first = outcomes[0]
    if not isinstance(first, Sent):
        remedy = "Check the scope chat:write, and that the person may be written to."
        yield Finding("fail", f"post: Slack did not take a message ({first.error})", remedy)
        return
    yield Finding("ok", "post: a message arrives")
    read = await post.find(account, mark, began - TOGETHER)
    yield _read_back(read)
    copies = {one.ts for one in sent} | ({one.ts for one in read} if isinstance(read, list) else set())
    yield _copies(len(copies))
    left = [ts for ts in sorted(copies) if not isinstance(await post.delete(first.channel, ts), Sent)]
    if left:
        yield Finding(
            "warn", f"post: {len(left)} of the messages could not be deleted", "Delete them by hand."
        )


def _read_back(read: list[Found] | Unreadable) -> Finding:
    if isinstance(read, Unreadable):
        remedy = "Add the scope im:history: without it an unclear delivery waits for a person."
        return Finding("fail", f"read back: the chat can't be read ({read.reason})", remedy)
    if not read:
        remedy = "Raise PERFLOOP_SETTLE_SECONDS if this comes again: messages show up late in the history."
        return Finding("warn", "read back: the message is not in the history yet", remedy)
    return Finding("ok", "read back: a message is found by its mark")


def _copies(number: int) -> Finding:
    if number == 1:
        return Finding("ok", "twice: Slack keeps one of two posts with the same client_msg_id")
    return Finding(
        "ok", "twice: Slack keeps both posts, so perfloop reads back before it repeats (as it does)"
    )
