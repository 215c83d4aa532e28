"""Deliveries with their proofs, commands to compartments, goods held by robots, tickets for more than spots."""

import sqlalchemy as sa
from alembic import op

from gangseo_backend.core.db import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATES = (
    "requested", "assigned", "at_shop", "loaded", "near", "arrived", "returning", "back_at_shop", "stranded",
    "handed_over", "returned", "canceled", "failed", "lost",
)  # fmt: skip
SIZES = ("small", "medium", "large", "extra_large")
HOLDERS = ("spot", "shop", "delivery")
COMMANDS = (
    "pause", "resume", "cancel_order", "emergency_stop", "release_emergency_stop", "state_request",
    "open_compartment", "close_compartment",
)  # fmt: skip
COMMAND_STATES = ("requested", "sent", "acknowledged", "finished", "failed", "expired")
TIMES = (
    "locked_at", "pin_verified_at", "goods_in_at", "loaded_at", "near_at", "arrived_at", "taken_at", "turned_back_at",
    "ended_at", "cancel_requested_at",
)  # fmt: skip
TEXTS = (
    "mission_id", "robot_id", "robot_name_ko", "robot_name_en", "reason_key", "reason_ko", "reason_en", "wish_id",
    "canceled_by", "recipient", "pin_hash",
)  # fmt: skip
PROOF_TEXTS = (
    "shop_id", "spot_id", "place_ko", "place_en", "robot_id", "robot_name_ko", "robot_name_en", "goods_hash",
)  # fmt: skip
SQLITE = (
    "CREATE TRIGGER delivery_proofs_no_update BEFORE UPDATE ON delivery_proofs "
    "BEGIN SELECT RAISE(ABORT, 'a proof is never changed'); END"
)
POSTGRESQL = (
    (
        "CREATE FUNCTION delivery_proof_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a proof is never changed'; END $$"
    ),
    (
        "CREATE TRIGGER delivery_proofs_no_update BEFORE UPDATE ON delivery_proofs "
        "FOR EACH STATEMENT EXECUTE FUNCTION delivery_proof_is_never_changed()"
    ),
)


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


COMMAND_STATE = _enum("command_state", *COMMAND_STATES)
"""Named although it stays as it is: SQLite makes the table anew and would forget its check."""


def upgrade() -> None:
    op.create_table(
        "deliveries",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "shop_id", "request_id", "spot_id")),
        sa.Column("state", _enum("delivery_state", *STATES), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("language", "goods", "follow_hash")),
        sa.Column("mass_kg", sa.Float(), nullable=False),
        sa.Column("size", _enum("delivery_size", *SIZES), nullable=False),
        sa.Column("compartment", sa.Integer(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("wish_state", _enum("wish_state", "asked", "done", "failed"), nullable=True),
        sa.Column("wish_opens", sa.Boolean(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in TEXTS),
        *(sa.Column(name, UTCDateTime(), nullable=True) for name in TIMES),
        *(sa.Column(name, UTCDateTime(), nullable=False) for name in ("pin_expires_at", "created_at", "updated_at")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("follow_hash"),
        sa.UniqueConstraint("shop_id", "request_id", name="one_delivery_per_request"),
    )
    op.create_index("ix_deliveries_shop_id", "deliveries", ["shop_id"])
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
    op.create_table(
        "delivery_proofs",
        sa.Column("delivery_id", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in PROOF_TEXTS),
        sa.Column("pin_verified_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("delivery_id"),
    )
    op.create_index("ix_delivery_proofs_at", "delivery_proofs", ["at"])
    op.create_table(
        "goods_held",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("robot_id", sa.String(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("call_id"),
    )
    for statement in (SQLITE,) if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    with op.batch_alter_table("commands") as table:
        kind = _enum("command_kind", *COMMANDS)
        table.alter_column("kind", existing_type=_enum("command_kind", *COMMANDS[:6]), type_=kind)
        table.alter_column("state", existing_type=COMMAND_STATE, type_=COMMAND_STATE)
        table.add_column(sa.Column("call_id", sa.String(), nullable=True))
    with op.batch_alter_table("tickets") as table:
        table.alter_column("spot_id", new_column_name="subject")
        holder = _enum("ticket_holder", *HOLDERS)
        table.add_column(sa.Column("holder", holder, nullable=False, server_default="spot"))


def downgrade() -> None:
    op.execute("DELETE FROM tickets WHERE holder <> 'spot'")
    with op.batch_alter_table("tickets") as table:
        table.drop_column("holder")
        table.alter_column("subject", new_column_name="spot_id")
    op.execute("DELETE FROM commands WHERE kind IN ('open_compartment', 'close_compartment')")
    with op.batch_alter_table("commands") as table:
        kind = _enum("command_kind", *COMMANDS)
        table.alter_column("kind", existing_type=kind, type_=_enum("command_kind", *COMMANDS[:6]))
        table.alter_column("state", existing_type=COMMAND_STATE, type_=COMMAND_STATE)
        table.drop_column("call_id")
    op.drop_table("goods_held")
    op.drop_table("delivery_proofs")
    op.drop_table("deliveries")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION delivery_proof_is_never_changed()")
