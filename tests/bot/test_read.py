"""Reading Slack's payloads: who it was and what they did, and nothing but a clean no for any other shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import VirtualClock
from bot.exchange import Command, Heard, HomeOpened, Press, Submit, Typing
from bot.slack.draw import draw_home, draw_message, draw_modal
from bot.slack.read import (
    Read,
    read_action,
    read_closed,
    read_command,
    read_event,
    read_submission,
    said_by,
)
from bot.ticket import MOST, BadTicket, decode, encode
from bot.workspace import payloads
from bot.workspace.conversations import Message
from bot.workspace.people import Member
from bot.workspace.views import open_view, publish_home
from bot.workspace.world import World
from flows.core.kinds import Text
from flows.core.page import Question
from flows.core.screen import Act, Button, Buttons, Field, Letter, Line, Screen
from flows.core.words import Words, same
from tests.bot.hostile import TEXTS, anything, damaged, places, texts

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
FORM = Act("form", ("c1", "3", "week.done"))
BELOW = Act("see", ("report", "7"))
OPEN = Act("open", ("checkin", "1/2026-11-16"))
DONE = Question("done", Words("Done?", "完成？"), Text(3))
WRITE = Buttons((Button(Words("Write", "填写"), OPEN),))

world = World([Member("anna@example.com", "Anna")], clock=VirtualClock(NOW, speed=0))
ANNA = world.user("anna@example.com")
CHAT = world.dm(ANNA.id)


def button_of(blocks: list[Any]) -> Any:
    return next(block for block in blocks if block["type"] == "actions")["elements"][0]


def pressed(element: Any) -> Any:
    return {**element, "block_id": "b", "action_ts": "1763283600.000001"}


def letter() -> Any:
    drawn = draw_message(Letter(same("Hello"), (Line(same("Hello")), WRITE)), "en")
    message = Message(world.next_ts(), world.bot["user_id"], drawn["text"], drawn["blocks"])
    world.post(CHAT, message)
    return payloads.block_actions(
        world, ANNA, pressed(button_of(drawn["blocks"])), message=message, conversation=CHAT, response_url="http://x"
    )  # fmt: skip


def modal(said: str = "it is done") -> Any:
    screen = Screen(same("Check-in"), (Field("week.done", DONE), WRITE), same("Send"), FORM)
    view = open_view(world, ANNA.id, draw_modal(screen, "en", BELOW))
    view.typed = {"week.done": {"answer": {"type": "plain_text_input", "value": said}}}
    return view


def home() -> Any:
    return publish_home(
        world, ANNA.id, draw_home(Screen(same("Home"), (WRITE,), place=Act("see", ("home",))), "en")
    )


def press_in(view: Any) -> Any:
    return payloads.block_actions(world, ANNA, pressed(button_of(view.body["blocks"])), view=view)


def message_event(text: str) -> Any:
    message = Message(world.next_ts(), ANNA.id, text, [])
    return payloads.event_envelope(world, payloads.message_event(world, CHAT, message))


typing = {
    "action_id": "answer",
    "type": "plain_text_input",
    "block_id": "week.done",
    "value": "it",
    "action_ts": "17.5",
}
REAL: dict[str, tuple[Callable[[Any], Read | None], Any]] = {
    "command": (read_command, payloads.command_form(world, ANNA, CHAT, "/checkin", "team", "http://x")),
    "button in a message": (read_action, letter()),
    "button in a form": (read_action, press_in(modal())),
    "button on the home tab": (read_action, press_in(home())),
    "typing": (read_action, payloads.block_actions(world, ANNA, typing, view=modal())),
    "submission": (read_submission, payloads.view_submission(world, ANNA, modal(), [])),
    "closing": (read_closed, payloads.view_closed(world, ANNA, modal(), False)),
    "message": (read_event, message_event("a &lt;b&gt; &amp;amp;")),
    "home opened": (read_event, payloads.event_envelope(world, payloads.home_opened(world, ANNA, "home"))),
}  # fmt: skip
NEWS = {
    "command": Command("checkin", "team", CHAT.id),
    "button in a message": Press(OPEN, "message", at="1763283600.000001"),
    "button in a form": Press(OPEN, "modal", FORM, BELOW, {"week.done": "it is done"}, "1763283600.000001"),
    "button on the home tab": Press(OPEN, "home", Act("see", ("home",)), at="1763283600.000001"),
    "typing": Typing(FORM, {"week.done": "it is done"}, "17.5"),
    "submission": Submit(FORM, {"week.done": "it is done"}, BELOW),
    "closing": Typing(FORM, {"week.done": "it is done"}, ""),
    "message": Heard("a <b> &amp;"),
    "home opened": HomeOpened(),
}


@pytest.mark.parametrize("kind", REAL)
def test_each_kind_of_payload_says_who_did_what(kind: str) -> None:
    read, payload = REAL[kind]
    found = read(json.loads(json.dumps(payload)))
    assert found is not None
    assert (found.account, found.what) == (ANNA.id, NEWS[kind])
    assert found == read(payload), "the same delivery has the same key"


@given(kind=st.sampled_from(sorted(REAL)), put=anything | texts, data=st.data())
def test_a_payload_of_any_other_shape_never_breaks(kind: str, put: Any, data: st.DataObject) -> None:
    read, payload = REAL[kind]
    where = data.draw(st.lists(st.sampled_from(places(payload)), min_size=1, max_size=3))
    found = read(damaged(payload, where, put))
    assert found is None or found.account == ANNA.id or found.account == put


@given(payload=st.dictionaries(st.text(max_size=8), anything, max_size=4), kind=st.sampled_from(sorted(REAL)))
def test_an_object_that_says_nothing_is_nobodys(payload: Any, kind: str) -> None:
    assert REAL[kind][0](payload) is None


@pytest.mark.parametrize("kind", ["button in a form", "typing", "submission", "closing"])
@pytest.mark.parametrize(
    "metadata", ["", "[]", "{}", "[1,2]", "[[],{}]", '["",""]', "[" * 2900, '["[1]","x"]', "null", "\ud800"]
)
def test_a_form_that_is_not_ours_has_no_place(kind: str, metadata: str) -> None:
    read, payload = REAL[kind]
    found = read(damaged(payload, [("view", "private_metadata")], metadata))
    assert found is None or getattr(found.what, "place", None) in (None, Act("unknown"))


@pytest.mark.parametrize(
    "ticket", ["", "x", "[]", "{}", "[1]", '["open",2]', '["open","\\u0000"]', '["open","\\ud800"]', '["open",["x"]]',
               '["do","snooze","99999999999999999999"]', "[" * 1900, '["open","' + "x" * MOST + '"]']
)  # fmt: skip
def test_a_ticket_that_no_button_of_ours_carries_is_known_for_one(ticket: str) -> None:
    with pytest.raises(BadTicket):
        decode(ticket)
    found = read_action(damaged(REAL["button in a message"][1], [("actions", 0, "value")], ticket))
    assert found is not None
    assert isinstance(found.what, Press)
    assert found.what.act == Act("unknown")


@given(parts=st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_a_ticket_says_what_was_put_on_it_or_can_not_be_made(parts: list[str]) -> None:
    act = Act(parts[0], tuple(parts[1:]))
    try:
        ticket = encode(act)
    except ValueError:
        with pytest.raises(BadTicket):
            decode(json.dumps(parts))
    else:
        assert decode(ticket) == act


@pytest.mark.parametrize(
    "name", ["a1234567890123456789012345678901", "~12345678901234567890abcdefabcdef", "x" + "9" * 31]
)
def test_digits_in_an_opaque_name_are_no_number(name: str) -> None:
    act = Act("open", ("comment-decide", f"1/2/{name}"))
    assert decode(encode(act)) == act


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_typed_is_read_as_it_is(text: str) -> None:
    found = read_submission(payloads.view_submission(world, ANNA, modal(text), []))
    assert found is not None
    assert found.what == Submit(FORM, {"week.done": text}, BELOW)


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "radio_buttons", "selected_option": None}, ""),
        ({"type": "radio_buttons", "selected_option": {"value": "2"}}, "2"),
        ({"type": "checkboxes", "selected_options": []}, []),
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, ["a", "b"]),
        ({"type": "users_select", "selected_user": "U1"}, "account:U1"),
        ({"type": "users_select", "selected_user": None}, ""),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, ["account:U1", "account:U2"]),
        ({"type": "datepicker", "selected_date": "2026-11-16"}, "2026-11-16"),
        ({"type": "datetimepicker", "selected_date_time": 1763283600}, "1763283600"),
        ({"type": "timepicker", "selected_time": "09:30"}, "09:30"),
    ],
)
def test_each_kind_of_field_is_read(element: Any, said: Any) -> None:
    assert said_by(element) == said


def test_messages_of_bots_and_edits_and_channels_are_not_for_us() -> None:
    said = REAL["message"][1]
    for change in (
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"channel_type": "channel"},
        {"user": "USLACK bot"},
    ):
        assert read_event({**said, "event": {**said["event"], **change}}) is None


def test_two_presses_of_one_button_are_two_deliveries() -> None:
    first, second = read_action(letter()), read_action(letter())
    assert first is not None
    assert second is not None
    assert first.key != second.key
