"""Puts files into a person's own chat with the bot, or into a channel, by Slack's upload in three steps."""

from __future__ import annotations

from collections.abc import Sequence

from bot.files import File
from bot.slack.client import COMPLETE_UPLOAD, OPEN, UPLOAD_ADDRESS, SlackClient, SlackRefused
from bot.slack.draw import escape

CHANNELS = ("C", "G")  # what the ids of channels begin with; those of people begin with U or W


class SlackFiles:
    """Implements `bot.files.Upload`."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client

    async def __call__(self, place: str, files: Sequence[File]) -> str | None:
        """Upload all, then show them in one message; Slack's word for it when it refuses.

        In a channel, where nobody asked for them, their titles stand above them.
        """
        try:
            chat, above = place, "\n".join(escape(file.title) for file in files)
            if not place.startswith(CHANNELS):
                chat, above = str((await self._client.ask(OPEN, 2, users=place))["channel"]["id"]), ""
            shown = [{"id": await self._put(file), "title": file.title} for file in files]
            await self._client.ask(
                COMPLETE_UPLOAD, files=shown, channel_id=chat, initial_comment=above or None
            )
        except SlackRefused as refused:
            return refused.error
        return None

    async def _put(self, file: File) -> str:
        """Where the bytes go is asked for first; a picture's words go with it, for screen readers."""
        place = await self._client.ask(
            UPLOAD_ADDRESS,
            filename=file.name,
            length=len(file.content),
            alt_txt=file.instead[:1000] or None,
        )
        await self._client.put(str(place["upload_url"]), file.content)
        return str(place["file_id"])
