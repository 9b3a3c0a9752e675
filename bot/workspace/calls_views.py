"""The Web API's view methods: open, push and update modals, and publish home tabs."""

from __future__ import annotations

from typing import Any

from bot.workspace.calls import ApiError, Call
from bot.workspace.triggers import Trigger, trigger_error
from bot.workspace.views import View, open_view, page_view, publish_home, push_view, update_view

Json = dict[str, Any]


def views_open(call: Call) -> Json:
    """views.open: the first modal of a new stack."""
    body = call.view("modal")
    check_external_id(call, body)
    trigger = _trigger(call)
    if trigger.view is not None:
        # Slack says ok here, but whether its client then shows the view is chance (slackapi/bolt-js#1072)
        call.world.note_problem("views.open: the trigger_id comes from inside a modal; push or update a view")
    return _shown(call, open_view(call.world, trigger.user, body))


def views_push(call: Call) -> Json:
    """views.push: only from inside an open modal, and no deeper than three."""
    body = call.view("modal")
    check_external_id(call, body)
    trigger = _trigger(call)
    if not call.world.stacks.get(trigger.user):
        raise ApiError("not_found")
    view = push_view(call.world, trigger.user, body)
    if view is None:
        raise ApiError("push_limit_reached")
    return _shown(call, view)


def views_update(call: Call) -> Json:
    """views.update, by `view_id` or `external_id`; a `hash` that is not the newest is a conflict."""
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        raise ApiError("invalid_arguments", ["[ERROR] one of view_id and external_id is required"])
    view = call.world.view(view_id) if view_id else _by_external_id(call, external_id)
    if view is None:
        raise ApiError("not_found")
    body = call.view(view.body["type"])
    check_external_id(call, body, view)
    if call.text("hash") and call.text("hash") != view.hash:
        raise ApiError("hash_conflict")
    return _shown(call, update_view(call.world, view, body))


def views_publish(call: Call) -> Json:
    """views.publish: a person's home tab."""
    body = call.view("home")
    user = call.user("user_id")
    home = call.world.homes.get(user.id)
    if call.text("hash") and (home is None or call.text("hash") != home.hash):
        raise ApiError("hash_conflict")
    check_external_id(call, body, home)
    return _shown(call, publish_home(call.world, user.id, body))


def check_external_id(call: Call, body: Json, own: View | None = None) -> None:
    external_id = body.get("external_id")
    if external_id:
        other = _by_external_id(call, external_id)
        if other is not None and other is not own:
            raise ApiError("duplicate_external_id")


def _by_external_id(call: Call, external_id: str) -> View | None:
    views = [view for stack in call.world.stacks.values() for view in stack] + list(call.world.homes.values())
    return next((view for view in views if view.body.get("external_id") == external_id), None)


def _trigger(call: Call) -> Trigger:
    trigger = call.world.triggers.get(call.needed("trigger_id"))
    error = trigger_error(trigger, call.world.now())
    if trigger is None or error:
        raise ApiError(error or "invalid_trigger_id")
    return trigger


def _shown(call: Call, view: View) -> Json:
    return {"view": page_view(view, call.world.team, call.world.bot)}
