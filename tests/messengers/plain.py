"""Plays people on the bare screens: no network, no blocks, only what the flows themselves say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.build import catalog
from bot.clock import VirtualClock
from bot.dropped_sheet import read_sheet
from bot.exchange import (
    Command,
    FilesDropped,
    FromMenu,
    Heard,
    Home,
    HomeOpened,
    Inbound,
    Press,
    Reply,
    Say,
    Show,
    Submit,
    Typing,
    Wrong,
)
from bot.file_kinds import MAKERS
from bot.file_orders import make_waiting
from bot.files import File
from bot.front import Front
from bot.rehearsals import rehearse_waiting
from bot.rounds import Tick, next_moment
from bot.ticket import decode, encode
from bot.unreadable import Unreadable
from bot.workspace.furnishing import furnish
from flows.checkins.setup import usual
from flows.core.file_orders import SentFile
from flows.core.kinds import Rating
from flows.core.picked import Picked, Place
from flows.core.records import Written
from flows.core.rich import in_words
from flows.core.said import Said
from flows.core.screen import (
    Act,
    Buttons,
    Element,
    Facts,
    Field,
    Heading,
    Letter,
    Line,
    Menu,
    Note,
    Quote,
    Rich,
    Row,
    Screen,
)
from flows.core.words import Words
from flows.goals.importing.taking import READING, has_read
from flows.people.directory import read_people
from storage.engine import open_store

T = TypeVar("T")
PER_MINUTE = 240  # messages that a messenger takes


@dataclass
class Window:
    screen: Screen
    parent: Act | None = None


class PlainTown:
    """The front door, the database and the rules of time, without any messenger between."""

    def __init__(
        self, start: datetime, company: bytes, home: Path, sample: bool = True, running_programme: bool = True
    ) -> None:
        self.clock = VirtualClock(start, speed=0)
        self._url = f"sqlite:///{home / 'plain.db'}"
        self._keys = 0
        self.players: dict[str, PlainPlayer] = {}
        self.sent: dict[int | str, list[Sent]] = {}
        self.files: dict[str | None, list[File]] = {}
        self.dropped: dict[str, bytes] = {}
        self.said: list[Picked] = []
        self._open()
        with self.store.work() as records:
            records.people.apply_import(read_people(company).rows)
            if sample:
                furnish(records, start.date())
            if running_programme:
                records.programmes.save(
                    usual(start.date() + timedelta(days=-start.weekday() % 7), None, start)
                )
            for person in records.people.active():
                records.people.save(replace_account(person))
        self.settle()

    def _open(self) -> None:
        self.up = True
        self.store = open_store(self._url, self.clock.now)
        self.catalog, desk = catalog()
        self.front = Front(self.catalog, desk)

    def player(self, name: str) -> PlainPlayer:
        return self.players.setdefault(name, PlainPlayer(self, name))

    def now(self) -> datetime:
        return self.clock.now()

    def to(self, moment: datetime) -> None:
        self.settle()  # what was just done may have changed what comes next
        while self.up and (step := self._next()) is not None and step < moment:
            self.clock.to(step)
            self.settle()
        self.clock.to(moment)
        if self.up:
            self.settle()

    def _next(self) -> datetime | None:
        with self.store.work() as records:
            return next_moment(records, self.now())

    def settle(self) -> None:
        """Plan, nudge and deliver all that is due; a letter leaves as the sender would send it."""
        now = self.now()
        while rehearse_waiting(self.store, self.catalog, self.clock, PER_MINUTE):
            pass
        while (made := make_waiting(self.store, {**MAKERS, READING: self.read_dropped}, now)) is not None:
            self.files.setdefault(made[0], []).extend(made[1])
        Tick(self.store, self.catalog, now).run()
        with self.store.work() as records:
            self.deliver(records)

    def read_dropped(self, records: Any, order: Any, _reader: Any, now: datetime) -> None:
        """What the bot does with a file once it is fetched, without a process of its own."""
        try:
            table, problem = read_sheet(self.dropped[order.about["file"]]), None
        except Unreadable as no:
            table, problem = None, no.words
        has_read(records, order, table, problem, now)

    def deliver(self, records: Any) -> None:
        now = self.now()
        while rows := records.outbox.claim(now, 50, sending=True):
            for row in rows:
                letter = self.write(records, row, sent=False)
                if letter is None:
                    records.outbox.mark_dropped(row.id, "not needed")
                    continue
                chat = self.sent.setdefault(row.message.channel or row.message.person or 0, [])
                chat.append(Sent(row, letter))
                records.outbox.mark_sent(row.id, "D1", str(len(chat)), now)
        for row in records.outbox.stale(now, 500):
            letter = self.write(records, row, sent=True)
            chat = self.sent.get(row.message.channel or row.message.person or 0, [])
            for one in [one for one in chat if one.row.id == row.id and letter is not None]:
                if letter is not None and letter.gone:
                    chat.remove(one)
                elif letter is not None:
                    one.letter = letter
            records.outbox.mark_fresh(row.id, row.token)

    def write(self, records: Any, row: Written, sent: bool) -> Letter | None:
        about = {**json.loads(json.dumps(dict(row.message.about))), "id": row.id, "sent": sent}
        return self.catalog.letters[row.message.kind].write(records, about, self.now())

    def receive(self, account: str, what: Inbound) -> Reply:
        self._keys += 1
        with self.store.work() as records:
            return self.front.receive(records, account, f"key/{self._keys}/{self.now()}", what, self.now())

    def restart(self) -> None:
        self.stop()
        self.start()

    def stop(self) -> None:
        self.up = False
        self.store.close()

    def start(self) -> None:
        self._open()
        self.settle()

    def records(self, work: Callable[[Any], T]) -> T:
        with self.store.work() as records:
            return work(records)

    def channel(self, name: str) -> str:
        return f"<#C0{name.upper()}|{name}>"

    def posts(self, name: str) -> list[str]:
        channel = f"C0{name.upper()}"
        said = ["\n".join(lines(sent.letter.body, "en")) for sent in self.sent.get(channel, [])]
        return said + [file.title for file in self.files.get(channel, [])]

    def mention(self, name: str) -> str:
        return f"account:U0{name.upper()}"

    def check(self) -> None:
        """Screens have no limits to keep."""

    def close(self) -> None:
        self.store.close()


@dataclass
class Sent:
    row: Any
    letter: Letter


@dataclass
class PlainPlayer:
    """One person, and what stands open before them. Answers pass through JSON between turns."""

    town: PlainTown
    name: str
    windows: list[Window] = field(default_factory=list)
    typed: dict[str, Said] = field(default_factory=dict)
    last_aside: str = ""
    home_screen: Screen | None = None

    @property
    def person(self) -> Any:
        with self.town.store.work() as records:
            return records.people.by_email(f"{self.name}@example.com")

    def command(self, text: str) -> None:
        name, _, rest = text.lstrip("/").partition(" ")
        self._take(Command(name, rest))

    def write(self, text: str) -> None:
        self._say_in("", text)
        self._take(Heard(text))

    def post(self, channel: str, text: str) -> None:
        self._say_in(channel, text)

    def _say_in(self, channel: str, text: str) -> None:
        link = f"https://chat.example.com/{channel}/{len(self.town.said)}"
        place: Place = "public" if channel else "direct"
        self.town.said.append(
            Picked(self.person.account, self.name, text, place, channel, link, self.town.now())
        )

    def pick(self, entry: str, text: str) -> None:
        known = self.town.catalog.shortcuts.values()
        name = next(one.name for one in known if one.title.en == entry)
        self._take(FromMenu(name, next(one for one in reversed(self.town.said) if text in one.text)))

    def drop(self, name: str, content: bytes) -> None:
        file = f"F{len(self.town.dropped)}"
        self.town.dropped[file] = content
        self._take(FilesDropped((SentFile(file, name, len(content)),)))
        self.town.settle()

    def messages(self) -> list[str]:
        return [self._read(sent.letter.body) for sent in self.town.sent.get(self.person.id, [])]

    def buttons(self, message: int = -1) -> list[str]:
        letter = self.town.sent[self.person.id][message].letter
        return [label for label, _, _ in self._pressable(letter.body)]

    def press(self, label: str, message: int = -1) -> None:
        letter = self.town.sent[self.person.id][message].letter
        self._press(letter.body, label, "", lambda act: Press(act, "message"))

    def later(self, label: str, message: int = -1) -> Callable[[], None]:
        letter = self.town.sent[self.person.id][message].letter
        return lambda: self._press(letter.body, label, "", lambda act: Press(act, "message"))

    def touch(self, label: str, beside: str = "") -> None:
        window = self.windows[-1]
        said = (
            {name: self.typed.get(name, "") for name in self._fields(window.screen)}
            if self._fields(window.screen)
            else {}
        )
        at = f"{self.town.now().timestamp():.6f}"
        self._press(
            window.screen.body, label, beside,
            lambda act: Press(act, "modal", window.screen.place, window.parent, said, at),
        )  # fmt: skip

    def home(self) -> str:
        self._take(HomeOpened())
        assert self.home_screen is not None
        return self._read(self.home_screen.body)

    def home_buttons(self) -> list[str]:
        assert self.home_screen is not None
        return [label for label, _, _ in self._pressable(self.home_screen.body)]

    def press_home(self, label: str, beside: str = "") -> None:
        assert self.home_screen is not None
        place = self.home_screen.place
        self._press(self.home_screen.body, label, beside, lambda act: Press(act, "home", place))

    def window(self) -> str:
        return self._read(self.windows[-1].screen.body) if self.windows else ""

    def fill(self, **answers: object) -> None:
        screen = self.windows[-1].screen
        for name, said in answers.items():
            full = next(f for f in self._fields(screen) if f == name or f.endswith(f".{name}"))
            self.typed[full] = [str(s) for s in said] if isinstance(said, list) else str(said)
        at = f"{self.town.now().timestamp():.6f}"
        if screen.place:
            self._take(Typing(screen.place, dict(self.typed), at))

    def field(self, name: str) -> object:
        return next(said for full, said in self.typed.items() if full == name or full.endswith(f".{name}"))

    def submit(self) -> dict[str, str]:
        window = self.windows[-1]
        assert window.screen.place is not None
        reply = self._take(Submit(window.screen.place, dict(self.typed), window.parent))
        if isinstance(reply.what, Wrong):
            return {
                name.rpartition(".")[2]: words.say(reply.language)
                for name, words in reply.what.problems.items()
            }
        return {}

    def close(self) -> None:
        self.windows.clear()
        self.typed = {}

    def title(self) -> str:
        return self._say(self.windows[-1].screen.title) if self.windows else ""

    def aside(self) -> str:
        return self.last_aside

    def files(self) -> list[tuple[str, bytes]]:
        self.town.settle()
        return [(file.name, file.content) for file in self.town.files.get(self.person.account, [])]

    def _take(self, what: Inbound) -> Reply:
        reply = self.town.receive(self.person.account, what)
        match reply.what:
            case Show(screen, how, parent):
                assert screen.place is None or decode(encode(screen.place)) == screen.place
                if how == "push" or not self.windows or how == "open":
                    if how == "open":
                        self.windows.clear()
                    self.windows.append(Window(screen, parent))
                else:
                    self.windows[-1] = Window(screen, parent)
                self.typed = {
                    e.name: e.said if e.said is not None else "" for e in screen.body if isinstance(e, Field)
                }
            case Say(words):
                self.last_aside = words.say(reply.language)
            case Home(screen):
                self.home_screen = screen
        if reply.below is not None and len(self.windows) > 1:
            self.windows[-2] = Window(reply.below, self.windows[-2].parent)
        with self.town.store.work() as records:
            self.town.deliver(records)
        return reply

    def _press(self, body: Any, label: str, beside: str, press: Any) -> None:
        for found, element, act in self._pressable(body):
            if found == label and beside in self._read([element]):
                self._take(press(decode(encode(act))))
                return
        raise AssertionError(
            f"there is no {label!r}, only {[found for found, _, _ in self._pressable(body)]}"
        )

    def _say(self, words: Words) -> str:
        return words.say(self.person.language)

    def _pressable(self, body: Any) -> list[tuple[str, Element, Act]]:
        found: list[tuple[str, Element, Act]] = []
        for element in body:
            match element:
                case Buttons(buttons):
                    found += [(self._say(b.label), element, b.act) for b in buttons]
                case Row(_, button, _):
                    found.append((self._say(button.label), element, button.act))
                case Menu(_, choices):
                    found += [(self._say(words), element, act) for words, act in choices]
        return found

    def _fields(self, screen: Screen) -> list[str]:
        return [element.name for element in screen.body if isinstance(element, Field)]

    def _read(self, body: Any) -> str:
        return "\n".join(lines(body, self.person.language))


def lines(body: Any, language: str) -> list[str]:
    """All that a person reads in some elements, a line each."""
    found: list[str] = []
    for element in body:
        match element:
            case Heading(words) | Line(words) | Note(words):
                found.append(words.say(language))
            case Quote(text):
                found.append(text)
            case Rich(words):
                found.append(in_words(words.say(language)))
            case Facts(rows):
                for name, value in rows:
                    said = name.say(language)
                    found.append(f"{said}{' ' if said[-1:] in '?？' else ': '}{value.say(language)}")
            case Row(words, _, name):
                found.append((name.say(language) + "\n" if name else "") + words.say(language))
            case Field():
                found += [element.beside.say(language)] if element.beside else []
                found.append(element.question.words.say(language))
                kind = element.question.kind
                options = kind.offered if isinstance(kind, Rating) else getattr(kind, "options", ())
                found += [option.label.say(language) for option in options]
                found += [element.question.hint.say(language)] if element.question.hint else []
    return found


def replace_account(person: Any) -> Any:
    return replace(person, account="U0" + person.email.partition("@")[0].upper())
