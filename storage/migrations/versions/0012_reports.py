"""What reports read: how goals stood at the last look and every week, what resources brought, and days of talks."""

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
