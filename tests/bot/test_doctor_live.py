"""`perfloop doctor --live` learns from the real Slack what no test can know, and leaves nothing behind."""

import asyncio
from typing import Any

import pytest

from bot.doctor_live import try_out
from bot.findings import Finding
from bot.settings import Settings
from tests.workspace.office import ANNA, Office, office_of

HERS = "anna@example.com"


def look(spoil: Any = None, to: str = "", **environ: str) -> tuple[list[Finding], Office]:
    """What is found at a workspace, which `spoil` has made worse, and the workspace afterwards."""

    async def run() -> tuple[list[Finding], Office]:
        async with office_of() as office:
            if spoil:
                spoil(office)
            settings = Settings.read(
                {
                    "SLACK_BOT_TOKEN": office.workspace.bot.token,
                    "SLACK_API_URL": f"{office.url}/api/",
                    "PERFLOOP_HR": HERS,
                    **environ,
                }
            )
            return await try_out(settings, office.clock, to), office

    return asyncio.run(run())


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.state, finding.what.partition(":")[0]) for finding in findings]


def test_it_tries_everything_out_and_takes_its_messages_back() -> None:
    findings, office = look()
    assert told(findings) == [("ok", "blocks")] * 3 + [("ok", "post"), ("ok", "read back"), ("ok", "twice")]
    assert "both" in findings[-1].what, "this workspace does not drop a second message"
    posted = [
        entry
        for entry in office.workspace.traffic.after()
        if "chat.postMessage" in f"{entry.kind} {entry.summary}"
    ]
    assert len(posted) == 2
    assert office.workspace.messages(ANNA) == []
    assert office.world.problems == []


@pytest.mark.parametrize(
    ("method", "fault", "subject", "state", "word"),
    [
        ("blocks.validate", "error:unknown_method", "blocks", "warn", "unknown_method"),
        ("blocks.validate", "error:invalid_blocks", "blocks", "fail", "invalid_blocks"),
        ("chat.postMessage", "error:restricted_action", "post", "fail", "restricted_action"),
        ("conversations.history", "error:missing_scope", "read back", "fail", "im:history"),
        ("chat.delete", "error:cant_delete_message", "post", "warn", "by hand"),
    ],
)
def test_what_slack_refuses_is_told_with_its_remedy(
    method: str, fault: str, subject: str, state: str, word: str
) -> None:
    findings, _ = look(lambda office: office.world.misbehave.next(method, fault))
    (found,) = [one for one in findings if one.what.startswith(subject) and one.state != "ok"]
    assert found.state == state
    assert word in f"{found.what} {found.remedy}"


@pytest.mark.parametrize("to", ["nobody@example.com", "leaver@example.com"])
def test_an_address_that_the_workspace_does_not_know(to: str) -> None:
    findings, office = look(to=to)
    assert told(findings)[-1] == ("fail", "live")
    assert "--to" in findings[-1].remedy
    assert office.workspace.messages(ANNA) == []


def test_nobody_named() -> None:
    findings, _ = look(PERFLOOP_HR="")
    assert told(findings) == [("fail", "live")]
    assert "PERFLOOP_HR" in findings[0].remedy
