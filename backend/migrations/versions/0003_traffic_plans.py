"""The ways of all robots."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "traffic_plans",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plans", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_traffic_plans")),
    )


def downgrade() -> None:
    op.drop_table("traffic_plans")
