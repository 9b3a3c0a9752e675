"""What the bot's own answers do: to a command, to a submitted modal, and at a response_url."""

from __future__ import annotations

from typing import Any

from bot.workspace.blocks import message_findings, view_findings
from bot.workspace.calls import pointed
from bot.workspace.conversations import Conversation, Message
from bot.workspace.triggers import ResponseUrl
from bot.workspace.views import View, close_view, push_view, put_ids, update_view
from bot.workspace.world import World

Json = dict[str, Any]


def show_command_answer(
    world: World, user: str, conversation: Conversation, body: Json | str | None
) -> str | None:
    """Show what a command was acknowledged with: to its user alone, unless it says `in_channel`.

    Returns what was wrong with it, if anything was.
    """
    if body is None or body in ("", {}):
        return None
    answer = {"text": body} if isinstance(body, str) else body
    if problem := _message_problem(answer):
        return problem
    _say(world, conversation, answer, None if answer.get("response_type") == "in_channel" else user)
    return None


def take_submission_answer(
    world: World, view: View, body: Json | str | None
) -> tuple[dict[str, str], str | None]:
    """Do what a view_submission was answered with. Returns errors for its fields, and what was wrong."""
    if body is None or body in ("", {}):
        close_view(world, view)
        return {}, None
    action = body.get("response_action") if isinstance(body, dict) else None
    if not isinstance(body, dict) or action not in ("clear", "update", "push", "errors"):
        return (
            {},
            f"view_submission was answered with something else than a response_action: {str(body)[:200]}",
        )
    if action == "clear":
        close_view(world, world.stacks[view.user][0])
        return {}, None
    if action == "errors":
        return _field_errors(view, body.get("errors"))
    given = body.get("view")
    if not isinstance(given, dict):
        return {}, f"response_action {action} came without a view"
    findings, too_large = view_findings(given, "modal")
    if findings or too_large:
        return {}, "; ".join(pointed(findings, "/view")) or "view_too_large"
    if action == "update":
        update_view(world, view, given)
    elif push_view(world, view.user, given) is None:
        return {}, "push_limit_reached"
    return {}, None


def _field_errors(view: View, errors: Any) -> tuple[dict[str, str], str | None]:
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        return {}, "response_action errors came without errors"
    if unknown := set(errors) - inputs:
        return {}, f"errors name blocks that are no input blocks of the view: {', '.join(sorted(unknown))}"
    if not all(isinstance(text, str) and text for text in errors.values()):
        return {}, "errors must be texts"
    return errors, None


def respond(world: World, url: ResponseUrl | None, body: Any) -> tuple[int, str | None]:
    """What is posted to a response_url. Returns the HTTP status and Slack's name for what was wrong."""
    if url is None:
        return 404, "invalid_url"
    if world.now() > url.until:
        return 404, "expired_url"
    if url.left <= 0:
        return 404, "used_url"
    if not isinstance(body, dict):
        return 400, "invalid_payload"
    url.left -= 1
    conversation = world.conversation(url.conversation)
    source = conversation.messages.get(url.ts or "")
    if body.get("delete_original"):
        if source is None:
            return 404, "message_not_found"
        conversation.remove(source)
        world.show(conversation, source, "deleted")
        return 200, None
    if problem := _message_problem(body):
        return 400, problem
    if body.get("replace_original"):
        if source is None:
            return 404, "message_not_found"
        _replace(world, conversation, source, body)
        return 200, None
    _say(world, conversation, body, None if body.get("response_type") == "in_channel" else url.user)
    return 200, None


def _replace(world: World, conversation: Conversation, message: Message, body: Json) -> None:
    blocks = body.get("blocks") or []
    put_ids(world, blocks)
    message.text, message.blocks = body.get("text", ""), blocks
    message.edited = f"{world.now():.6f}"
    world.show(conversation, message, "changed")


def _say(world: World, conversation: Conversation, body: Json, to: str | None) -> None:
    blocks = body.get("blocks") or []
    put_ids(world, blocks)
    thread = body.get("thread_ts")
    message = Message(world.next_ts(), world.bot["user_id"], body.get("text", ""), blocks, thread, to=to)
    world.post(conversation, message)


def _message_problem(body: Json) -> str | None:
    blocks = body.get("blocks")
    if not body.get("text") and not blocks:
        return "no_text"
    if blocks is not None:
        if not isinstance(blocks, list):
            return "invalid_blocks_format"
        findings, too_long = message_findings(blocks)
        if findings:
            return "; ".join(["invalid_blocks", *pointed(findings)])
        if too_long:
            return "msg_blocks_too_long"
    return None
