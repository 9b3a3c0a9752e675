"""A person's file as one HTML page that opens anywhere, without scripts or outside parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.file_orders import Draw
from bot.files import File
from bot.html_pages import page_named, plain
from flows.core.file_orders import FileOrder
from flows.core.words import Words
from flows.people.mine.gathered import Part, file_of
from flows.people.mine.page import READ, TITLE
from flows.people.person import Person
from flows.people.policy import Thing, may
from storage.work import Work

PAGE = "own_record.html"
MADE = Words(
    "Made on {day} for {name}. Other people's names are left out; what opens with a result is here once it is open.",
    "{name} · 生成于 {day}。不含他人姓名；随结果公布的内容在开放后才会出现。",
)


def own_record_file(records: Work, _order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The reader's own file: nobody can order another's."""
    if not may(reader, READ[1], Thing(READ[0], reader), now):
        return None
    parts = file_of(records, reader, now)

    def draw() -> Sequence[File]:
        html = page(parts, reader, now)
        return [File("my-data.html", TITLE.say(reader.language), html.encode())]

    return draw


def page(parts: Sequence[Part], reader: Person, now: datetime) -> str:
    """The whole file; everything that people wrote is text in it."""
    language = reader.language
    shown = [
        {
            "title": part.title.say(language),
            "rows": [
                [(plain(name.say(language)), plain(value.say(language))) for name, value in row]
                for row in part.rows
            ],
        }
        for part in parts
    ]
    made = MADE.fill(day=f"{now:%Y-%m-%d}", name=plain(reader.name))
    return page_named(PAGE).render(
        language="zh-Hans" if language == "zh" else "en",
        title=TITLE.say(language),
        made=made.say(language),
        parts=shown,
    )
