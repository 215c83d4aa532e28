"""Missions of several legs, for deliveries and patrols too."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = ("collect", "unload", "charge", "deliver", "patrol")
STATES = ("queued", "assigned", "active", "finished", "canceled", "failed")
NEW = "SELECT id FROM missions WHERE kind IN ('deliver', 'patrol')"


def _kind(*values: str) -> sa.Enum:
    return sa.Enum(*values, name="mission_kind", native_enum=False, create_constraint=True, length=40)


STATE = sa.Enum(*STATES, name="mission_state", native_enum=False, create_constraint=True, length=40)
"""Named although it stays as it is: SQLite makes the table anew and would forget its check."""


def upgrade() -> None:
    with op.batch_alter_table("missions") as table:
        table.alter_column("kind", existing_type=_kind(*KINDS[:3]), type_=_kind(*KINDS))
        table.alter_column("state", existing_type=STATE, type_=STATE)
        table.add_column(sa.Column("legs", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("leg", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("near_leg", sa.Integer(), nullable=False, server_default="-1"))
        table.drop_column("station_id")
        table.drop_column("language")
    with op.batch_alter_table("mission_steps") as table:
        table.add_column(sa.Column("leg", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("result", sa.String(), nullable=True))
    with op.batch_alter_table("orders") as table:
        table.add_column(sa.Column("leg", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("orders") as table:
        table.drop_column("leg")
    with op.batch_alter_table("mission_steps") as table:
        table.drop_column("result")
        table.drop_column("leg")
    op.execute(
        "DELETE FROM mission_steps WHERE mission_id IN (SELECT id FROM missions WHERE kind IN ('deliver', 'patrol'))"
    )
    op.execute("DELETE FROM orders WHERE mission_id IN (SELECT id FROM missions WHERE kind IN ('deliver', 'patrol'))")
    op.execute("DELETE FROM missions WHERE kind IN ('deliver', 'patrol')")
    with op.batch_alter_table("missions") as table:
        table.alter_column("kind", existing_type=_kind(*KINDS), type_=_kind(*KINDS[:3]))
        table.alter_column("state", existing_type=STATE, type_=STATE)
        table.add_column(sa.Column("station_id", sa.String(), nullable=True))
        table.add_column(sa.Column("language", sa.String(), nullable=False, server_default="ko"))
        for name in ("near_leg", "leg", "legs"):
            table.drop_column(name)
