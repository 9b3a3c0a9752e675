"""What every messenger lets a person do; the stories know nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Player(Protocol):
    """One person at their phone. Questions and buttons are named by the words that the person reads."""

    def command(self, text: str) -> None: ...
    def write(self, text: str) -> None: ...
    def drop(self, name: str, content: bytes) -> None:
        """Put a file into the chat with the bot."""
        ...

    def post(self, channel: str, text: str) -> None:
        """Write into a channel of the town."""
        ...

    def pick(self, entry: str, text: str) -> None:
        """Choose an entry of the menu of the newest message in a channel, or in the chat with the bot, that reads so."""
        ...

    def messages(self) -> list[str]:
        """Everything the bot has written to this person, oldest first, as it reads now."""
        ...

    def buttons(self, message: int = -1) -> list[str]:
        """The buttons and menu entries under a message."""
        ...

    def press(self, label: str, message: int = -1) -> None:
        """Press a button under a message."""
        ...

    def later(self, label: str, message: int = -1) -> Callable[[], None]:
        """A button as it stands now, to be pressed when it may be gone (an old chat on another device)."""
        ...

    def touch(self, label: str, beside: str = "") -> None:
        """Press a button in the open window; `beside` tells several of one label apart."""
        ...

    def home(self) -> str: ...
    def home_buttons(self) -> list[str]:
        """The buttons and menu entries of the home tab, as it was opened last."""
        ...

    def press_home(self, label: str, beside: str = "") -> None:
        """Press a button on the home tab; `beside` tells several of one label apart."""
        ...

    def window(self) -> str:
        """What stands in the window on top; "" when none is open."""
        ...

    def fill(self, **answers: object) -> None:
        """Answer questions of the open form, by the last part of their names; options by key."""
        ...

    def field(self, name: str) -> object:
        """What stands in a field of the open form."""
        ...

    def submit(self) -> dict[str, str]:
        """Send the form; what is wrong, by the last part of the question's name."""
        ...

    def close(self) -> None: ...
    def title(self) -> str:
        """The title of the window on top."""
        ...

    def aside(self) -> str:
        """The last line that only this person saw."""
        ...

    def files(self) -> list[tuple[str, bytes]]:
        """The files that the bot has put into the chat, oldest first."""
        ...


class Town(Protocol):
    """A company with the bot, at a moment of a clock that only moves when told."""

    def player(self, name: str) -> Player: ...
    def now(self) -> datetime: ...
    def to(self, moment: datetime) -> None:
        """Go to a moment; the bot does all that is due on the way."""
        ...

    def records(self, work: Callable[[Any], T]) -> T:
        """Do something in the database that no person does: an import, a look at what is kept."""
        ...

    def channel(self, name: str) -> str:
        """A channel as it is typed into a command."""
        ...

    def posts(self, name: str) -> list[str]:
        """What stands in a channel."""
        ...

    def mention(self, name: str) -> str:
        """A person as they are chosen in a field."""
        ...

    def stop(self) -> None:
        """The bot goes down."""
        ...

    def start(self) -> None:
        """The bot comes back on the same database, and does at once what is due."""
        ...

    def restart(self) -> None:
        """Stop the bot and start it again on the same database."""
        ...

    def close(self) -> None: ...
