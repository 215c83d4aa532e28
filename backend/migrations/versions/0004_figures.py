"""When robots arrived, and what they did by day."""

import sqlalchemy as sa
from alembic import op

from gangseo_backend.core.db import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("missions") as table:
        table.add_column(sa.Column("arrived_at", UTCDateTime(), nullable=True))
    op.create_table(
        "robot_days",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("robot_id", sa.String(), nullable=False),
        *(
            sa.Column(name, sa.Float(), nullable=False)
            for name in ("distance_m", "online_s", "driving_s", "busy_s", "charge_used")
        ),
        sa.PrimaryKeyConstraint("day", "robot_id", name=op.f("pk_robot_days")),
    )


def downgrade() -> None:
    op.drop_table("robot_days")
    with op.batch_alter_table("missions") as table:
        table.drop_column("arrived_at")
