"""The front of the house, the same for every messenger: who is it, what do they want, and what do they see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, cast

from bot.commands import did_you_mean, is_help, meant
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
from bot.menu import taken_up
from bot.refused import TITLE, refusal
from bot.ticket import whole
from flows.core import chat, screens
from flows.core.catalog import Catalog, Deed, Flow, View, thing_named
from flows.core.desk import Desk, NotThere
from flows.core.records import Records
from flows.core.refusal import Refusal
from flows.core.screen import Act, Line, Screen
from flows.core.words import Words, same
from flows.door import door_screen
from flows.goals.importing.dropped import ImportRecords
from flows.goals.importing.taking import take_files
from flows.people.mine.openings import noted
from flows.people.person import Person
from flows.people.policy import Thing, allows

UNKNOWN = same(  # in both languages: who is not in the directory has none
    "You are not in perfloop's directory yet, or not any more. Please ask your HR team to add you.\n"
    "你不在 perfloop 的通讯录中。请联系 HR 添加。"
)
GONE = Words(
    "This button is from an older version. Type /perf to go on.", "这个按钮已失效。请输入 /perf 继续。"
)
HOME = Act("see", ("home",))


@dataclass(frozen=True, slots=True)
class Front:
    """Answers what comes in. Every method runs inside one transaction of the records."""

    catalog: Catalog
    desk: Desk

    def receive(self, records: Records, account: str, key: str, what: Inbound, now: datetime) -> Reply:
        """Remember the key, then act: the same key again acts no second time and shows how things stand."""
        actor = records.people.by_account(account)
        if actor is None or not actor.active:
            return Reply(actor.language if actor else "en", Say(UNKNOWN), stranger=actor is None)
        try:
            if isinstance(what, Typing | HomeOpened) or records.first_time(key, now):
                return self.act(records, actor, what, now)
            return self.again(records, actor, what, now)
        except Refusal as no:
            return refusal(actor, what, no)

    def act(self, records: Records, actor: Person, what: Inbound, now: datetime) -> Reply:
        match what:
            case Typing(Act(_, (conversation, revision, _)), said, at):
                self.desk.keep(records, actor, conversation, whole(revision), said, at, now)
            case HomeOpened():
                return Reply(actor.language, Home(self.see(records, actor, HOME, now)))
            case Submit():
                return self.submit(records, actor, what, now)
            case Press():
                return self.press(records, actor, what, now)
            case Command():
                return self.command(records, actor, what, now)
            case FromMenu():
                act = taken_up(self.catalog, records, actor, what, now)
                return Reply(actor.language, Show(self.led(records, actor, act, now), "open"))
            case Heard(text):
                chat.hear(self.desk, records, actor, text, now)
            case FilesDropped(files):
                return Reply(actor.language, Say(take_files(cast(ImportRecords, records), actor, files, now)))
        return Reply(actor.language)

    def again(self, records: Records, actor: Person, what: Inbound, now: datetime) -> Reply:
        """A delivery that came before: nothing is done; a form shows where its conversation stands.

        A form that was refused for its answers has changed nothing: sent again the same, it is refused again.
        """
        if not isinstance(what, Submit) or what.place.verb != "form" or len(what.place.about) != 3:
            return Reply(actor.language)
        conversation = self.desk.mine(records, actor, what.place.about[0])
        if conversation.state == "done":
            done = screens.plain_screen(TITLE, screens.ALREADY_SENT)
            return Reply(actor.language, Show(done, "replace", what.parent))
        if str(conversation.revision) == what.place.about[1]:
            return self.submit(records, actor, what, now)
        screen = self.desk.look(records, actor, conversation, now).screen
        return Reply(actor.language, Show(screen, "replace", what.parent))

    def submit(self, records: Records, actor: Person, what: Submit, now: datetime) -> Reply:
        if what.place.verb != "form" or len(what.place.about) != 3:
            raise NotThere
        conversation, revision, at = what.place.about
        turn = self.desk.answer(records, actor, conversation, whole(revision), at, what.said, now)
        if problems := turn.screen.problems():
            return Reply(actor.language, Wrong(problems))
        window = what.parent if what.parent != HOME else None
        below = self.see(records, actor, window, now) if turn.finished and window else None
        return Reply(actor.language, Show(turn.screen, "replace", what.parent), below, home=turn.finished)

    def press(self, records: Records, actor: Person, what: Press, now: datetime) -> Reply:
        """Every button's verb. Who presses decides what is allowed, never what the button carries."""
        act, inside = what.act, what.where == "modal"
        how: Literal["open", "push"] = "push" if inside else "open"
        if what.place and what.place.verb == "form" and what.said and len(what.place.about) == 3:
            form = what.place.about
            self.desk.keep(records, actor, form[0], whole(form[1]), what.said, what.at, now)
        match act.verb, act.about:
            case "open", (name, subject):
                turn = self.desk.open(records, actor, name, subject, now)
                below = what.place if what.where in ("modal", "home") else None
                return Reply(actor.language, Show(turn.screen, how, below))
            case "see", _:
                return Reply(actor.language, Show(self.see(records, actor, act, now), how, what.place))
            case "part", (number, verb, *place):
                screen = self.led(records, actor, Act(verb, tuple(place)), now)
                return self._replace(actor, what, replace(screen, part=max(0, whole(number))))
            case "edit", (conversation, at):
                return self._replace(
                    actor, what, self.desk.change(records, actor, conversation, at, now).screen
                )
            case "back", (conversation, at):
                return self._replace(
                    actor, what, self.desk.back(records, actor, conversation, at, now).screen
                )
            case "drop", (conversation,):
                screen = self.desk.give_up(records, actor, conversation, now).screen
                return self._replace(actor, what, screen)
            case "preview", (conversation,):
                return Reply(
                    actor.language,
                    Show(self.desk.preview(records, actor, conversation, now), how, what.place),
                )
            case "continue", (conversation,):
                found = self.desk.mine(records, actor, conversation)
                return Reply(actor.language, Show(self.desk.look(records, actor, found, now).screen, how))
            case "answer", (conversation, at, said):
                chat.pressed(self.desk, records, actor, conversation, at, said, now)
                return Reply(actor.language)
            case "send", (conversation,):
                chat.send(self.desk, records, actor, self.desk.mine(records, actor, conversation), now)
                return Reply(actor.language, home=True)
            case "do", (name, *about):
                return self.do(records, actor, what, name, tuple(about), now)
        raise Refusal(GONE)

    def do(
        self, records: Records, actor: Person, what: Press, name: str, about: tuple[str, ...], now: datetime
    ) -> Reply:
        """A deed by button: the place it was pressed in shows what has changed."""
        words = self.done(records, actor, self.catalog.deeds.get(name), about, now)
        if isinstance(words, Act):
            return self._replace(actor, what, self.led(records, actor, words, now))
        if what.where == "modal" and what.place:
            try:
                screen = self.see(records, actor, what.place, now)
            except NotThere:  # what stood there is gone with it
                return self._replace(actor, what, screens.plain_screen(TITLE, words))
            return self._replace(actor, what, replace(screen, body=(Line(words), *screen.body)))
        return Reply(actor.language, None, home=True)

    def done(
        self, records: Records, actor: Person, deed: Deed | None, about: tuple[str, ...], now: datetime
    ) -> Words | Act:
        if deed is None:
            raise Refusal(GONE)
        about = about or ("",)  # as by a command without words
        self._check(records, actor, deed, about, now)
        return deed.act(records, actor, about, now)

    def led(self, records: Records, actor: Person, act: Act, now: datetime) -> Screen:
        """The screen that a deed leads to, or a button in its place: a form, or something to look at."""
        if act.verb == "open" and len(act.about) == 2:
            return self.desk.open(records, actor, act.about[0], act.about[1], now).screen
        return self.see(records, actor, act, now)

    def see(self, records: Records, actor: Person, act: Act, now: datetime) -> Screen:
        """The view that a place names; a form's place shows the form."""
        if act.verb == "form" and act.about:
            return self.desk.look(records, actor, self.desk.mine(records, actor, act.about[0]), now).screen
        name = act.about[0] if act.verb == "see" and act.about else ""
        if name == "door":
            return self.door(records, actor, now)
        found = self.catalog.views.get(name)
        if found is None:
            raise NotThere
        thing = self._check(records, actor, found, act.about[1:], now)
        screen = found.screen(records, actor, act.about[1:], now)
        noted(records, actor, thing, now)
        return screen

    def command(self, records: Records, actor: Person, what: Command, now: datetime) -> Reply:
        said = " ".join(f"{what.name} {what.text}".split())
        known = self.catalog.commands()
        if said == "perf" or is_help(what.name, said):
            prefix = "" if what.name == "perf" else what.name
            return Reply(actor.language, Show(self.door(records, actor, now, prefix), "open"))
        name, about = meant(said, known)
        entry = known[name]
        if about and not isinstance(entry, Deed):
            raise did_you_mean(said, known)
        if isinstance(entry, Flow):
            return Reply(
                actor.language, Show(self.desk.open(records, actor, entry.name, "", now).screen, "open")
            )
        if isinstance(entry, View):
            return Reply(
                actor.language, Show(self.see(records, actor, Act("see", (entry.name,)), now), "open")
            )
        words = self.done(records, actor, entry, (about,), now)
        shown = Show(self.led(records, actor, words, now), "open") if isinstance(words, Act) else Say(words)
        return Reply(actor.language, shown, home=True)

    def door(self, records: Records, actor: Person, now: datetime, prefix: str = "") -> Screen:
        return door_screen(records, actor, self.catalog, now, prefix)

    def _check(
        self, records: Records, actor: Person, entry: View | Deed, about: tuple[str, ...], now: datetime
    ) -> Thing | None:
        """What the entry is about, if the actor may use it."""
        thing = thing_named(entry.of, records, actor, about or ("",), now)
        if not allows(actor, entry.may, thing, now):
            raise NotThere
        return thing

    def _replace(self, actor: Person, what: Press, screen: Screen) -> Reply:
        return Reply(
            actor.language, Show(screen, "replace" if what.where != "message" else "open", what.parent)
        )
