"""Actions, development plans, trainings and improvement plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, partial, to

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
        need("why"),
        sa.PrimaryKeyConstraint("id", name="action_pkey"),
        *(to("action", name, "person") for name in ("person", "made_by")),
    )
    op.create_index("action_person", "action", ["person", "state"])
    op.create_index("action_of", "action", ["source", "of"])


def development() -> None:
    """Development plans, trainings, and what is taken over into the next cycle."""
    op.create_table(
        "carried",
        need("cycle", sa.Integer()),
        need("kind"),
        *(need(name, sa.Integer()) for name in ("of", "person")),
        need("taken", sa.Boolean()),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("cycle", "kind", "of", name="carried_pkey"),
        to("carried", "cycle", "cycle"),
        to("carried", "person", "person"),
    )
    op.create_index("carried_person", "carried", ["person", "cycle"])
    op.create_table(
        "development",
        number(),
        need("person", sa.Integer()),
        may("cycle", sa.Integer()),
        need("state"),
        need("content", sa.JSON()),
        may("pending", sa.JSON()),
        *(need(name, sa.Integer()) for name in ("version", "asked")),
        may("asked_by", sa.Integer()),
        need("changed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="development_pkey"),
        sa.UniqueConstraint("person", "cycle", name="development_person_cycle_key"),
        to("development", "cycle", "cycle"),
        *(to("development", name, "person") for name in ("person", "asked_by")),
    )
    partial("development_loose", "development", ["person"], "cycle IS NULL", unique=True)
    op.create_table(
        "development_step",
        number(),
        *(need(name, sa.Integer()) for name in ("plan", "version")),
        need("act"),
        need("by", sa.Integer()),
        need("at", MOMENT),
        need("content", sa.JSON()),
        need("comment"),
        sa.PrimaryKeyConstraint("id", name="development_step_pkey"),
        to("development_step", "plan", "development"),
        to("development_step", "by", "person"),
    )
    op.create_index("development_step_plan", "development_step", ["plan"])
    op.create_index("development_step_by", "development_step", ["by"])
    trainings()


def trainings() -> None:
    op.create_table(
        "training",
        number(),
        *(need(name) for name in ("code", "title", "title_zh")),
        may("hours", sa.BigInteger()),
        *(need(name) for name in ("mode", "link", "skills")),
        need("cost", sa.BigInteger()),
        need("currency"),
        need("offered", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="training_pkey"),
        sa.UniqueConstraint("code", name="training_code_key"),
    )
    op.create_table(
        "enrolment",
        number(),
        *(need(name, sa.Integer()) for name in ("training", "person")),
        need("state"),
        need("asked_at", MOMENT),
        may("decided_by", sa.Integer()),
        may("decided_at", MOMENT),
        may("took_place", sa.Date()),
        may("recorded_by", sa.Integer()),
        need("why"),
        sa.PrimaryKeyConstraint("id", name="enrolment_pkey"),
        to("enrolment", "training", "training"),
        *(to("enrolment", name, "person") for name in ("person", "decided_by", "recorded_by")),
    )
    op.create_index("enrolment_person", "enrolment", ["person"])
    op.create_index("enrolment_training", "enrolment", ["training", "state"])


def improvement() -> None:
    """Improvement plans, and the steps that led to where they are."""
    op.create_table(
        "improvement",
        number(),
        *(need(name, sa.Integer()) for name in ("person", "manager", "made_by")),
        need("made_at", MOMENT),
        need("state"),
        need("version", sa.Integer()),
        *(may(name, sa.JSON()) for name in ("terms", "draft", "asking")),
        *(need(name, sa.Integer()) for name in ("acknowledged", "unread")),
        may("published_at", MOMENT),
        *(may(name, sa.Date()) for name in ("meeting", "paused_on")),
        need("on_leave", sa.Boolean()),
        need("extended", sa.Integer()),
        need("former", sa.JSON()),
        may("ended_at", MOMENT),
        need("steps", sa.Integer()),
        need("head"),
        sa.PrimaryKeyConstraint("id", name="improvement_pkey"),
        *(to("improvement", name, "person") for name in ("person", "manager", "made_by")),
    )
    op.create_index("improvement_person", "improvement", ["person"])
    op.create_index("improvement_manager", "improvement", ["manager"])
    partial("improvement_one", "improvement", ["person"], "ended_at IS NULL", unique=True)
    op.create_table(
        "improvement_step",
        *(need(name, sa.Integer()) for name in ("plan", "number")),
        need("kind"),
        may("by", sa.Integer()),
        need("at", MOMENT),
        may("content", sa.JSON()),
        *(need(name) for name in ("seal", "before", "hash")),
        sa.PrimaryKeyConstraint("plan", "number", name="improvement_step_pkey"),
        to("improvement_step", "plan", "improvement"),
        to("improvement_step", "by", "person"),
    )
    op.create_index("improvement_step_by", "improvement_step", ["by"])
    partial("improvement_step_handed", "improvement_step", ["plan"], "kind = 'handed'")
