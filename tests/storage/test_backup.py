"""A backup made under load is whole; one that is not whole, or opened with another key, is refused untouched."""

from __future__ import annotations

import json
import os
import random
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, text, update

from storage.backup import scratch as scratches
from storage.backup.backing_up import KEPT, back_up, prune
from storage.backup.carrying import tallies
from storage.backup.restoring import taken_out
from storage.backup.scratch import NoSpace, need_space
from storage.backup.sealing import About, BadBackup, BadKey, about, new_key
from storage.connect import make_engine
from storage.engine import open_store
from storage.refusals import NewerDatabase, OlderDatabase, StorageError
from storage.tables.audit import AUDIT
from storage.tables.every import METADATA
from storage.tables.messages import INBOUND
from tests.storage.filled import FIRST, fill

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BACKUPS = 20
WRITERS = 3


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "key.txt"


@pytest.fixture
def public(key: Path) -> str:
    return new_key(key)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go, and nothing else is."""
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def filled(database_url: str) -> str:
    """A company of made-up rows, once of each kind."""
    with_rows(database_url)
    return database_url


def with_rows(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        fill(connection, METADATA)
    engine.dispose()


def pair(engine: Engine, who: int, number: int) -> None:
    """One transaction of three parts; a backup has all of them or none."""
    with engine.begin() as connection:
        key = f"{who}/{number}"
        connection.execute(insert(INBOUND).values(key=key, at=FIRST))
        connection.execute(
            insert(AUDIT).values(at=FIRST, action="load", thing=key, detail={"text": key * 50})
        )
        connection.execute(
            update(INBOUND)
            .where(INBOUND.c.key == f"total/{who}")
            .values(at=FIRST + timedelta(seconds=number))
        )


@contextmanager
def load(engine: Engine) -> Iterator[list[int]]:
    """Threads that write as fast as they can; how far each is."""
    stop, written = threading.Event(), [0] * WRITERS
    with engine.begin() as connection:
        for who in range(WRITERS):
            connection.execute(insert(INBOUND).values(key=f"total/{who}", at=FIRST))

    def write(who: int) -> None:
        while not stop.wait(0.02):  # else PostgreSQL writes more than there is time to carry
            pair(engine, who, written[who] + 1)
            written[who] += 1

    threads = [threading.Thread(target=write, args=(who,)) for who in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield written
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_twenty_of_twenty_made_under_load_are_whole(
    filled: str, folder: Path, key: Path, public: str
) -> None:
    engine = make_engine(filled)
    made = []
    with load(engine) as written:
        for number in range(BACKUPS):
            before = list(written)
            file = back_up(filled, folder / f"{number:02}.backup", public, "1", NOW).file
            made.append((file, before, list(written)))
    engine.dispose()
    assert min(written) > 0
    for file, before, after in made:
        with taken_out(file, key, folder) as taken, taken.engine.begin() as copy:
            for who in range(WRITERS):
                (last,) = copy.execute(select(INBOUND.c.at).where(INBOUND.c.key == f"total/{who}")).one()
                number = int((last - FIRST).total_seconds())
                assert before[who] <= number <= after[who] + 1, "what was committed before is there"
                mine = f"{who}/%"
                for column in (INBOUND.c.key, AUDIT.c.thing):
                    count = copy.scalar(
                        select(func.count()).select_from(column.table).where(column.like(mine))
                    )
                    assert count == number, "each transaction as a whole"
    assert {one.name for one in folder.iterdir()} == {file.name for file, *_ in made}


def test_it_holds_what_the_database_holds(filled: str, folder: Path, key: Path, public: str) -> None:
    made = back_up(filled, folder, public, "1.2", NOW)
    engine = make_engine(filled)
    with engine.begin() as connection, taken_out(made.file, key, folder) as taken:
        assert taken.tallies() == tallies(connection)
        assert taken.about == about(made.file) == About(NOW, "1.2", taken.about.revision, (1, 2, 3))
    engine.dispose()


def test_nothing_of_it_can_be_read_without_its_key(filled: str, folder: Path, public: str) -> None:
    file = back_up(filled, folder, public, "1", NOW).file
    content = file.read_bytes()
    for planted in ("person.name", "review.answers", "SQLite format", "CREATE TABLE"):
        assert planted.encode() not in content
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["about.json", "perfloop.db.gz.age"]
        said = json.loads(archive.read("about.json"))
    assert set(said) == {"perfloop", "tables", "moment", "unsealed"}
    if os.name != "nt":
        assert file.stat().st_mode & 0o077 == 0


def test_no_key_of_anonymous_answers_is_in_it(
    sqlite_url: str, tmp_path: Path, folder: Path, public: str
) -> None:
    with closing(open_store(sqlite_url, lambda: NOW)) as store:
        secret = store.keys.create(1)
        file = back_up(sqlite_url, folder, public, "1", NOW).file
    with taken_out(file, tmp_path / "key.txt", folder) as taken, taken.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        assert secret not in raw.serialize()


def test_while_it_is_made_and_read_nothing_plain_has_a_name(
    filled: str, folder: Path, key: Path, public: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.name == "nt":
        pytest.skip("Windows keeps the name of an open file")
    seen: list[str] = []
    begin = scratches._begin

    def look(connection: object) -> None:
        seen.extend(str(path) for path in folder.rglob("*") if path.is_file() and path.suffix == ".db")
        begin(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(scratches, "_begin", look)
    file = back_up(filled, folder, public, "1", NOW).file
    with taken_out(file, key, folder) as taken:
        taken.tallies()
    assert seen == []
    assert list(folder.iterdir()) == [file]


def damaged(content: bytes, seed: int) -> bytes:
    """One bit of it is another."""
    chance = random.Random(seed)
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def test_a_flipped_bit_anywhere_is_noticed_or_changes_nothing(
    sqlite_url: str, folder: Path, key: Path, public: str
) -> None:
    with_rows(sqlite_url)
    whole = back_up(sqlite_url, folder, public, "1", NOW).file
    with taken_out(whole, key, folder) as taken:
        rows = taken.tallies()
    content, bad, refused = whole.read_bytes(), folder / "bad.backup", 0
    for seed in range(150):
        bad.write_bytes(damaged(content, seed))
        try:
            with taken_out(bad, key, folder) as taken:
                assert taken.tallies() == rows
        except (BadBackup, NewerDatabase):
            refused += 1
    assert refused > 140


@pytest.mark.parametrize("part", [0, 1, 0.1, 0.5, 0.9, -1])
def test_one_cut_short_is_refused(sqlite_url: str, folder: Path, key: Path, public: str, part: float) -> None:
    content = back_up(sqlite_url, folder, public, "1", NOW).file.read_bytes()
    cut = folder / "cut.backup"
    cut.write_bytes(content[: int(part) if part in (0, 1, -1) else int(len(content) * part)])
    with (
        pytest.raises(BadBackup, match=r"cut\.backup is damaged, cut short or no backup"),
        taken_out(cut, key, folder),
    ):
        pass


def test_another_key_is_refused(sqlite_url: str, tmp_path: Path, folder: Path, public: str) -> None:
    file = back_up(sqlite_url, folder, public, "1", NOW).file
    new_key(tmp_path / "other.txt")
    with (
        pytest.raises(BadBackup, match="encrypted to another key"),
        taken_out(file, tmp_path / "other.txt", folder),
    ):
        pass


@pytest.mark.parametrize("content", ["", "# a comment\n", "AGE-SECRET-KEY-1NONSENSE\n", "age1whatever\n"])
def test_what_is_no_key_is_named(
    sqlite_url: str, tmp_path: Path, folder: Path, public: str, content: str
) -> None:
    file = back_up(sqlite_url, folder, public, "1", NOW).file
    (tmp_path / "no.txt").write_text(content)
    with (
        pytest.raises(BadKey, match=r"no\.txt holds no age key"),
        taken_out(file, tmp_path / "no.txt", folder),
    ):
        pass
    with pytest.raises(BadKey, match="must begin with age1"):
        back_up(sqlite_url, folder / "other.backup", "age1whatever", "1", NOW)


def test_a_newer_releases_backup_is_refused(sqlite_url: str, folder: Path, key: Path, public: str) -> None:
    file = back_up(sqlite_url, folder, public, "9.9", NOW).file
    newer = folder / "newer.backup"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(newer, "w") as new:
        said = json.loads(old.read("about.json")) | {"tables": "9999"}
        new.writestr("about.json", json.dumps(said))
        new.writestr("perfloop.db.gz.age", old.read("perfloop.db.gz.age"))
    with (
        pytest.raises(NewerDatabase, match=r"made by perfloop 9\.9, which is newer"),
        taken_out(newer, key, folder),
    ):
        pass


@pytest.mark.parametrize(
    ("revision", "error"), [("0001", OlderDatabase), ("9999", NewerDatabase)], ids=["older", "newer"]
)
def test_another_releases_database_is_not_backed_up(
    sqlite_url: str, folder: Path, public: str, revision: str, error: type[StorageError]
) -> None:
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
    engine.dispose()
    with pytest.raises(error):
        back_up(sqlite_url, folder, public, "1", NOW)
    assert list(folder.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(sqlite_url: str, folder: Path, public: str) -> None:
    (folder / "mine.backup").write_text("mine")
    with pytest.raises(StorageError, match="is there already"):
        back_up(sqlite_url, folder / "mine.backup", public, "1", NOW)
    with pytest.raises(StorageError, match="does not exist"):
        back_up(sqlite_url, folder / "no" / "such.backup", public, "1", NOW)
    assert (folder / "mine.backup").read_text() == "mine"


def test_without_room_nothing_is_begun(folder: Path) -> None:
    with pytest.raises(NoSpace, match=r"MB left, and about .* MB are needed\. Nothing was changed"):
        need_space(folder, 1 << 60)


def test_two_weeks_later_those_with_answers_that_become_anonymous_are_deleted(
    sqlite_url: str, tmp_path: Path, folder: Path, public: str
) -> None:
    harmless = back_up(
        sqlite_url, folder / "harmless.backup", public, "1", NOW - 365 * timedelta(days=1)
    ).file
    with_rows(sqlite_url)
    old = back_up(sqlite_url, folder / "old.backup", public, "1", NOW - KEPT).file
    young = back_up(sqlite_url, folder / "young.backup", public, "1", NOW - KEPT + timedelta(seconds=1)).file
    torn = folder / "torn.backup"
    torn.write_bytes(b"?")
    assert prune(folder, NOW) == ([old], [torn])
    assert set(folder.iterdir()) == {harmless, young, torn}
    assert prune(folder, NOW) == ([], [torn])
