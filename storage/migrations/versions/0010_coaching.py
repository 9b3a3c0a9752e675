"""All year: feedback, evidence, suggestions, 1:1s and team meetings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, partial, to

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    feedback()
    meetings()


def feedback() -> None:
    """Praise with a value and points, saved messages, evidence, feedback and the suggestion box."""
    for name in ("value_en", "value_zh", "channel"):
        op.add_column("praise", may(name))
    op.add_column("praise", may("points", sa.Integer()))
    op.create_table(
        "praise_rules",
        number(),
        need("values", sa.JSON()),
        need("channels", sa.JSON()),
        may("points", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="praise_rules_pkey"),
    )
    op.create_table(
        "clipping",
        number(),
        need("by", sa.Integer()),
        may("author", sa.Integer()),
        *(need(name) for name in ("author_name", "text", "place", "link")),
        need("withheld", sa.Boolean()),
        *(need(name, MOMENT) for name in ("said_at", "at")),
        sa.PrimaryKeyConstraint("id", name="clipping_pkey"),
        *(to("clipping", name, "person") for name in ("by", "author")),
    )
    op.create_index("clipping_at", "clipping", ["at"])
    op.create_table(
        "evidence",
        number(),
        *(need(name, sa.Integer()) for name in ("about", "by")),
        need("day", sa.Date()),
        *(need(name) for name in ("text", "quote", "author_name", "place", "link")),
        may("goal", sa.Integer()),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="evidence_pkey"),
        *(to("evidence", name, "person") for name in ("about", "by")),
    )
    op.create_index("evidence_about", "evidence", ["about", "day"])
    op.create_index("evidence_by", "evidence", ["by", "at"])
    op.create_table(
        "feedback_request",
        number(),
        *(need(name, sa.Integer()) for name in ("by", "whom")),
        *(need(name) for name in ("about", "state")),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="feedback_request_pkey"),
        *(to("feedback_request", name, "person") for name in ("by", "whom")),
    )
    op.create_index("feedback_request_by", "feedback_request", ["by", "at"])
    op.create_index("feedback_request_whom", "feedback_request", ["whom", "at"])
    op.create_table(
        "feedback",
        number(),
        *(need(name, sa.Integer()) for name in ("about", "by")),
        *(need(name) for name in ("situation", "behaviour", "effect", "wish")),
        need("shared", sa.Boolean()),
        may("request", sa.Integer()),
        need("at", MOMENT),
        may("thanked_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="feedback_pkey"),
        *(to("feedback", name, "person") for name in ("about", "by")),
    )
    op.create_index("feedback_about", "feedback", ["about", "at"])
    op.create_index("feedback_by", "feedback", ["by", "at"])
    op.create_table(  # without row numbers, which would tell the order in which they came
        "suggestion",
        need("id"),
        need("content", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="suggestion_pkey"),
        sqlite_with_rowid=False,
    )


def meetings() -> None:
    op.create_table(
        "meeting",
        number(),
        *(need(name, sa.Integer()) for name in ("manager", "person")),
        may("rhythm"),
        *(may(name, sa.Date()) for name in ("next_on", "last_on")),
        need("since", MOMENT),
        sa.PrimaryKeyConstraint("id", name="meeting_pkey"),
        sa.UniqueConstraint("manager", "person", name="meeting_manager_person_key"),
        *(to("meeting", name, "person") for name in ("manager", "person")),
    )
    op.create_index("meeting_person", "meeting", ["person"])
    op.create_table(
        "meeting_point",
        number(),
        *(need(name, sa.Integer()) for name in ("meeting", "by")),
        need("text"),
        need("at", MOMENT),
        may("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="meeting_point_pkey"),
        to("meeting_point", "meeting", "meeting"),
        to("meeting_point", "by", "person"),
    )
    partial("meeting_point_open", "meeting_point", ["meeting"], "ended_at IS NULL")
    op.create_index("meeting_point_by", "meeting_point", ["by"])
    op.create_table(
        "meeting_note",
        number(),
        *(need(name, sa.Integer()) for name in ("meeting", "by")),
        need("on", sa.Date()),
        need("text"),
        need("shared", sa.Boolean()),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="meeting_note_pkey"),
        to("meeting_note", "meeting", "meeting"),
        to("meeting_note", "by", "person"),
    )
    op.create_index("meeting_note_meeting", "meeting_note", ["meeting"])
    op.create_index("meeting_note_by", "meeting_note", ["by"])
