"""Appeals against a result."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, partial, to

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    appeals()


def appeals() -> None:
    """Appeals, what was done about each, and who decides it."""
    op.create_table(
        "appeal",
        number(),
        need("cycle", sa.Integer()),
        need("person", sa.Integer()),
        need("department"),
        need("version", sa.Integer()),
        need("state"),
        need("parts", sa.JSON()),
        need("facts"),
        need("evidence"),
        need("talk"),
        need("wish"),
        need("apart", sa.Boolean()),
        need("filed_at", MOMENT),
        need("step", sa.Integer()),
        need("step_at", MOMENT),
        need("due_at", MOMENT),
        need("completed", sa.Boolean()),
        need("late", sa.Boolean()),
        need("outcome"),
        may("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="appeal_pkey"),
        to("appeal", "cycle", "cycle"),
        to("appeal", "person", "person"),
    )
    op.create_index("appeal_person", "appeal", ["person"])
    op.create_index("appeal_cycle", "appeal", ["cycle"])
    partial("appeal_open", "appeal", ["cycle", "person"], "ended_at IS NULL", unique=True)
    op.create_table(
        "appeal_step",
        number(),
        need("appeal", sa.Integer()),
        need("kind"),
        may("by", sa.Integer()),
        need("at", MOMENT),
        need("text"),
        need("about", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="appeal_step_pkey"),
        to("appeal_step", "appeal", "appeal"),
        to("appeal_step", "by", "person"),
    )
    op.create_index("appeal_step_appeal", "appeal_step", ["appeal"])
    op.create_index("appeal_step_by", "appeal_step", ["by"])
    op.create_table(
        "appeal_seat",
        need("appeal", sa.Integer()),
        need("level", sa.Integer()),
        need("person", sa.Integer()),
        need("on", sa.Boolean()),
        sa.PrimaryKeyConstraint("appeal", "level", "person", name="appeal_seat_pkey"),
        to("appeal_seat", "appeal", "appeal"),
        to("appeal_seat", "person", "person"),
    )
    op.create_index("appeal_seat_person", "appeal_seat", ["person"])
