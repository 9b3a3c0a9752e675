"""Shows screens in Slack's windows: opened, put on top, put in place; where that fails, says what to do next."""

from __future__ import annotations

from typing import Any

import structlog

from bot.exchange import Press, Show
from bot.logs import reference
from bot.metrics import Metrics
from bot.slack.client import SlackClient, SlackRefused
from bot.slack.draw import draw_home, draw_modal, escape
from bot.slack.plain import plain_text, shorten
from bot.slack.read import Read
from flows.core.screen import Screen
from flows.core.words import Words

log = structlog.get_logger(__name__)

Json = dict[str, Any]

EXPIRED = Words(
    "Slack could not open the window in time. Please press again, or type /perf. Nothing you typed is lost.",
    "Slack 未能及时打开窗口。请再点一次，或输入 /perf。你填写的内容不会丢失。",
)
OURS = Words(
    "Something went wrong on our side. Please try again; if it stays, give your HR team this number: {reference}",
    "我们这边出了点问题，请重试。如果仍然失败，请把编号 {reference} 告诉 HR。",
)
# Slack's names for a trigger that is no longer good, and for a window that was closed or has moved on.
TOO_LATE = frozenset(
    {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "not_found", "hash_conflict"}
)


class Windows:
    """What Slack is asked to show, after what led to it has been acknowledged."""

    def __init__(self, client: SlackClient, metrics: Metrics) -> None:
        self._client, self._metrics = client, metrics

    async def show(self, read: Read, shown: Show, language: str) -> None:
        """Show a screen; the person is told what to do where it can't be shown, whatever the reason."""
        try:
            await self._show(read, shown, language)
        except Exception as error:
            await self.excuse(read, error, language)

    async def _show(self, read: Read, shown: Show, language: str) -> None:
        if shown.how == "replace" and isinstance(read.what, Press) and read.what.where == "home":
            await self.show_home(read.account, shown.screen, language)
            return
        view = draw_modal(shown.screen, language, shown.parent)
        if shown.how == "replace" and read.view:
            await self._client.update_view(read.view, view)
        elif shown.how == "push" and not (read.is_topmost and read.view):
            await self._push(read, view)
        elif shown.how == "push":
            await self._client.update_view(read.view, view)
        else:
            await self._client.open_view(read.trigger, view)

    async def _push(self, read: Read, view: Json) -> None:
        """On top of the open window; in its place where another has come on top meanwhile and Slack allows no more."""
        try:
            await self._client.push_view(read.trigger, view)
        except SlackRefused as refused:
            if refused.error != "push_limit_reached":
                raise
            await self._client.update_view(read.view, view)

    async def show_below(self, view_id: str, screen: Screen, language: str) -> None:
        """Bring the window below to the state of things."""
        await self._client.update_view(view_id, draw_modal(screen, language))

    async def show_home(self, account: str, screen: Screen, language: str) -> None:
        await self._client.publish_home(account, draw_home(screen, language))

    async def excuse(self, read: Read, error: Exception, language: str) -> None:
        """Say why a window could not open: it was too late, or it is our own mistake."""
        if isinstance(error, SlackRefused) and error.error in TOO_LATE:
            log.info("a window opened too late", error=error.error)
            words = EXPIRED
        else:
            number = reference()
            named = getattr(error, "error", type(error).__name__)
            log.error("a window did not open", error=named, exc_info=error, reference=number)
            self._metrics.failed("window")
            words = OURS.fill(reference=number)
        try:
            if not read.answer_at:
                raise SlackRefused("no response_url")
            await self.whisper(read.answer_at, words, language)
        except SlackRefused:
            await self.write(read.account, words, language)

    async def whisper(self, url: str, words: Words, language: str) -> None:
        """A line where the person is, which only they see."""
        await self._client.respond(url, ephemeral(words, language) | {"replace_original": False})

    async def write(self, account: str, words: Words, language: str) -> None:
        """A line in the person's chat with the bot."""
        text = escape(words.say(language))
        await self._client.ask("chat.postMessage", channel=account, text=text, mrkdwn=False)


def ephemeral(words: Words, language: str) -> Json:
    """An answer that only the person who asked sees."""
    text = words.say(language)
    block = {"type": "section", "text": plain_text(text, 3000)}
    return {"response_type": "ephemeral", "text": escape(shorten(text, 3000)), "blocks": [block]}
