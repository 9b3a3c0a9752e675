"""The door: everything one may do, in words, with a button where one press is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flows.core.catalog import Catalog, Deed, Flow, LetterKind, View, thing_named
from flows.core.screen import Act, Button, Element, Heading, Letter, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import allows

TITLE = Words("perfloop", "perfloop")


@dataclass(frozen=True, slots=True)
class Door:
    """One thing a person may do: how to type it, what it is, and the button."""

    command: str
    words: Words
    button: Button | None = None


SECTIONS: Mapping[str, tuple[Words, tuple[str, ...]]] = {
    "week": (Words("Every week", "每周"), ("checkin", "todo", "1on1")),
    "goals": (Words("Goals", "目标"), ("goal",)),
    "reviews": (Words("Reviews", "评估"), ("review", "score", "calibrate")),
    "results": (
        Words("Results, and what follows", "结果与后续"),
        ("result", "interview", "appeal", "plan", "reward"),
    ),
    "reports": (Words("What is going on", "整体情况"), ("report",)),
    "all-year": (Words("To each other", "同事之间"), ("kudos", "feedback", "evidence", "suggest")),
    "about-you": (Words("About you", "关于你"), ("perf",)),
    "hr": (Words("For HR", "HR 功能"), ("cycle", "broadcast")),
}
"""The door's sections in their order, each with the commands that stand in it."""

FOR_HR = ("HR: ", "HR：")  # how help begins of what is HR's own to do
OPEN = Words("Open", "打开")


def doors(records: Any, actor: Person, catalog: Catalog, now: datetime, prefix: str = "") -> list[Door]:
    """Every command that the policy lets this person use, section by section; those of `prefix` only if it is given."""
    found = []
    for command, entry in sorted(catalog.commands().items()):
        if prefix and command.split()[0] != prefix:
            continue
        if entry.help and allows(actor, entry.may, thing_named(entry.of, records, actor, ("",), now), now):
            found.append(Door(f"/{command}", entry.help, way_through(entry)))
    return sorted(found, key=lambda door: list(SECTIONS).index(section_of(door)))


def section_of(door: Door) -> str:
    """In which section of the door something stands: HR's own work behind everybody's."""
    if door.words.en.startswith(FOR_HR):
        return "hr"
    root = door.command.removeprefix("/").split()[0]
    return next((name for name, (_, roots) in SECTIONS.items() if root in roots), "about-you")


def way_through(entry: Flow | View | Deed) -> Button | None:
    """The button that does the same as the command; a deed is typed, for some need to be told what about."""
    match entry:
        case Flow(name=name):
            return Button(OPEN, Act("open", (name, "")))
        case View(name=name):
            return Button(OPEN, Act("see", (name,)))
    return None


def door_screen(records: Any, actor: Person, catalog: Catalog, now: datetime, prefix: str = "") -> Screen:
    """What this person may do, in words, with a button where one press is enough."""
    body: list[Element] = [Heading(Words("What you can do here", "你可以做什么"))]
    for section, several in groupby(doors(records, actor, catalog, now, prefix), key=section_of):
        if not prefix:
            body.append(Heading(SECTIONS[section][0]))
        for door in several:
            command = same(door.command)
            line = Line(command + same("\n") + door.words)
            body.append(Row(door.words, door.button, command) if door.button else line)
    body.append(
        Note(
            Words(
                "Everything is also on the Home tab of this app. You can answer an open check-in right here in the chat.",
                "以上功能都可以在应用的“首页”标签中找到。打开的周报也可以直接在聊天中回复。",
            )
        )
    )
    return Screen(TITLE, tuple(body))


def door_letter(catalog: Catalog) -> LetterKind:
    """The door as a message, for somebody who just says hello."""

    def write(records: Any, about: Mapping[str, Any], now: datetime) -> Letter | None:
        person = records.people.get(about["person"])
        if person is None:
            return None
        screen = door_screen(records, person, catalog, now)
        return Letter(Words("What you can do here", "你可以做什么"), screen.body)

    return LetterKind("chat.door", write)
