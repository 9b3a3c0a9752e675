"""Plays people through the local workspace, which is Slack to the bot: real HTTP, real blocks, real limits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.clock import VirtualClock
from bot.trial import Trial, trying
from bot.workspace.calls_files import file_bytes

T = TypeVar("T")
Json = dict[str, Any]


class SlackTown:
    """The trial in a loop of its own thread; whatever Slack would refuse fails the story."""

    def __init__(self, start: datetime, company: bytes, home: Path, **options: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.clock = VirtualClock(start, speed=0)
        self._company, self._home, self._options = company, home, options
        self._stack = AsyncExitStack()
        self.up = True
        self.trial: Trial = self.run(self._start())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _start(self) -> Trial:
        self._stack = AsyncExitStack()
        return await self._stack.enter_async_context(
            trying(self.clock, self._company, self._home, **self._options)
        )

    def player(self, name: str) -> SlackPlayer:
        return SlackPlayer(self, name)

    def now(self) -> datetime:
        return self.clock.now()

    def to(self, moment: datetime) -> None:
        if self.up:
            self.run(self.trial.to(moment))
            self.check()
        else:
            self.clock.to(moment)

    def settle(self) -> None:
        self.run(self.trial.settle())
        self.check()

    def records(self, work: Callable[[Any], T]) -> T:
        def run() -> T:
            with self.trial.bot.store.work() as records:
                return work(records)

        return self.in_database(run)

    def channel(self, name: str) -> str:
        # As Slack hands "#sales" on to a command that wants its mentions as ids.
        return f"<#{self.trial.workspace.world.conversation(name).id}|{name}>"

    def posts(self, name: str) -> list[str]:
        channel = self.trial.workspace.world.conversation(name)
        return [read(message.blocks) or message.text for message in channel.messages.values()]

    def mention(self, name: str) -> str:
        return str(self.trial.workspace.world.user(name).id)

    def in_database(self, work: Callable[[], T]) -> T:
        async def run() -> T:
            return await asyncio.get_running_loop().run_in_executor(self.trial.bot.executor, work)

        return self.run(run())

    def restart(self) -> None:
        self.stop()
        self.start()

    def stop(self) -> None:
        self.up = False
        self.run(self._stack.aclose())

    def start(self) -> None:
        self.up = True
        self.trial = self.run(self._start())

    def check(self) -> None:
        """Nothing was sent that Slack would refuse."""
        problems = self.trial.workspace.world.problems
        assert not problems, problems

    def close(self) -> None:
        try:
            self.run(self._stack.aclose())
            self.check()
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop.close()


class SlackPlayer:
    """One person in the workspace."""

    def __init__(self, town: SlackTown, name: str) -> None:
        self._town, self._name = town, name
        self._values: Json = {}

    @property
    def _workspace(self) -> Any:
        return self._town.trial.workspace

    def command(self, text: str) -> None:
        command, _, rest = text.partition(" ")
        self._do(self._workspace.command(self._name, command, rest))

    def write(self, text: str) -> None:
        self._do(self._workspace.say(self._name, None, text))

    def drop(self, name: str, content: bytes) -> None:
        self._do(self._workspace.drop(self._name, None, [(name, content)]))
        self._town.settle()

    def post(self, channel: str, text: str) -> None:
        self._do(self._workspace.say(self._name, channel, text))

    def pick(self, entry: str, text: str) -> None:
        world = self._workspace.world
        callback = next(one["callback_id"] for one in self._workspace.app.shortcuts if one["name"] == entry)
        where, ts = next(
            (conversation.id, message.ts)
            for conversation in world.conversations.values()
            for message in reversed(conversation.messages.values())
            if text in (read(message.blocks) or message.text)
        )
        self._expect(self._workspace.shortcut(self._name, callback, where, ts))

    def messages(self) -> list[str]:
        return [read(message["blocks"]) or message["text"] for message in self._from_bot()]

    def buttons(self, message: int = -1) -> list[str]:
        return [label for label, _, _ in pressable(self._from_bot()[message]["blocks"])]

    def press(self, label: str, message: int = -1) -> None:
        found = self._from_bot()[message]
        where = {"conversation": self._workspace.dm(self._name), "ts": found["ts"]}
        self._press(where, found["blocks"], label)

    def later(self, label: str, message: int = -1) -> Callable[[], None]:
        found = self._from_bot()[message]
        where = {"conversation": self._workspace.dm(self._name), "ts": found["ts"]}
        block, action = next((b, a) for words, b, a in pressable(found["blocks"]) if words == label)
        return lambda: self._expect(
            self._workspace.act(self._name, where, block["block_id"], action, unchecked=True)
        )

    def touch(self, label: str, beside: str = "") -> None:
        view = self._top()
        self._press({"view": view["id"]}, view["blocks"], label, beside)

    def home(self) -> str:
        self._do(self._workspace.open_home(self._name))
        return read(self._workspace.home(self._name)["blocks"])

    def home_buttons(self) -> list[str]:
        return [label for label, _, _ in pressable(self._workspace.home(self._name)["blocks"])]

    def press_home(self, label: str, beside: str = "") -> None:
        self._press({"home": True}, self._workspace.home(self._name)["blocks"], label, beside)

    def window(self) -> str:
        views = self._workspace.views(self._name)
        return read(views[-1]["blocks"]) if views else ""

    def fill(self, **answers: object) -> None:
        view = self._top()
        for name, said in answers.items():
            block = field_of(view["blocks"], name)
            self._values[block["block_id"]] = {"answer": value_of(block["element"], said)}

    def field(self, name: str) -> object:
        view = self._top()
        block = field_of(view["blocks"], name)
        state = view["state"]["values"].get(block["block_id"], {}).get("answer", {})
        return said_by(state)

    def submit(self) -> dict[str, str]:
        view = self._top()
        outcome = self._do(self._workspace.submit(self._name, view["id"], self._values))
        assert outcome.problem is None, outcome.problem
        if not outcome.errors:
            self._values = {}
        return {name.rpartition(".")[2]: words for name, words in outcome.errors.items()}

    def close(self) -> None:
        self._do(self._workspace.close(self._name, self._top()["id"], clear=True))
        self._values = {}

    def title(self) -> str:
        views = self._workspace.views(self._name)
        return str(views[-1]["title"]["text"]) if views else ""

    def aside(self) -> str:
        seen = [m for m in self._workspace.messages(self._name) if m["ephemeral"]]
        return (read(seen[-1]["blocks"]) or seen[-1]["text"]) if seen else ""

    def files(self) -> list[tuple[str, bytes]]:
        self._town.settle()
        kept = self._workspace.world.files
        shown = [file for message in self._from_bot() for file in message.get("files", ())]
        return [(file["name"], file_bytes(kept[file["id"]])) for file in shown]

    def _from_bot(self) -> list[Json]:
        return [
            m
            for m in self._workspace.messages(self._name)
            if m["user"] != m_self(self) and not m["ephemeral"]
        ]

    def _top(self) -> Json:
        views: list[Json] = self._workspace.views(self._name)
        assert views, "no window is open"
        return views[-1]

    def _press(self, where: Json, blocks: list[Json], label: str, beside: str = "") -> None:
        for found, block, action in pressable(blocks):
            if found == label and beside in read([block]):
                self._expect(self._workspace.act(self._name, where, block["block_id"], action, self._values))
                return
        raise AssertionError(f"there is no {label!r}, only {[found for found, _, _ in pressable(blocks)]}")

    def _expect(self, work: Coroutine[Any, Any, Any]) -> None:
        outcome = self._do(work)
        assert outcome.problem is None, outcome.problem

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        async def act() -> T:
            outcome = await work
            await self._workspace.idle()
            bot = self._town.trial.bot
            await bot.edge.idle()
            await bot.sender.idle()
            await bot.edge.idle()
            return outcome

        return self._town.run(act())


def m_self(player: SlackPlayer) -> str:
    return str(player._workspace.world.user(player._name).id)


def read(blocks: list[Json]) -> str:
    """All that a person reads in some blocks, a line each."""
    lines: list[str] = []
    for block in blocks:
        match block["type"]:
            case "header" | "section":
                lines.append(block["text"]["text"])
            case "context":
                lines += [element["text"] for element in block["elements"]]
            case "rich_text":
                lines += [text for el in block["elements"] for text in rich_lines(el)]
            case "input":
                lines.append(block["label"]["text"])
                element = block["element"]
                lines += [option["text"]["text"] for option in element.get("options", [])]
                lines += [block["hint"]["text"]] if "hint" in block else []
    return "\n".join(lines)


def rich_lines(element: Json) -> list[str]:
    """A line for each part of some rich text; a list has one for each of its items."""
    if element["type"] == "rich_text_list":
        return [text for item in element["elements"] for text in rich_lines(item)]
    return ["".join(part.get("text", part.get("url", "")) for part in element["elements"])]


def pressable(blocks: list[Json]) -> list[tuple[str, Json, Json]]:
    """Every button and menu entry: its words, its block and the action to send."""
    found: list[tuple[str, Json, Json]] = []
    for block in blocks:
        elements = block["elements"] if block["type"] == "actions" else [block.get("accessory")]
        for element in elements:
            if not element or element["type"] not in ("button", "static_select"):
                continue
            action = {"type": element["type"], "action_id": element["action_id"]}
            if element["type"] == "button":
                found.append((element["text"]["text"], block, action | {"value": element.get("value", "")}))
            else:
                found += [
                    (option["text"]["text"], block, action | {"selected_option": option})
                    for option in element["options"]
                ]
    return found


def field_of(blocks: list[Json], name: str) -> Json:
    for block in blocks:
        if block["type"] == "input" and (block["block_id"] == name or block["block_id"].endswith(f".{name}")):
            return block
    raise AssertionError(f"no field {name!r} among {[b['block_id'] for b in blocks if b['type'] == 'input']}")


def value_of(element: Json, said: Any) -> Json:
    kind = element["type"]
    match kind:
        case "radio_buttons" | "static_select":
            return {"type": kind, "selected_option": option_of(element, said)}
        case "checkboxes" | "multi_static_select":
            return {"type": kind, "selected_options": [option_of(element, one) for one in said]}
        case "users_select":
            return {"type": kind, "selected_user": said}
        case "multi_users_select":
            return {"type": kind, "selected_users": said}
        case "datepicker":
            return {"type": kind, "selected_date": said}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": int(said)}
    return {"type": kind, "value": said}


def option_of(element: Json, key: str) -> Json:
    groups = element.get("option_groups", [element])
    return next(option for group in groups for option in group["options"] if option["value"] == key)


def said_by(state: Json) -> object:
    if state.get("selected_option"):
        return state["selected_option"]["value"]
    if "selected_options" in state:
        return [option["value"] for option in state["selected_options"] or []]
    return state.get("value") or state.get("selected_date") or state.get("selected_user") or ""
