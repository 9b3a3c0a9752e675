"""What comes in from any messenger, and what goes back to the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from flows.core.file_orders import SentFile
from flows.core.picked import Picked
from flows.core.said import Said
from flows.core.screen import Act, Screen
from flows.core.words import Words

Where = Literal["message", "home", "modal", "command"]


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed. `place` is the screen it stood on, `said` what stands in that screen's fields."""

    act: Act
    where: Where
    place: Act | None = None
    parent: Act | None = None
    said: Mapping[str, Said] = field(default_factory=dict)
    at: str = ""


@dataclass(frozen=True, slots=True)
class Typing:
    """Something was chosen or typed in a form that is not submitted yet; without `at`, it came after all else."""

    place: Act
    said: Mapping[str, Said]
    at: str


@dataclass(frozen=True, slots=True)
class Submit:
    """A form was submitted."""

    place: Act
    said: Mapping[str, Said]
    parent: Act | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: its name without the slash, and what was typed behind it."""

    name: str
    text: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class FromMenu:
    """An entry of a message's menu was chosen, by its name; None where the messenger did not say which message."""

    name: str
    message: Picked | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A message was written to the bot."""

    text: str


@dataclass(frozen=True, slots=True)
class FilesDropped:
    """Files were put into the chat with the bot."""

    files: tuple[SentFile, ...]


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody looks at their home tab."""


Inbound = Press | Typing | Submit | Command | FromMenu | Heard | FilesDropped | HomeOpened


@dataclass(frozen=True, slots=True)
class Show:
    """A screen to see: in a new window, on top of the one that is open, or in its place."""

    screen: Screen
    how: Literal["open", "push", "replace"]
    parent: Act | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with the fields of the submitted form, which stays open."""

    problems: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Say:
    """A line that only this person sees."""

    words: Words


@dataclass(frozen=True, slots=True)
class Home:
    screen: Screen


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be done for the person. `below` is the refreshed screen under the one that is open.

    `home`: what they did changes what their home tab shows. `stranger`: the account is not known here (yet).
    """

    language: str
    what: Show | Wrong | Say | Home | None = None
    below: Screen | None = None
    home: bool = False
    stranger: bool = False
