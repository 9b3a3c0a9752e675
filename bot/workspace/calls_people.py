"""The Web API's methods about people and conversations."""

from __future__ import annotations

from typing import Any

from bot.workspace.calls import ApiError, Call
from bot.workspace.conversations import Conversation, Message, slack_channel, slack_message
from bot.workspace.people import User, slack_bot, slack_user

Json = dict[str, Any]


def auth_test(call: Call) -> Json:
    """auth.test"""
    world = call.world
    return {
        "url": f"https://{world.team['domain']}.slack.com/",
        "team": world.team["name"],
        "user": world.bot["name"],
        "team_id": world.team["id"],
        "user_id": world.bot["user_id"],
        "bot_id": world.bot["bot_id"],
        "is_enterprise_install": False,
    }


def bots_info(call: Call) -> Json:
    """bots.info, which Bolt may ask for."""
    bot = call.world.bot
    if call.text("bot", bot["bot_id"]) != bot["bot_id"]:
        raise ApiError("bot_not_found")
    shown = {"id": bot["bot_id"], "app_id": bot["app_id"], "user_id": bot["user_id"], "name": bot["name"]}
    return {"bot": {**shown, "deleted": False}}


def users_list(call: Call) -> Json:
    """users.list, paged; without a limit Slack tries to give everybody."""
    everybody: list[User | None] = [None, *call.world.users.values()]
    part, cursor = call.page(everybody, 1000, 1000)
    members = [_shown(call, user) for user in part]
    return {
        "members": members,
        "cache_ts": int(call.world.now()),
        "response_metadata": {"next_cursor": cursor},
    }


def users_info(call: Call) -> Json:
    """users.info"""
    if call.needed("user") == call.world.bot["user_id"]:
        return {"user": _shown(call, None)}
    return {"user": _shown(call, call.user())}


def users_lookup_by_email(call: Call) -> Json:
    """users.lookupByEmail: people whose account is closed are not found."""
    user = call.world.by_email(call.needed("email"))
    if user is None or user.member.deleted:
        raise ApiError("users_not_found")
    return {"user": _shown(call, user)}


def conversations_open(call: Call) -> Json:
    """conversations.open: the direct message with one person (there are no group messages here)."""
    if call.text("channel"):
        conversation = call.conversation()
    else:
        users = [part.strip() for part in _listed(call, "users") if part.strip()]
        if not users:
            raise ApiError("users_list_not_supplied")
        if len(users) > 8:
            raise ApiError("too_many_users")
        if len(users) > 1:
            raise ApiError("invalid_user_combination")
        if users[0] not in call.world.users:
            raise ApiError("user_not_found")
        if call.world.users[users[0]].member.deleted:
            raise ApiError("user_disabled")
        conversation = call.world.dm(users[0])
    channel: Json = {"id": conversation.id}
    if call.flag("return_im"):
        channel = slack_channel(conversation, call.world.bot["user_id"])
    return {"channel": channel, "no_op": True, "already_open": True}


def conversations_list(call: Call) -> Json:
    """conversations.list of `types` (public channels unless asked otherwise)."""
    kinds = {"public_channel": "channel", "im": "im"}
    asked = call.text("types", "public_channel").replace(" ", "").split(",")
    if unknown := set(asked) - {"public_channel", "private_channel", "mpim", "im"}:
        raise ApiError("invalid_types", [f"[ERROR] unknown types: {', '.join(sorted(unknown))}"])
    wanted = {kinds[kind] for kind in asked if kind in kinds}
    found = [
        conversation for conversation in call.world.conversations.values() if conversation.kind in wanted
    ]
    part, cursor = call.page(found, 100, 999)
    channels = [slack_channel(conversation, call.world.bot["user_id"]) for conversation in part]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def conversations_info(call: Call) -> Json:
    """conversations.info"""
    conversation = call.conversation()
    _read_scope(call, conversation, "read")
    return {"channel": slack_channel(conversation, call.world.bot["user_id"])}


def conversations_members(call: Call) -> Json:
    """conversations.members"""
    conversation = call.conversation()
    _read_scope(call, conversation, "read")
    part, cursor = call.page(conversation.members, 100, 1000)
    return {"members": part, "response_metadata": {"next_cursor": cursor}}


def conversations_history(call: Call) -> Json:
    """conversations.history: newest first, without ephemeral messages and replies."""
    conversation = _readable(call)
    messages = [m for m in _between(call, conversation) if m.thread_ts in (None, m.ts)]
    part, cursor = call.page(messages[::-1], 100, 999)
    return _page_of(call, conversation, part, cursor)


def conversations_replies(call: Call) -> Json:
    """conversations.replies: a thread, oldest first, its first message always included."""
    conversation = _readable(call)
    ts = call.needed("ts")
    if ts not in conversation.messages:
        raise ApiError("thread_not_found")
    first = conversation.messages[ts]
    replies = [
        m for m in _between(call, conversation) if m.thread_ts == (first.thread_ts or ts) and m.ts != ts
    ]
    part, cursor = call.page([first, *replies], 1000, 1000)
    return _page_of(call, conversation, part, cursor)


def _readable(call: Call) -> Conversation:
    conversation = call.conversation()
    _read_scope(call, conversation, "history")
    if call.world.bot["user_id"] not in conversation.members:
        raise ApiError("not_in_channel")
    return conversation


def _read_scope(call: Call, conversation: Conversation, what: str) -> None:
    call.require_scope(f"im:{what}" if conversation.kind == "im" else f"channels:{what}")


def _between(call: Call, conversation: Conversation) -> list[Message]:
    """Messages from `oldest` to `latest`, the ends only with `inclusive`; none that history shows later."""
    now, both = call.world.now(), call.flag("inclusive")
    oldest, latest = _moment(call, "oldest", "0"), _moment(call, "latest", "99999999999")
    return [
        m
        for m in conversation.messages.values()
        if m.to is None
        and m.visible_from <= now
        and (oldest < float(m.ts) < latest or (both and float(m.ts) in (oldest, latest)))
    ]


def _moment(call: Call, name: str, default: str) -> float:
    try:
        return float(call.text(name, default) or default)
    except ValueError:
        raise ApiError(f"invalid_ts_{name}") from None


def _page_of(call: Call, conversation: Conversation, part: list[Message], cursor: str) -> Json:
    metadata = call.flag("include_all_metadata")
    shown = [_with_replies(call, conversation, message, metadata) for message in part]
    answer: Json = {"messages": shown, "has_more": bool(cursor)}
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def _with_replies(call: Call, conversation: Conversation, message: Message, metadata: bool) -> Json:
    shown = slack_message(message, call.world.team, call.world.bot, metadata=metadata)
    if message.thread_ts is None and message.ts in conversation.threads:
        replies = conversation.threads[message.ts]
        shown |= {"thread_ts": message.ts, "reply_count": len(replies), "latest_reply": replies[-1]}
    return shown


def _shown(call: Call, user: User | None) -> Json:
    world = call.world
    if user is None:
        bot = world.bot
        return slack_bot(bot["user_id"], bot["bot_id"], bot["app_id"], bot["name"], world.team["id"])
    return slack_user(
        user,
        world.team["id"],
        world.clock.now(),
        locale=call.flag("include_locale"),
        email=call.has_scope("users:read.email"),
    )


def _listed(call: Call, name: str) -> list[str]:
    given = call.args.get(name)
    return [str(part) for part in given] if isinstance(given, list) else call.text(name).split(",")
