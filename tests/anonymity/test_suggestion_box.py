"""Nothing joins a suggestion to its author: not the database's files, the log, a message, an order or a difference."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot import logs
from bot.workspace.sample import PEOPLE_CSV
from flows.coaching.suggestion_records import Remark, Suggestion
from storage.engine import Store, open_store
from tests.messengers.plain import PlainTown
from tests.messengers.slack import SlackTown
from tests.stories.conftest import SUNDAY

AUTHORS = ("lina", "kavya", "arjun")
WEEK = timedelta(days=7)
Rows = set[tuple[str, str]]


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


def planted(author: str) -> str:
    return f"Planted by {author}: the heating in room 7 is broken"


def test_no_byte_of_the_files_and_no_line_of_the_log_has_a_suggestion(tmp_path: Path, log: StringIO) -> None:
    town = SlackTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, running_programme=False)
    try:
        for author in AUTHORS:
            player = town.player(author)
            player.command("/suggest new")
            player.fill(what=planted(author), category="tools", name="without")
            if author == "kavya":
                fails_once(town, player)
            assert player.submit() == {}
            player.close()
        accounts = [town.mention(author) for author in AUTHORS]
        town.to(town.now() + WEEK)
        marta = town.player("marta")
        marta.command("/suggest box")
        marta.touch("Open", beside=planted("lina"))
        marta.touch("Answer")
        marta.fill(what="The plumber comes on Monday")
        assert marta.submit() == {}
        chats = [text for name in (*AUTHORS, "marta") for text in town.player(name).messages()]
        file = next(tmp_path.rglob("perfloop.db"))
        kept = {part.name: part.read_bytes() for part in file.parent.glob("perfloop.db*") if part.is_file()}
        found = rows(file)
    finally:
        town.close()
    assert len([name for name in kept if name.startswith("perfloop.db")]) > 1, "the log of the file as well"
    for secret in (*(planted(author) for author in AUTHORS), "room 7", "plumber"):
        for name, content in kept.items():
            assert secret.encode() not in content, name
        assert secret not in log.getvalue()
        assert not any(secret in text for text in chats)
    assert "request failed" in log.getvalue(), "it was listened to"
    assert not any(account in log.getvalue() for account in accounts)
    assert not [row for row in found if row[0] == "conversation" and "sugg" in row[1]]
    assert len([row for row in found if row[0] == "suggestion"]) == len(AUTHORS)


def fails_once(town: SlackTown, player: Any) -> None:
    """It is sent at a moment at which the bot fails in the middle of it, so that the log has something to say."""

    def rename(before: str, after: str) -> None:
        with town.trial.bot.store.engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")

    town.in_database(lambda: rename("suggestion", "mislaid"))
    assert player.submit() != {}, "the form stays open with what was typed"
    town.in_database(lambda: rename("mislaid", "suggestion"))


def test_a_suggestion_changes_the_database_alike_whoever_makes_it(tmp_path: Path) -> None:
    """What is left of it beside the sealed row is an event's key, which is a digest of what only the messenger knows."""
    sizes: set[int] = set()
    for author in AUTHORS:
        home = tmp_path / author
        home.mkdir()
        town = PlainTown(SUNDAY, PEOPLE_CSV.read_bytes(), home, running_programme=False)
        try:
            player = town.player(author)
            before = rows(home / "plain.db")
            player.command("/suggest new")
            player.fill(what=planted(author), category="tools", name="without")
            assert player.submit() == {}
            after = rows(home / "plain.db")
        finally:
            town.close()
        assert before - after == set(), "nothing that was there has changed"
        new = after - before
        assert {table for table, _ in new} == {"inbound", "suggestion"}
        assert len(new) == len(after) - len(before)
        with closing(sqlite3.connect(home / "plain.db")) as connection:
            sizes |= {size for (size,) in connection.execute("SELECT length(content) FROM suggestion")}
    assert len(sizes) == 1, "of one size, too"


def test_names_and_places_tell_neither_who_nor_when(store: Store) -> None:
    """Two authors' suggestions, in the order of their names in the file: no better than chance, whoever came first."""
    total, right = 400, 0
    with store.work() as records:
        for n in range(total):
            text = f"number {n}"
            records.suggestions.add(1 + n // 200, Suggestion("", (Remark("author", text, date(2026, 3, 2)),)))
        shown = [one.text for one in records.suggestions.everything()]
        assert sorted(shown) == sorted(f"number {n}" for n in range(total))
        right = sum(int(text.split()[1]) // 200 == nth // 200 for nth, text in enumerate(shown))
        assert abs(right - total / 2) < 3 * (total**0.5) / 2 * 2, "half of them, within chance"
        own = records.suggestions.of_author(1)
        assert len(own) == 200
        assert records.suggestions.add(1, own[0]) is None, "one author's places are all taken"


def test_without_its_key_the_box_says_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'box.db'}"
    keys = tmp_path / "keys"
    with closing(open_store(url, lambda: SUNDAY, keys=keys)) as store, store.work() as records:
        records.suggestions.add(7, Suggestion("", (Remark("author", planted("lina"), date(2026, 3, 2)),)))
    (keys / "suggestions.key").rename(tmp_path / "elsewhere")
    with closing(open_store(url, lambda: SUNDAY, keys=keys)) as store, store.work() as records:
        assert not records.suggestions.can_open()
        with pytest.raises(Exception, match="suggestion box can't be opened"):
            records.suggestions.of_author(7)
        with pytest.raises(Exception, match="suggestion box can't be opened"):
            records.suggestions.add(7, Suggestion("", (Remark("author", "x", date(2026, 3, 2)),)))
    (tmp_path / "elsewhere").rename(keys / "suggestions.key")
    with closing(open_store(url, lambda: SUNDAY, keys=keys)) as store, store.work() as records:
        assert [one.text for one in records.suggestions.of_author(7)] == [planted("lina")]
        assert records.suggestions.of_author(8) == []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'box.db'}", lambda: SUNDAY, keys=tmp_path / "keys")
    yield opened
    opened.close()


def rows(database: Path) -> Rows:
    """Every row of every table, as text."""
    found: Rows = set()
    with closing(sqlite3.connect(database)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            asked: Any = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found |= {(table, repr(row)) for row in asked}
    return found
