"""Managers who rate their people by one line each, for the stories of whole reviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEXTS = {
    "results-why": "Did what was agreed in the plan of the team", "behaviour-example": "Shared the on-call duty",
    "strengths": "Thorough, and calm under pressure", "growth": "Delegate more; next step: lead the release",
    "ready": "later",
}  # fmt: skip
"""What managers write in the reviews that come along, as far as a form asks for it."""


def score(player: Any, email: str, rating: str, texts: Mapping[str, str] = TEXTS, **values: str) -> None:
    """Send somebody's review in one line, in which nothing is missing."""
    given = {"results": "3", "behaviour": "3", "ability": "3", **values}
    typed = " ".join(
        [f"{key}={value}" for key, value in given.items()]
        + [f'{key}="{said}"' for key, said in texts.items()]
    )
    player.command(f'/score {email} {rating} "As agreed, seen over all of it" {typed}')
    told = player.window() or player.aside()
    assert "内容完整" in told or "Nothing is missing" in told, told
    player.close()


def others_score(town: Any, cycle: int, without: str, rating: str, texts: Mapping[str, str] = TEXTS) -> None:
    """Every other manager sends their reviews."""
    people = town.records(
        lambda records: [
            (place.person, place.manager)
            for place in records.participants.slice(cycle, 0, 100)
            if place.manager
        ]
    )
    emails = town.records(lambda records: {one.id: one.email for one in records.people.active()})
    for whom, manager in people:
        who = emails[manager].partition("@")[0]
        if who != without and whom in emails:
            score(town.player(who), emails[whom], rating, texts)
