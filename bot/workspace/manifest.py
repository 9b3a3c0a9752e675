"""What the installed app's manifest says: commands, shortcuts, scopes and events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Installed:
    """An installed app. `scopes` and `events` are None without a manifest: everything is allowed and sent."""

    commands: tuple[Json, ...] = ()
    shortcuts: tuple[Json, ...] = ()
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None

    def command(self, name: str) -> Json | None:
        """The command `/name`; without a manifest any."""
        if self.scopes is None and not self.commands:
            return {"command": name, "should_escape": False}
        return next((command for command in self.commands if command["command"] == name), None)

    def shortcut(self, callback_id: str) -> Json | None:
        return next((one for one in self.shortcuts if one["callback_id"] == callback_id), None)


def installed(manifest: Mapping[str, Any] | None) -> Installed:
    """Read a manifest (the parsed YAML or JSON that Slack's "create from manifest" takes)."""
    if manifest is None:
        return Installed()
    features = manifest.get("features", {})
    subscriptions = manifest.get("settings", {}).get("event_subscriptions", {})
    return Installed(
        tuple(features.get("slash_commands", ())),
        tuple(features.get("shortcuts", ())),
        frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        frozenset(subscriptions.get("bot_events", ())),
    )
