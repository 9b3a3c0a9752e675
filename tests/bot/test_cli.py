"""Every command ends in words and a code that a script can go by, never in a traceback."""

import errno
import io
import json
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from bot import __version__, logs
from bot.__main__ import in_words
from bot.benches import known
from tests.bot.conftest import CommandLine

COMMANDS = [
    "try", "serve", "import", "doctor", "migrate", "backup-key", "backup", "restore", "move", "rehearse",
    "verify", "ask-again", "bench", "version", "template",
]  # fmt: skip
ROOT = Path(__file__).parents[2]


def test_help_has_every_command_in_the_order_of_use_and_each_in_a_whole_sentence(
    perfloop: CommandLine,
) -> None:
    ended = perfloop("--help")
    assert ended.code == 0
    lines = ended.out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == COMMANDS
    assert [line for line in lines if line.endswith("...")] == []


def test_the_readme_knows_every_command() -> None:
    table = (ROOT / "README.md").read_text("utf-8").partition("On the machine:")[2].partition("\n## ")[0]
    assert [word for word in COMMANDS if f"| `perfloop {word}" not in table] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(perfloop: CommandLine, command: str) -> None:
    assert perfloop(command, "--help").code == 0


def test_version_says_the_release(perfloop: CommandLine) -> None:
    assert perfloop("version").out == f"perfloop {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sevre"],
        ["serve", "--port"],
        ["import"],
        ["import", "nowhere.csv"],
        ["try", "--port", "70000"],
        ["bench", "x"],
        ["move", "perfloop.db", "postgresql://db/x"],
        ["move", "sqlite:///perfloop.db", "mysql://u:hunter2@db/x"],
        ["move", "sqlite:///perfloop.db", "sqlite:other.db"],
        ["restore", "README.md", "--into", "other.db"],
        ["backup", ".", "--verify", "--prune"],
    ],
)
def test_wrong_usage_is_code_2(perfloop: CommandLine, arguments: list[str]) -> None:
    ended = perfloop(*arguments)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert "hunter2" not in ended.err


def test_serve_without_tokens_names_them_and_the_remedy(perfloop: CommandLine) -> None:
    ended = perfloop("serve")
    assert ended.code == 1
    assert [line.split()[0] for line in ended.err.splitlines()] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]


@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["doctor"], ["try"]])
def test_a_malformed_setting_is_one_line(perfloop: CommandLine, command: list[str]) -> None:
    ended = perfloop(*command, PERFLOOP_PORT="lots")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "PERFLOOP_PORT must be a port to listen on, 0 to 65535 (it is 'lots').\n"


def test_migrate_makes_a_database_and_may_run_again(perfloop: CommandLine, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    for _ in range(2):
        ended = perfloop("migrate", PERFLOOP_DATABASE_URL=url)
        assert (ended.code, ended.out) == (0, "The database is up to date.\n")
    with closing(sqlite3.connect(tmp_path / "new.db")) as database:
        assert database.execute("SELECT count(*) FROM person").fetchone() == (0,)


def test_a_database_of_a_newer_release_is_refused_in_a_sentence(
    perfloop: CommandLine, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    perfloop("migrate", PERFLOOP_DATABASE_URL=url)
    with closing(sqlite3.connect(tmp_path / "new.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    ended = perfloop("migrate", PERFLOOP_DATABASE_URL=url)
    assert ended.code == 1
    assert "newer" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_server_out_of_reach_is_a_sentence_without_the_password(perfloop: CommandLine) -> None:
    with socket.socket() as taken:  # bound and not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://u:hunter2@127.0.0.1:{taken.getsockname()[1]}/x"
        ended = perfloop("migrate", PERFLOOP_DATABASE_URL=url)
    assert ended.code == 1
    assert "can't be used" in ended.err
    assert "hunter2" not in ended.err
    assert len(ended.err.splitlines()) == 1


def test_an_error_nobody_expected_has_a_reference_that_the_log_has_too() -> None:
    log = io.StringIO()
    logs.set_up(stream=log)
    (number,) = re.findall(r"reference (\w{4}-\w{4})\.", in_words(ZeroDivisionError("what she wrote")))
    line = json.loads(log.getvalue())
    assert line["reference"] == number
    assert line["failure"][0]["kind"] == "ZeroDivisionError"
    assert "what she wrote" not in log.getvalue()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EADDRINUSE, "Address already in use"), "PERFLOOP_PORT"),
        (PermissionError(errno.EACCES, "Permission denied", "perfloop.db"), "Permission denied: perfloop.db"),
        (
            SlackApiError("", {"ok": False, "error": "invalid_auth"}),
            "Slack says invalid_auth. `perfloop doctor`",
        ),
    ],
)
def test_what_goes_wrong_outside_is_said_in_words(error: Exception, words: str) -> None:
    assert words in in_words(error)
    assert "\n" not in in_words(error)


def test_a_second_key_does_not_take_the_place_of_the_first(perfloop: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "backups.key"
    first = perfloop("backup-key", str(file))
    assert re.fullmatch(r"PERFLOOP_BACKUP_TO=age1\w+\n", first.out)
    kept = file.read_text("utf-8")
    again = perfloop("backup-key", str(file))
    assert (again.code, again.out) == (1, "")
    assert "is there already" in again.err
    assert file.read_text("utf-8") == kept


def test_doctor_ends_in_code_1_when_something_fails(perfloop: CommandLine, tmp_path: Path) -> None:
    ended = perfloop("doctor", PERFLOOP_DATABASE_URL=f"sqlite:///{tmp_path / 'x.db'}")
    assert ended.code == 1
    assert re.search(r"^fail +settings: SLACK_BOT_TOKEN is missing$", ended.out, re.MULTILINE)
    assert "→ " in ended.out


def test_bench_lists_what_there_is(perfloop: CommandLine) -> None:
    ended = perfloop("bench")
    assert ended.code == 0
    assert [name for name in known() if name not in ended.out] == []
    assert ended.out.strip()


SEEN = """
import json, sys
from bot.__main__ import main
try:
    main()
finally:
    sys.stdout.write(json.dumps(sorted(sys.modules)))
"""


def test_help_loads_neither_bolt_nor_a_database() -> None:
    command = [sys.executable, "-c", SEEN, "--help"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    loaded = set(json.loads(ended.stdout.splitlines()[-1]))
    assert "typer" in loaded
    assert loaded & {"slack_bolt", "slack_sdk", "sqlalchemy", "sqlmodel", "apscheduler", "aiohttp"} == set()


def test_a_company_of_ones_own_with_a_bad_line_is_not_tried(
    perfloop: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    people = tmp_path / "people.csv"
    people.write_text("email,name,manager_email,department\nmei@example.com,Mei,,Design\nhalf,Half,,\n")
    ended = perfloop("try", "--no-browser", "--port", 0, "--people", people)
    assert ended.code == 1
    assert "line 3" in ended.err
    assert "half" in ended.err
    assert "Traceback" not in ended.err
