"""What people do in the messenger, how it reaches the bot, and what they see of its answers."""

import hashlib
import hmac
from typing import Any

import aiohttp
import pytest

from bot.workspace.fields import REQUIRED
from bot.workspace.messenger import Outcome
from bot.workspace.world import Member, NotThereError
from tests.workspace.office import (
    ANNA,
    WANG,
    Json,
    Office,
    button,
    field_block,
    modal,
    office_of,
    opened,
    plain,
    section,
)

pytestmark = pytest.mark.anyio

TEXT: Json = {"type": "plain_text_input"}
WHOLE: Json = {"type": "number_input", "is_decimal_allowed": False}


async def post(office: Office, *blocks: Json, user: str = ANNA) -> Json:
    """A message of the bot's in `user`'s chat, as where to click it."""
    sent = await office.client.chat_postMessage(channel=user, text="x", blocks=list(blocks))
    return {"conversation": sent["channel"], "ts": sent["ts"]}


async def respond(url: str, body: Json) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        return answer.status, await answer.text()


async def test_every_request_is_signed_over_its_raw_bytes_by_the_workspaces_clock(office: Office) -> None:
    await office.workspace.command(ANNA, "/checkin", "start")
    told = office.bot.told[-1]
    stamp = told.headers["X-Slack-Request-Timestamp"]
    assert int(stamp) == int(office.clock.now().timestamp())
    base = f"v0:{stamp}:".encode() + told.raw
    secret = office.workspace.bot.signing_secret.encode()
    expected = "v0=" + hmac.new(secret, base, hashlib.sha256).hexdigest()
    assert told.headers["X-Slack-Signature"] == expected


async def test_a_command_carries_slacks_form(office: Office) -> None:
    await office.workspace.command(ANNA, "/checkin", "start <b>")
    form = office.bot.last
    assert (form["command"], form["text"], form["user_id"]) == ("/checkin", "start &lt;b&gt;", ANNA)
    assert (form["channel_id"], form["channel_name"]) == (office.workspace.dm(ANNA), "directmessage")
    assert form["trigger_id"]
    assert form["response_url"].startswith(office.url)


async def test_a_name_becomes_a_mention_where_the_command_escapes(anyio_backend: str) -> None:
    commands = [{"command": "/score", "should_escape": True}, {"command": "/plain"}]
    async with office_of(manifest={"features": {"slash_commands": commands}}) as office:
        await office.workspace.command(ANNA, "/score", "@王芳 and @Anna Becker, me@anna.de")
        assert office.bot.last["text"] == f"<@{WANG}|wang> and <@{ANNA}|anna>, me@anna.de"
        await office.workspace.command(ANNA, "/plain", "@wang")
        assert office.bot.last["text"] == "@wang"
        assert await office.workspace.command(ANNA, "/other") == Outcome("/other is not a valid command.")


@pytest.mark.parametrize(
    ("answer", "text", "ephemeral"),
    [
        ("just text", "just text", True),
        ({"text": "json"}, "json", True),
        ({"text": "for all", "response_type": "in_channel"}, "for all", False),
    ],
)
async def test_a_commands_acknowledgement_is_shown(
    office: Office, answer: Any, text: str, ephemeral: bool
) -> None:
    office.bot.answer = lambda _: answer
    assert (await office.workspace.command(ANNA, "/checkin", conversation="general")).ok
    shown = office.workspace.messages(ANNA, "general")[-1]
    assert (shown["text"], shown["ephemeral"]) == (text, ephemeral)
    assert len(office.workspace.messages(WANG, "general")) == (0 if ephemeral else 1)


async def test_a_command_that_fails_says_so_as_slack_does(anyio_backend: str) -> None:
    async with office_of(ack_seconds=0.05) as office:
        office.bot.answer = lambda _: 500
        outcome = await office.workspace.command(ANNA, "/checkin")
        assert outcome.problem == '/checkin failed with the error "dispatch_failed"'
        office.bot.answer = lambda _: office.workspace.door.closing.wait()
        outcome = await office.workspace.command(ANNA, "/checkin")
        assert outcome.problem == '/checkin failed with the error "operation_timeout"'
        where = await post(office, {"type": "actions", "block_id": "b", "elements": [button()]})
        outcome = await office.workspace.act(ANNA, where, "b", "go")
        assert outcome.problem == "perfloop did not respond in time"
        assert len(office.world.problems) == 3


async def test_a_click_on_a_message_carries_the_message_and_a_way_to_answer(office: Office) -> None:
    where = await post(office, {"type": "actions", "block_id": "b", "elements": [button(value="7")]})
    assert (await office.workspace.act(ANNA, where, "b", "go")).ok
    told = office.bot.last
    assert told["type"] == "block_actions"
    assert told["actions"][0]["value"] == "7"
    assert told["container"]["message_ts"] == told["message"]["ts"] == where["ts"]
    assert told["channel"]["id"] == where["conversation"]
    assert told["message"]["bot_id"] == "B0PERFLOOP"
    await office.client.views_open(trigger_id=told["trigger_id"], view=modal())
    assert len(office.workspace.views(ANNA)) == 1


async def test_opening_a_modal_from_inside_a_modal_is_a_problem_although_slack_says_ok(
    office: Office,
) -> None:
    actions = {"type": "actions", "block_id": "b", "elements": [button()]}
    view = await opened(office, modal(actions))
    assert office.world.problems == []
    await office.workspace.act(ANNA, {"view": view["id"]}, "b", "go")
    await office.client.views_open(trigger_id=office.bot.last["trigger_id"], view=modal())
    assert len(office.world.problems) == 1


async def test_nobody_clicks_what_is_not_there_unless_asked_to(office: Office) -> None:
    where = await post(office, {"type": "actions", "block_id": "b", "elements": [button()]})
    with pytest.raises(NotThereError):
        await office.workspace.act(ANNA, where, "b", "other")
    with pytest.raises(NotThereError):
        await office.workspace.act(ANNA, {"conversation": where["conversation"], "ts": "1.0"}, "b", "go")
    assert (await office.workspace.act(ANNA, where, "b", "other", unchecked=True)).ok
    assert office.bot.last["actions"][0]["action_id"] == "other"


async def test_a_choice_is_filled_up_and_kept(office: Office) -> None:
    options = [{"text": plain(text), "value": text} for text in "xyz"]
    select = {"type": "static_select", "action_id": "s", "options": options}
    view = await opened(office, modal(section(block_id="c", accessory=select), field_block("b")))
    typed = {"b": {"a": {"value": "typed"}}}
    await office.workspace.act(
        ANNA, {"view": view["id"]}, "c", {"action_id": "s", "selected_option": "y"}, typed
    )
    told = office.bot.last
    assert told["actions"][0]["selected_option"] == options[1]
    assert told["view"]["state"]["values"]["c"]["s"]["selected_option"] == options[1]
    assert told["view"]["state"]["values"]["b"]["a"] == {"type": "plain_text_input", "value": "typed"}
    assert told["container"] == {"type": "view", "view_id": view["id"]}
    with pytest.raises(NotThereError):
        await office.workspace.act(
            ANNA, {"view": view["id"]}, "c", {"action_id": "s", "selected_option": "w"}
        )


async def test_a_click_in_the_home_tab_carries_the_view(office: Office) -> None:
    blocks = [{"type": "actions", "block_id": "b", "elements": [button()]}]
    await office.client.views_publish(user_id=ANNA, view={"type": "home", "blocks": blocks})
    await office.workspace.act(ANNA, {"home": True}, "b", "go")
    assert office.bot.last["view"]["type"] == "home"
    assert office.bot.last["view"]["hash"] == (office.workspace.home(ANNA) or {})["hash"]


async def test_a_submission_has_typed_and_initial_values(office: Office) -> None:
    prefilled = field_block("p", {"type": "plain_text_input", "action_id": "a", "initial_value": "was"})
    day = field_block("d", {"type": "datepicker", "action_id": "a"}, optional=True)
    view = await opened(office, modal(prefilled, field_block("b"), day, callback_id="form"))
    assert (await office.workspace.submit(ANNA, view["id"], {"b": {"a": {"value": "new"}}})).ok
    told = office.bot.last
    assert (told["type"], told["view"]["callback_id"]) == ("view_submission", "form")
    assert told["view"]["state"]["values"] == {
        "p": {"a": {"type": "plain_text_input", "value": "was"}},
        "b": {"a": {"type": "plain_text_input", "value": "new"}},
        "d": {"a": {"type": "datepicker", "selected_date": None}},
    }
    assert office.workspace.views(ANNA) == []


@pytest.mark.parametrize(
    ("element", "value", "says"),
    [
        (TEXT, {"value": ""}, REQUIRED),
        (
            {"type": "plain_text_input", "min_length": 3},
            {"value": "ab"},
            "Please enter at least 3 characters.",
        ),
        (TEXT | {"min_length": 3}, {"value": "abc"}, None),
        (
            {"type": "plain_text_input", "max_length": 3},
            {"value": "abcd"},
            "Please enter no more than 3 characters.",
        ),
        (TEXT, {"value": "x" * 3001}, "Please enter no more than 3000 characters."),
        (
            {"type": "number_input", "is_decimal_allowed": False},
            {"value": "1.5"},
            "Please enter a valid number.",
        ),
        ({"type": "number_input", "is_decimal_allowed": True}, {"value": "1.5"}, None),
        (
            {"type": "number_input", "is_decimal_allowed": False, "max_value": "10"},
            {"value": "11"},
            "Please enter a number that is at most 10.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "0"},
            {"value": "-1"},
            "Please enter a number that is at least 0.",
        ),
        ({"type": "email_text_input"}, {"value": "anna"}, "Please enter a valid email address."),
        ({"type": "url_text_input"}, {"value": "example"}, "Please enter a valid URL."),
        ({"type": "multi_users_select"}, {"selected_users": []}, REQUIRED),
        (
            {"type": "multi_users_select", "max_selected_items": 1},
            {"selected_users": [ANNA, WANG]},
            "Please select no more than 1 items.",
        ),
        ({"type": "datepicker"}, {"selected_date": "2026-12-01"}, None),
    ],
)
async def test_slacks_client_checks_a_form_before_the_bot_sees_it(
    office: Office, element: Json, value: Json, says: str | None
) -> None:
    view = await opened(office, modal(field_block("b", element | {"action_id": "a"})))
    outcome = await office.workspace.submit(ANNA, view["id"], {"b": {"a": value}})
    assert outcome.errors == ({"b": says} if says else {})
    assert len(office.bot.told) == (0 if says else 1)


async def test_a_submission_is_answered_with_errors_update_push_or_clear(office: Office) -> None:
    view = await opened(office, modal(field_block("b")))
    values = {"b": {"a": {"value": "x"}}}

    async def submit(answer: Any, top: Json) -> Outcome:
        office.bot.answer = lambda _: answer
        return await office.workspace.submit(ANNA, top["id"], values)

    outcome = await submit({"response_action": "errors", "errors": {"b": "not this"}}, view)
    assert outcome.errors == {"b": "not this"}
    await submit({"response_action": "update", "view": modal(field_block("b"), callback_id="second")}, view)
    (shown,) = office.workspace.views(ANNA)
    assert (shown["id"], shown["callback_id"]) == (view["id"], "second")
    await submit({"response_action": "push", "view": modal(field_block("b"), callback_id="third")}, view)
    assert [one["callback_id"] for one in office.workspace.views(ANNA)] == ["second", "third"]
    await submit({"response_action": "clear"}, office.workspace.views(ANNA)[-1])
    assert office.workspace.views(ANNA) == []
    assert office.world.problems == []


@pytest.mark.parametrize(
    "answer",
    [
        "some text",
        {"text": "no action"},
        {"response_action": "explode"},
        {"response_action": "errors", "errors": {"a": "an action_id"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update"},
        {"response_action": "push", "view": {"type": "modal", "blocks": []}},
    ],
)
async def test_any_other_answer_to_a_submission_is_a_problem(office: Office, answer: Any) -> None:
    view = await opened(office, modal(field_block("b")))
    office.bot.answer = lambda _: answer
    outcome = await office.workspace.submit(ANNA, view["id"], {"b": {"a": {"value": "x"}}})
    assert outcome.problem == "perfloop did not respond in time"
    assert len(office.world.problems) == 1
    assert len(office.workspace.views(ANNA)) == 1


async def test_closing_is_told_only_where_it_was_asked_for(office: Office) -> None:
    view = await opened(office, modal())
    await office.workspace.close(ANNA, view["id"])
    assert office.bot.told == []
    root = await opened(office, modal(notify_on_close=True))
    pushed = modal(notify_on_close=True, private_metadata="top")
    await office.client.views_push(trigger_id=office.world.new_trigger(ANNA), view=pushed)
    top = office.workspace.views(ANNA)[-1]
    with pytest.raises(NotThereError):
        await office.workspace.close(ANNA, root["id"])
    await office.workspace.close(ANNA, top["id"])
    assert (office.bot.last["view"]["id"], office.bot.last["is_cleared"]) == (top["id"], False)
    await office.client.views_push(trigger_id=office.world.new_trigger(ANNA), view=pushed)
    await office.workspace.close(ANNA, office.workspace.views(ANNA)[-1]["id"], clear=True)
    assert (office.bot.last["view"]["id"], office.bot.last["is_cleared"]) == (root["id"], True)
    assert office.workspace.views(ANNA) == []


async def test_a_message_in_the_chat_is_an_event(office: Office) -> None:
    await office.workspace.say(ANNA, None, "Hi <all> & @王芳")
    (event,) = office.bot.events("message")
    assert event["text"] == f"Hi &lt;all&gt; &amp; <@{WANG}>"
    assert (event["channel_type"], event["channel"]) == ("im", office.workspace.dm(ANNA))
    assert event["client_msg_id"]
    assert event["event_ts"] == event["ts"]
    envelope = office.bot.last
    assert envelope["type"] == "event_callback"
    assert envelope["event_id"].startswith("Ev")


async def test_a_text_with_a_slash_is_a_command(office: Office) -> None:
    await office.workspace.say(ANNA, None, "/checkin now please")
    assert (office.bot.last["command"], office.bot.last["text"]) == ("/checkin", "now please")
    assert office.workspace.messages(ANNA) == []


async def test_only_events_of_the_manifest_are_sent(anyio_backend: str) -> None:
    manifest = {"settings": {"event_subscriptions": {"bot_events": ["message.im", "team_join"]}}}
    async with office_of(manifest=manifest) as office:
        await office.workspace.say(ANNA, None, "to the bot")
        await office.workspace.say(ANNA, "general", "to all")
        await office.workspace.open_home(ANNA)
        assert [told.payload["event"]["type"] for told in office.bot.told] == ["message"]


async def test_opening_the_home_tab_brings_its_view(office: Office) -> None:
    await office.workspace.open_home(ANNA)
    assert "view" not in office.bot.events("app_home_opened")[-1]
    await office.client.views_publish(user_id=ANNA, view={"type": "home", "blocks": [section()]})
    await office.workspace.open_home(ANNA)
    assert office.bot.events("app_home_opened")[-1]["view"]["blocks"][0]["text"]["text"] == "hello"


async def test_what_is_unread_is_counted_until_it_is_opened(office: Office) -> None:
    await post(office, section())
    await post(office, section())
    dm = office.workspace.dm(ANNA)
    assert office.world.unread[ANNA] == {dm: 2}
    await office.workspace.open(ANNA)
    assert office.world.unread[ANNA] == {}
    assert office.bot.events("app_home_opened")[-1]["tab"] == "messages"


async def test_joining_leaving_and_changing_are_events(office: Office) -> None:
    joined = office.world.add_person(Member("new@example.com", "Nora New"))
    await office.workspace.idle()
    assert office.bot.events("team_join")[-1]["user"]["id"] == joined.id
    office.world.change_profile("new", tz="Asia/Kolkata")
    await office.workspace.idle()
    assert office.bot.events("user_change")[-1]["user"]["tz_offset"] == 19800
    office.world.deactivate("new")
    await office.workspace.idle()
    assert office.bot.events("user_change")[-1]["user"]["deleted"] is True


async def test_shortcuts_carry_their_message_or_none(office: Office) -> None:
    where = await post(office, section("keep me"))
    await office.workspace.shortcut(ANNA, "save_evidence", **where)
    told = office.bot.last
    assert (told["type"], told["callback_id"]) == ("message_action", "save_evidence")
    assert told["message"]["blocks"][0]["text"]["text"] == "keep me"
    await office.workspace.shortcut(ANNA, "praise")
    assert office.bot.last["type"] == "shortcut"
    assert "response_url" not in office.bot.last


async def test_a_response_url_replaces_and_deletes_its_message_and_ends_after_five_uses(
    office: Office,
) -> None:
    where = await post(office, {"type": "actions", "block_id": "b", "elements": [button()]})
    await office.workspace.act(ANNA, where, "b", "go")
    url = office.bot.last["response_url"]
    assert (await respond(url, {"replace_original": True, "text": "done"}))[0] == 200
    shown = office.workspace.messages(ANNA)[0]
    assert (shown["text"], shown["blocks"], shown["edited"]) == ("done", [], True)
    assert (await respond(url, {"text": "only you"}))[0] == 200
    assert office.workspace.messages(ANNA)[-1]["ephemeral"]
    assert (await respond(url, {"text": "all", "response_type": "in_channel"}))[0] == 200
    assert (await respond(url, {"delete_original": True}))[0] == 200
    assert [one["text"] for one in office.workspace.messages(ANNA)] == ["only you", "all"]
    assert (await respond(url, {"text": "fifth"}))[0] == 200
    assert await respond(url, {"text": "sixth"}) == (404, '{"ok": false, "error": "used_url"}')


async def test_a_response_url_lives_for_thirty_minutes(office: Office) -> None:
    await office.workspace.command(ANNA, "/checkin")
    url = office.bot.last["response_url"]
    office.clock.advance(1800)
    assert (await respond(url, {"text": "in time"}))[0] == 200
    office.clock.advance(0.001)
    assert await respond(url, {"text": "late"}) == (404, '{"ok": false, "error": "expired_url"}')
    assert (await respond(f"{office.url}/response/R0", {"text": "x"}))[0] == 404


async def test_a_response_with_wrong_blocks_is_a_problem(office: Office) -> None:
    await office.workspace.command(ANNA, "/checkin")
    status, _ = await respond(office.bot.last["response_url"], {"blocks": [{"type": "zap"}]})
    assert status == 400
    assert len(office.world.problems) == 1


async def test_a_chosen_conversation_brings_a_response_url(office: Office) -> None:
    element = {"type": "conversations_select", "action_id": "a", "response_url_enabled": True}
    view = await opened(office, modal(field_block("b", element)))
    chosen = {"b": {"a": {"selected_conversation": "C0GENERAL"}}}
    await office.workspace.submit(ANNA, view["id"], chosen)
    (given,) = office.bot.last["response_urls"]
    assert (given["channel_id"], given["block_id"]) == ("C0GENERAL", "b")
    assert (await respond(given["response_url"], {"text": "hello", "response_type": "in_channel"}))[0] == 200
    assert office.workspace.messages(WANG, "general")[-1]["text"] == "hello"
