"""`perfloop rehearse`: plays a cycle through at the terminal, with a progress bar and the files in a folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.build import catalog
from bot.clock import Clock, SystemClock
from bot.files import NoSuchCycle
from bot.rehearsal import Played, play
from bot.rehearsal_report import files_of, sees
from bot.settings import Settings
from flows.core.moments import day_and_time
from flows.core.words import Words
from flows.cycle.kept import Cycle
from flows.cycle.rehearsals.figures import contents, in_words
from flows.cycle.rehearsals.words import said
from flows.people.person import Person
from storage.engine import Store, open_store
from storage.work import Work

NONE = Words("There is no cycle “{name}”. There are: {names}.", "没有名为“{name}”的周期。现有周期：{names}。")
NO_CYCLES = Words(
    "There is no cycle yet. HR sets one up with /cycle new.", "还没有周期。HR 可用 /cycle new 创建。"
)
STARTED = Words(
    "“{name}” is {state}: only a draft can be rehearsed.", "“{name}”的状态是 {state}：只有草稿可以演练。"
)
DRAFTS = ("draft", "rehearsed")
Say = Callable[[str], None]


def rehearse(
    named: str, settings: Settings, *, people: int, out: Path | None, say: Say, clock: Clock | None = None
) -> bool:
    """Play the cycle of that number or name and tell what was found; whether it could be launched.

    The database is read and not changed: a cycle becomes launchable by a rehearsal in the chat. `people` is for how
    many of the busiest the timeline is told; with `out` the pictures and the sheet are written there. Names are those
    that the cycle's owner may see. Raises NoSuchCycle or a StorageError.
    """
    clock = clock or SystemClock()
    now, language = clock.now(), settings.company_language
    whole, _ = catalog()
    with closing(open_store(settings.database_url, clock.now, read_only=True)) as source:
        cycle, owner = _find(source, named, language)
        with Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(), transient=True,
        ) as bar:  # fmt: skip
            task = bar.add_task(cycle.name, total=100)
            played = play(
                source, cycle.id, now, whole, settings.posts_per_minute,
                lambda percent: bar.update(task, completed=percent),
            )  # fmt: skip
    if played is None:
        raise NoSuchCycle(NONE.fill(name=named, names="–").say(language))
    _tell(played, owner, people, language, say)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for file in files_of(played, owner):
            (out / file.name).write_bytes(file.content)
            say(str(out / file.name))
    return not played.found.is_blocked


def _find(source: Store, named: str, language: str) -> tuple[Cycle, Person]:
    with source.work() as records:
        cycles = records.cycles.all()
        found = next(
            (one for one in cycles if named in (str(one.id), one.name)), None
        ) or next((one for one in cycles if one.name.casefold() == named.casefold()), None)  # fmt: skip
        if found is None:
            names = ", ".join(f"{one.id} ({one.name})" for one in cycles[:10])
            words = NONE.fill(name=named, names=names) if cycles else NO_CYCLES
            raise NoSuchCycle(words.say(language))
        if found.state not in DRAFTS:
            raise NoSuchCycle(STARTED.fill(name=found.name, state=found.state).say(language))
        return found, _owner(records, found)


def _owner(records: Work, cycle: Cycle) -> Person:
    (owner,) = records.people.many([cycle.owner])  # a foreign key holds it
    return owner


def _tell(played: Played, owner: Person, people: int, language: str, say: Say) -> None:
    found = played.found
    say(in_words(found).say(language))
    for busy in [one for one in found.busiest if one.person in played.people][: max(0, people)]:
        person = played.people[busy.person]
        if not sees(owner, person):
            continue
        say(f"\n{person.name}: {busy.messages}")
        for told in played.timelines[person.id]:
            when = day_and_time(told.at, person.zone).say(language)
            say(f"  {when} · {contents(told, played.cycle).say(language)}")
    for problem in found.problems:
        wrong, remedy = said(problem, played.cycle)
        say(f"\n{'!' if problem.blocking else '-'} {wrong.say(language)}\n  → {remedy.say(language)}")
