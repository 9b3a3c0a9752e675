"""What a rehearsal found as plain JSON and back: how it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flows.cycle.rehearsals.rehearsal import Busy, Found, Problem, Thing, Told
from flows.cycle.rehearsals.words import SAID


def dump(found: Found) -> dict[str, Any]:
    """The outcome as plain JSON: numbers, dates and ids, no names."""
    return {
        "made_at": found.made_at.isoformat(),
        "figures": [
            found.people, found.readers, found.messages, found.usual, found.kickoff, found.per_minute
        ],
        "days": _days(found.days),
        "busiest": [[busy.person, busy.messages, _days(busy.days)] for busy in found.busiest],
        "problems": [
            [problem.kind, dict(problem.values), list(problem.people), problem.blocking]
            for problem in found.problems
        ],
    }  # fmt: skip


def load(kept: Mapping[str, Any]) -> Found:
    """The outcome that `dump` wrote."""
    people, readers, messages, usual, kickoff, per_minute = kept["figures"]
    return Found(
        made_at=datetime.fromisoformat(kept["made_at"]),
        people=people,
        readers=readers,
        messages=messages,
        usual=usual,
        days=_read(kept["days"]),
        busiest=tuple(Busy(person, number, _read(days)) for person, number, days in kept["busiest"]),
        kickoff=kickoff,
        per_minute=per_minute,
        problems=tuple(
            Problem(kind, values, tuple(people), blocking)
            for kind, values, people, blocking in kept["problems"]
            if kind in SAID  # an earlier release may have found what is no problem any more
        ),
    )


def dump_told(told: Sequence[Told]) -> list[Any]:
    """One person's timeline."""
    return [
        [
            one.at.isoformat(),
            one.day.isoformat(),
            one.kind,
            [[thing.kind, thing.scope, thing.subject, thing.count] for thing in one.things],
            list(one.notices),
            one.unasked,
        ]
        for one in told
    ]


def load_told(kept: Sequence[Any]) -> list[Told]:
    """The timeline that `dump_told` wrote."""
    return [
        Told(
            datetime.fromisoformat(at),
            date.fromisoformat(day),
            kind,
            tuple(Thing(*thing) for thing in things),
            tuple(notices),
            unasked,
        )
        for at, day, kind, things, notices, unasked in kept
    ]


def _days(days: Mapping[date, int]) -> dict[str, int]:
    return {day.isoformat(): number for day, number in days.items()}


def _read(days: Mapping[str, int]) -> dict[date, int]:
    return {date.fromisoformat(day): number for day, number in days.items()}
