"""The manifest is one that Slack takes, and asks for exactly what the code uses."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import flows
from bot.slack.app import EVENTS
from flows.core.catalog import Catalog

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "manifest.yml").read_text(encoding="utf-8")
MANIFEST: dict[str, Any] = yaml.safe_load(TEXT)
HTTP = TEXT.replace("# HTTP: ", "").replace("socket_mode_enabled: true", "socket_mode_enabled: false")

# What Slack asks for each method that a bot like this calls; None is nothing but a token. Where Slack has a
# scope for each kind of conversation, it is the one for direct messages. docs.slack.dev/reference/methods
SCOPE_OF_METHOD = {
    "apps.connections.open": None,
    "auth.test": None,
    "chat.delete": "chat:write",
    "chat.getPermalink": None,
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.info": "im:read",
    "conversations.open": "im:write",
    "dnd.teamInfo": "dnd:read",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "files.getUploadURLExternal": "files:write",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
    "views.open": None,
    "views.publish": None,
    "views.push": None,
    "views.update": None,
}

# docs.slack.dev/reference/events
SCOPE_OF_EVENT = {
    "app_home_opened": None,
    "message.im": "im:history",
    "team_join": "users:read",
    "user_change": "users:read",
}

METHOD = re.compile(
    r"(apps|auth|bots|chat|conversations|dnd|files|reactions|team|usergroups|users|views)[._]\w+"
)


def methods_called() -> set[str]:
    """Every Web API method that the code names, as "chat.postMessage" or as client.chat_postMessage(…)."""
    found = set()
    for module in [*(ROOT / "bot" / "slack").rglob("*.py"), ROOT / "bot" / "doctor.py"]:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and METHOD.fullmatch(node.value)
            ):
                found.add(node.value)
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and METHOD.fullmatch(node.func.attr)
            ):
                found.add(node.func.attr.replace("_", "."))
    return {name for name in found if "." in name}


def reads_emails() -> bool:
    return any(
        '"email"' in module.read_text(encoding="utf-8") for module in (ROOT / "bot" / "slack").rglob("*.py")
    )


def test_the_bot_asks_for_the_least_scopes_it_can_work_with() -> None:
    called = methods_called()
    assert called, "no Web API method was found in bot/slack"
    unknown = called - set(SCOPE_OF_METHOD)
    assert not unknown, f"say in SCOPE_OF_METHOD what scope these need: {sorted(unknown)}"
    needed = {SCOPE_OF_METHOD[method] for method in called}
    needed |= {SCOPE_OF_EVENT[event] for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
    needed |= {"commands"} | ({"users:read.email"} if reads_emails() else set())
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == needed - {None}


def test_the_commands_are_those_the_bot_answers() -> None:
    known = ["perf", *Catalog.find(flows).commands()]
    commands = MANIFEST["features"]["slash_commands"]
    offered = {command["command"]: command["usage_hint"] for command in commands}
    assert len(offered) == len(commands), "Slack takes each command once"
    assert set(offered) == {"/" + command.split()[0] for command in known}
    for command, hint in offered.items():
        offers = [
            offer.strip() for offer in hint.strip("[]").split("|")
        ]  # "@person 4" stands for a person's name
        hinted = [
            f"{command[1:]} {offer}" for offer in offers if offer != "help" and not offer.startswith("@")
        ]
        assert [typed for typed in hinted if typed not in known] == []


def test_the_menu_of_a_message_has_what_the_bot_takes_up() -> None:
    known = {one.name: one.title.en for one in Catalog.find(flows).shortcuts.values()}
    offered = MANIFEST["features"]["shortcuts"]
    assert {one["callback_id"]: one["name"] for one in offered} == known
    assert {one["type"] for one in offered} == {"message"}
    assert len(offered) <= 10
    for one in offered:
        assert len(one["name"]) <= 24
        assert len(one["description"]) <= 150


def test_the_events_are_those_the_bot_listens_to() -> None:
    assert sorted(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == sorted(EVENTS)


def test_it_can_be_pasted_for_socket_mode() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert "https://" not in str(MANIFEST)


def test_it_can_be_turned_to_http_as_its_comment_says() -> None:
    turned = yaml.safe_load(HTTP)
    addresses = [command["url"] for command in turned["features"]["slash_commands"]]
    addresses.append(turned["settings"]["event_subscriptions"]["request_url"])
    addresses.append(turned["settings"]["interactivity"]["request_url"])
    assert turned["settings"]["socket_mode_enabled"] is False
    assert {address.removeprefix("https://perfloop.example.com") for address in addresses} == {
        "/slack/events"
    }


def test_people_can_write_to_the_bot() -> None:
    assert MANIFEST["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] is True


@pytest.mark.parametrize("manifest", [MANIFEST, yaml.safe_load(HTTP)], ids=["socket", "http"])
def test_it_keeps_slacks_limits(manifest: dict[str, Any]) -> None:
    about = manifest["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    assert re.fullmatch("#[0-9a-f]{6}", about["background_color"])
    assert len(manifest["features"]["bot_user"]["display_name"]) <= 80
    commands = manifest["features"]["slash_commands"]
    assert len(commands) <= 50
    for command in commands:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is True
        assert len(command.get("url", "")) <= 3000
    assert len(manifest["settings"]["event_subscriptions"]["bot_events"]) <= 100
    assert set(manifest) == {"_metadata", "display_information", "features", "oauth_config", "settings"}
