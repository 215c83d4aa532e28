"""Rounds of the patrol, what was seen on them, and up to when the timetables were looked at."""

import sqlalchemy as sa
from alembic import op

from gangseo_backend.core.db import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATES = ("due", "assigned", "under_way", "done", "canceled", "failed", "missed")
OPEN_EXTRA = sa.text("extra AND state IN ('due', 'assigned', 'under_way')")


def upgrade() -> None:
    op.create_table(
        "patrol_rounds",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("route_id", sa.String(), nullable=False),
        sa.Column("route_name_ko", sa.String(), nullable=False),
        sa.Column("route_name_en", sa.String(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("extra", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="round_state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("waiting_since", UTCDateTime(), nullable=False),
        sa.Column("mission_id", sa.String(), nullable=True),
        sa.Column("robot_id", sa.String(), nullable=True),
        sa.Column("robot_name_ko", sa.String(), nullable=True),
        sa.Column("robot_name_en", sa.String(), nullable=True),
        sa.Column("reason_key", sa.String(), nullable=True),
        sa.Column("reason_ko", sa.String(), nullable=True),
        sa.Column("reason_en", sa.String(), nullable=True),
        sa.Column("cancel_reason_key", sa.String(), nullable=True),
        sa.Column("cancel_requested_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("route_id", "due_at", "extra", name="one_round_per_start"),
    )
    for column in ("route_id", "due_at", "state"):
        op.create_index(f"ix_patrol_rounds_{column}", "patrol_rounds", [column])
    op.create_index(
        "one_open_extra_round_per_route", "patrol_rounds", ["route_id"], unique=True,
        sqlite_where=OPEN_EXTRA, postgresql_where=OPEN_EXTRA,
    )  # fmt: skip
    op.create_table(
        "patrol_observations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("point_id", sa.String(), nullable=False),
        sa.Column("robot_id", sa.String(), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("people_seen", sa.Integer(), nullable=True),
        sa.Column("picture_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["patrol_rounds.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("round_id", "received_at"):
        op.create_index(f"ix_patrol_observations_{column}", "patrol_observations", [column])
    op.create_table(
        "patrol_looks",
        sa.Column("route_id", sa.String(), nullable=False),
        sa.Column("looked_until", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("route_id"),
    )


def downgrade() -> None:
    op.drop_table("patrol_looks")
    op.drop_table("patrol_observations")
    op.drop_table("patrol_rounds")
