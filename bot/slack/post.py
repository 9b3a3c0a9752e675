"""Slack as a messenger: posts a message once, and finds it again by its mark."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from bot.messenger import Found, Outcome, Payload, Sent, SurelyNot, Unreadable
from bot.slack.answers import EITHER, SHUT_OUT, meaning, unreadable
from bot.slack.client import DELETE, EDIT, HISTORY, OPEN, POST, Json, SlackClient, SlackRefused

ACCOUNTS = ("U", "W")  # how the id of an account begins
CHATS_KEPT = 20_000
# Links are ours and need no preview. The headline is words, never markup; blocks say for themselves.
PLAIN = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}


class SlackPost:
    """Implements `bot.messenger.Messenger`."""

    posting, editing, deleting, reading = POST, EDIT, DELETE, HISTORY

    def __init__(self, client: SlackClient) -> None:
        self._client = client
        self._chats: OrderedDict[str, str] = OrderedDict()  # an account's direct message: D… never changes

    async def post(self, address: str, payload: Payload, mark: str) -> Outcome:
        given = {**PLAIN, **payload, "channel": address}
        # Any member's app can read metadata: the mark is opaque, and so are its names.
        given["metadata"] = {"event_type": "d", "event_payload": {"k": mark}}
        # Not documented and not relied on: Slack seems to drop a second message of one client_msg_id.
        given["client_msg_id"] = str(uuid5(NAMESPACE_URL, mark))
        outcome = await self._once(POST, given)
        if isinstance(outcome, Sent) and address.startswith(ACCOUNTS):
            self._remember(address, outcome.channel)
        if isinstance(outcome, SurelyNot) and outcome.error == EITHER and await self._is_shut_out():
            return SurelyNot(outcome.error, "token")
        return outcome

    async def edit(self, channel: str, ts: str, payload: Payload) -> Outcome:
        """The metadata that is there stays, as none is given."""
        return await self._once(EDIT, {**payload, "channel": channel, "ts": ts})

    async def delete(self, channel: str, ts: str) -> Outcome:
        try:
            await self._client.call(DELETE, 2, {"channel": channel, "ts": ts})
        except Exception as error:
            told = meaning(error)
            return Sent(channel, ts) if told.error == "message_not_found" else told
        return Sent(channel, ts)

    async def find(self, address: str, mark: str, since: datetime) -> list[Found] | Unreadable:
        try:
            chat = await self._chat(address)
            return sorted([found async for found in self._marked(chat, mark, since)], key=lambda one: one.ts)
        except Exception as error:
            why = unreadable(error)
            if why.reason == EITHER and await self._is_shut_out():
                return replace(why, lasting=False)
            return why

    async def _once(self, method: str, given: Json) -> Outcome:
        try:
            answer = await self._client.once(method, given)
            return Sent(str(answer["channel"]), str(answer["ts"]))
        except Exception as error:  # whatever it was: it has to be known whether a repeat is safe
            return meaning(error)

    async def _chat(self, address: str) -> str:
        """The direct message with an account; a channel is its own."""
        if not address.startswith(ACCOUNTS):
            return address
        if address not in self._chats:
            opened = await self._client.call(OPEN, 2, {"users": address})
            self._remember(address, opened["channel"]["id"])
        return self._chats[address]

    async def _marked(self, chat: str, mark: str, since: datetime) -> AsyncIterator[Found]:
        oldest = f"{self._client.slack_time(since).timestamp():.6f}"
        asked = {"channel": chat, "oldest": oldest, "include_all_metadata": True}
        async for page in self._client.pages(HISTORY, **asked):
            for message in page["messages"]:
                metadata = message.get("metadata") or {}
                if metadata.get("event_payload", {}).get("k") == mark:
                    yield Found(message["ts"], chat)

    async def _is_shut_out(self) -> bool:
        """Whether it is the bot itself that is no longer let in, and not the recipient."""
        try:
            await self._client.me()
        except SlackRefused as refused:
            return refused.error in SHUT_OUT
        return False

    def _remember(self, account: str, chat: str) -> None:
        self._chats[account] = chat
        if len(self._chats) > CHATS_KEPT:
            self._chats.popitem(last=False)
