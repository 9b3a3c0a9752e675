"""Moving the virtual clock: from milestone to milestone, letting the bot do what is due at each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import VirtualClock
from bot.workspace.workspace import Workspace

Json = dict[str, Any]

MORNING = 9


def clock_state(workspace: Workspace) -> Json:
    """What the page shows of the clock, in epoch seconds."""
    milestone = workspace.next_milestone()
    return {
        "now": workspace.clock.now().timestamp(),
        "speed": getattr(workspace.clock, "speed", 1.0),
        "next_milestone": milestone.timestamp() if milestone else None,
        "virtual": isinstance(workspace.clock, VirtualClock),
    }


async def jump(workspace: Workspace, clock: VirtualClock, target: datetime) -> None:
    """Go to `target`, stopping at every milestone on the way until the bot has settled.

    Whoever calls has let the bot settle before: what people did since may have changed the next milestone.
    """
    while True:
        milestone = workspace.next_milestone()
        stop = milestone if milestone is not None and clock.now() < milestone < target else target
        await workspace.idle()  # what is on its way was signed now, and would be too old afterwards
        clock.to(stop)
        workspace.world.publish({"type": "clock", "clock": clock_state(workspace)})
        await workspace.idle()
        await workspace.settle()
        if stop == target:
            break
    workspace.world.publish({"type": "clock", "clock": clock_state(workspace)})


def next_morning(now: datetime, tz: str) -> datetime:
    """The next 09:00 after `now` in the zone `tz`, as an aware time."""
    local = now.astimezone(ZoneInfo(tz))
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0, fold=0)
    return morning if morning > local else morning + timedelta(days=1)


async def move_clock(workspace: Workspace, body: Json) -> str | None:
    """Do what `POST /page/clock` asks. Returns a sentence if that cannot be done.

    `{advance: seconds}`, `{to: "next_morning", user?}`, `{to: "next_milestone"}` or `{speed: n}`.
    """
    clock = workspace.clock
    if not isinstance(clock, VirtualClock):
        return "This workspace runs on the machine's own clock, which cannot be moved."
    if "speed" in body:
        speed = body["speed"]
        if not isinstance(speed, int | float) or not 0 <= speed <= 1_000_000:
            return "speed must be a number of virtual seconds per second, from 0"
        clock.run_at(float(speed))
        workspace.world.publish({"type": "clock", "clock": clock_state(workspace)})
        return None
    await workspace.settle()
    target = _target(workspace, clock, body)
    if target is None:
        return (
            "Nothing is planned." if body.get("to") == "next_milestone" else "advance, to or speed is needed"
        )
    await jump(workspace, clock, target)
    return None


def _target(workspace: Workspace, clock: VirtualClock, body: Json) -> datetime | None:
    seconds = body.get("advance")
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds <= 366 * 86400:
        return clock.now() + timedelta(seconds=seconds)
    if body.get("to") == "next_milestone":
        return workspace.next_milestone()
    if body.get("to") == "next_morning":
        user = body.get("user")
        tz = workspace.world.user(user).member.tz if user else workspace.tz
        return next_morning(clock.now(), tz)
    return None
