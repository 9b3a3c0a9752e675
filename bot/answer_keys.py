"""The keys of anonymous answers for whoever runs the bot: whether they are well, and what to do when one is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.clock import SystemClock
from bot.findings import Finding
from bot.settings import Settings
from flows.core.words import Words, count
from flows.cycle.records import Cycle
from flows.reviews.sealing import ask_again
from storage.connect import file_of
from storage.engine import Store, open_store

TRIAL = ".perfloop"  # the folder in which `perfloop try` keeps its made-up people

WELL = Words(
    "The key of “{name}” is there and opens its answers, so nothing has to be forgotten. Nothing was changed.",
    "“{name}”的密钥完好，可以打开其中的回答，无需清除，未做任何更改。",
)
UNKNOWN = Words(
    "There is no cycle {number}. Nothing was changed.", "没有编号为 {number} 的周期，未做任何更改。"
)


def examine_keys(settings: Settings, now: Callable[[], datetime]) -> Iterator[Finding]:
    """Whether every key is there, opens what is kept, and is for the bot alone. Changes nothing."""
    with closing(open_store(settings.database_url, now, read_only=True, keys=settings.keys)) as store:
        lost = missing(store)
        for cycle in lost:
            what = f"keys: the anonymous answers of “{cycle.name}” can't be opened"
            yield Finding("fail", what, remedy(store, cycle))
        if not opens_box(store):
            yield Finding(
                "fail", "keys: the suggestion box can't be opened", BOX.format(folder=store.keys.folder)
            )
        for path in store.keys.open_to_others():
            mode = 700 if path == store.keys.folder else 600
            yield Finding("fail", f"keys: others can read {path}", f"chmod {mode} {path}")
        if store.keys.folder and beside_database(settings, store.keys.folder):
            what = f"keys: {store.keys.folder} lies beside the database, and whoever copies both can read the answers"
            yield Finding("warn", what, ELSEWHERE)
        if not lost:
            number = len(store.keys.cycles())
            yield Finding("ok", f"keys: {number} in {store.keys.folder or 'memory'}")


ELSEWHERE = (
    "Set PERFLOOP_KEYS to a folder that no backup holds, on another disk if you can, and move the keys there."
)


BOX = (
    "Put the file suggestions.key back into {folder}, or set PERFLOOP_KEYS to the folder that has it. If it is lost for "
    "good, nobody can read what is in the box any more."
)


def opens_box(store: Store) -> bool:
    """Whether the suggestion box opens, or is empty."""
    with store.work() as records:
        return records.suggestions.can_open()


def beside_database(settings: Settings, folder: Path) -> bool:
    """Whether the keys are kept in the folder of the SQLite file, or below; the trial's people are made up."""
    file = file_of(settings.database_url)
    if file is None or file.parent.name == TRIAL:
        return False
    return file.parent.resolve() in folder.resolve().parents


def missing(store: Store) -> list[Cycle]:
    """The cycles with answers that no key opens."""
    with store.work() as records:
        return [cycle for cycle in records.cycles.all() if not records.pens.can_open(cycle.id)]


def remedy(store: Store, cycle: Cycle) -> str:
    return (
        f"Put the file {cycle.id}.key back into {store.keys.folder}, or set PERFLOOP_KEYS to the folder that has it. "
        f"If it is lost for good, `perfloop ask-again {cycle.id}` forgets these answers and asks for them again."
    )


def forget_and_ask(number: int, settings: Settings, say: Callable[[str], None]) -> bool:
    """Forget the answers whose key is lost and ask their authors again; refuses while the key opens them."""
    clock, language = SystemClock(), settings.company_language
    with closing(open_store(settings.database_url, clock.now, keys=settings.keys)) as store:
        with store.work() as records:
            cycle = records.cycles.get(number)
            if cycle is None or records.pens.can_open(number):
                words = WELL.fill(name=cycle.name) if cycle else UNKNOWN.fill(number=number)
                say(words.say(language))
                return False
            asked = ask_again(records, cycle, clock.now())
        store.keys.destroy(number)  # one that does not fit, if there is any
    words = count(
        asked,
        "{n} review is asked for again.",
        "{n} reviews are asked for again.",
        "已重新邀请填写 {n} 份评估。",
    )
    say(words.say(language))
    return True
