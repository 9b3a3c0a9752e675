"""Fetches a file that a person has dropped into the chat with the bot, from Slack's own host and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.dropped_files import NotFetched
from bot.slack.client import SlackClient, SlackRefused
from bot.unreadable import Unreadable
from flows.core.words import Words
from flows.goals.importing.taking import MOST_BYTES

INFO = "files.info"
ELSEWHERE = "not_slacks_own_file"
TOO_LARGE = Words(
    "The file is larger than {most} MB. Please split it into several files.",
    "文件超过 {most} MB，请拆成多个文件。",
)


class SlackFetch:
    """Implements `bot.dropped_files.Fetch`. The bot's token goes with each request, so no other host is asked."""

    def __init__(self, client: SlackClient, api_url: str) -> None:
        self._client = client
        self._hosts = hosts_of(api_url)

    async def __call__(self, file: str, url: str) -> bytes:
        """The file's bytes; where it is, is asked for when the event did not say."""
        try:
            if not url:
                url = str((await self._client.ask(INFO, file=file))["file"].get("url_private_download", ""))
            if origin(url) not in self._hosts:
                raise NotFetched(ELSEWHERE)
            content = await self._client.get(url, MOST_BYTES)
        except SlackRefused as refused:
            raise NotFetched(refused.error) from refused
        if content is None:
            raise Unreadable(TOO_LARGE.fill(most=MOST_BYTES // 1_000_000))
        return content


def hosts_of(api_url: str) -> frozenset[str]:
    """Where files may lie: `files.` of Slack's host, and the host of the API itself (of the local workspace)."""
    api = urlsplit(api_url)
    return frozenset({f"{api.scheme}://{api.netloc}", f"{api.scheme}://files.{api.netloc}"})


def origin(url: str) -> str:
    """Scheme and host of an address, without what could make one host look like another; "" for none."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}{port}" if parts.username is None and host else ""
