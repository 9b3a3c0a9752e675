"""The agenda of an interview as one HTML file that opens on a phone and prints well, without scripts or outside parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.file_orders import Draw
from bot.files import File
from bot.html_pages import page_named, plain
from flows.core.file_orders import FileOrder
from flows.core.screen import Element, Facts, Line, Note, Quote
from flows.core.words import Words
from flows.interviews.agenda import ONLY_YOU, TITLE, agenda_of
from flows.interviews.agenda_parts import BULLET, Part
from flows.interviews.sides import LOOK, named, whose_interview
from flows.people.person import Person
from flows.people.policy import allows
from storage.work import Work

PAGE = "interview_page.html"
NOTES = Words("Your notes", "你的笔记")


def interview_agenda(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The reader's own agenda, as far as they may see it at this moment."""
    about = (str(order.about.get("interview", "")),)
    both = named(records, about)
    thing = whose_interview(records, reader, about)(now) if both else None
    made = agenda_of(records, reader, both, now) if both and allows(reader, LOOK, thing, now) else None
    if made is None:
        return None
    title, parts = made

    def draw() -> Sequence[File]:
        html = page(title, parts, reader.language)
        return [File("interview-agenda.html", TITLE.say(reader.language), html.encode())]

    return draw


def page(title: Words, parts: Sequence[Part], language: str) -> str:
    """The whole file; everything that people wrote is text in it."""
    shown = [
        {"title": part.title.say(language), "body": [told(one, language) for one in part.body]}
        for part in parts
    ]
    return page_named(PAGE).render(
        language="zh-Hans" if language.startswith("zh") else "en",
        title=plain(title.say(language)), parts=shown, only_you=ONLY_YOU.say(language), notes=NOTES.say(language),
    )  # fmt: skip


def told(element: Element, language: str) -> Mapping[str, Any]:
    """One element of a screen as the template shows it."""
    match element:
        case Facts():
            rows = [(plain(name.say(language)), plain(value.say(language))) for name, value in element.rows]
            return {"kind": "facts", "rows": rows}
        case Quote():
            return {"kind": "quote", "text": plain(element.text)}
        case Note() | Line():
            text = plain(element.words.say(language))
            kind = "note" if isinstance(element, Note) else "item" if text.startswith(BULLET) else "line"
            return {"kind": kind, "text": text}
    raise TypeError(f"an agenda has no {type(element).__name__}")
