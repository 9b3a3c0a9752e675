"""The doctor finds what is broken before the bot does, and says the remedy."""

import asyncio
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot import doctor
from bot.clock import VirtualClock
from bot.findings import Finding
from bot.settings import Settings
from flows.people.directory import read_people
from flows.people.person import Person
from storage.engine import open_store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HTTP_DATE = "Mon, 02 Mar 2026 09:00:00 GMT"
SCOPES = ",".join(sorted(doctor.manifest_scopes()))
SECRET = "0123456789abcdef0123456789abcdef"
PEOPLE = b"""email,name,manager_email,department,role,timezone
ana@corp.example,Ana,,Ops,hr,Asia/Shanghai
bo@corp.example,Bo,ana@corp.example,Ops,,Europe/Berlin
"""


def everybody(url: str = "sqlite://") -> list[Person]:
    """The company of PEOPLE, imported there."""
    with closing(open_store(url, lambda: NOW)) as store, store.work() as records:
        records.people.apply_import(read_people(PEOPLE).rows)
        return records.people.active()


def states(findings: list[Finding]) -> dict[str, str]:
    """The worst state of each subject, which is what stands before the colon."""
    worst: dict[str, str] = {}
    for finding in findings:
        subject = finding.what.partition(":")[0]
        rank = ["ok", "warn", "fail"]
        worst[subject] = max(worst.get(subject, "ok"), finding.state, key=rank.index)
    return worst


def remedies(findings: list[Finding]) -> str:
    return "\n".join(f"{finding.what} → {finding.remedy}" for finding in findings if finding.state != "ok")


def look(
    environ: dict[str, str],
    answers: dict[str, dict[str, object]] | None = None,
    granted: str | None = SCOPES,
    slack_date: str = HTTP_DATE,
) -> list[Finding]:
    """What the doctor finds with a Slack on loopback that gives these answers, by method."""
    said = {
        "auth.test": {"ok": True, "user": "perfloop", "team": "Acme"},
        "apps.connections.open": {"ok": True},
    }

    async def answer(request: web.Request) -> web.Response:
        headers = {"Date": slack_date} | ({"x-oauth-scopes": granted} if granted is not None else {})
        return web.json_response({**said, **(answers or {})}[request.match_info["method"]], headers=headers)

    async def run() -> list[Finding]:
        slack = web.Application()
        slack.router.add_post("/api/{method}", answer)
        runner = web.AppRunner(slack)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        settings = Settings.read({"SLACK_API_URL": f"http://127.0.0.1:{port}/api/", **environ})
        try:
            return await doctor.examine(settings, VirtualClock(NOW, speed=0))
        finally:
            await runner.cleanup()

    return asyncio.run(run())


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, str]:
    """An environment in which nothing is wrong."""
    url = f"sqlite:///{tmp_path / 'perfloop.db'}"
    everybody(url)
    keys = str(tmp_path.with_name(f"{tmp_path.name}-keys"))
    return {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "PERFLOOP_DATABASE_URL": url,
        "PERFLOOP_KEYS": keys,
    }


def test_a_whole_bot_is_well(whole: dict[str, str]) -> None:
    findings = look(whole)
    assert remedies(findings) == ""
    assert list(states(findings)) == [
        "settings", "bot token", "scopes", "clock", "app token", "database", "keys", "HR", "time zones", "holidays",
    ]  # fmt: skip


def test_the_doctor_looks_beside_a_bot_that_runs(whole: dict[str, str]) -> None:
    with closing(open_store(whole["PERFLOOP_DATABASE_URL"], lambda: NOW)):
        assert states(look(whole))["database"] == "ok"


def test_missing_tokens_are_named_and_the_rest_is_still_looked_at(tmp_path: Path) -> None:
    findings = look({"PERFLOOP_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"})
    assert states(findings)["settings"] == "fail"
    assert "SLACK_BOT_TOKEN" in remedies(findings)
    assert states(findings)["database"] == "warn"


@pytest.mark.parametrize(
    ("method", "subject", "error", "remedy"),
    [
        ("auth.test", "bot token", "invalid_auth", "copy it again"),
        ("auth.test", "bot token", "account_inactive", "install it again"),
        ("auth.test", "bot token", "never_seen_before", "Try again"),
        ("apps.connections.open", "app token", "missing_scope", "connections:write"),
        ("apps.connections.open", "app token", "not_allowed_token_type", "xapp-"),
    ],
)
def test_a_token_that_slack_refuses(
    whole: dict[str, str], method: str, subject: str, error: str, remedy: str
) -> None:
    findings = look(whole, {method: {"ok": False, "error": error}})
    assert states(findings)[subject] == "fail"
    assert error in remedies(findings)
    assert remedy in remedies(findings)


def test_a_slack_out_of_reach_is_no_traceback(whole: dict[str, str]) -> None:
    findings = look({**whole, "SLACK_API_URL": "http://127.0.0.1:1/api/"})
    assert states(findings)["bot token"] == states(findings)["app token"] == "fail"
    assert "SLACK_API_URL" in remedies(findings)


def test_slack_is_asked_through_the_proxy(whole: dict[str, str]) -> None:
    asked: list[str] = []

    async def forward(request: web.Request) -> web.Response:
        asked.append(str(request.url))
        return web.json_response({"ok": True, "user": "perfloop", "team": "Acme"})

    async def run() -> list[Finding]:
        proxy = web.Application()
        proxy.router.add_post("/{everything:.*}", forward)
        runner = web.AppRunner(proxy)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        way = {"PERFLOOP_PROXY": f"http://127.0.0.1:{runner.addresses[0][1]}"}
        settings = Settings.read({**whole, "SLACK_API_URL": "http://slack.example/api/", **way})
        try:
            return await doctor.examine(settings, VirtualClock(NOW, speed=0))
        finally:
            await runner.cleanup()

    assert states(asyncio.run(run()))["bot token"] == "ok"
    assert asked == ["http://slack.example/api/auth.test", "http://slack.example/api/apps.connections.open"]


def test_tokens_are_not_shown(whole: dict[str, str]) -> None:
    whole["SLACK_BOT_TOKEN"] = "xoxb-hush"
    refused: dict[str, object] = {"ok": False, "error": "invalid_auth"}
    assert "hush" not in str(look(whole, {"auth.test": refused}))


@pytest.mark.parametrize(
    ("granted", "state", "named"),
    [
        (SCOPES, "ok", ""),
        (SCOPES.replace("chat:write,", ""), "fail", "chat:write"),
        ("", "fail", "commands"),
        (SCOPES + ",admin", "warn", "admin"),
        (None, "warn", "manifest.yml"),
    ],
)
def test_scopes_are_held_against_the_manifest(
    whole: dict[str, str], granted: str | None, state: str, named: str
) -> None:
    findings = look(whole, granted=granted)
    assert states(findings)["scopes"] == state
    assert named in remedies(findings)


@pytest.mark.parametrize(
    ("seconds", "state", "words"),
    [(0, "ok", "0 s"), (60, "ok", "ahead"), (-60, "ok", "behind"), (61, "warn", "61 s ahead"),
     (-240, "warn", "240 s behind"), (241, "fail", "241 s ahead"), (-86_400, "fail", "behind")],
)  # fmt: skip
def test_a_clock_that_is_off_is_noticed_before_slack_is_refused(seconds: int, state: str, words: str) -> None:
    finding = doctor.skew(HTTP_DATE, NOW + timedelta(seconds=seconds))
    assert finding.state == state
    assert words in finding.what


@pytest.mark.parametrize("unreadable", [None, "", "yesterday", "Mon, 99 Foo 2026"])
def test_a_time_that_slack_did_not_say(unreadable: str | None) -> None:
    assert doctor.skew(unreadable, NOW).state == "warn"


@pytest.mark.parametrize(("secret", "state"), [(SECRET, "ok"), ("xoxb-1", "warn"), (SECRET[:-1], "warn")])
def test_a_signing_secret_looks_like_one(secret: str, state: str) -> None:
    settings = Settings.read({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": secret})
    assert states(list(doctor.way_in(settings)))["settings"] == state


def test_a_misspelt_setting_is_named_with_what_was_meant() -> None:
    (finding,) = doctor.misspelt({"PERFLOOP_POTR": "PERFLOOP_PORT"})
    assert "PERFLOOP_POTR" in finding.what
    assert "PERFLOOP_PORT" in finding.remedy


@pytest.mark.parametrize(
    ("file", "words"),
    [(b"", ""), (b"not a database, just some text that is long enough" * 40, "not a database")],
)
def test_a_file_that_is_no_database(whole: dict[str, str], tmp_path: Path, file: bytes, words: str) -> None:
    odd = tmp_path / "odd.db"
    odd.write_bytes(file)
    findings = look({**whole, "PERFLOOP_DATABASE_URL": f"sqlite:///{odd}"})
    assert states(findings)["database"] == "fail"
    assert words in remedies(findings)
    assert odd.read_bytes() == file


def test_a_server_that_does_not_answer_shows_no_password(whole: dict[str, str]) -> None:
    whole["PERFLOOP_DATABASE_URL"] = "postgresql://u:hunter2@127.0.0.1:1/x"
    findings = look(whole)
    assert states(findings)["database"] == "fail"
    assert "PERFLOOP_DATABASE_URL" in remedies(findings)
    assert "hunter2" not in str(findings)


def test_hr_that_nobody_knows_is_named(whole: dict[str, str]) -> None:
    findings = look({**whole, "PERFLOOP_HR": "cy@corp.example,bo@corp.example"})
    assert states(findings)["HR"] == "warn"
    assert "cy@corp.example" in remedies(findings)
    assert "bo@corp.example" not in remedies(findings)


def test_a_company_without_hr_can_start_nothing() -> None:
    (finding,) = doctor.hr((), [person for person in everybody() if not person.is_hr])
    assert finding.state == "fail"


def test_a_zone_without_rules_is_named() -> None:
    findings = list(doctor.zone_rules({"Europe/Berlin", "Mars/Olympus"}))
    assert [finding.state for finding in findings] == ["fail", "ok"]
    assert "Mars/Olympus" in findings[0].what


@pytest.mark.parametrize(("year", "state"), [(2026, "ok"), (2150, "warn")])
def test_a_year_whose_working_weekends_are_not_published_is_named(year: int, state: str) -> None:
    found = list(doctor.holidays({"Asia/Shanghai", "Europe/Berlin", "UTC"}, date(year, 5, 1)))
    assert states(found)["holidays"] == state
