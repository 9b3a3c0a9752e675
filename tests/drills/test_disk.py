"""A disk that is full, may only be read, or has spoilt a page: one line says so, nothing is lost, the file stays as it is."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.__main__ import in_words
from bot.bench.faults_disk import FULL, READ_ONLY, damaged, damaged_while_running, kept_from_writing
from bot.bench.faults_found import Found
from bot.bench.staff import NOON
from bot.troubles import until_stopped
from storage.engine import open_store
from storage.refusals import Damaged
from storage.trouble import DAMAGED

NOBODY = 65534


def stands(found: Found) -> None:
    assert found.wrong == ()
    assert (found.lost, found.twice, found.stuck) == (0, 0, 0)
    assert found.recovered


@pytest.mark.parametrize("pragmas", [FULL, READ_ONLY], ids=["full", "read-only"])
def test_what_could_not_be_kept_is_told_and_taken_when_there_is_room_again(
    pragmas: tuple[str, str], tmp_path: Path
) -> None:
    found = asyncio.run(kept_from_writing(tmp_path, "", pragmas))
    stands(found)
    assert found.said == 1
    assert found.tries >= found.times, "each was told at least once"
    assert found.lines == found.said + found.tries + 1, (
        "one for each reference that was given, and that it is over"
    )


def test_on_a_damaged_page_it_does_not_start_and_the_file_stays_as_it_is(tmp_path: Path) -> None:
    stands(damaged(tmp_path))


def test_damaged_while_it_runs_it_ends_with_a_sentence_and_does_not_start_again(tmp_path: Path) -> None:
    found = asyncio.run(damaged_while_running(tmp_path))
    stands(found)
    assert found.said == 1


def opened_as_nobody(url: str) -> str:
    """What the bot says to a database that it opens as a user without rights; "" where it was opened."""
    open_store(
        "sqlite://", lambda: NOON
    ).close()  # what is loaded only when it is needed could not be read later
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=open_as_nobody, args=(url, theirs))
    child.start()
    child.join(30)
    return str(ours.recv())


def open_as_nobody(url: str, pipe: Connection) -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    try:
        open_store(url, lambda: NOON).close()
        pipe.send("")
    except Exception as error:
        pipe.send(in_words(error))


@pytest.mark.parametrize("open_folder", [False, True], ids=["folder", "file"])
def test_where_it_may_not_write_it_ends_with_one_line(migrated_file: Path, open_folder: bool) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can open a file as somebody without rights")
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        Path(folder).chmod(0o777 if open_folder else 0o755)
        file = Path(shutil.copy(migrated_file, Path(folder) / "perfloop.db"))
        file.chmod(0o444)
        before = file.read_bytes()
        said = opened_as_nobody(f"sqlite:///{file}")
        assert len(said.splitlines()) == 1
        assert "perfloop.db" in said
        assert "denied" in said or "written" in said or "readonly" in said
        assert file.read_bytes() == before


def test_the_verdict_ends_the_bot_with_its_sentence() -> None:
    async def story() -> None:
        stopping, verdict = asyncio.Event(), asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(verdict.set_result, DAMAGED.words)
        await until_stopped(stopping, verdict)

    with pytest.raises(Damaged) as ended:
        asyncio.run(story())
    assert in_words(ended.value) == DAMAGED.words


def test_asked_to_stop_it_ends_without_a_word() -> None:
    async def story() -> None:
        stopping = asyncio.Event()
        asyncio.get_running_loop().call_soon(stopping.set)
        await until_stopped(stopping, asyncio.get_running_loop().create_future())

    asyncio.run(story())
