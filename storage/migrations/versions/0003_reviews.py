"""Reviews, the goals of a cycle, and the check-ins that came late."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, need, to

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "review",
        need("id", sa.Integer()),
        need("cycle", sa.Integer()),
        need("phase", sa.Text()),
        need("kind", sa.Text()),
        need("about", sa.Integer()),
        need("author", sa.Integer()),
        sa.Column("manager", sa.Integer(), nullable=True),
        need("answers", sa.JSON()),
        need("sent_at", MOMENT),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="review_pkey"),
        sa.UniqueConstraint("cycle", "phase", "about", "kind", name="review_cycle_phase_about_kind_key"),
        to("review", "cycle", "cycle"),
        *(to("review", name, "person") for name in ("about", "author", "manager")),
    )
    op.create_index("review_author", "review", ["cycle", "author"])
    op.create_index(
        "checkin_late", "checkin", ["programme", "round", "person"],
        sqlite_where=sa.text("late = 1"), postgresql_where=sa.text("late"),
    )  # fmt: skip
    op.add_column("goal", sa.Column("cycle", sa.Integer(), nullable=True))
    op.add_column("goal", sa.Column("measure", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("goal") as goal:
        goal.alter_column("measure", server_default=None, existing_type=sa.Text())
        goal.create_foreign_key("goal_cycle_fkey", "cycle", ["cycle"], ["id"])
