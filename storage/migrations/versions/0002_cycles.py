"""Cycles: their tables, who owes a task and about whom, and on which day a message counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, partial, to

revision = "0002"
down_revision = "0001"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    tasks()
    op.add_column("message", may("day", sa.Date()))
    partial("message_day", "message", ["person", "day"], "day IS NOT NULL")
    op.drop_index("message_stale", "message")
    stale = "state = 'sent' AND stale_due_at IS NOT NULL"
    partial("message_stale", "message", ["urgency", "stale_due_at"], stale)
    cycles()
    broadcasts()
    rehearsals()
    op.create_table(
        "sweep",
        need("key", KEY),
        need("about", sa.JSON()),
        need("due_at", MOMENT),
        need("cursor", sa.Integer()),
        need("done", sa.Boolean()),
        sa.PrimaryKeyConstraint("key", name="sweep_pkey"),
    )
    partial("sweep_due", "sweep", ["due_at"], "NOT done")
    op.create_table(
        "notice",
        number(),
        need("key", KEY),
        need("person", sa.Integer()),
        need("kind"),
        need("about", sa.JSON()),
        need("due_at", MOMENT),
        need("state"),
        may("message"),
        sa.PrimaryKeyConstraint("id", name="notice_pkey"),
        sa.UniqueConstraint("key", name="notice_key_key"),
        to("notice", "person", "person"),
    )
    partial("notice_due", "notice", ["due_at"], "state = 'waiting'")
    partial("notice_person", "notice", ["person"], "state = 'waiting'")


def tasks() -> None:
    """Each task so far is its person's own duty and about themselves."""
    for name in ("owner", "about"):
        op.add_column("task", may(name, sa.Integer()))
    op.add_column("task", sa.Column("department", sa.Text(), nullable=False, server_default=""))
    for name in ("said_at", "told_due"):
        op.add_column("task", may(name, MOMENT))
    op.execute(
        sa.text(
            "UPDATE task SET owner = person, about = person, "
            "department = (SELECT department FROM person WHERE person.id = task.person), "
            "told_due = CASE WHEN said > 0 THEN due_at END, said_at = CASE WHEN said > 0 THEN opens_at END"
        )
    )
    op.drop_index("task_next", "task")
    with op.batch_alter_table("task") as task:
        task.alter_column("owner", nullable=False, existing_type=sa.Integer())
        task.alter_column("about", nullable=False, existing_type=sa.Integer())
        task.alter_column("department", server_default=None, existing_type=sa.Text())
        task.drop_constraint("task_kind_scope_subject_person_key", type_="unique")
        task.create_unique_constraint(
            "task_kind_scope_subject_owner_about_key", ["kind", "scope", "subject", "owner", "about"]
        )
        for name in ("owner", "about"):
            task.create_foreign_key(f"task_{name}_fkey", "person", [name], ["id"])
    op.create_index("task_counted", "task", ["scope", "kind", "subject", "department", "state"])
    partial("task_next", "task", ["next_at", "person"], "state = 'open' AND next_at IS NOT NULL")
    for name in ("owned", "about"):
        partial(f"task_{name}", "task", ["owner" if name == "owned" else name], "state = 'open'")


def cycles() -> None:
    op.create_table(
        "cycle",
        number(),
        need("state"),
        need("name"),
        need("first", sa.Date()),
        need("template", sa.JSON()),
        need("audience", sa.JSON()),
        need("owner", sa.Integer()),
        need("created_at", MOMENT),
        need("moved", sa.JSON()),
        may("rehearsed_at", MOMENT),
        may("asked_by", sa.Integer()),
        may("launched_by", sa.Integer()),
        may("approved_by", sa.Integer()),
        may("launched_at", MOMENT),
        may("paused_at", MOMENT),
        may("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="cycle_pkey"),
        *(to("cycle", name, "person") for name in ("owner", "asked_by", "launched_by", "approved_by")),
    )
    op.create_table(
        "participant",
        need("cycle", sa.Integer()),
        need("person", sa.Integer()),
        need("place"),
        may("manager", sa.Integer()),
        need("department"),
        need("level"),
        need("zone"),
        need("language"),
        need("since", MOMENT),
        need("extended", sa.JSON()),
        need("why"),
        sa.PrimaryKeyConstraint("cycle", "person", name="participant_pkey"),
        to("participant", "cycle", "cycle"),
        to("participant", "person", "person"),
        to("participant", "manager", "person"),
    )
    op.create_index("participant_person", "participant", ["person"])
    op.create_index("participant_manager", "participant", ["cycle", "manager", "person"])
    partial("participant_asked", "participant", ["cycle", "person"], "place = 'asked'")
    op.create_table(
        "delegation",
        number(),
        need("person", sa.Integer()),
        need("deputy", sa.Integer()),
        need("first", sa.Date()),
        need("last", sa.Date()),
        need("made_by", sa.Integer()),
        need("made_at", MOMENT),
        may("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="delegation_pkey"),
        *(to("delegation", name, "person") for name in ("person", "deputy", "made_by")),
    )
    op.create_index("delegation_person", "delegation", ["person"])
    op.create_index("delegation_deputy", "delegation", ["deputy"])
    op.create_table(
        "template",
        need("name"),
        need("text"),
        need("changed_at", MOMENT),
        sa.PrimaryKeyConstraint("name", name="template_pkey"),
    )


def broadcasts() -> None:
    op.create_table(
        "broadcast",
        number(),
        need("state"),
        need("author", sa.Integer()),
        need("text", sa.JSON()),
        need("audience", sa.JSON()),
        need("created_at", MOMENT),
        may("cycle", sa.Integer()),
        need("channels", sa.JSON()),
        may("send_on", sa.Date()),
        may("send_at"),
        need("version", sa.Integer()),
        need("readers", sa.Integer()),
        may("started_at", MOMENT),
        may("finished_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="broadcast_pkey"),
        sa.UniqueConstraint("cycle", name="broadcast_cycle_key"),
        to("broadcast", "author", "person"),
        to("broadcast", "cycle", "cycle"),
    )
    op.create_table(
        "reader",
        need("broadcast", sa.Integer()),
        need("person", sa.Integer()),
        sa.PrimaryKeyConstraint("broadcast", "person", name="reader_pkey"),
        to("reader", "broadcast", "broadcast"),
        to("reader", "person", "person"),
    )


def rehearsals() -> None:
    op.create_table(
        "rehearsal",
        need("cycle", sa.Integer()),
        need("state"),
        need("asked_by", sa.Integer()),
        need("asked_at", MOMENT),
        need("mark"),
        need("number", sa.Integer()),
        need("progress", sa.Integer()),
        may("until", MOMENT),
        may("found", sa.JSON()),
        need("failure"),
        sa.PrimaryKeyConstraint("cycle", name="rehearsal_pkey"),
        to("rehearsal", "cycle", "cycle"),
        to("rehearsal", "asked_by", "person"),
    )
    partial("rehearsal_to_do", "rehearsal", ["asked_at"], "state IN ('asked', 'playing')")
    op.create_table(
        "timeline",
        need("cycle", sa.Integer()),
        need("person", sa.Integer()),
        need("told", sa.JSON()),
        sa.PrimaryKeyConstraint("cycle", "person", name="timeline_pkey"),
        to("timeline", "cycle", "cycle"),
        to("timeline", "person", "person"),
    )
