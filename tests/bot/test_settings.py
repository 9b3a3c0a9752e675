"""Settings come from the environment alone, and whatever is wrong names itself and the remedy."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import BadSettings, Settings, names, strangers

README = Path(__file__).parents[2] / "README.md"
TOKEN = "xoxb-1-very-secret"
APP = "xapp-1-very-secret"


def test_an_empty_environment_is_a_bot_on_loopback_with_a_database_file() -> None:
    settings = Settings.read({})
    assert settings.database_url == "sqlite:///perfloop.db"
    assert (settings.host, settings.port, settings.api_url) == ("127.0.0.1", 3000, "https://slack.com/api/")
    assert (settings.company_zone, settings.company_language, settings.hr) == ("UTC", "en", ())


def test_every_setting_can_be_given() -> None:
    given = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": "shh",
        "SLACK_APP_TOKEN": APP,
        "SLACK_API_URL": "http://127.0.0.1:9/api",
        "PERFLOOP_DATABASE_URL": "postgresql://u:pw@db/x",
        "PERFLOOP_DATABASE_CONNECTIONS": "4",
        "PERFLOOP_KEYS": "/run/secrets/perfloop.keys",
        "PERFLOOP_BACKUP_TO": "age1pscuqu5g80xt5aj0dxugvvexsgqsr0ssvyle3qgjepwzar6mpg8sfcxecu",
        "PERFLOOP_HR": " Ana@Corp.example, bo@corp.example ,",
        "PERFLOOP_HOST": "0.0.0.0",  # noqa: S104
        "PERFLOOP_PORT": "80",
        "PERFLOOP_PUBLIC_URL": "https://perfloop.corp.example",
        "PERFLOOP_COMPANY_ZONE": "Asia/Kolkata",
        "PERFLOOP_COMPANY_LANGUAGE": "ZH",
        "PERFLOOP_TEMPLATES": "own/templates",
        "PERFLOOP_POSTS_PER_MINUTE": "60",
        "PERFLOOP_SETTLE_SECONDS": "0.5",
        "PERFLOOP_LEASE_SECONDS": "30",
        "PERFLOOP_TICK_SECONDS": "1.5",
        "PERFLOOP_PROXY": "http://proxy.corp.example:3128",
        "PERFLOOP_CALENDAR_HOSTS": "Cal.corp.example, dav.corp.example:8080",
        "PERFLOOP_METRICS_MB": "1",
        "PERFLOOP_LOG_LEVEL": "DEBUG",
    }
    assert set(given) == set(names())
    settings = Settings.read(given)
    assert settings.hr == ("ana@corp.example", "bo@corp.example")
    assert settings.calendar_hosts == (("cal.corp.example", None), ("dav.corp.example", 8080))
    assert settings.address == "https://perfloop.corp.example"
    assert settings.api_url == "http://127.0.0.1:9/api/"
    assert settings.bot_token == SecretStr(TOKEN)
    assert settings.templates == Path("own/templates")
    assert settings.keys == Path("/run/secrets/perfloop.keys")
    assert (settings.port, settings.settle_seconds, settings.log_level) == (80, 0.5, "debug")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", APP),
        ("SLACK_APP_TOKEN", TOKEN),
        ("SLACK_API_URL", "slack.com/api"),
        ("SLACK_API_URL", "ftp://slack.com/"),
        ("PERFLOOP_DATABASE_URL", "perfloop.db"),
        ("PERFLOOP_DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("PERFLOOP_DATABASE_URL", "postgresql://u@db:port/x"),
        ("PERFLOOP_HR", "ana"),
        ("PERFLOOP_PORT", "http"),
        ("PERFLOOP_PORT", "70000"),
        ("PERFLOOP_PUBLIC_URL", "perfloop.corp.example"),
        ("PERFLOOP_COMPANY_ZONE", "Mars/Olympus"),
        ("PERFLOOP_COMPANY_ZONE", "../etc/passwd"),
        ("PERFLOOP_COMPANY_ZONE", "Europe"),
        ("PERFLOOP_COMPANY_LANGUAGE", "fr"),
        ("PERFLOOP_POSTS_PER_MINUTE", "0"),
        ("PERFLOOP_SETTLE_SECONDS", "-1"),
        ("PERFLOOP_SETTLE_SECONDS", "nan"),
        ("PERFLOOP_LEASE_SECONDS", "0.5"),
        ("PERFLOOP_TICK_SECONDS", "0"),
        ("PERFLOOP_DATABASE_CONNECTIONS", "1"),
        ("PERFLOOP_LOG_LEVEL", "loud"),
        ("PERFLOOP_CALENDAR_HOSTS", "https://cal.corp.example/"),
        ("PERFLOOP_CALENDAR_HOSTS", "cal.corp.example:http"),
        ("PERFLOOP_CALENDAR_HOSTS", "ana@cal.corp.example"),
    ],
)
def test_a_malformed_setting_names_itself_and_what_it_must_be_in_one_line(name: str, value: str) -> None:
    with pytest.raises(BadSettings) as wrong:
        Settings.read({name: value})
    said = str(wrong.value)
    assert said.startswith(f"{name} must be ")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("SLACK_BOT_TOKEN", "xapp-very-secret", "very-secret"),
        ("PERFLOOP_DATABASE_URL", "mysql://root:hunter2@db/x", "hunter2"),
    ],
)
def test_a_secret_that_is_refused_is_not_shown(name: str, value: str, secret: str) -> None:
    with pytest.raises(BadSettings) as wrong:
        Settings.read({name: value})
    assert secret not in str(wrong.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(BadSettings) as wrong:
        Settings.read({"PERFLOOP_PORT": "x", "PERFLOOP_COMPANY_LANGUAGE": "y"})
    assert [line.split()[0] for line in str(wrong.value).splitlines()] == [
        "PERFLOOP_PORT",
        "PERFLOOP_COMPANY_LANGUAGE",
    ]


def test_an_empty_value_means_not_set() -> None:
    assert Settings.read({"PERFLOOP_PORT": "", "SLACK_BOT_TOKEN": ""}) == Settings.read({})


def test_secrets_do_not_show_in_print_or_log() -> None:
    settings = Settings.read(
        {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_APP_TOKEN": APP,
            "PERFLOOP_DATABASE_URL": "postgresql://u:hunter2@db/x",
        }
    )
    for text in (repr(settings), str(settings)):
        assert "very-secret" not in text
        assert "hunter2" not in text


@pytest.mark.parametrize(
    ("environ", "way"),
    [
        ({"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": "shh"}, "http"),
        ({"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP}, "socket"),
        ({"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": "shh"}, "socket"),
    ],
)
def test_the_way_in_follows_from_what_is_set(environ: dict[str, str], way: str) -> None:
    assert Settings.read(environ).way_in() == way


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ({"SLACK_BOT_TOKEN": TOKEN}, ["SLACK_APP_TOKEN"]),
        ({"SLACK_APP_TOKEN": APP}, ["SLACK_BOT_TOKEN"]),
    ],
)
def test_without_a_way_in_each_missing_setting_is_named(environ: dict[str, str], named: list[str]) -> None:
    with pytest.raises(BadSettings) as wrong:
        Settings.read(environ).way_in()
    assert [line.split()[0] for line in str(wrong.value).splitlines()] == named


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings.read({}).port = 1  # type: ignore[misc]


def test_a_misspelt_name_is_noticed_with_the_one_that_was_meant() -> None:
    assert strangers({"PERFLOOP_POTR": "1", "PERFLOOP_PORT": "1", "PATH": "/", "PERFLOOP_COFFEE": ""}) == {
        "PERFLOOP_POTR": "PERFLOOP_PORT",
        "PERFLOOP_COFFEE": None,
    }


def test_the_readme_lists_every_setting() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in names() if f"`{name}`" not in text] == []
