"""Takes people.csv into the directory: all of it, or nothing and a reason for every bad line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from rich.console import Console

from bot.clock import Clock, SystemClock
from bot.settings import Settings
from flows.core.words import Words
from flows.cycle.people.changes import plan_changes
from flows.people.directory import PeopleFile, Problem, read_people
from flows.people.row import PersonRow
from storage.engine import open_store

LONG = 5_000  # people from whom on it takes long enough to say that it works

IMPORTED = Words(
    "{new} new, {changed} changed, {unchanged} as before.",
    "新增 {new} 人，更新 {changed} 人，{unchanged} 人无变化。",
)
LEFT_OUT = Words("{n} bad lines were left out.", "已跳过 {n} 行有问题的内容。")
REFUSED = Words(
    "Nothing was imported: {n} lines are bad. Correct them, or import the {good} good ones with --skip-bad.",
    "没有导入任何人：{n} 行有问题，{good} 行正常。请修改后重试，或用 --skip-bad 只导入正常的行。",
)
NOBODY = Words("Nothing was imported.", "没有导入任何人。")
AT = Words("line {line}: {words}", "第 {line} 行：{words}")

Say = Callable[[str], None]


class BadPeople(Exception):
    """A people.csv has lines that can't be used; the message names each with its reason."""


def sound(raw: bytes, language: str = "en") -> tuple[PersonRow, ...]:
    """The people of a file in which every line is good; raises `BadPeople`."""
    file = read_people(raw)
    if file.problems:
        raise BadPeople("\n".join(_place(problem, language) for problem in file.problems))
    return file.rows


def import_people(
    raw: bytes, settings: Settings, *, skip_bad: bool, say: Say, complain: Say, clock: Clock | None = None
) -> bool:
    """Read and import `raw` in one transaction, in the company's language; whether anything was imported.

    A StorageError says why the database can't be used.
    """
    language = settings.company_language
    file = read_people(raw)
    for problem in file.problems:
        complain(_place(problem, language))
    for note in file.notes:
        say(note.say(language))
    bad = len({problem.line for problem in file.problems})
    if not file.rows or (bad and not skip_bad):
        ending = REFUSED.fill(n=bad, good=len(file.rows)) if file.rows else NOBODY
        complain(ending.say(language))
        return False
    say(_keep(file, settings, clock or SystemClock()).say(language))
    if bad:
        say(LEFT_OUT.fill(n=bad).say(language))
    return True


def _place(problem: Problem, language: str) -> str:
    words = AT.fill(line=problem.line, words=problem.words) if problem.line else problem.words
    return words.say(language)


def _keep(file: PeopleFile, settings: Settings, clock: Clock) -> Words:
    store = open_store(settings.database_url, clock.now)
    try:
        with _waiting(len(file.rows)), store.work() as records:
            result = records.people.apply_import(file.rows)
            plan_changes(records, result.before, clock.now())
    finally:
        store.close()
    return IMPORTED.fill(new=result.new, changed=result.changed, unchanged=result.unchanged)


def _waiting(people: int) -> AbstractContextManager[object]:
    """Something that moves on a terminal while many are written: one transaction has no half-way."""
    if people < LONG:
        return nullcontext()
    return Console(stderr=True).status(f"{people:,} people …")
