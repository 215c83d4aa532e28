"""Rounds that collect at many spots, what robots took at each, and how the fleet means to drive there."""

import sqlalchemy as sa
from alembic import op

from gangseo_backend.core.db import UTCDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KINDS = ("collect", "round", "unload", "charge", "deliver", "patrol")
STATES = ("queued", "assigned", "active", "finished", "canceled", "failed")
ROUND_STATES = ("under_way", "done", "canceled")
STOP_STATES = ("waiting", "assigned", "arrived", "done", "canceled", "failed", "left_out")
OPEN_STOP = sa.text("state IN ('waiting', 'assigned', 'arrived')")


def _text(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    state = _text("mission_state", *STATES)
    with op.batch_alter_table("missions") as table:
        table.alter_column(
            "kind", existing_type=_text("mission_kind", "collect", *KINDS[2:]), type_=_text("mission_kind", *KINDS)
        )
        # Named although it stays as it is: SQLite makes the table anew and would forget its check.
        table.alter_column("state", existing_type=state, type_=state)
        table.add_column(sa.Column("litres_before", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "tour_stops",
        sa.Column("mission_id", sa.String(), nullable=False),
        sa.Column("litres", sa.JSON(), nullable=False),
        sa.Column("latest_at", UTCDateTime(), nullable=True),
        sa.Column("robot_id", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("arrive_at", UTCDateTime(), nullable=True),
        sa.Column("promised_at", UTCDateTime(), nullable=True),
        sa.Column("via_depot", sa.String(), nullable=True),
        sa.Column("reason_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"]),
        sa.PrimaryKeyConstraint("mission_id"),
    )
    op.create_table(
        "collection_rounds",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("state", _text("collection_round_state", *ROUND_STATES), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True, unique=True),
        sa.Column("latest_at", UTCDateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("cancel_requested_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_collection_rounds_state", "collection_rounds", ["state"])
    op.create_table(
        "round_stops",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("spot_id", sa.String(), nullable=False),
        sa.Column("litres", sa.JSON(), nullable=False),
        sa.Column("state", _text("round_stop_state", *STOP_STATES), nullable=False),
        sa.Column("mission_id", sa.String(), nullable=True),
        sa.Column("robot_id", sa.String(), nullable=True),
        sa.Column("reason_key", sa.String(), nullable=True),
        sa.Column("reason_ko", sa.String(), nullable=True),
        sa.Column("reason_en", sa.String(), nullable=True),
        sa.Column("cancel_reason_key", sa.String(), nullable=True),
        sa.Column("arrived_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["collection_rounds.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("round_id", "state"):
        op.create_index(f"ix_round_stops_{column}", "round_stops", [column])
    op.create_index(
        "one_open_stop_per_spot", "round_stops", ["spot_id"], unique=True,
        sqlite_where=OPEN_STOP, postgresql_where=OPEN_STOP,
    )  # fmt: skip
    op.create_table(
        "spot_visits",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("spot_id", sa.String(), nullable=False),
        sa.Column("litres", sa.JSON(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("spot_id", "ended_at"):
        op.create_index(f"ix_spot_visits_{column}", "spot_visits", [column])


def downgrade() -> None:
    for table in ("spot_visits", "round_stops", "collection_rounds", "tour_stops"):
        op.drop_table(table)
    for child in ("mission_steps", "orders"):
        op.execute(f"DELETE FROM {child} WHERE mission_id IN (SELECT id FROM missions WHERE kind = 'round')")  # noqa: S608 - our own names
    op.execute("DELETE FROM missions WHERE kind = 'round'")
    state = _text("mission_state", *STATES)
    with op.batch_alter_table("missions") as batch:
        batch.alter_column(
            "kind", existing_type=_text("mission_kind", *KINDS), type_=_text("mission_kind", "collect", *KINDS[2:])
        )
        batch.alter_column("state", existing_type=state, type_=state)
        batch.drop_column("litres_before")
