"""What Slack hands over from a message's menu: the message, where it stands, and nothing taken for granted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import VirtualClock
from bot.exchange import FromMenu
from bot.slack.picked import picked, read_shortcut
from bot.workspace import payloads
from bot.workspace.conversations import Message
from bot.workspace.people import Member
from bot.workspace.world import World
from tests.bot.hostile import anything, damaged, places, texts

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
world = World(
    [Member("anna@example.com", "Anna"), Member("bo@example.com", "Bo")], clock=VirtualClock(NOW, speed=0)
)
ANNA, BO = world.user("anna@example.com"), world.user("bo@example.com")


def body(**changes: Any) -> dict[str, Any]:
    """A payload as the workspace sends it, of a message by Bo in a channel."""
    channel = world.conversation("general")
    message = Message("1763283600.000100", BO.id, "It &lt;works&gt; &amp; lasts")
    payload = payloads.message_action(
        world, ANNA, "evidence", channel, message, "https://hooks.example.com/1"
    )
    return {**payload, **changes}


REAL = body()


def test_a_message_of_a_channel() -> None:
    read = read_shortcut(body())
    assert read
    assert (read.account, read.answer_at) == (ANNA.id, "https://hooks.example.com/1")
    assert read.trigger
    assert isinstance(read.what, FromMenu)
    assert read.what.name == "evidence"
    message = read.what.message
    assert message
    assert (message.account, message.text, message.place, message.channel) == (
        BO.id, "It <works> & lasts", "public", "general",
    )  # fmt: skip
    assert message.said_at == datetime(2025, 11, 16, 9, tzinfo=UTC)
    channel = world.conversation("general").id
    assert message.link.endswith(f".slack.com/archives/{channel}/p1763283600000100")


def test_the_same_delivery_has_the_same_key_and_another_has_another() -> None:
    one = body()
    keys = [read.key for read in map(read_shortcut, (one, one, body())) if read]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    ("channel", "place"),
    [
        ({"id": "D024BE91L", "name": "directmessage"}, "direct"),
        ({"id": "C012AB3CD", "name": "mpdm-anna--bo--cho-1"}, "direct"),
        ({"id": "G012AB3CD", "name": "privategroup"}, "private"),
        ({"id": "C012AB3CD", "name": "privategroup"}, "private"),
        ({"id": "C012AB3CD"}, "private"),
        ({"id": "C012AB3CD", "name": "general"}, "public"),
    ],
)
def test_what_is_not_surely_public_is_not(channel: dict[str, str], place: str) -> None:
    message = picked(body(channel=channel))
    assert message
    assert message.place == place
    assert message.channel == ("general" if place == "public" else "")


def test_an_app_is_no_person_and_a_thread_is_found() -> None:
    said = {
        "type": "message", "user": BO.id, "bot_id": "B1", "ts": "1763283600.000100", "text": "Deal closed",
        "thread_ts": "1763283500.000200", "bot_profile": {"name": "Sales bot"},
    }  # fmt: skip
    message = picked(body(message=said))
    assert message
    assert (message.account, message.author) == ("", "Sales bot")
    assert "?thread_ts=1763283500.000200&cid=" in message.link


@pytest.mark.parametrize(
    "changes",
    [
        {"message": {"ts": "yesterday", "text": "x"}},
        {"message": {"text": "x"}},
        {"message": "x"},
        {"channel": {"id": "<script>"}},
        {"channel": None},
    ],
)
def test_a_message_that_can_not_be_read_is_none(changes: dict[str, Any]) -> None:
    read = read_shortcut(body(**changes))
    assert read
    assert read.what == FromMenu("evidence", None)


def test_a_workspace_without_a_domain_has_no_link() -> None:
    message = picked(body(team={"domain": "evil.example.com/"}))
    assert message
    assert message.link == ""


def test_one_of_the_composer_or_of_nobody_is_nothing() -> None:
    assert read_shortcut(payloads.global_shortcut(world, ANNA, "evidence")) is None
    assert read_shortcut(body(user={"id": "nobody"})) is None


@given(put=anything | texts, data=st.data())
def test_a_payload_of_any_other_shape_never_breaks(put: Any, data: st.DataObject) -> None:
    where = data.draw(st.lists(st.sampled_from(places(REAL)), min_size=1, max_size=3))
    read = read_shortcut(damaged(REAL, where, put))
    assert read is None or isinstance(read.what, FromMenu)
