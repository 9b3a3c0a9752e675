"""The first tables: people, conversations, tasks, messages, check-ins and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, partial, to

revision = "0001"
down_revision = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    people()
    conversations()
    tasks()
    messages()
    checkins()
    op.create_table(
        "audit",
        number(),
        need("at", MOMENT),
        may("actor", sa.Integer()),
        need("action"),
        need("thing"),
        need("detail", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="audit_pkey"),
    )


def people() -> None:
    op.create_table(
        "person",
        number(),
        need("email"),
        need("name"),
        may("manager", sa.Integer()),
        need("department"),
        need("level"),
        need("title"),
        need("roles", sa.JSON()),
        need("zone"),
        need("language"),
        may("hired_on", sa.Date()),
        may("left_on", sa.Date()),
        may("account"),
        need("active", sa.Boolean()),
        need("away", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="person_pkey"),
        sa.UniqueConstraint("email", name="person_email_key"),
        sa.UniqueConstraint("account", name="person_account_key"),
        to("person", "manager", "person"),
    )
    op.create_index("person_manager", "person", ["manager"])
    op.create_table(
        "team_channel",
        need("manager", sa.Integer()),
        need("channel"),
        sa.PrimaryKeyConstraint("manager", name="team_channel_pkey"),
        to("team_channel", "manager", "person"),
    )


def conversations() -> None:
    op.create_table(
        "conversation",
        need("id"),
        need("flow"),
        need("person", sa.Integer()),
        need("subject"),
        need("answers", sa.JSON()),
        need("typed", sa.JSON()),
        need("typed_at"),
        may("at"),
        need("revision", sa.Integer()),
        need("state"),
        need("in_chat", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="conversation_pkey"),
        to("conversation", "person", "person"),
    )
    kept = ["person", "flow", "subject"]
    partial("conversation_kept_key", "conversation", kept, "state <> 'dropped'", unique=True)
    partial("conversation_in_chat_key", "conversation", ["person"], "in_chat", unique=True)


def tasks() -> None:
    op.create_table(
        "task",
        number(),
        need("kind"),
        need("scope", sa.Integer()),
        need("person", sa.Integer()),
        need("subject"),
        need("state"),
        need("opens_at", MOMENT),
        need("due_at", MOMENT),
        need("until", MOMENT),
        may("next_at", MOMENT),
        need("said", sa.Integer()),
        need("snoozed", sa.Boolean()),
        may("live"),
        need("why"),
        may("done_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="task_pkey"),
        sa.UniqueConstraint("kind", "scope", "subject", "person", name="task_kind_scope_subject_person_key"),
        to("task", "person", "person"),
    )
    partial("task_next", "task", ["next_at"], "state = 'open' AND next_at IS NOT NULL")
    partial("task_open", "task", ["person", "due_at"], "state = 'open'")


def messages() -> None:
    op.create_table(
        "message",
        number("seq"),
        need("id"),
        need("key", KEY),
        need("kind"),
        need("about", sa.JSON()),
        need("due_at", MOMENT),
        may("person", sa.Integer()),
        may("to_channel"),
        need("addressee"),
        need("urgency", sa.Integer()),
        need("sensitive", sa.Boolean()),
        need("state"),
        need("attempts", sa.Integer()),
        may("error"),
        may("owner"),
        may("lease_until", MOMENT),
        may("sending_since", MOMENT),
        may("unsure_since", MOMENT),
        may("looked_at", MOMENT),
        need("found_absent", sa.Integer()),
        may("channel"),
        may("ts"),
        may("sent_at", MOMENT),
        may("stale_due_at", MOMENT),
        need("stale_version", sa.Integer()),
        need("stale_attempts", sa.Integer()),
        sa.PrimaryKeyConstraint("seq", name="message_pkey"),
        sa.UniqueConstraint("id", name="message_id_key"),
        sa.UniqueConstraint("key", name="message_key_key"),
        to("message", "person", "person"),
    )
    partial("message_waiting", "message", ["urgency", "due_at", "seq"], "state = 'waiting'")
    turn = "urgency = 0 AND state IN ('waiting', 'sending')"
    partial("message_turn", "message", ["addressee", "seq"], turn)
    partial("message_held", "message", ["owner"], "owner IS NOT NULL")
    partial("message_sending", "message", ["lease_until"], "state = 'sending'")
    partial("message_unsure", "message", ["unsure_since"], "state = 'unsure'")
    partial("message_parked", "message", ["seq"], "state = 'parked'")
    partial("message_stale", "message", ["stale_due_at"], "state = 'sent' AND stale_due_at IS NOT NULL")
    op.create_table(
        "inbound",
        need("key"),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("key", name="inbound_pkey"),
    )
    op.create_index("inbound_at", "inbound", ["at"])


def checkins() -> None:
    op.create_table(
        "programme",
        number(),
        need("state"),
        may("current", sa.Boolean()),
        need("audience", sa.JSON()),
        need("schedule", sa.JSON()),
        need("questions", sa.JSON()),
        may("started_by", sa.Integer()),
        need("started_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="programme_pkey"),
        sa.UniqueConstraint("current", name="programme_current_key"),
        to("programme", "started_by", "person"),
    )
    op.create_table(
        "checkin",
        number(),
        need("programme", sa.Integer()),
        need("person", sa.Integer()),
        need("round"),
        need("form", sa.JSON()),
        need("goals", sa.JSON()),
        need("rescue", sa.JSON()),
        need("titles", sa.JSON()),
        need("late", sa.Boolean()),
        need("sent_at", MOMENT),
        may("edited_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="checkin_pkey"),
        sa.UniqueConstraint("programme", "round", "person", name="checkin_programme_round_person_key"),
        to("checkin", "programme", "programme"),
        to("checkin", "person", "person"),
    )
    op.create_index("checkin_person_round", "checkin", ["person", "round"])
    op.create_table(
        "response",
        number(),
        need("checkin", sa.Integer()),
        need("author", sa.Integer()),
        need("kind"),
        need("text"),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="response_pkey"),
        to("response", "checkin", "checkin"),
        to("response", "author", "person"),
    )
    op.create_index("response_checkin", "response", ["checkin"])
    op.create_table(
        "goal",
        number(),
        need("person", sa.Integer()),
        need("title"),
        need("created_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="goal_pkey"),
        to("goal", "person", "person"),
    )
    op.create_index("goal_person", "goal", ["person"])
