"""The Web API answers as Slack does, and refuses by Slack's own names."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.http_answers import JSON_TYPE
from tests.workspace.office import (
    ANNA,
    WANG,
    Json,
    Office,
    field_block,
    modal,
    office_of,
    opened,
    plain,
    section,
)

pytestmark = pytest.mark.anyio


async def refusal(office: Office, method: str, **args: Any) -> str:
    """The error a call ends in."""
    with pytest.raises(SlackApiError) as caught:
        await office.client.api_call(method, json=args)
    return str(caught.value.response["error"])


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("no.such.method", {}, "unknown_method"),
        ("users.info", {"user": "U000000000"}, "user_not_found"),
        ("users.info", {}, "invalid_arguments"),
        ("users.lookupByEmail", {"email": "nobody@example.com"}, "users_not_found"),
        ("users.lookupByEmail", {"email": "leaver@example.com"}, "users_not_found"),
        ("users.list", {"cursor": "what"}, "invalid_cursor"),
        ("users.list", {"limit": "-1"}, "invalid_arguments"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "U000000000"}, "user_not_found"),
        ("conversations.open", {"users": "U0LEAVER0"}, "user_disabled"),
        ("conversations.open", {"users": ",".join([ANNA] * 9)}, "too_many_users"),
        ("conversations.info", {"channel": "C000000000"}, "channel_not_found"),
        ("conversations.list", {"types": "secret"}, "invalid_types"),
        ("conversations.history", {"channel": "C0GENERAL", "oldest": "yesterday"}, "invalid_ts_oldest"),
        ("conversations.replies", {"channel": "C0GENERAL", "ts": "1.0"}, "thread_not_found"),
        ("chat.postMessage", {"channel": "C000000000", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": ANNA}, "no_text"),
        ("chat.postMessage", {"channel": ANNA, "text": "", "blocks": []}, "no_text"),
        ("chat.postMessage", {"channel": "U0LEAVER0", "text": "x"}, "account_inactive"),
        ("chat.postMessage", {"channel": ANNA, "text": "x", "thread_ts": "1.0"}, "thread_not_found"),
        ("chat.postMessage", {"channel": ANNA, "text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ("chat.postMessage", {"channel": ANNA, "blocks": {"type": "section"}}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": ANNA, "blocks": "["}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": ANNA, "blocks": [{"type": "zap"}]}, "invalid_blocks"),
        ("chat.postMessage", {"channel": ANNA, "blocks": [section("x" * 2700)] * 5}, "msg_blocks_too_long"),
        ("chat.postMessage", {"channel": ANNA, "text": "x", "metadata": []}, "invalid_metadata_format"),
        (
            "chat.postMessage",
            {"channel": ANNA, "text": "x", "metadata": {"event_type": "d"}},
            "invalid_metadata_schema",
        ),
        ("chat.update", {"channel": "D0ANNA000", "ts": "1.0", "text": "x"}, "message_not_found"),
        ("chat.delete", {"channel": "D0ANNA000", "ts": "1.0"}, "message_not_found"),
        ("chat.postEphemeral", {"channel": "D0ANNA000", "user": WANG, "text": "x"}, "user_not_in_channel"),
        ("views.open", {"trigger_id": "1.2.3", "view": modal()}, "invalid_trigger_id"),
        ("views.open", {"trigger_id": "1.2.3"}, "invalid_arguments"),
        ("views.open", {"view": modal(field_block(), submit=None)}, "invalid_arguments"),
        ("views.open", {"view": modal(*[section("x" * 3000)] * 90)}, "view_too_large"),
        ("views.update", {"view_id": "V000", "view": modal()}, "not_found"),
        ("views.update", {"view": modal()}, "invalid_arguments"),
        (
            "views.publish",
            {"user_id": "U000000000", "view": {"type": "home", "blocks": []}},
            "user_not_found",
        ),
        ("views.publish", {"user_id": ANNA, "view": modal()}, "invalid_arguments"),
        (
            "views.publish",
            {"user_id": ANNA, "hash": "old", "view": {"type": "home", "blocks": []}},
            "hash_conflict",
        ),
        ("files.completeUploadExternal", {"files": [{"id": "F0"}]}, "file_not_found"),
        ("apps.connections.open", {}, "not_allowed_token_type"),
        ("blocks.validate", {"blocks": [{"type": "zap"}]}, "invalid_blocks"),
        ("api.test", {"error": "my_error"}, "my_error"),
    ],
)
async def test_each_error_has_slacks_name(office: Office, method: str, args: Json, error: str) -> None:
    assert await refusal(office, method, **args) == error
    assert office.workspace.traffic.after()[-1].problem is not None


async def test_tokens_are_checked(office: Office) -> None:
    wrong = AsyncWebClient(token="xoxb-other", base_url=f"{office.url}/api/", retry_handlers=[])
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await wrong.auth_test()
    none = AsyncWebClient(base_url=f"{office.url}/api/", retry_handlers=[])
    with pytest.raises(SlackApiError, match="not_authed"):
        await none.auth_test()


async def test_a_payload_slack_would_refuse_is_a_problem_of_the_world_but_a_stale_one_is_not(
    office: Office,
) -> None:
    await refusal(office, "chat.update", channel="D0ANNA000", ts="1.0", text="x")
    assert office.world.problems == []
    await refusal(office, "chat.postMessage", channel=ANNA, blocks=[section("x" * 3001)])
    assert office.world.problems == [
        "chat.postMessage: invalid_blocks; "
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_scopes_of_the_manifest_are_needed_and_named(anyio_backend: str) -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write", "users:read"]}}}
    async with office_of(manifest=manifest) as office:
        answer = await office.client.auth_test()
        assert answer.headers["x-oauth-scopes"] == "chat:write,users:read"
        with pytest.raises(SlackApiError) as caught:
            await office.client.users_lookupByEmail(email="anna@example.com")
        assert caught.value.response.data == {
            "ok": False,
            "error": "missing_scope",
            "needed": "users:read.email",
            "provided": "chat:write,users:read",
        }
        people = await office.client.users_list()
        assert not any("email" in user["profile"] for user in people["members"])


async def test_forms_and_json_say_the_same(office: Office) -> None:
    blocks = [section("hi", block_id="b")]
    async with aiohttp.ClientSession(headers={"Authorization": "Bearer xoxb-local"}) as session:
        form = {"channel": ANNA, "text": "x", "blocks": json.dumps(blocks), "token": "xoxb-local"}
        async with session.post(f"{office.url}/api/chat.postMessage", data=form) as answer:
            first = await answer.json()
        body = json.dumps({"channel": ANNA, "text": "x", "blocks": blocks})
        headers = {"Content-Type": JSON_TYPE.decode()}
        async with session.post(f"{office.url}/api/chat.postMessage", data=body, headers=headers) as answer:
            second = await answer.json()
    assert first["message"]["blocks"] == second["message"]["blocks"] == blocks
    assert first["ts"] < second["ts"]


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b"\xff=1", "application/x-www-form-urlencoded", "invalid_form_data"),
        (b"x", "text/plain", "invalid_post_type"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    office: Office, body: bytes, content_type: str, error: str
) -> None:
    headers = {"Authorization": "Bearer xoxb-local", "Content-Type": content_type}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{office.url}/api/auth.test", data=body) as answer,
    ):
        assert (await answer.json())["error"] == error


async def test_people_are_paged_with_locale_and_zone(office: Office) -> None:
    seen: list[Json] = []
    async for page in await office.client.users_list(limit=2, include_locale=True):
        assert len(page["members"]) <= 2
        seen += page["members"]
    assert [user["id"] for user in seen] == ["U0PERFLOOP", ANNA, WANG, "U0LEAVER0"]
    wang = seen[2]
    assert (wang["locale"], wang["tz"], wang["tz_offset"]) == ("zh-CN", "Asia/Shanghai", 8 * 3600)
    assert seen[3]["deleted"]
    assert "tz" not in seen[3]


async def test_an_update_with_text_alone_drops_the_blocks(office: Office) -> None:
    sent = await office.client.chat_postMessage(channel=ANNA, text="old", blocks=[section()])
    channel, ts = sent["channel"], sent["ts"]
    await office.client.api_call(
        "chat.update", json={"channel": channel, "ts": ts, "blocks": [section("new")]}
    )
    shown = office.workspace.messages(ANNA)[-1]
    assert (shown["text"], shown["blocks"][0]["text"]["text"], shown["edited"]) == ("old", "new", True)
    await office.client.chat_update(channel=channel, ts=ts, text="only text")
    shown = office.workspace.messages(ANNA)[-1]
    assert (shown["text"], shown["blocks"]) == ("only text", [])
    assert await refusal(office, "chat.update", channel=channel, ts=ts) == "no_text"
    assert await refusal(office, "chat.update", channel=channel, ts=ts, text="x" * 4001) == "msg_too_long"
    await office.client.chat_update(channel=channel, ts=ts, text="x" * 4000)


async def test_a_post_is_cut_at_40000_characters(office: Office) -> None:
    await office.client.chat_postMessage(channel=ANNA, text="x" * 40_001)
    assert len(office.workspace.messages(ANNA)[-1]["text"]) == 40_000


async def test_the_bot_cannot_touch_a_persons_message(office: Office) -> None:
    await office.workspace.say(ANNA, None, "mine")
    ts, channel = office.workspace.messages(ANNA)[-1]["ts"], office.workspace.dm(ANNA)
    assert await refusal(office, "chat.update", channel=channel, ts=ts, text="x") == "cant_update_message"
    assert await refusal(office, "chat.delete", channel=channel, ts=ts) == "cant_delete_message"


async def test_the_bot_does_not_post_where_it_is_not(office: Office) -> None:
    channel = office.world.add_channel("quiet")
    channel.members.remove(office.world.bot["user_id"])
    assert await refusal(office, "chat.postMessage", channel=channel.id, text="x") == "not_in_channel"
    assert await refusal(office, "conversations.history", channel=channel.id) == "not_in_channel"


async def test_history_gives_back_metadata_and_hides_ephemeral_messages(office: Office) -> None:
    marker = {"event_type": "d", "event_payload": {"k": "abc"}}
    dm = (await office.client.conversations_open(users=[ANNA]))["channel"]["id"]
    assert dm == office.workspace.dm(ANNA)
    first = await office.client.chat_postMessage(channel=ANNA, text="one", metadata=marker)
    await office.client.chat_postEphemeral(channel=dm, user=ANNA, text="psst")
    await office.client.chat_postMessage(channel=dm, text="two")
    await office.client.chat_postMessage(channel=dm, text="reply", thread_ts=first["ts"])
    found = await office.client.conversations_history(channel=dm, include_all_metadata=True)
    assert [message["text"] for message in found["messages"]] == ["two", "one"]
    assert found["messages"][1]["metadata"] == marker
    assert found["messages"][1]["reply_count"] == 1
    assert "metadata" not in (await office.client.conversations_history(channel=dm))["messages"][1]
    replies = await office.client.conversations_replies(channel=dm, ts=first["ts"])
    assert [message["text"] for message in replies["messages"]] == ["one", "reply"]
    exact = {"channel": dm, "oldest": first["ts"], "latest": first["ts"]}
    assert (await office.client.conversations_history(**exact))["messages"] == []
    assert len((await office.client.conversations_history(**exact, inclusive=True))["messages"]) == 1


async def test_channels_are_listed_with_their_members(office: Office) -> None:
    listed = await office.client.conversations_list(types="public_channel")
    assert {one["name"] for one in listed["channels"]} == {"general", "engineering"}
    general = next(one for one in listed["channels"] if one["name"] == "general")
    info = (await office.client.conversations_info(channel=general["id"]))["channel"]
    assert (info["is_member"], info["num_members"]) == (True, 4)
    members = await office.client.conversations_members(channel=general["id"], limit=3)
    assert len(members["members"]) == 3
    assert members["response_metadata"]["next_cursor"]


async def test_a_file_is_uploaded_in_three_steps(office: Office) -> None:
    dm = office.workspace.dm(ANNA)
    await office.client.files_upload_v2(
        channel=dm,
        content=b"BEGIN:VCALENDAR",
        filename="meet.ics",
        title="Invitation",
        request_file_info=False,
    )
    file = office.workspace.messages(ANNA)[-1]["files"][0]
    assert (file["name"], file["title"], file["size"]) == ("meet.ics", "Invitation", 15)
    async with aiohttp.ClientSession() as session, session.get(file["url_private"]) as answer:
        assert await answer.read() == b"BEGIN:VCALENDAR"


async def test_posts_are_limited_per_channel_and_methods_per_minute(anyio_backend: str) -> None:
    async with office_of(rates=True) as office:
        for _ in range(5):
            await office.client.chat_postMessage(channel=ANNA, text="x")
        with pytest.raises(SlackApiError) as caught:
            await office.client.chat_postMessage(channel=ANNA, text="x")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["retry-after"] == "1"
        await office.client.chat_postMessage(channel=WANG, text="another channel")
        office.clock.advance(1)
        await office.client.chat_postMessage(channel=ANNA, text="x")
        for _ in range(20):
            await office.client.users_list()
        assert await refusal(office, "users.list") == "ratelimited"
        office.clock.advance(60)
        await office.client.users_list()
        assert office.world.problems == []


async def test_a_trigger_works_once_and_for_three_seconds(office: Office) -> None:
    trigger = office.world.new_trigger(ANNA)
    office.clock.advance(3)
    await office.client.views_open(trigger_id=trigger, view=modal())
    assert await refusal(office, "views.open", trigger_id=trigger, view=modal()) == "exchanged_trigger_id"
    late = office.world.new_trigger(ANNA)
    office.clock.advance(3.001)
    assert await refusal(office, "views.open", trigger_id=late, view=modal()) == "expired_trigger_id"
    assert office.world.problems == []


async def test_a_stack_is_three_deep(office: Office) -> None:
    await opened(office, modal())
    for _ in range(2):
        await office.client.views_push(trigger_id=office.world.new_trigger(ANNA), view=modal())
    views = office.workspace.views(ANNA)
    assert [view["previous_view_id"] for view in views] == [None, views[0]["id"], views[1]["id"]]
    assert {view["root_view_id"] for view in views} == {views[0]["id"]}
    trigger = office.world.new_trigger(ANNA)
    assert await refusal(office, "views.push", trigger_id=trigger, view=modal()) == "push_limit_reached"


async def test_nothing_is_pushed_onto_nothing(office: Office) -> None:
    trigger = office.world.new_trigger(ANNA)
    assert await refusal(office, "views.push", trigger_id=trigger, view=modal()) == "not_found"


async def test_an_old_hash_is_a_conflict(office: Office) -> None:
    view = await opened(office, modal())
    known = {"view_id": view["id"], "hash": view["hash"]}
    await office.client.views_update(**known, view=modal(section()))
    assert await refusal(office, "views.update", **known, view=modal()) == "hash_conflict"
    home = (await office.client.views_publish(user_id=ANNA, view={"type": "home", "blocks": []}))["view"]
    again = {"user_id": ANNA, "hash": home["hash"], "view": {"type": "home", "blocks": [section()]}}
    await office.client.views_publish(**again)
    assert await refusal(office, "views.publish", **again) == "hash_conflict"


async def test_an_external_id_is_unique(office: Office) -> None:
    await opened(office, modal(external_id="mine"))
    trigger = office.world.new_trigger(WANG)
    taken = modal(external_id="mine")
    assert await refusal(office, "views.open", trigger_id=trigger, view=taken) == "duplicate_external_id"
    await office.client.views_update(external_id="mine", view=modal(section(), external_id="mine"))
    assert office.workspace.views(ANNA)[0]["blocks"]


async def test_what_was_typed_survives_an_update_only_under_the_same_ids(office: Office) -> None:
    view = await opened(office, modal(field_block("a"), field_block("b")))
    typed = {block: {"a": {"value": block.upper()}} for block in ("a", "b")}
    office.bot.answer = lambda _: {"response_action": "errors", "errors": {"a": "no"}}
    await office.workspace.submit(ANNA, view["id"], typed)
    await office.client.views_update(view_id=view["id"], view=modal(field_block("a"), field_block("c")))
    values = office.workspace.views(ANNA)[0]["state"]["values"]
    assert (values["a"]["a"]["value"], values["c"]["a"]["value"]) == ("A", None)
    assert "b" not in values


async def test_answers_are_dated_by_the_workspaces_clock(office: Office) -> None:
    answer = await office.client.auth_test()
    assert answer.headers["date"] == "Mon, 23 Nov 2026 08:00:00 GMT"


async def test_ids_that_were_left_out_are_made_up(office: Office) -> None:
    block = {"type": "actions", "elements": [{"type": "button", "text": plain("x")}]}
    sent = await office.client.chat_postMessage(channel=ANNA, text="x", blocks=[block])
    made = sent["message"]["blocks"][0]
    assert made["block_id"]
    assert made["elements"][0]["action_id"]


async def test_a_dropped_file_comes_as_an_event_and_is_given_for_the_token_alone(office: Office) -> None:
    await office.workspace.drop(ANNA, None, [("目标.csv", b"Goal\n")], "here")
    [event] = office.bot.events("message")
    [file] = event["files"]
    assert (event["subtype"], event["channel_type"], event["user"]) == ("file_share", "im", ANNA)
    assert (file["name"], file["size"], file["filetype"], file["mimetype"]) == (
        "目标.csv",
        5,
        "csv",
        "text/csv",
    )
    assert office.workspace.messages(ANNA)[-1]["files"][0]["id"] == file["id"]
    told = await office.client.api_call("files.info", params={"file": file["id"]})
    assert told["file"]["url_private_download"] == file["url_private_download"]
    async with aiohttp.ClientSession() as session:
        where = file["url_private_download"]
        async with session.get(where, allow_redirects=False) as answer:
            assert answer.status == 302
        async with session.get(where, headers={"Authorization": f"Bearer {office.client.token}"}) as answer:
            assert await answer.read() == b"Goal\n"


async def test_without_its_scope_no_file_is_given(anyio_backend: str) -> None:
    manifest = {
        "oauth_config": {"scopes": {"bot": ["im:history"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
    }
    async with office_of(manifest=manifest) as office, aiohttp.ClientSession() as session:
        await office.workspace.drop(ANNA, None, [("a.csv", b"Goal\n")])
        [file] = office.bot.events("message")[0]["files"]
        token = {"Authorization": f"Bearer {office.client.token}"}
        where = file["url_private_download"]
        async with session.get(where, headers=token, allow_redirects=False) as answer:
            assert answer.status == 302
