"""Somebody drops files into the chat with the bot: HR's are fetched and read, and what they hold is offered for import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.core.catalog import letter
from flows.core.file_orders import FileOrder, SentFile
from flows.core.owed import Message
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Letter, Line
from flows.core.words import Words, count, join, same
from flows.goals.importing.dropped import Dropped, ImportRecords, Table
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.plans.training_columns import is_of_trainings

READING = "dropped-sheet"  # the kind of the order that fetches and reads a file
MOST_BYTES = 10_000_000
MOST_FILES = 5
LONGEST_NAME = 100

NOT_FOR_YOU = Words(
    "Thanks, but I can't do anything with files from you: HR imports goals and values this way. "
    "Your own goals are at /goal, and what has moved at /goal update.",
    "谢谢，不过我处理不了你发来的文件：只有 HR 用这种方式导入目标和数据。你的目标请看 /goal，更新进展请用 /goal update。",
)
TOO_LARGE = Words(
    "{name} is larger than {most} MB. Please split it into several files.",
    "{name} 超过 {most} MB，请拆成多个文件。",
)
TOO_MANY = Words("Please drop at most {most} files at a time.", "一次最多发送 {most} 个文件。")
READS = Words(
    "Reading {names}. I'll say in a moment what is in it; nothing is imported before you say so.",
    "正在读取{names}，马上告诉你结果。在你确认之前不会导入任何内容。",
)
LOOK = Words("Look and import", "查看并导入")
READ = Words("A file has been read", "文件已读取")
NOT_READ = Words("A file could not be read", "文件未能读取")
DONE = Words("“{name}” is imported.", "“{name}”已导入。")
GOING_ON = Words(
    "“{name}” is being imported; this takes some minutes, and this chat says when it is done.",
    "正在导入“{name}”，需要几分钟，完成后会在这里告诉你。",
)
GONE = Words("What was read of a file is kept for a day; this one is gone. Please drop it again.",
             "文件内容只保留一天，这份已删除。请重新发送。")  # fmt: skip


def take_files(records: ImportRecords, actor: Person, files: Sequence[SentFile], now: datetime) -> Words:
    """Order that each is fetched and read, for who may import; refuses in words what can't be read anyway."""
    if not may(actor, "do", Thing("goals_import"), now):
        raise Refusal(NOT_FOR_YOU)
    if len(files) > MOST_FILES:
        raise Refusal(TOO_MANY, most=MOST_FILES)
    for file in files:
        if file.size > MOST_BYTES:
            raise Refusal(TOO_LARGE, name=named(file), most=MOST_BYTES // 1_000_000)
    for file in files:
        dropped = records.dropped.add(actor.id, named(file), now)
        about = {"dropped": dropped.id, "file": file.id, "url": file.url}
        records.file_orders.ask(READING, actor.id, about, now)
    return READS.fill(names=join(Words("“{n}”", "“{n}”").fill(n=named(file)) for file in files))


def named(file: SentFile) -> str:
    """How the file is called, on one line and not too long."""
    return " ".join(file.name.split())[:LONGEST_NAME] or "–"


def has_read(
    records: ImportRecords, order: FileOrder, table: Table | None, problem: Words | None, now: datetime
) -> None:
    """Keep what was read, or why nothing was, and say so; once."""
    dropped = records.dropped.lock(int(order.about["dropped"]))
    if dropped is None or dropped.state != "asked":
        return
    state = replace(dropped, state="unreadable" if table is None else "read", content=table, problem=problem)
    records.dropped.save(state)
    about = {"dropped": dropped.id}
    records.messages.write(Message(_key(dropped), "sheet.read", about, now, dropped.person, urgency=0))


def is_importing(records: ImportRecords, dropped: Dropped, outcome: Mapping[str, Any]) -> None:
    """Keep how much of a large sheet is imported so far; the chat says that it goes on."""
    records.dropped.save(replace(dropped, state="importing", outcome=dict(outcome)))
    if dropped.state != "importing":
        _refresh(records, dropped)


def was_imported(records: ImportRecords, dropped: Dropped, outcome: Mapping[str, Any]) -> None:
    """Keep that it is imported, forget what it held, and change what the chat says."""
    records.dropped.save(replace(dropped, state="imported", content=None, outcome=dict(outcome)))
    _refresh(records, dropped)


def _refresh(records: ImportRecords, dropped: Dropped) -> None:
    written = records.messages.by_key(_key(dropped))
    records.messages.refresh([written.id] if written else [])


@letter("sheet.read")
def sheet_letter(records: ImportRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """How many lines were read, or why none; never what stands in them."""
    dropped = records.dropped.get(int(about["dropped"]))
    if dropped is None:
        return Letter(READ, (Line(GONE),)) if about.get("sent") else None
    name = Words("“{name}”: ", "“{name}”：").fill(name=dropped.name)
    if dropped.state in ("imported", "importing"):
        words = DONE if dropped.state == "imported" else GOING_ON
        return Letter(READ, (Line(words.fill(name=dropped.name)),))
    if dropped.content is None:
        return Letter(NOT_READ, (Line(name + (dropped.problem or same("–"))),))
    lines = count(len(dropped.content.rows), "{n} line.", "{n} lines.", "共 {n} 行。")
    look = "training-import" if is_of_trainings(dropped.content.header) else "goal-import"
    button = Button(LOOK, Act("see", (look, str(dropped.id))), "primary")
    return Letter(READ, (Line(name + lines), Buttons((button,))))


def _key(dropped: Dropped) -> str:
    return f"sheet/{dropped.id}/{dropped.at.isoformat()}"
