"""Where an error ends: the person is told in words, with a number that is in the log, and nothing they wrote is."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot import logs
from bot.clock import SystemClock
from bot.exchange import Reply, Show
from bot.metrics import Metrics
from bot.slack.client import SlackRefused
from bot.slack.edge import Edge
from bot.slack.read import read_action, read_command, read_event, read_submission
from bot.slack.windows import EXPIRED
from bot.workspace.blocks import view_findings
from flows.core.screen import Act, Button, Buttons, Screen
from flows.core.words import same
from storage.engine import open_store

CANARY = "canary of an answer"
FORM = json.dumps(['["form","c1","3","week.done"]', ""])


class Front:
    """A front that fails, or that answers what it is given."""

    def __init__(self, answer: Reply | None = None) -> None:
        self.answer = answer

    def receive(self, *_: Any) -> Reply:
        if self.answer is None:
            raise RuntimeError(CANARY)
        return self.answer


class Client:
    """Notes what Slack was asked for; refuses what is named."""

    def __init__(self, *refused: str, error: str = "expired_trigger_id") -> None:
        self.refused, self.error = refused, error
        self.asked: list[tuple[str, Any]] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def call(*given: Any, **named: Any) -> Any:
            self.asked.append((name, named or given))
            if name in self.refused:
                raise SlackRefused(self.error)
            return {}

        return call


class Nobody:
    async def meet(self, _account: str) -> bool:
        return False


def take(front: Front, client: Client, kind: str, read: Any, body: Any) -> tuple[int, Any, list[Any]]:
    """One payload's way through the edge: status, body, and what was logged."""
    out = io.StringIO()
    logs.set_up("debug", stream=out)

    async def run() -> Any:
        store, clock = open_store("sqlite://", SystemClock().now), SystemClock()
        with ThreadPoolExecutor(1) as executor:
            edge = Edge(front, store, executor, client, Nobody(), clock, Metrics())  # type: ignore[arg-type]
            answer = await edge.take(kind, read, body)
            await edge.idle()
            store.close()
        return answer

    answer = asyncio.run(run())
    assert CANARY not in out.getvalue()
    written = [json.loads(line) for line in out.getvalue().splitlines()]
    return answer.status, json.loads(answer.body) if answer.body else {}, written


USER = {"user": {"id": "U12345678"}}
ACTION = {"action_id": "act.0", "value": '["see","home"]', "action_ts": "1.0"}
VIEW = {"id": "V1", "hash": "h", "type": "modal", "private_metadata": FORM}
SAID = {"state": {"values": {"week.done": {"answer": {"type": "plain_text_input", "value": CANARY}}}}}
COMMAND = {
    "command": "/checkin",
    "user_id": "U12345678",
    "text": CANARY,
    "trigger_id": "t",
    "response_url": "http://x",
}
HEARD = {
    "event": {"type": "message", "channel_type": "im", "user": "U12345678", "text": CANARY},
    "event_id": "E1",
}


def test_a_failure_in_a_form_stands_under_its_field_and_the_form_stays() -> None:
    status, body, log = take(Front(), Client(), "submission", read_submission, USER | {"view": VIEW | SAID})
    assert status == 200
    assert body["response_action"] == "errors"
    number = log[-1]["reference"]
    assert number in body["errors"]["week.done"]
    assert "编号" in body["errors"]["week.done"], "in both languages, as theirs is not known"


def test_a_failure_on_a_review_lies_on_top_of_it_so_that_it_can_be_sent_again() -> None:
    _, body, log = take(Front(), Client(), "submission", read_submission, USER | {"view": VIEW})
    assert body["response_action"] == "push"
    assert view_findings(body["view"], "modal") == ([], False)
    assert log[-1]["reference"] in json.dumps(body["view"])


@pytest.mark.parametrize(
    ("place", "called"),
    [
        ({"response_url": "http://x"}, "respond"),
        ({"view": VIEW}, "push_view"),
        ({"view": {"type": "home"}}, "open_view"),
    ],
)
def test_a_failure_behind_a_button_is_told_where_the_person_is(place: Any, called: str) -> None:
    client = Client()
    status, _, log = take(
        Front(), client, "action", read_action, USER | {"actions": [ACTION], "trigger_id": "t"} | place
    )
    assert status == 200
    assert [name for name, _ in client.asked] == [called]
    assert log[-1]["reference"] in json.dumps(client.asked, default=str)


def test_a_failure_behind_a_command_is_its_answer() -> None:
    _, body, log = take(Front(), Client(), "command", read_command, COMMAND)
    assert log[-1]["reference"] in body["text"]


def test_an_event_that_was_not_taken_is_to_come_again() -> None:
    assert take(Front(), Client(), "event", read_event, HEARD)[0] == 503


def test_a_payload_that_can_not_be_read_is_no_failure_of_the_server() -> None:
    assert take(Front(), Client(), "action", read_action, {"actions": [1]})[:2] == (200, {})


def shows(how: Any, screen: Screen) -> Front:
    return Front(Reply("zh", Show(screen, how)))


SCREEN = Screen(same("S"), ())
BROKEN = Screen(same("S"), (Buttons((Button(same("B"), Act("see", ("x" * 3000,))),)),))


def test_a_window_that_opens_too_late_is_said_in_the_persons_language() -> None:
    client = Client("open_view")
    take(shows("open", SCREEN), client, "command", read_command, COMMAND)
    assert EXPIRED.zh in str(client.asked[-1])


def test_a_screen_that_can_not_be_drawn_is_told_with_its_number() -> None:
    client = Client()
    _, _, log = take(shows("open", BROKEN), client, "command", read_command, COMMAND)
    assert [name for name, _ in client.asked] == ["respond"]
    failure = next(line for line in log if line["event"] == "a window did not open")
    assert failure["reference"] in str(client.asked)


def test_where_the_answers_address_is_used_up_it_is_written_in_the_chat() -> None:
    client = Client("open_view", "respond")
    take(shows("open", SCREEN), client, "command", read_command, COMMAND)
    assert [name for name, _ in client.asked] == ["open_view", "respond", "ask"]
    assert client.asked[-1][1]["channel"] == "U12345678"


def test_on_top_of_three_windows_the_third_is_replaced() -> None:
    client = Client("push_view", error="push_limit_reached")
    press = USER | {"actions": [ACTION], "trigger_id": "t", "view": VIEW}
    take(shows("push", SCREEN), client, "action", read_action, press)
    assert [name for name, _ in client.asked] == ["push_view", "update_view"]


@pytest.mark.parametrize(
    ("previous", "root", "asked"),
    [(None, "V1", "push_view"), ("V0", "V0", "push_view"), ("V1", "V0", "update_view")],
)
def test_a_third_window_is_known_by_what_lies_below_it(previous: str | None, root: str, asked: str) -> None:
    client = Client()
    view = VIEW | {"previous_view_id": previous, "root_view_id": root}
    press = USER | {"actions": [ACTION], "trigger_id": "t", "view": view}
    take(shows("push", SCREEN), client, "action", read_action, press)
    assert [name for name, _ in client.asked] == [asked]


def test_a_window_below_that_can_not_be_drawn_does_not_undo_what_was_sent() -> None:
    answer = Reply("en", Show(SCREEN, "replace"), below=BROKEN)
    body = USER | {"view": VIEW | SAID | {"previous_view_id": "V0"}}
    status, sent, log = take(Front(answer), Client(), "submission", read_submission, body)
    assert (status, sent["response_action"]) == (200, "update")
    assert log[-1]["level"] == "error"
