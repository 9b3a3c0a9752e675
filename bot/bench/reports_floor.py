"""The arithmetic of each report as plain SQL over the whole company, without names, rights or words.

Each counts in one pass what the report says by the same groups, as whoever knows the tables would write it by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

COMPLETION = """
    SELECT {key}, m.name, t.subject, t.state, date(t.done_at), count(*)
    FROM task t JOIN participant p ON p.cycle = t.scope AND p.person = t.owner LEFT JOIN person m ON m.id = {manager}
    WHERE t.scope = :now AND t.kind IN ('review', 'nominate') GROUP BY {key}, m.name, t.subject, t.state, date(t.done_at)
"""
QUIET = """
    SELECT {key}, m.name, count(*), sum(CASE WHEN said.person IS NULL THEN 1 ELSE 0 END),
        sum(CASE WHEN talked.person IS NULL THEN 1 ELSE 0 END), sum(CASE WHEN sent.person IS NULL THEN 1 ELSE 0 END)
    FROM person p LEFT JOIN person m ON m.id = {manager}
    LEFT JOIN (
        SELECT about AS person FROM praise WHERE at >= '2026-10-19' UNION SELECT about FROM feedback WHERE at >= '2026-10-19'
    ) said ON said.person = p.id
    LEFT JOIN (SELECT DISTINCT person FROM meeting WHERE last_on >= '2026-11-04') talked ON talked.person = p.id
    LEFT JOIN (
        SELECT DISTINCT person FROM checkin WHERE round IN ('2026-11-02', '2026-11-09')
    ) sent ON sent.person = p.id
    WHERE p.active GROUP BY {key}, m.name
"""

NO_NAME = {"manager": "NULL"}
BY = {
    "department": {"key": "p.department", **NO_NAME},
    "manager": {"key": "p.manager", "manager": "p.manager"},
    "level": {"key": "p.level", **NO_NAME},
}
FLOORS: Mapping[str, Sequence[str]] = {
    **{f"completion {by}": (COMPLETION.format(**given),) for by, given in BY.items()},
    **{f"quiet {by}": (QUIET.format(**given),) for by, given in BY.items()},
}
"""By what the bench calls a report: its statements."""


def look(connection: Connection, statements: Sequence[str], cycles: Mapping[str, int]) -> int:
    """Run them all; how many groups there are."""
    return sum(len(connection.execute(text(one), cycles).all()) for one in statements)
