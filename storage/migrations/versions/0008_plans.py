"""Actions, development plans, trainings and improvement plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, to

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    actions()
    development()
    improvement()


def actions() -> None:
    op.create_table(
        "action",
        number(),
        need("person", sa.Integer()),
        need("source"),
        need("of", sa.Integer()),
        need("text"),
        may("due", sa.Date()),
        need("state"),
        need("made_by", sa.Integer()),
        need("made_at", MOMENT),
        may("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="action_pkey"),
        *(to("action", name, "person") for name in ("person", "made_by")),
    )
    op.create_index("action_person", "action", ["person", "state"])
    op.create_index("action_of", "action", ["source", "of"])


def development() -> None:
    """Development plans and trainings."""


def improvement() -> None:
    """Improvement plans."""
