"""A company of any size, put into the database by bare inserts: teams of nine, forty departments, three zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert

from bot.workspace.people import Member
from flows.core.words import Words
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import NudgePolicy, Phase, Review, Template
from storage.records.rows import CHUNK, chunks
from storage.tables.people import PERSON
from storage.work import Work

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)  # a Wednesday
FIRST = date(2026, 11, 19)
TEAM = 9
DEPARTMENTS = 40
ZONES = ("Europe/Berlin", "Asia/Shanghai", "America/New_York")
HR_LEADS = 2  # the first two people: one launches, the other approves


def hire(
    engine: Engine, count: int, zones: Sequence[str] = ZONES, accounts: dict[str, str] | None = None
) -> None:
    """Put so many people into an empty directory; person n has id n. `accounts` are the messenger's, by e-mail."""
    with engine.begin() as connection:
        fill(connection, PERSON, (_row(number, zones, accounts) for number in range(1, count + 1)))


def fill(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    """Insert the rows, some thousand at a time."""
    for chunk in chunks(rows, CHUNK):
        connection.execute(insert(table), chunk)


def members(count: int, zone: str) -> list[Member]:
    """The same people as the messenger knows them."""
    return [Member(email(n), f"Person {n}", tz=zone) for n in range(1, count + 1)]


def email(number: int) -> str:
    return f"p{number}@example.com"


def leader(number: int) -> int | None:
    """Who leads person `number`: a tree in which everybody who leads has nine reports."""
    return (number - 2) // TEAM + 1 if number > 1 else None


def department(number: int) -> str:
    return f"Department {number % DEPARTMENTS}"


def draft(records: Work, template: Template, first: date = FIRST, audience: Audience | None = None) -> Cycle:
    """A cycle for everyone that may be launched now."""
    found = Cycle(0, "rehearsed", "Q4", first, template, audience or Audience(), 1, NOON, rehearsed_at=NOON)
    return records.cycles.save(found)


def quarter() -> Template:
    """A template with two phases at the beginning of the quarter and two at its end."""
    return Template(
        "bench-quarter",
        Words("Quarter", "季度"),
        "quarter",
        (
            Phase("goals", Words("Goals", "目标"), 0, 14, "goals"),
            Phase("halfway", Words("Halfway talk", "期中面谈"), 40, 7, "confirm"),
            Phase("self-review", Words("Self review", "自评"), 75, 7, "review", review="self"),
            Phase(
                "manager-review",
                Words("Manager review", "上级评估"),
                82,
                7,
                "review",
                "managers",
                review="manager",
            ),
        ),
        reviews={
            "self": Review("self", Words("Self review", "自评"), ()),
            "manager": Review("manager", Words("Manager review", "上级评估"), ()),
        },
        nudges=NudgePolicy(),
        kickoff=Words("The quarter begins.", "本季度开始了。"),
    )


def _row(number: int, zones: Sequence[str], accounts: dict[str, str] | None) -> dict[str, Any]:
    address = email(number)
    return {
        "id": number,
        "email": address,
        "name": f"Person {number}",
        "manager": leader(number),
        "department": department(number),
        "level": f"P{number % 5 + 3}",
        "title": "Seller",
        "roles": ["hr"] if number <= HR_LEADS else [],
        "zone": zones[number % len(zones)],
        "language": "zh" if number % 2 else "en",
        "hired_on": None,
        "left_on": None,
        "account": accounts[address] if accounts else f"U{number:08}",
        "active": True,
        "away": [],
    }
