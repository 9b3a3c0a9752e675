"""Templates are checked, kept, listed and shown by command, and read from a folder at the start."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from bot.build import running
from bot.clock import SystemClock
from bot.settings import Settings
from bot.templates import take_in
from flows.cycle.template import Template
from flows.cycle.templates.file import built_in_texts, read_template
from storage.engine import Store, open_store
from tests.bot.conftest import CommandLine

NOW = datetime(2026, 3, 2, tzinfo=UTC)
OWN = """\
name: ours
title: { en: Our own, zh: 我们的 }
period: month
phases:
  - { name: only, title: { en: Only, zh: 唯一 }, starts: 0, days: 1 }
"""
BAD = OWN.replace("days: 1", "days: none").replace("month", "moon")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'perfloop.db'}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "templates"
    made.mkdir()
    return made


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    structlog.reset_defaults()
    with closing(open_store(url, lambda: NOW)) as store:
        yield store


def kept(url: str, name: str) -> Template | None:
    with closing(open_store(url, lambda: NOW)) as store, store.work() as records:
        return records.templates.get(name)


def test_a_sound_template_is_said_to_be_so(perfloop: CommandLine, file: Path, url: str) -> None:
    file.write_text(OWN, "utf-8")
    ended = perfloop("template", "check", file, PERFLOOP_DATABASE_URL=url)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "ours is sound: 1 phase, 0 reviews, 0 questions.\n"
    assert not Path(url.removeprefix("sqlite:///")).exists()


@pytest.mark.parametrize("command", ["check", "add"])
def test_every_problem_has_its_line_and_nothing_is_kept(
    perfloop: CommandLine, file: Path, url: str, command: str
) -> None:
    file.write_text(BAD, "utf-8")
    ended = perfloop("template", command, file, PERFLOOP_DATABASE_URL=url)
    assert (ended.code, ended.out) == (1, "")
    first, second = ended.err.splitlines()
    assert first.startswith("line 3: `moon` is not known here: did you mean `month`?")
    assert second.startswith("line 5: `days` must be a whole number")
    assert kept(url, "ours") is None


def test_a_company_that_speaks_chinese_is_answered_in_it(perfloop: CommandLine, file: Path) -> None:
    file.write_text(BAD, "utf-8")
    ended = perfloop("template", "check", file, PERFLOOP_COMPANY_LANGUAGE="zh")
    assert ended.err.startswith("第 3 行：无法识别 `moon`")


def test_a_file_in_another_encoding_is_named(perfloop: CommandLine, file: Path) -> None:
    file.write_bytes(OWN.encode("gbk"))
    ended = perfloop("template", "check", file)
    assert ended.err == "line 2: The file is not in UTF-8: save it in that encoding.\n"


def test_a_file_with_a_byte_order_mark_is_read(perfloop: CommandLine, file: Path) -> None:
    file.write_text(OWN, "utf-8-sig")
    assert perfloop("template", "check", file).code == 0


def test_a_template_is_kept_and_replaced(perfloop: CommandLine, file: Path, url: str) -> None:
    file.write_text(OWN, "utf-8")
    first = perfloop("template", "add", file, PERFLOOP_DATABASE_URL=url)
    assert first.out.endswith("Kept. Cycles that run keep their own copy.\n")
    assert kept(url, "ours") == read_template(OWN)
    file.write_text(OWN.replace("days: 1", "days: 9"), "utf-8")
    second = perfloop("template", "add", file, PERFLOOP_DATABASE_URL=url)
    assert "it replaces your own one of this name" in second.out
    found = kept(url, "ours")
    assert found
    assert found.phases[0].days == 9


def test_a_companys_own_takes_the_place_of_one_that_comes_along(
    perfloop: CommandLine, file: Path, url: str
) -> None:
    file.write_text(OWN.replace("ours", "probation"), "utf-8")
    assert "takes the place" in perfloop("template", "add", file, PERFLOOP_DATABASE_URL=url).out
    found = kept(url, "probation")
    assert found
    assert found.title.en == "Our own"


def test_the_list_says_whose_each_is_also_while_the_bot_runs(
    perfloop: CommandLine, file: Path, url: str
) -> None:
    file.write_text(OWN, "utf-8")
    perfloop("template", "add", file, PERFLOOP_DATABASE_URL=url)
    with closing(open_store(url, lambda: NOW)):
        ended = perfloop("template", "list", PERFLOOP_DATABASE_URL=url)
    lines = ended.out.splitlines()
    assert [line.split()[0] for line in lines] == sorted([*built_in_texts(), "ours"])
    assert [line.split()[0] for line in lines if "your own" in line] == ["ours"]


def test_without_a_database_those_that_come_along_are_listed(perfloop: CommandLine, url: str) -> None:
    ended = perfloop("template", "list", PERFLOOP_DATABASE_URL=url)
    assert ended.code == 0
    assert len(ended.out.splitlines()) == len(built_in_texts())
    assert "There is no perfloop database" in ended.err


def test_a_template_is_shown_as_it_is_written(perfloop: CommandLine, file: Path, url: str) -> None:
    assert perfloop("template", "show", "probation").out == built_in_texts()["probation"]
    file.write_text(OWN, "utf-8")
    perfloop("template", "add", file, PERFLOOP_DATABASE_URL=url)
    assert perfloop("template", "show", "ours", PERFLOOP_DATABASE_URL=url).out == OWN


def test_a_template_that_is_not_there_is_named_with_those_that_are(perfloop: CommandLine, url: str) -> None:
    ended = perfloop("template", "show", "half-year", PERFLOOP_DATABASE_URL=url)
    assert ended.code == 2
    assert "half-year-review" in ended.err


# The folder


def test_a_folder_is_read_and_what_is_bad_in_it_is_logged_with_file_and_line(
    folder: Path, store: Store
) -> None:
    (folder / "a.yml").write_text(OWN, "utf-8")
    (folder / "b.yaml").write_text(BAD.replace("ours", "b"), "utf-8")
    (folder / "c.yml").write_text(OWN, "utf-8")
    (folder / "readme.txt").write_text("not a template", "utf-8")
    with capture_logs() as logged:
        take_in(folder, store, NOW)
    left_out = [(line["file"], line["line"]) for line in logged if line["log_level"] == "warning"]
    assert left_out == [("b.yaml", 3), ("b.yaml", 5), ("c.yml", 1)]
    with store.work() as records:
        assert records.templates.get("ours") == read_template(OWN)
        assert records.templates.get("b") is None


def test_a_folder_that_has_not_changed_writes_nothing(folder: Path, store: Store) -> None:
    (folder / "a.yml").write_text(OWN, "utf-8")
    take_in(folder, store, NOW)
    with capture_logs() as logged:
        take_in(folder, store, NOW)
    assert logged == []


def test_a_folder_that_is_not_there_does_not_keep_the_bot_from_starting(folder: Path, store: Store) -> None:
    with capture_logs() as logged:
        take_in(folder / "nowhere", store, NOW)
    assert [line["event"] for line in logged] == ["the folder of templates can't be read"]


def test_the_bot_reads_the_folder_when_it_starts(folder: Path, url: str) -> None:
    (folder / "a.yml").write_text(OWN, "utf-8")
    (folder / "b.yml").write_text(BAD, "utf-8")
    settings = Settings.read({"PERFLOOP_DATABASE_URL": url, "PERFLOOP_TEMPLATES": str(folder)})

    async def start() -> None:
        async with running(settings, SystemClock()):
            pass

    asyncio.run(start())
    assert kept(url, "ours") == read_template(OWN)
