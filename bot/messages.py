"""Writes the outbox's messages: the catalogue's letters, drawn for Slack in the reader's language."""

from __future__ import annotations

from typing import Any

from bot.clock import Clock
from bot.letters import Gone, Letters
from bot.slack.draw import draw_message
from flows.core.catalog import Catalog
from flows.core.records import Written
from storage.work import Work


def letter_writer(catalog: Catalog, clock: Clock, company_language: str) -> Letters:
    """What the sender calls for each message at the moment it leaves, and again whenever it must be edited."""

    def write(records: Work, written: Written) -> dict[str, Any] | Gone | None:
        message = written.message
        about = {**message.about, "id": written.id, "sent": written.ts is not None}
        letter = catalog.letters[message.kind].write(records, about, clock.now())
        if letter is None:
            return None
        person = records.people.get(message.person) if message.person else None
        drawn = draw_message(letter, person.language if person else company_language)
        return Gone(drawn) if letter.gone else drawn

    return write
