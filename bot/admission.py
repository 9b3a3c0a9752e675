"""Asks Slack at the start whether it takes the tokens."""

from __future__ import annotations

from collections.abc import Awaitable

import structlog

from bot.settings import BadSettings, Settings
from bot.slack.answers import TOKEN
from bot.slack.client import SlackClient, SlackRefused

log = structlog.get_logger(__name__)


async def admitted(client: SlackClient, settings: Settings) -> None:
    """Ask Slack once whether the tokens are good, so that a wrong one ends the start in a clear line.

    A Slack that does not answer is no reason: the bot starts and catches up when it does.
    """
    asked: list[tuple[str, Awaitable[object]]] = [("SLACK_BOT_TOKEN", client.me())]
    if settings.way_in() == "socket" and settings.app_token:
        asked.append(("SLACK_APP_TOKEN", client.may_connect(settings.app_token.get_secret_value())))
    for name, answer in asked:
        try:
            await answer
        except SlackRefused as refused:
            if refused.error in TOKEN:
                raise BadSettings(
                    f"Slack refuses {name} ({refused.error}). `perfloop doctor` tells what to do."
                ) from None
            log.warning("slack does not answer yet", error=refused.error)
