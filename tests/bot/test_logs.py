"""The log has a reference number for every request, and nothing of what people wrote."""

import io
import json
import logging
from typing import Any

import pytest
import structlog

from bot import logs

CANARY = "she never listens to anybody"


@pytest.fixture
def log() -> io.StringIO:
    """The JSON log of one test."""
    stream = io.StringIO()
    logs.set_up("debug", stream=stream)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_json_with_a_time_and_a_level(log: io.StringIO) -> None:
    structlog.get_logger().info("sent", message="m1", tries=2)
    (line,) = lines(log)
    assert (line["event"], line["level"], line["message"], line["tries"]) == ("sent", "info", "m1", 2)
    assert line["timestamp"].endswith("Z")


def test_everything_in_a_request_carries_its_reference(log: io.StringIO) -> None:
    with logs.request("command", person=7) as number:
        structlog.get_logger().info("one")
        assert logs.reference() == number
    structlog.get_logger().info("two")
    one, two = lines(log)
    assert (one["reference"], one["kind"], one["person"]) == (number, "command", 7)
    assert "reference" not in two


def test_a_reference_can_be_read_out_loud(log: io.StringIO) -> None:
    drawn = set()
    for _ in range(50):
        with logs.request("event") as number:
            drawn.add(number)
            assert len(number) == 9
            assert set(number.replace("-", "")) <= set(logs.LETTERS)
    assert len(drawn) == 50


def test_an_error_outside_of_a_request_gets_a_reference_too(log: io.StringIO) -> None:
    number = logs.reference()
    structlog.get_logger().error("broke")
    assert lines(log)[0]["reference"] == number == logs.reference()


@pytest.mark.parametrize("key", sorted(logs.CONTENTS))
def test_contents_are_withheld_by_their_key(log: io.StringIO, key: str) -> None:
    structlog.get_logger().info("saved", **{key: CANARY}, inside={"deep": [{key.upper(): CANARY}]})
    assert CANARY not in log.getvalue()
    assert lines(log)[0][key] == "(withheld)"


@pytest.mark.parametrize(
    "token",
    ["xoxb-123-456-AbC", "xapp-1-A0-99-ff", "xoxp-1-2", "xoxe.xoxb-1-zzz", "pl_" + 43 * "x"],  # made up
)
def test_tokens_are_masked_wherever_they_stand(log: io.StringIO, token: str) -> None:
    structlog.get_logger().info(f"called with {token}", header=f"Bearer {token}", nested={"a": [token]})
    assert token not in log.getvalue()
    assert log.getvalue().count("(token)") == 3


def test_a_failure_shows_kinds_and_places_but_no_message(log: io.StringIO) -> None:
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise RuntimeError(CANARY) from error
    except RuntimeError:
        structlog.get_logger().exception("broke")
    assert CANARY not in log.getvalue()
    outer, inner = lines(log)[0]["failure"]
    assert (outer["kind"], inner["kind"]) == ("RuntimeError", "ValueError")
    assert outer["at"][-1].endswith("test_a_failure_shows_kinds_and_places_but_no_message")


def test_the_operating_systems_words_are_kept(log: io.StringIO) -> None:
    structlog.get_logger().error("no", exc_info=ConnectionRefusedError(111, "Connection refused"))
    assert lines(log)[0]["failure"][0]["why"] == "Connection refused"


def test_every_failure_of_a_group_is_shown_and_a_circle_of_causes_ends(log: io.StringIO) -> None:
    circle = ValueError(CANARY)
    circle.__cause__ = circle
    structlog.get_logger().error("no", exc_info=ExceptionGroup("both", [circle, KeyError(CANARY)]))
    assert [one["kind"] for one in lines(log)[0]["failure"]] == ["ExceptionGroup", "ValueError", "KeyError"]


@pytest.mark.parametrize(
    ("name", "message", "said"),
    [
        ("slack_bolt", f"Unhandled request ({{'text': '{CANARY}'}})", "Unhandled request"),
        ("slack_sdk.web", f"Failed: {CANARY}", "Failed"),
        (
            "asyncio",
            f"Task exception was never retrieved\nfuture: <Task {CANARY}>",
            "Task exception was never retrieved",
        ),
    ],
)
def test_a_library_speaks_without_the_values(log: io.StringIO, name: str, message: str, said: str) -> None:
    logging.getLogger(name).error(message)
    assert CANARY not in log.getvalue()
    assert (lines(log)[0]["event"], lines(log)[0]["logger"]) == (said, name)


def test_a_librarys_arguments_stay_out(log: io.StringIO) -> None:
    logging.getLogger("sqlalchemy.engine").error("failed for %s", CANARY)
    assert CANARY not in log.getvalue()


def test_bolts_warnings_stay_out(log: io.StringIO) -> None:
    logging.getLogger("slack_bolt.AsyncApp").warning("As you gave `client` as well, `token` will be unused.")
    assert log.getvalue() == ""


def test_a_port_in_use_is_said_in_full(log: io.StringIO) -> None:
    words = "[Errno 98] error while attempting to bind on address ('127.0.0.1', 3000): address already in use"
    logging.getLogger("uvicorn.error").error(words)
    assert lines(log)[0]["event"] == words


def test_slack_sdk_never_debugs(log: io.StringIO) -> None:
    logging.getLogger("slack_sdk.web.async_client").debug("Sending %s", CANARY)
    logging.getLogger("slack_bolt.AsyncApp").info("hello")
    assert log.getvalue() == ""


def test_an_unknown_thing_is_shown_by_its_kind(log: io.StringIO) -> None:
    class Report:
        def __repr__(self) -> str:
            return CANARY

    structlog.get_logger().info("saved", report=Report())
    assert CANARY not in log.getvalue()


def test_half_a_character_does_not_break_the_log(log: io.StringIO) -> None:
    structlog.get_logger().info("odd", name="\ud800\x00")
    assert lines(log)[0]["name"] == "\ud800\x00"


def test_human_eyes_get_plain_lines() -> None:
    stream = io.StringIO()
    logs.set_up("info", human=True, stream=stream)
    structlog.get_logger().info("started", port=8765)
    structlog.get_logger().debug("hidden")
    assert "started" in stream.getvalue()
    assert "port=8765" in stream.getvalue()
    assert "hidden" not in stream.getvalue()
