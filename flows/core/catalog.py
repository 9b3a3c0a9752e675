"""The catalogue of what perfloop can do: flows, views, deeds, shortcuts, letters, notices and duties, found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType
from typing import Any, TypeVar

from flows.core.owed import Notice
from flows.core.picked import Picked
from flows.core.play import Answers, Ask
from flows.core.screen import Act, Button, Element, Letter, Screen
from flows.core.words import Words
from flows.cycle.duty import Duty
from flows.people.person import Person
from flows.people.policy import Thing

Rule = tuple[str, str]
"""(kind of thing, action), as in the policy's table."""

R = Any  # the records: each flow names the protocol that it needs
Named = Thing | Callable[[datetime], Thing | None] | None
Whose = Callable[[R, Person, tuple[str, ...]], Named]
"""Loads the thing that a subject names; None when there is none, which reads the same as "not allowed".

Where it depends on the moment (`Thing.stage`), it gives a function of the moment that loads it.
"""


def thing_named(
    whose: Whose, records: R, actor: Person, about: tuple[str, ...], now: datetime
) -> Thing | None:
    """The thing that a subject names at that moment."""
    found = whose(records, actor, about)
    return found(now) if callable(found) else found


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation: `facts` loads what its steps need, `steps` asks, `keep` keeps the result and says so.

    `subject` gives the subject when none was named (a command without words); it may refuse.
    `about` stands above the form where its title alone does not say what, or whom, it is about.
    `readers` says before any typing who will read the answers, and `ways` are buttons above the questions, to what is
    worth a look while one writes. `prefill` gives the answers that a new one starts with; `again` starts anew after it
    was sent, instead of editing what was sent; `preview` shows the result as others will see it; `hints` are worth a
    second look before it is sent, from the facts and the result; `onward` are buttons below the last word, to what comes
    next. `sealed` names the cycle with whose key the answers are encrypted; None: with none. `traceless`, of one
    screen: there is no conversation at all, so that nothing that is typed is kept and nothing tells who has opened it;
    `keep` takes the same twice as once.
    """

    name: str
    title: Words
    may: Rule
    of: Whose
    facts: Callable[[R, Person, str, datetime], Any]
    keep: Callable[[R, Person, str, Any, datetime], Words]
    steps: Callable[[Ask, Any], Any]
    subject: Callable[[R, Person, datetime], str] | None = None
    about: Callable[[Any], Words] | None = None
    readers: Callable[[Any], Words] | None = None
    ways: Callable[[Any], Sequence[Button]] | None = None
    prefill: Callable[[Any], Answers] | None = None
    again: bool = False
    preview: Callable[[Any], Screen] | None = None
    hints: Callable[[Any, Any], Sequence[Words]] | None = None
    onward: Callable[[R, Person, str, datetime], Sequence[Button]] | None = None
    sealed: Callable[[Any], int | None] | None = None
    traceless: bool = False
    command: str | None = None
    help: Words | None = None


@dataclass(frozen=True, slots=True)
class View:
    """Something to look at: a screen made from the state of things."""

    name: str
    may: Rule
    of: Whose
    screen: Callable[[R, Person, tuple[str, ...], datetime], Screen]
    command: str | None = None
    help: Words | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done with one tap; says what was done, or names where that is seen. Done twice, it acts once."""

    name: str
    may: Rule
    of: Whose
    act: Callable[[R, Person, tuple[str, ...], datetime], Words | Act]
    command: str | None = None
    help: Words | None = None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry in the menu of every message, of at most 24 characters; `act` takes the message up and says what opens."""

    name: str
    title: Words
    may: Rule
    of: Whose
    act: Callable[[R, Person, Picked, datetime], Act]


@dataclass(frozen=True, slots=True)
class SweepKind:
    """Work over many people in slices: `step` does one slice and gives the sweep with where it has got to."""

    name: str
    step: Callable[[R, Any, datetime], Any]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """How a kind of message is written, from the state of things when it is sent; None: not needed any more."""

    name: str
    write: Callable[[R, Mapping[str, Any], datetime], Letter | None]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """How a kind of notice reads inside the day's digest.

    `words` is given the records, the notice and the moment, and tells what is so then; None: nothing is left to tell,
    and the notice is dropped. Its first element should say everything in one sentence, and at most a `Buttons` follow.
    """

    name: str
    words: Callable[[R, Notice, datetime], Sequence[Element] | None]


def flow(name: str, title: Words, **parts: Any) -> Callable[[Callable[[Ask, Any], Any]], Flow]:
    """Make a function that asks pages a flow of the catalogue."""
    return lambda steps: Flow(name, title, steps=steps, **parts)


def view(name: str, **parts: Any) -> Callable[[Callable[..., Screen]], View]:
    """Make a function that gives a screen a view of the catalogue."""
    return lambda screen: View(name, screen=screen, **parts)


def deed(name: str, **parts: Any) -> Callable[[Callable[..., Words | Act]], Deed]:
    """Make a function that changes one thing a deed of the catalogue."""
    return lambda act: Deed(name, act=act, **parts)


def shortcut(name: str, title: Words, **parts: Any) -> Callable[[Callable[..., Act]], Shortcut]:
    """Make a function that takes a message up a shortcut of the catalogue."""
    return lambda act: Shortcut(name, title, act=act, **parts)


def letter(name: str) -> Callable[[Callable[..., Letter | None]], LetterKind]:
    """Make a function that writes a message a letter of the catalogue."""
    return lambda write: LetterKind(name, write)


def sweep(name: str) -> Callable[[Callable[..., Any]], SweepKind]:
    """Make a function that does one slice of work a sweep of the catalogue; a sweep's key begins with "name/"."""
    return lambda step: SweepKind(name, step)


def notice(
    name: str,
) -> Callable[[Callable[[R, Notice, datetime], Sequence[Element] | None]], NoticeKind]:
    """Make a function that puts a notice into words a kind of notice; `name` is the notice's `kind`."""
    return lambda words: NoticeKind(name, words)


Entry = TypeVar("Entry", Flow, View, Deed, LetterKind, NoticeKind, SweepKind, Duty, Shortcut)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything found, by name."""

    flows: Mapping[str, Flow] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
    deeds: Mapping[str, Deed] = field(default_factory=dict)
    letters: Mapping[str, LetterKind] = field(default_factory=dict)
    notices: Mapping[str, NoticeKind] = field(default_factory=dict)
    sweeps: Mapping[str, SweepKind] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)
    shortcuts: Mapping[str, Shortcut] = field(default_factory=dict)

    @classmethod
    def find(cls, package: ModuleType) -> Catalog:
        """Import every module below `package` and gather what it declares."""
        modules = [
            importlib.import_module(found.name)
            for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        ]
        return cls.of(value for module in modules for value in vars(module).values())

    @classmethod
    def of(cls, declared: Iterable[object]) -> Catalog:
        """A catalogue of what is among `declared`; two of one kind and name are a mistake."""
        values = list(declared)
        return cls(
            _named(values, Flow),
            _named(values, View),
            _named(values, Deed),
            _named(values, LetterKind),
            _named(values, NoticeKind),
            _named(values, SweepKind),
            _named(values, Duty),
            _named(values, Shortcut),
        )

    def having(self, more: Iterable[object]) -> Catalog:
        """The catalogue with `more`; what is of the same kind and name as an entry takes its place."""
        new = Catalog.of(more)
        return Catalog(*({**getattr(self, name), **getattr(new, name)} for name in Catalog.__slots__))

    def commands(self) -> dict[str, Flow | View | Deed]:
        """What each command ("checkin start") leads to."""
        entries: list[Flow | View | Deed] = [*self.flows.values(), *self.views.values(), *self.deeds.values()]
        found: dict[str, Flow | View | Deed] = {}
        for entry in entries:
            if entry.command and found.setdefault(entry.command, entry) is not entry:
                raise ValueError(
                    f"{found[entry.command].name} and {entry.name} have the one command {entry.command}"
                )
        return found


def _named(values: Iterable[object], kind: type[Entry]) -> dict[str, Entry]:
    named: dict[str, Entry] = {}
    for value in values:
        if isinstance(value, kind) and named.setdefault(value.name, value) is not value:
            raise ValueError(f"two of the kind {kind.__name__} are called {value.name}")
    return named
