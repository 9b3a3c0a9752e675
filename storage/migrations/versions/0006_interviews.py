"""Interviews after a result: when they are held, the calendars, and what was agreed in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, to

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    bookings()
    calendars()
    agreements()


def bookings() -> None:
    """Interviews, and the minutes that booked ones take of each person's time."""
    op.create_table(
        "interview",
        number(),
        *(need(name, sa.Integer()) for name in ("cycle", "person", "manager")),
        need("state"),
        need("minutes", sa.Integer()),
        need("until", MOMENT),
        need("uid"),
        need("sequence", sa.Integer()),
        need("slots", sa.JSON()),
        need("turn", sa.Integer()),
        *(may(name, MOMENT) for name in ("starts_at", "ends_at")),
        need("note"),
        *(need(name, MOMENT) for name in ("made_at", "changed_at")),
        sa.PrimaryKeyConstraint("id", name="interview_pkey"),
        sa.UniqueConstraint("cycle", "person", name="interview_cycle_person_key"),
        to("interview", "cycle", "cycle"),
        *(to("interview", name, "person") for name in ("person", "manager")),
    )
    op.create_index("interview_person", "interview", ["person", "state"])
    op.create_index("interview_manager", "interview", ["manager", "state"])
    op.create_table(
        "interview_time",
        *(need(name, sa.Integer()) for name in ("person", "cell", "interview")),
        sa.PrimaryKeyConstraint("person", "cell", name="interview_time_pkey"),
        to("interview_time", "person", "person"),
        to("interview_time", "interview", "interview"),
    )
    op.create_index("interview_time_interview", "interview_time", ["interview"])


def calendars() -> None:
    """How people's calendars are reached, when people are busy, and what is to be written there."""
    op.create_table(
        "calendar",
        need("person", sa.Integer()),
        *(need(name) for name in ("kind", "host")),
        *(need(name, MOMENT) for name in ("connected_at", "next_at")),
        may("read_at", MOMENT),
        need("busy", sa.Integer()),
        need("problem"),
        need("failures", sa.Integer()),
        need("telling", sa.Boolean()),
        need("access", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("person", name="calendar_pkey"),
        to("calendar", "person", "person"),
    )
    op.create_index("calendar_next", "calendar", ["next_at"])
    op.create_table(
        "calendar_busy",
        *(number(name) for name in ("id", "person")),
        *(need(name, MOMENT) for name in ("starts_at", "ends_at")),
        sa.PrimaryKeyConstraint("id", name="calendar_busy_pkey"),
        to("calendar_busy", "person", "person"),
    )
    op.create_index("calendar_busy_person", "calendar_busy", ["person", "ends_at"])
    op.create_table(
        "calendar_writing",
        need("person", sa.Integer()),
        need("uid"),
        need("sequence", sa.Integer()),
        need("invitation", sa.JSON()),
        need("next_at", MOMENT),
        need("tries", sa.Integer()),
        sa.PrimaryKeyConstraint("person", "uid", name="calendar_writing_pkey"),
        to("calendar_writing", "person", "person"),
    )
    op.create_index("calendar_writing_next", "calendar_writing", ["next_at"])


def agreements() -> None:
    """What both sides of an interview say was agreed, and who has signed it."""
    op.create_table(
        "interview_said",
        *(need(name, sa.Integer()) for name in ("interview", "version")),
        need("side"),
        need("by", sa.Integer()),
        need("points", sa.JSON()),
        need("comment"),
        need("at", MOMENT),
        need("has_text", sa.Boolean()),
        sa.PrimaryKeyConstraint("interview", "version", name="interview_said_pkey"),
        to("interview_said", "interview", "interview"),
        to("interview_said", "by", "person"),
    )
    op.create_index("interview_said_by", "interview_said", ["by"])
    op.create_table(
        "interview_signature",
        *(need(name, sa.Integer()) for name in ("interview", "version")),
        *(need(name) for name in ("side", "way")),
        may("by", sa.Integer()),
        need("comment"),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("interview", "version", "side", name="interview_signature_pkey"),
        to("interview_signature", "interview", "interview"),
        to("interview_signature", "by", "person"),
    )
    op.create_index("interview_signature_by", "interview_signature", ["by"])
