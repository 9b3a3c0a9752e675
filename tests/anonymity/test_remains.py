"""After the seal nothing joins a text to its author: not the database's files, the keys, the log, messages or a backup."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot import logs
from bot.workspace.sample import PEOPLE_CSV
from storage.engine import open_store
from storage.keys import KeyMissing
from tests.messengers.slack import SlackTown
from tests.stories.conftest import SUNDAY
from tests.stories.quarter import go
from tests.stories.releasing import OVER, RELEASED, launched, person, rate, release
from tests.stories.reviewing import write

SHOWN, HIDDEN = ("wangqiang", "zhangmin", "jonas"), ("arjun", "lena")
PERSONAL = (
    "task", "message", "conversation", "nomination", "notice", "audit", "pen", "comment_flag", "review",
)  # fmt: skip
OF_A_DAY = ("id", "seq", "key", "day", "due_at", "sending_since", "sent_at", "channel", "ts")
SILENT = "zhaolei"  # was asked about both and wrote about nobody


@dataclass
class Remains:
    """What is left after the seal: the bot's files as they are, the log, a backup from before, and what is read in
    the messenger, once all was `closed` and at the end.
    """

    files: dict[str, bytes]
    log: str
    backup: Path
    closed: dict[str, list[str]]
    chats: dict[str, list[str]]
    people: dict[str, int]


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Everything that the bot and its libraries say, at its most talkative."""
    root, stream = logging.getLogger(), StringIO()
    before, level = root.handlers[:], root.level
    logs.set_up("debug", stream=stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


def text(about: str, author: str) -> str:
    return f"Planted-{about}-by-{author}"


@pytest.fixture
def remains(tmp_path: Path, log: StringIO) -> Iterator[Remains]:
    """A whole cycle over the messenger, from the first word to the scrub."""
    town = SlackTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, running_programme=False)
    try:
        cycle = launched(town, RELEASED, lina=(*SHOWN, SILENT), kavya=(*HIDDEN, SILENT))
        fails_once(town, "zhangmin", "李娜", keep=text("lina", "zhangmin"))
        for about, name, authors in (("lina", "李娜", SHOWN), ("kavya", "Kavya Iyer", HIDDEN)):
            for author in authors:
                write(town.player(author), name, helps="2", keep=text(about, author))
        rate(town, cycle)
        go(town, OVER)
        file = next(tmp_path.rglob("perfloop.db"))
        backup = tmp_path / "backup.db"
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as target:
            source.backup(target)
        names = (*SHOWN, *HIDDEN, SILENT, "lina", "kavya")
        closed = {name: town.player(name).messages() for name in names}
        release(town)
        people = {name: person(town, name).id for name in names}
        files = {part.name: part.read_bytes() for part in file.parent.glob("perfloop.db*") if part.is_file()}
        files |= {part.name: part.read_bytes() for part in (file.parent / "perfloop.db.keys").iterdir()}
        chats = {name: town.player(name).messages() for name in names}
        yield Remains(files, log.getvalue(), backup, closed, chats, people)
    finally:
        town.close()


def fails_once(town: SlackTown, author: str, name: str, **answers: object) -> None:
    """Somebody sends at a moment at which the bot fails in the middle of it, so that the log has something to say."""

    def rename(before: str, after: str) -> None:
        with town.trial.bot.store.engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")

    player = town.player(author)
    player.command("/review")
    player.touch("填写", beside=name)
    player.fill(helps="2", **answers)
    town.in_database(lambda: rename("pen", "mislaid"))
    player.submit()
    town.in_database(lambda: rename("mislaid", "pen"))
    player.close()


def rows(database: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
                yield table, dict(row)


def test_nothing_joins_a_text_to_its_author(remains: Remains, tmp_path: Path) -> None:
    planted = [text("lina", author) for author in SHOWN]
    gone = [text("kavya", author) for author in HIDDEN]
    assert set(remains.files) >= {"perfloop.db"}
    assert not [name for name in remains.files if name.endswith(".key")], "the key is destroyed"
    for name, content in remains.files.items():
        assert not [word for word in gone if word.encode() in content], name
    assert all(word.encode() in remains.files["perfloop.db"] for word in planted), "the search would find it"
    assert remains.files.get("perfloop.db-wal", b"") == b"" or not any(
        word.encode() in remains.files["perfloop.db-wal"] for word in planted
    )
    assert "Planted" not in remains.log
    assert "Planted" not in str(remains.chats)
    assert "request failed" in remains.log, "there is a log to be searched"

    after = tmp_path / "after.db"
    after.write_bytes(remains.files["perfloop.db"])
    holding = [(table, row) for table, row in rows(after) if "Planted" in json.dumps(row, default=str)]
    assert {table for table, _ in holding} == {"sealed_answer"}
    for _, row in holding:
        assert set(row) == {"id", "cycle", "about", "phase", "kind", "question", "answer"}
        assert row["about"] == remains.people["lina"]


def test_whoever_wrote_leaves_the_same_rows_as_whoever_did_not(remains: Remains, tmp_path: Path) -> None:
    after = tmp_path / "after.db"
    after.write_bytes(remains.files["perfloop.db"])
    kept: dict[int, list[tuple[str, str]]] = {person: [] for person in remains.people.values()}
    for table, row in rows(after):
        if table in PERSONAL:
            for person, theirs in kept.items():
                whose = [row.get(name) for name in ("person", "owner", "reviewer", "author", "actor")]
                if person in whose and row.get("kind") not in ("view", "peer_nomination"):
                    theirs.append((table, alike(row, person)))
    wrote, silent = remains.people["zhangmin"], remains.people[SILENT]
    about_lina = [row for row in kept[wrote] if f'"about": {remains.people["lina"]}' in row[1]]
    silent_too = [row for row in kept[silent] if f'"about": {remains.people["lina"]}' in row[1]]
    assert sorted(about_lina) == sorted(silent_too)
    assert {table for table, _ in about_lina} == {"task", "nomination"}
    assert not [row for row in kept[wrote] if row[0] in ("conversation", "pen", "review")]
    digests, others = (
        {row for table, row in kept[person] if table == "message" and '"kind": "digest"' in row}
        for person in (wrote, silent)
    )
    assert digests == others != set(), "whoever was reminded more often got more of them, each like the first"


def test_no_message_holds_an_anonymous_task_any_more(remains: Remains, tmp_path: Path) -> None:
    after = tmp_path / "after.db"
    after.write_bytes(remains.files["perfloop.db"])
    tables = list(rows(after))
    sealed = {row["id"] for table, row in tables if table == "task" and row["why"] == "sealed"}
    assert len(sealed) == 7
    told = [
        json.loads(row["about"]) for table, row in tables if table == "message" and row["kind"] == "digest"
    ]
    held = {number for about in told for number, _ in about["tasks"]}
    assert held, "others are still there"
    assert not sealed & held
    assert not [about for about in told if sealed & {*about.get("again", ()), *about.get("moved", ())}]


def test_in_the_chat_an_author_s_request_reads_like_a_silent_one_s(remains: Remains) -> None:
    """From the closing on, and after the seal; by how many messages there are one can see who was reminded."""
    for chats in (remains.closed, remains.chats):
        wrote, silent = (
            {text for text in chats[name] if "同事评估 · Q1" in text} for name in ("zhangmin", SILENT)
        )
        assert wrote == silent == {"同事评估 · Q1：已关闭。"}


def alike(row: dict[str, Any], person: int) -> str:
    """A row without its number and without whose it is; a message without its day, too."""
    if row.get("kind") == "digest":
        row = {**{name: value for name, value in row.items() if name not in OF_A_DAY}, "addressee": ""}
        row["about"] = json.dumps({**json.loads(row["about"]), "person": "them"})
    kept = {name: ("them" if value == person and name != "about" else value) for name, value in row.items()}
    return json.dumps({**kept, "id": 0}, default=str, sort_keys=True)


def test_a_backup_from_before_the_seal_does_not_open_any_more(remains: Remains) -> None:
    assert b"Planted" not in remains.backup.read_bytes()
    with closing(open_store(f"sqlite:///{remains.backup}", lambda: OVER, read_only=True)) as store:
        for name in ("lina", "kavya"):
            with store.work() as records, pytest.raises(KeyMissing):
                records.pens.about(1, "peers", remains.people[name])
        with store.work() as records, pytest.raises(KeyMissing):
            records.conversations.find(
                "review", remains.people["zhangmin"], f"1/peers/{remains.people['lina']}"
            )
    pens = [row for table, row in rows(remains.backup) if table == "pen"]
    assert len(pens) == len(SHOWN) + len(HIDDEN)
    assert not [row for row in pens for person in remains.people.values() if str(person) == row["id"]]
