"""The kinds of question: each understands what was said, keeps it as JSON, and tells it back."""

from __future__ import annotations

from datetime import datetime

from flows.core.kinds_chosen import Choice, Choices, Day, Moment, People, Rating, Someone
from flows.core.kinds_typed import Link, Money, Number, Percent, Text, YesNo
from flows.core.said import Kept, Reader, Said

__all__ = [
    "Choice", "Choices", "Day", "Kind", "Link", "Moment", "Money", "Number", "People", "Percent", "Rating",
    "Someone", "Text", "YesNo", "as_said",
]  # fmt: skip

Kind = (
    Text
    | Number
    | Percent
    | Money
    | YesNo
    | Choice
    | Choices
    | Rating
    | Someone
    | People
    | Day
    | Moment
    | Link
)


def as_said(kind: Kind, kept: Kept, reader: Reader) -> Said | None:
    """A kept answer as it would have been said, for the field in which it is shown again."""
    if kept is None:
        return None
    if isinstance(kind, Someone):
        return reader.mention(kept)
    if isinstance(kind, People):
        return [reader.mention(person) for person in kept]
    if isinstance(kind, YesNo):
        return "yes" if kept else "no"
    if isinstance(kind, Money):
        exact = "0" if kept[0][-4:-3] == "." else ""  # "1.234" alone is read as thousands
        return f"{kept[0]}{exact} {kept[1]}"
    if isinstance(kind, Moment):
        return str(int(datetime.fromisoformat(kept[0]).timestamp()))
    return [str(part) for part in kept] if isinstance(kept, list) else str(kept)
