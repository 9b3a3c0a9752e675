"""What is kept how long, who opened whose record, and requests about one's data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, partial, to

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("conversation", may("touched_on", sa.Date()))
    op.create_table(
        "opening",
        need("person", sa.Integer()),
        need("day", sa.Date()),
        need("reader", sa.Integer()),
        need("kind"),
        sa.PrimaryKeyConstraint("person", "day", "reader", "kind", name="opening_pkey"),
        *(to("opening", name, "person") for name in ("person", "reader")),
    )
    op.create_index("opening_day", "opening", ["day"])
    op.create_table(
        "data_request",
        number(),
        need("person", sa.Integer()),
        *(need(name) for name in ("wish", "text")),
        need("at", MOMENT),
        *(need(name) for name in ("state", "answer")),
        may("by", sa.Integer()),
        may("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="data_request_pkey"),
        *(to("data_request", name, "person") for name in ("person", "by")),
    )
    op.create_index("data_request_person", "data_request", ["person"])
    partial("data_request_open", "data_request", ["id"], "state = 'open'")
    op.create_table(
        "retention",
        need("keeping"),
        need("months", sa.Integer()),
        need("by", sa.Integer()),
        need("at", MOMENT),
        sa.PrimaryKeyConstraint("keeping", name="retention_pkey"),
        to("retention", "by", "person"),
    )
    op.create_table(
        "let_go",
        need("part"),
        need("until", MOMENT),
        need("cursor", sa.Integer()),
        sa.PrimaryKeyConstraint("part", name="let_go_pkey"),
    )
