"""people.csv comes in whole or not at all, and every bad line has its number and reason."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from flows.people.person import Person
from storage.engine import open_store
from tests.bot.conftest import CommandLine

HEADER = "email,name,manager_email,department\n"
GOOD = HEADER + "ana@corp.example,Ana,,Ops\nbo@corp.example,Bo,ana@corp.example,Ops\n"
BAD = GOOD + "nonsense,Cy,,Ops\ndi@corp.example,Di,nobody@corp.example,Ops\n"
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'perfloop.db'}"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def directory(url: str) -> dict[str, Person]:
    with closing(open_store(url, lambda: NOW)) as store, store.work() as records:
        return {person.email: person for person in records.people.active()}


def test_a_good_file_is_imported_with_its_reporting_line(
    perfloop: CommandLine, people: Path, url: str
) -> None:
    people.write_text(GOOD)
    ended = perfloop("import", people, PERFLOOP_DATABASE_URL=url)
    assert ended.code == 0
    assert "2 new, 0 changed, 0 as before." in ended.out
    known = directory(url)
    assert known["bo@corp.example"].manager == known["ana@corp.example"].id


def test_a_second_import_changes_what_changed(perfloop: CommandLine, people: Path, url: str) -> None:
    people.write_text(GOOD)
    perfloop("import", people, PERFLOOP_DATABASE_URL=url)
    people.write_text(GOOD.replace("Bo,", "Bo Li,") + "cy@corp.example,Cy,,Ops\n")
    ended = perfloop("import", people, PERFLOOP_DATABASE_URL=url)
    assert "1 new, 1 changed, 1 as before." in ended.out
    assert directory(url)["bo@corp.example"].name == "Bo Li"


def test_one_bad_line_keeps_everybody_out(perfloop: CommandLine, people: Path, url: str) -> None:
    people.write_text(BAD)
    ended = perfloop("import", people, PERFLOOP_DATABASE_URL=url)
    assert ended.code == 1
    first, second, ending = ended.err.splitlines()
    assert first.startswith("line 4: ")
    assert "nonsense" in first
    assert second.startswith("line 5: ")
    assert "nobody@corp.example" in second
    assert ending.startswith("Nothing was imported: 2 lines are bad.")
    assert directory(url) == {}


def test_the_good_lines_come_in_when_asked(perfloop: CommandLine, people: Path, url: str) -> None:
    people.write_text(BAD)
    ended = perfloop("import", people, "--skip-bad", PERFLOOP_DATABASE_URL=url)
    assert ended.code == 0
    assert ended.err.startswith("line 4: ")
    assert ended.out.endswith("2 bad lines were left out.\n")
    assert set(directory(url)) == {"ana@corp.example", "bo@corp.example"}


def test_a_company_that_speaks_chinese_is_answered_in_it(
    perfloop: CommandLine, people: Path, url: str
) -> None:
    people.write_text(BAD)
    ended = perfloop("import", people, PERFLOOP_DATABASE_URL=url, PERFLOOP_COMPANY_LANGUAGE="zh")
    assert ended.err.startswith("第 4 行：")
    assert "没有导入任何人：2 行有问题" in ended.err


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\x01\x02", b"PK\x03\x04rest", b"email,name\n", HEADER.encode(), b"\xff\xfe\xff", b'"' * 1000],
    ids=["empty", "binary", "workbook", "columns", "nobody", "encoding", "quotes"],
)
def test_a_file_that_is_no_directory_is_refused_in_words(
    perfloop: CommandLine, people: Path, url: str, raw: bytes
) -> None:
    people.write_bytes(raw)
    for options in ([], ["--skip-bad"]):
        ended = perfloop("import", people, *options, PERFLOOP_DATABASE_URL=url)
        assert ended.code == 1
        assert "Nothing was imported." in ended.err
        assert "Traceback" not in ended.err


def test_a_database_that_is_in_use_is_said_so(perfloop: CommandLine, people: Path, url: str) -> None:
    people.write_text(GOOD)
    with closing(open_store(url, lambda: NOW)):
        ended = perfloop("import", people, PERFLOOP_DATABASE_URL=url)
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 1
    assert directory(url) == {}


def test_a_hundred_thousand_bad_lines_are_each_named(perfloop: CommandLine, people: Path, url: str) -> None:
    people.write_text(HEADER + "nonsense,X,,Ops\n" * 100_000)
    ended = perfloop("import", people, PERFLOOP_DATABASE_URL=url)
    assert ended.code == 1
    assert ended.err.count("\nline ") == 99_999


def test_settings_decide_where_it_goes(tmp_path: Path) -> None:
    assert Settings.read({"PERFLOOP_DATABASE_URL": "sqlite:///x.db"}).database_url == "sqlite:///x.db"
