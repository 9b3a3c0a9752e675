"""What reports read: standings of goals and their weeks, what resources brought, days of talks, results as opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, to

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    standings()
    weeks()
    held()
    released()
    weekly()
    for column in (may("decided_at", MOMENT), may("reached", sa.BigInteger()), may("paced", sa.BigInteger())):
        op.add_column("goal_step", column)


def standings() -> None:
    op.create_table(
        "goal_standing",
        *(need(name, sa.Integer()) for name in ("cycle", "person", "goal")),
        need("day", sa.Date()),
        *(may(name, sa.BigInteger()) for name in ("share", "attainment", "paced")),
        *(may(name, sa.BigInteger()) for name in ("low", "middle", "high", "ending")),
        sa.PrimaryKeyConstraint("cycle", "person", "goal", name="goal_standing_pkey"),
        to("goal_standing", "cycle", "cycle"),
        to("goal_standing", "person", "person"),
        to("goal_standing", "goal", "goal", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("goal_standing_goal", "goal_standing", ["goal"])


def weeks() -> None:
    op.create_table(
        "goal_week",
        number(),
        need("cycle", sa.Integer()),
        need("day", sa.Date()),
        need("department"),
        may("manager", sa.Integer()),
        *(need(name, sa.Integer()) for name in ("goals", "valued", "behind")),
        *(need(name, sa.BigInteger()) for name in ("shares", "points", "paced_shares", "paced")),
        sa.PrimaryKeyConstraint("id", name="goal_week_pkey"),
        to("goal_week", "cycle", "cycle"),
        to("goal_week", "manager", "person"),
    )
    op.create_index("goal_week_cycle_day", "goal_week", ["cycle", "day"])


def held() -> None:
    """Of talks before now the last day alone is known."""
    op.create_table(
        "meeting_held",
        need("day", sa.Date()),
        need("meeting", sa.Integer()),
        sa.PrimaryKeyConstraint("day", "meeting", name="meeting_held_pkey"),
        to("meeting_held", "meeting", "meeting"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO meeting_held (day, meeting) SELECT last_on, id FROM meeting WHERE last_on IS NOT NULL"
    )


def released() -> None:
    """Of what was released before now, people stand where they do today: nobody has seen a report of it.

    HR and everybody above them are not counted, for whoever reads the figures could work theirs out.
    """
    op.create_table(
        "released_result",
        *(need(name, sa.Integer()) for name in ("cycle", "person")),
        *(need(name) for name in ("department", "level")),
        may("manager", sa.Integer()),
        *(need(name) for name in ("rating", "given")),
        may("score", sa.Integer()),
        need("counted", sa.Boolean()),
        sa.PrimaryKeyConstraint("cycle", "person", name="released_result_pkey"),
        to("released_result", "cycle", "cycle"),
        *(to("released_result", name, "person") for name in ("person", "manager")),
        sqlite_with_rowid=False,
    )
    op.execute(RELEASED)


def weekly() -> None:
    op.create_table(
        "weekly_off",
        need("person", sa.Integer()),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("person", name="weekly_off_pkey"),
        to("weekly_off", "person", "person"),
        sqlite_with_rowid=False,
    )


RELEASED = """
INSERT INTO released_result (cycle, person, department, level, manager, rating, given, score, counted)
WITH RECURSIVE uncounted (cycle, person) AS (
    SELECT r.cycle, h.id FROM result_release r JOIN person h ON h.active AND CAST(h.roles AS TEXT) LIKE '%"hr%'
    UNION
    SELECT u.cycle, CASE step.by WHEN 1 THEN d.manager ELSE p.manager END
    FROM uncounted u JOIN person d ON d.id = u.person
    LEFT JOIN participant p ON p.cycle = u.cycle AND p.person = u.person
    CROSS JOIN (SELECT 1 AS by UNION ALL SELECT 2) step
)
SELECT p.cycle, p.person, p.department, p.level, p.manager, COALESCE((
    SELECT v.rating FROM result_version v WHERE v.cycle = p.cycle AND v.person = p.person
    AND v.kind IN ('manager', 'calibrated') ORDER BY v.version DESC LIMIT 1
), ''), COALESCE((
    SELECT v.rating FROM result_version v WHERE v.cycle = p.cycle AND v.person = p.person
    AND v.kind = 'manager' ORDER BY v.version DESC LIMIT 1
), ''), (
    SELECT CAST(ROUND(CAST(v.score AS NUMERIC) * 100) AS INTEGER) FROM result_version v
    WHERE v.cycle = p.cycle AND v.person = p.person AND v.kind <> 'appealed' ORDER BY v.version DESC LIMIT 1
), NOT EXISTS (SELECT 1 FROM uncounted u WHERE u.cycle = p.cycle AND u.person = p.person)
FROM participant p JOIN result_release r ON r.cycle = p.cycle
WHERE r.released_at IS NOT NULL AND (p.place = 'in' OR p.why = 'left')
AND EXISTS (SELECT 1 FROM result_version v WHERE v.cycle = p.cycle AND v.person = p.person)
AND NOT EXISTS (
    SELECT 1 FROM result_withheld w WHERE w.cycle = p.cycle AND w.person = p.person AND w.at <= r.released_at
    AND (w.lifted_at IS NULL OR w.lifted_at > r.released_at)
)
"""
