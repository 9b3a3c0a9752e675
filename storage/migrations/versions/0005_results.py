"""Praise, nominations, guests, sealed answers, the ledger of results, calibration and the release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, to

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("review") as review:
        review.drop_constraint("review_cycle_phase_about_kind_key", type_="unique")
        review.create_unique_constraint(
            "review_cycle_phase_about_kind_author_key", ["cycle", "phase", "about", "kind", "author"]
        )
    op.create_index("review_about", "review", ["cycle", "about"])
    op.add_column("conversation", may("sealed", sa.Integer()))
    op.add_column("conversation", may("content", sa.LargeBinary()))
    with op.batch_alter_table("conversation") as conversation:
        conversation.create_foreign_key("conversation_sealed_fkey", "cycle", ["sealed"], ["id"])
    roled = sa.text("CAST(roles AS TEXT) <> '[]'")
    op.create_index("person_roled", "person", ["id"], sqlite_where=roled, postgresql_where=roled)
    op.create_index("task_round_about", "task", ["kind", "scope", "subject", "about"])
    praise()
    reviewers()
    answers()
    results()


def praise() -> None:
    op.create_table(
        "praise",
        number(),
        *(need(name, sa.Integer()) for name in ("about", "by")),
        need("text"),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="praise_pkey"),
        *(to("praise", name, "person") for name in ("about", "by")),
    )
    op.create_index("praise_about", "praise", ["about", "at"])
    op.create_index("praise_by", "praise", ["by", "at"])


def reviewers() -> None:
    op.create_table(
        "nomination",
        number(),
        need("cycle", sa.Integer()),
        *(need(name) for name in ("phase", "kind")),
        *(need(name, sa.Integer()) for name in ("about", "reviewer")),
        need("state"),
        need("by", sa.Integer()),
        may("decided_by", sa.Integer()),
        need("why"),
        sa.PrimaryKeyConstraint("id", name="nomination_pkey"),
        sa.UniqueConstraint(
            "cycle", "phase", "about", "reviewer", name="nomination_cycle_phase_about_reviewer_key"
        ),
        to("nomination", "cycle", "cycle"),
        *(to("nomination", name, "person") for name in ("about", "reviewer", "by", "decided_by")),
    )
    op.create_index("nomination_reviewer", "nomination", ["cycle", "reviewer"])
    op.create_table(
        "guest",
        number(),
        need("cycle", sa.Integer()),
        need("phase"),
        need("about", sa.Integer()),
        *(need(name) for name in ("name", "company", "language", "secret")),
        need("made_by", sa.Integer()),
        need("made_at", MOMENT),
        need("expires_at", MOMENT),
        may("revoked_at", MOMENT),
        may("sent_at", MOMENT),
        need("answers", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="guest_pkey"),
        sa.UniqueConstraint("secret", name="guest_secret_key"),
        to("guest", "cycle", "cycle"),
        *(to("guest", name, "person") for name in ("about", "made_by")),
    )
    op.create_index("guest_about", "guest", ["cycle", "about"])


def answers() -> None:
    """Without row numbers, which would tell the order in which they came."""
    op.create_table(
        "pen",
        need("bag"),
        need("id"),
        need("cycle", sa.Integer()),
        need("content", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("bag", "id", name="pen_pkey"),
        to("pen", "cycle", "cycle"),
        sqlite_with_rowid=False,
    )
    op.create_index("pen_cycle", "pen", ["cycle"])
    op.create_table(
        "sealed_answer",
        need("id"),
        *(need(name, sa.Integer()) for name in ("cycle", "about")),
        *(need(name) for name in ("phase", "kind", "question")),
        need("answer", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="sealed_answer_pkey"),
        to("sealed_answer", "cycle", "cycle"),
        to("sealed_answer", "about", "person"),
        sqlite_with_rowid=False,
    )
    op.create_index("sealed_answer_about", "sealed_answer", ["cycle", "about"])
    op.create_table(
        "sealed_group",
        *(need(name, sa.Integer()) for name in ("cycle", "about")),
        *(need(name) for name in ("phase", "kind")),
        need("shown", sa.Boolean()),
        need("averages", sa.JSON()),
        sa.PrimaryKeyConstraint("cycle", "about", "phase", name="sealed_group_pkey"),
        to("sealed_group", "cycle", "cycle"),
        to("sealed_group", "about", "person"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "closed_group",
        *(need(name, sa.Integer()) for name in ("cycle", "about")),
        need("phase"),
        need("readers", sa.JSON()),
        sa.PrimaryKeyConstraint("cycle", "about", "phase", name="closed_group_pkey"),
        to("closed_group", "cycle", "cycle"),
        to("closed_group", "about", "person"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment_flag",
        need("id"),
        *(need(name, sa.Integer()) for name in ("cycle", "about")),
        *(need(name) for name in ("phase", "question", "state", "why")),
        need("by", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="comment_flag_pkey"),
        to("comment_flag", "cycle", "cycle"),
        *(to("comment_flag", name, "person") for name in ("about", "by")),
        sqlite_with_rowid=False,
    )
    op.create_index("comment_flag_cycle", "comment_flag", ["cycle"])


def results() -> None:
    op.create_table(
        "result_version",
        *(need(name, sa.Integer()) for name in ("cycle", "person", "version")),
        need("kind"),
        may("score"),
        need("rating"),
        may("coefficient"),
        need("inputs", sa.JSON()),
        need("why"),
        may("by", sa.Integer()),
        need("at", MOMENT),
        *(need(name) for name in ("before", "hash")),
        sa.PrimaryKeyConstraint("cycle", "person", "version", name="result_version_pkey"),
        to("result_version", "cycle", "cycle"),
        *(to("result_version", name, "person") for name in ("person", "by")),
    )
    op.create_table(
        "calibration",
        number(),
        need("cycle", sa.Integer()),
        *(need(name) for name in ("name", "state")),
        *(need(name, sa.JSON()) for name in ("participants", "exceptions")),
        need("made_by", sa.Integer()),
        need("made_at", MOMENT),
        may("locked_by", sa.Integer()),
        may("locked_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="calibration_pkey"),
        to("calibration", "cycle", "cycle"),
        *(to("calibration", name, "person") for name in ("made_by", "locked_by")),
    )
    op.create_index("calibration_cycle", "calibration", ["cycle"])
    op.create_table(
        "calibration_seat",
        *(need(name, sa.Integer()) for name in ("cycle", "person", "session")),
        sa.PrimaryKeyConstraint("cycle", "person", name="calibration_seat_pkey"),
        to("calibration_seat", "cycle", "cycle"),
        to("calibration_seat", "person", "person"),
        to("calibration_seat", "session", "calibration"),
    )
    op.create_index("calibration_seat_session", "calibration_seat", ["session", "person"])
    op.create_table(
        "result_release",
        need("cycle", sa.Integer()),
        need("asked_by", sa.Integer()),
        need("asked_at", MOMENT),
        may("approved_by", sa.Integer()),
        *(may(name, MOMENT) for name in ("released_at", "employees_at", "sealed_at", "scrubbed_at")),
        need("despite"),
        sa.PrimaryKeyConstraint("cycle", name="result_release_pkey"),
        to("result_release", "cycle", "cycle"),
        *(to("result_release", name, "person") for name in ("asked_by", "approved_by")),
    )
    op.create_table(
        "result_withheld",
        *(need(name, sa.Integer()) for name in ("cycle", "person")),
        need("why"),
        need("by", sa.Integer()),
        need("at", MOMENT),
        may("lifted_by", sa.Integer()),
        may("lifted_at", MOMENT),
        sa.PrimaryKeyConstraint("cycle", "person", name="result_withheld_pkey"),
        to("result_withheld", "cycle", "cycle"),
        *(to("result_withheld", name, "person") for name in ("person", "by", "lifted_by")),
    )
