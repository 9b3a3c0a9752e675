"""Goals in full: their terms, versions, steps, readings, signals, API tokens and the library."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, partial, to

revision = "0004"
down_revision = "0003"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BEFORE = sa.text("CREATE TABLE goal_before AS SELECT id, person, title, created_at, cycle, measure FROM goal")
AGREED = sa.text(
    "INSERT INTO goal (id, person, title, created_at, cycle, measure, level, department, state, version, leaving, "
    "shape, method, unit, lower, part, steps, milestones, metric, gather, rule, visibility) "
    "SELECT id, person, title, created_at, cycle, measure, 'person', '', 'agreed', 1, false, "
    "'number', 'kpi', '', false, 'ordinary', '[]', '[]', '', 'latest', 'none', 'team' FROM goal_before"
)
NEXT_ID = sa.text(
    "SELECT setval(pg_get_serial_sequence('goal', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM goal))"
)


def upgrade() -> None:
    goals()
    op.create_table(
        "goal_version",
        number(),
        need("goal", sa.Integer()),
        need("version", sa.Integer()),
        need("act"),
        may("by", sa.Integer()),
        need("at", MOMENT),
        need("terms", sa.JSON()),
        need("comment"),
        sa.PrimaryKeyConstraint("id", name="goal_version_pkey"),
        to("goal_version", "goal", "goal", ondelete="CASCADE"),
        to("goal_version", "by", "person"),
    )
    op.create_index("goal_version_goal", "goal_version", ["goal"])
    op.create_table(
        "goal_step",
        number(),
        need("goal", sa.Integer()),
        need("title"),
        may("due", sa.Date()),
        need("needs"),
        need("decision"),
        may("decided_by", sa.Integer()),
        need("note"),
        may("done_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="goal_step_pkey"),
        to("goal_step", "goal", "goal", ondelete="CASCADE"),
        to("goal_step", "decided_by", "person"),
    )
    op.create_index("goal_step_goal", "goal_step", ["goal"])
    op.create_table(
        "api_token",
        number(),
        need("name"),
        need("secret"),
        need("metrics", sa.JSON()),
        need("departments", sa.JSON()),
        need("made_by", sa.Integer()),
        need("made_at", MOMENT),
        may("revoked_at", MOMENT),
        may("used_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="api_token_pkey"),
        sa.UniqueConstraint("secret", name="api_token_secret_key"),
        to("api_token", "made_by", "person"),
    )
    readings()
    files()
    op.create_table(
        "goal_signal",
        need("goal", sa.Integer()),
        need("kind"),
        need("since", MOMENT),
        may("ended_at", MOMENT),
        may("told_at", MOMENT),
        may("raised_at", MOMENT),
        may("raised_to", sa.Integer()),
        sa.PrimaryKeyConstraint("goal", "kind", name="goal_signal_pkey"),
        to("goal_signal", "goal", "goal", ondelete="CASCADE"),
        to("goal_signal", "raised_to", "person"),
    )
    partial("goal_signal_raised", "goal_signal", ["raised_to"], "raised_to IS NOT NULL")
    op.create_table(
        "goal_library",
        number(),
        need("job"),
        need("place", sa.Integer()),
        need("terms", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="goal_library_pkey"),
        sa.UniqueConstraint("job", "place", name="goal_library_job_place_key"),
    )


def goals() -> None:
    """What was written so far stands as agreed; the table is made anew, for it has no column that stays alone."""
    op.execute(BEFORE)
    op.drop_table("goal")
    op.create_table(
        "goal",
        number(),
        need("person", sa.Integer()),
        need("title"),
        need("created_at", MOMENT),
        may("cycle", sa.Integer()),
        need("measure"),
        need("level"),
        need("department"),
        need("state"),
        need("version", sa.Integer()),
        may("asked_by", sa.Integer()),
        may("pending", sa.JSON()),
        need("leaving", sa.Boolean()),
        may("changed_at", MOMENT),
        *(need(name) for name in ("shape", "method", "unit")),
        need("lower", sa.Boolean()),
        *(may(name, sa.BigInteger()) for name in ("baseline", "target", "stretch", "weight")),
        need("part"),
        may("perspective"),
        need("steps", sa.JSON()),
        need("milestones", sa.JSON()),
        may("due", sa.Date()),
        need("metric"),
        need("gather"),
        may("parent", sa.Integer()),
        need("rule"),
        may("factor"),
        need("visibility"),
        may("gives", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="goal_pkey"),
        to("goal", "person", "person"),
        to("goal", "cycle", "cycle"),
        to("goal", "asked_by", "person"),
        to("goal", "parent", "goal"),
    )
    op.execute(AGREED)
    op.drop_table("goal_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(NEXT_ID)
    op.create_index("goal_person", "goal", ["person"])
    op.create_index("goal_parent", "goal", ["parent", "gives"])
    op.create_index("goal_cycle_person", "goal", ["cycle", "person"])
    partial("goal_above", "goal", ["cycle", "level"], "level <> 'person'")
    partial("goal_metric", "goal", ["metric"], "metric <> ''")


def readings() -> None:
    op.create_table(
        "reading",
        number(),
        need("series", KEY),
        need("period", KEY),
        need("day", sa.Date()),
        need("value", sa.BigInteger()),
        need("source"),
        need("at", MOMENT),
        may("by", sa.Integer()),
        may("token", sa.Integer()),
        may("confidence", sa.Integer()),
        need("note"),
        need("current", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="reading_pkey"),
        to("reading", "by", "person"),
        to("reading", "token", "api_token"),
    )
    op.create_index(
        "reading_current", "reading", ["series", "period"], unique=True,
        sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"),
    )  # fmt: skip
    partial("reading_replaced", "reading", ["series", "period"], "NOT current")


def files() -> None:
    op.create_table(
        "file_order",
        number(),
        need("kind"),
        need("person", sa.Integer()),
        need("about", sa.JSON()),
        need("asked_at", MOMENT),
        need("state"),
        may("until", MOMENT),
        need("tries", sa.Integer()),
        need("failure"),
        sa.PrimaryKeyConstraint("id", name="file_order_pkey"),
        to("file_order", "person", "person"),
    )
    op.create_index("file_order_asked_at", "file_order", ["asked_at"])
    partial("file_order_to_do", "file_order", ["asked_at"], "state IN ('asked', 'sending')")
    op.create_table(
        "dropped_sheet",
        number(),
        need("person", sa.Integer()),
        need("name"),
        need("at", MOMENT),
        need("state"),
        *(may(name, sa.JSON()) for name in ("content", "problem", "outcome")),
        sa.PrimaryKeyConstraint("id", name="dropped_sheet_pkey"),
        to("dropped_sheet", "person", "person"),
    )
    op.create_index("dropped_sheet_at", "dropped_sheet", ["at"])
