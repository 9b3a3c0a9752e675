"""A quarter whose results everybody has read, and appeals against them, for the stories."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.exchange import Press
from flows.core.screen import Act
from tests.stories.releasing import OPENS, person, ready, release

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
READ = OPENS + 15 * HOUR  # Wednesday: it is morning everywhere by now
FACTS, WISH = "The migration was finished in February, two weeks early", "An A, or the step for results"


def opened(town: Any, **reviewers: tuple[str, ...]) -> int:
    """Everybody may read their result: Kavya has a C, Lina an A, the others a B."""
    cycle = ready(town, **reviewers)
    release(town)
    town.to(READ)
    return cycle


def file(player: Any, facts: str = FACTS, apart: str = "no", **answers: object) -> None:
    """Open the form by the command, fill it and send it."""
    player.command("/appeal")
    player.fill(
        **{
            "parts": ["results", "rating"], "facts": facts, "evidence": "The release notes", "talk": "not_held",
            "wish": WISH, "apart": apart, **answers,
        }
    )  # fmt: skip
    assert player.submit() == {}


def theirs(town: Any, cycle: int, name: str) -> Any:
    """The person's newest appeal as it is kept."""
    whose = person(town, name).id
    return town.records(lambda records: records.appeals.of(cycle, whose)[-1])


def see(town: Any, name: str, appeal: Any, view: str = "appeal-shown") -> Any:
    """Press a button that leads to an appeal, be it there or forged."""
    player = town.player(name)
    player._take(Press(Act("see", (view, str(appeal.id))), "message"))
    return player


def look(town: Any, name: str, appeal: Any) -> Any:
    """Open it from the list of those that one decides or looks after."""
    player = town.player(name)
    whose = town.records(lambda records: records.people.get(appeal.person).name)
    player.command("/appeal list")
    player.touch("打开" if player.title() == "申诉列表" else "Open", beside=f"{whose} · ")
    return player


def seated(town: Any, appeal: Any, level: int) -> list[str]:
    """Who decides at that level, by the first part of their address."""

    def work(records: Any) -> list[str]:
        ids = [one.person for one in records.appeals.seats(appeal.id) if one.level == level and one.on]
        return sorted(one.email.partition("@")[0] for one in records.people.many(ids))

    found: list[str] = town.records(work)
    return found


def check(town: Any, appeal: Any, verdict: str = "admitted", why: str = "", hr: str = "marta") -> Any:
    """HR checks it."""
    player = look(town, hr, appeal)
    player.touch("审查" if player.title() == "申诉" else "Check it")
    player.fill(verdict=verdict, **({"why": why} if why else {}))
    player.submit()
    return player


def decide(town: Any, name: str, appeal: Any, outcome: str, why: str, **new: object) -> Any:
    """Somebody decides; `new` are the rating and the steps."""
    player = look(town, name, appeal)
    player.touch("裁决" if player.title() == "申诉" else "Decide")
    player.fill(outcome=outcome, why=why)
    player.submit()
    if outcome != "rejected":
        if new:
            player.fill(**new)
        player.submit()
        player.submit()
    return player


def versions(town: Any, cycle: int, name: str) -> list[Any]:
    whose = person(town, name).id
    return list(town.records(lambda records: records.ledger.of(cycle, whose)))
