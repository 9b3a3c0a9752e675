"""Makes the paper of an improvement plan that HR, or whom it is about, asked for."""

from __future__ import annotations

from datetime import datetime

from bot.drawn_apart import drawn_apart
from bot.file_orders import Draw
from bot.files import File
from flows.core.file_orders import FileOrder
from flows.core.words import Words
from flows.people.person import Person
from flows.plans.improving.paper import Leaf, ordered
from storage.work import Work

TITLE = Words("Your document", "你的文件")  # a chat can be exported: it does not say of what


def plan_paper(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The whole record as its reader may have it now; drawn in a process of its own, for fonts take a core."""
    leaf = ordered(records, order, reader, now)
    if leaf is None:
        return None
    return drawn_apart(drawn, leaf, reader)


def drawn(leaf: Leaf, reader: Person) -> list[File]:
    """The file, in the reader's language."""
    from bot.paper import paper  # here because it brings the fonts

    content = paper(
        leaf.title, leaf.body, reader.language, foot=leaf.foot, at=leaf.at,
        signing=[(one.name, one.role) for one in leaf.signing],
    )  # fmt: skip
    return [File("document.pdf", TITLE.say(reader.language), content)]
