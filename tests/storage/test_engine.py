"""Opening a database: one process per file, transactions that are whole, errors that say nothing private."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from storage.columns import keepable, to_json
from storage.engine import Store, file_of, open_store
from storage.refusals import DatabaseInUse, NotADatabase, StorageError

OPEN = """
import sys
from datetime import UTC, datetime
from storage.engine import open_store
from storage.refusals import DatabaseInUse
try:
    store = open_store(sys.argv[1], lambda: datetime(2026, 1, 1, tzinfo=UTC))
except DatabaseInUse as refusal:
    print(refusal)
else:
    print("open", flush=True)
    sys.stdin.read()
"""


def another(url: str) -> subprocess.Popen[str]:
    """Another process that opens the database, and keeps it open until its input ends."""
    command = [sys.executable, "-c", OPEN, url]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_second_process_is_refused_in_a_sentence(sqlite_url: str, now) -> None:
    with another(sqlite_url) as first:
        assert first.stdout.readline() == "open\n"
        with pytest.raises(DatabaseInUse, match=f"Another process \\({first.pid}\\) is using .*perfloop.db"):
            open_store(sqlite_url, lambda: now)
        first.kill()
    open_store(sqlite_url, lambda: now).close()  # a killed process holds nothing


def test_a_closed_database_can_be_opened_again(sqlite_url: str, now) -> None:
    for _ in range(2):
        open_store(sqlite_url, lambda: now).close()


def test_a_refused_file_is_let_go(tmp_path: Path, now) -> None:
    file = tmp_path / "perfloop.db"
    file.write_bytes(b"this is not a database, however long one looks at it")
    for _ in range(2):
        with pytest.raises(NotADatabase):
            open_store(f"sqlite:///{file}", lambda: now)


def test_a_process_may_look_at_what_another_has_open_and_change_nothing(sqlite_url: str, now) -> None:
    store = open_store(sqlite_url, lambda: now)
    with store.work() as records:
        records.first_time("event", now)
    beside = open_store(sqlite_url, lambda: now, read_only=True)
    with beside.work() as records:
        assert records.outbox.counts()["waiting"] == 0
    with pytest.raises(OperationalError, match="readonly"), beside.work() as records:
        records.first_time("other", now)
    beside.close()
    store.close()


def test_looking_at_a_postgresql_changes_nothing(postgresql_url: str, now) -> None:
    beside = open_store(postgresql_url, lambda: now, read_only=True)
    with pytest.raises(SQLAlchemyError, match="read-only"), beside.work() as records:
        records.first_time("other", now)
    beside.close()


def test_looking_at_nothing_makes_no_file(tmp_path: Path, now) -> None:
    file = tmp_path / "perfloop.db"
    with pytest.raises(NotADatabase, match="no perfloop database"):
        open_store(f"sqlite:///{file}", lambda: now, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_memory_needs_no_file(now) -> None:
    store = open_store("sqlite://", lambda: now)
    with store.work() as records:
        assert records.first_time("event", now)
    with store.work() as records:
        assert not records.first_time("event", now)
    assert file_of("sqlite://") is None
    store.close()


def test_sqlite_is_set_up_to_keep_what_it_acknowledges(sqlite_url: str, now) -> None:
    store = open_store(sqlite_url, lambda: now)
    with store.engine.connect() as connection:
        said = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert said == ["wal", 2, 1]
    assert store.threads == 1
    store.close()


def test_postgresql_is_asked_by_eight_at_once(postgresql_url: str, now) -> None:
    store = open_store(postgresql_url, lambda: now)
    assert store.threads == store.engine.pool.size() == 8
    store.close()


def test_what_a_transaction_did_is_undone_as_a_whole(store: Store, hire, now) -> None:
    ann = hire("Ann")
    with suppress(ZeroDivisionError), store.work() as records:
        records.goals.add(ann.id, "Sell more")
        records.conversations.start("praise", ann.id, "")
        records.first_time("event", now)
        raise ZeroDivisionError
    with store.work() as records:
        assert records.goals.of_person(ann.id) == []
        assert records.conversations.find("praise", ann.id, "") is None
        assert records.first_time("event", now)


def test_a_link_to_nobody_is_refused(store: Store) -> None:
    with pytest.raises(SQLAlchemyError, match=r"(?i)foreign key"), store.work() as records:
        records.goals.add(999, "Sell more")


def test_an_error_does_not_print_what_was_written(store: Store) -> None:
    with pytest.raises(SQLAlchemyError) as error, store.work() as records:
        records.goals.add(999, "a very private goal")
    assert "very private" not in str(error.value)


def test_many_threads_count_every_event_once(store: Store, now) -> None:
    def first(number: int) -> bool:
        with store.work() as records:
            return records.first_time(f"event/{number % 10}", now)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(first, range(80))).count(True) == 10


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain", "plain"), ("中文 🎉", "中文 🎉"), ("a\0b", "a\ufffdb"), ("中\ud800文", "中\ufffd文"),
        ("\ud83d\ude00", "😀"), ("\ude00\ud83d", "\ufffd\ufffd"), ("", ""),
    ],
)  # fmt: skip
def test_any_text_can_be_kept(text: str, kept: str) -> None:
    assert keepable(text) == kept


def test_json_is_compact_and_readable() -> None:
    assert to_json({"答": [1, None, "好"]}) == '{"答":[1,null,"好"]}'
    with pytest.raises(TypeError, match="set is not JSON"):
        to_json({"a": {1}})


def test_every_refusal_is_one_of_the_storage() -> None:
    assert issubclass(DatabaseInUse, StorageError)
    assert issubclass(NotADatabase, StorageError)
