"""People in control: takeovers of robots and the stop of the whole fleet."""

import sqlalchemy as sa
from alembic import op

from gangseo_backend.core.db import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = (
    "pause", "resume", "cancel_order", "emergency_stop", "release_emergency_stop", "state_request", "open_compartment",
    "close_compartment",
)  # fmt: skip
STATES = ("requested", "sent", "acknowledged", "finished", "failed", "expired")


def _text_enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


STATE = _text_enum("command_state", *STATES)
"""Named although it stays as it is: SQLite makes the table anew and would forget its check."""


def upgrade() -> None:
    op.create_table(
        "takeovers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("robot_id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", _text_enum("takeover_state", "requested", "held", "lapsed"), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=False),
        sa.Column("offered_to", sa.String(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column(
            "outcome", _text_enum("takeover_end", "released", "forced", "handed_over", "superseded"), nullable=True
        ),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "one_open_takeover_per_robot",
        "takeovers",
        ["robot_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "fleet_stops",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=True),
        sa.Column("released_by", sa.String(), nullable=True),
        sa.Column("release_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "one_open_fleet_stop",
        "fleet_stops",
        ["site_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    kinds = (*KINDS, "fleet_stop", "release_fleet_stop")
    with op.batch_alter_table("commands") as table:
        table.alter_column(
            "kind", existing_type=_text_enum("command_kind", *KINDS), type_=_text_enum("command_kind", *kinds)
        )
        table.alter_column("state", existing_type=STATE, type_=STATE)


def downgrade() -> None:
    op.execute("DELETE FROM commands WHERE kind IN ('fleet_stop', 'release_fleet_stop')")
    kinds = (*KINDS, "fleet_stop", "release_fleet_stop")
    with op.batch_alter_table("commands") as table:
        table.alter_column(
            "kind", existing_type=_text_enum("command_kind", *kinds), type_=_text_enum("command_kind", *KINDS)
        )
        table.alter_column("state", existing_type=STATE, type_=STATE)
    op.drop_table("fleet_stops")
    op.drop_table("takeovers")
