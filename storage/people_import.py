"""Takes a file of people into the directory: 100,000 in a few seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.cycle.people.changes import Before
from flows.people.row import PersonRow
from storage.records.rows import CHUNK, chunks
from storage.tables.people import PERSON

FROM_FILE = ("name", "department", "level", "title", "roles", "language", "hired_on", "left_on")
COMPARED = (*FROM_FILE, "zone", "active", "manager")
OF_CONSEQUENCE = tuple(name for name in Before.__slots__ if name != "person")  # to cycles that are live
UNKNOWN_ZONE = "UTC"  # until the messenger tells the person's own


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many people were new, changed and as before; `before` is how those stood from whose change more follows."""

    new: int
    changed: int
    unchanged: int
    before: Sequence[Before] = field(default=(), compare=False, repr=False)


def apply_import(connection: Connection, rows: Sequence[PersonRow], today: date) -> ImportResult:
    """Merge the rows by e-mail; who is not among them is left alone.

    The account stays, and the zone too where the row has none. Whose last day is before `today` becomes
    inactive, everyone else in the file active, but for those whom the messenger has deactivated. A manager is found
    by e-mail, in the file or the directory; KeyError when there is none.
    """
    before = _directory(connection)
    merged = {row.email: _merged(row, before.get(row.email), today) for row in rows}
    fresh = [row for email, row in merged.items() if email not in before]
    for chunk in chunks(fresh, CHUNK):
        connection.execute(insert(PERSON), chunk)
    # Numbers are known only now, so managers are set in a second step.
    ids: dict[str, int] = dict(connection.execute(select(PERSON.c.email, PERSON.c.id)).all())
    for row in rows:
        merged[row.email]["manager"] = ids[row.manager_email] if row.manager_email else None
    changed = [row for email, row in merged.items() if email in before and _differs(row, before[email])]
    led = [row for row in fresh if row["manager"]]
    change = update(PERSON).where(PERSON.c.email == bindparam("whose"))
    change = change.values({name: bindparam(name) for name in COMPARED})
    for chunk in chunks((*changed, *led), CHUNK):
        connection.execute(
            change, [{"whose": row["email"], **{n: row[n] for n in COMPARED}} for row in chunk]
        )
    told = [Before(ids[row["email"]], False) for row in fresh if row["active"]]
    for now in changed:
        was = before[now["email"]]
        if any(now[name] != was[name] for name in OF_CONSEQUENCE):
            told.append(Before(was["id"], *(was[name] for name in OF_CONSEQUENCE)))
    return ImportResult(len(fresh), len(changed), len(merged) - len(fresh) - len(changed), told)


def _directory(connection: Connection) -> dict[str, Any]:
    wanted = select(*(PERSON.c[name] for name in ("id", "email", *COMPARED)))
    return {row["email"]: row for row in connection.execute(wanted).mappings()}


def _merged(row: PersonRow, before: Any, today: date) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in FROM_FILE},
        "email": row.email,
        "roles": list(row.roles),
        "zone": row.zone or (before["zone"] if before else UNKNOWN_ZONE),
        "active": (row.left_on is None or row.left_on >= today) and not _deactivated(before),
        "account": None,
        "away": [],
        "manager": None,
    }


def _deactivated(before: Any) -> bool:
    """Whether the messenger has deactivated them: they are gone though no last day of work says so."""
    return bool(before) and not before["active"] and before["left_on"] is None


def _differs(row: dict[str, Any], before: Any) -> bool:
    return any(row[name] != before[name] for name in COMPARED)
