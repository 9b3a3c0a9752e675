"""How a conversation is kept: under its next revision, if nobody else was faster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flows.core.conversation import Conversation
from flows.core.records import Records
from flows.core.refusal import Refusal
from flows.core.said import Kept, Said


class Outrun(Refusal):
    """Somebody else changed the conversation at the same moment."""

    def __init__(self) -> None:
        super().__init__(
            "This was changed somewhere else at the same moment. Please open it again; your text is kept.",
            "内容刚刚在别处被修改了，请重新打开；你写的内容已保留。",
        )


def moment_typed(now: datetime) -> str:
    """A moment as drafts are ordered by: seconds since 1970, as text."""
    return f"{now.timestamp():.6f}"


def advanced(
    conversation: Conversation, answers: Mapping[str, Mapping[str, Kept]], said: Mapping[str, Said]
) -> Conversation:
    """The conversation with these answers in it, and what was said to get them no longer as a draft."""
    merged = {**conversation.answers}
    for page, kept in answers.items():
        merged[page] = {**merged.get(page, {}), **kept}
    typed = {name: value for name, value in conversation.typed.items() if name not in said}
    return replace(conversation, answers=merged, typed=typed, at=None, in_chat=False)


def holds(conversation: Conversation, answers: Mapping[str, Mapping[str, Kept]]) -> bool:
    return all(
        conversation.answers.get(page, {}).get(name) == kept
        for page, by_name in answers.items()
        for name, kept in by_name.items()
    )


def quieten(records: Records, conversation: Conversation) -> None:
    """The chat's last question loses its buttons: it is answered, or answered elsewhere."""
    asked = [
        written.id
        for written in records.messages.starting(f"chat/{conversation.id}/")
        if written.message.kind == "chat.ask"
    ]
    records.messages.refresh(asked[-1:])


def saved(records: Records, conversation: Conversation) -> Conversation:
    """Keep it under its next revision; refuses when somebody else was faster. A passing one stays as it began."""
    if conversation.is_passing:
        return conversation
    if not records.conversations.save(conversation, conversation.revision):
        raise Outrun
    return replace(conversation, revision=conversation.revision + 1)
