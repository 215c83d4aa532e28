"""The way of each robot in a row of its own: one row for all was written anew with every step of a large fleet."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ALL = sa.table("traffic_plans", sa.column("id", sa.Integer()), sa.column("plans", sa.JSON()))
EACH = sa.table("robot_plans", sa.column("robot_id", sa.String()), sa.column("plan", sa.JSON()))


def upgrade() -> None:
    op.create_table(
        "robot_plans",
        sa.Column("robot_id", sa.String(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("robot_id"),
    )
    plans = op.get_bind().execute(sa.select(ALL.c.plans)).scalar() or {}
    op.bulk_insert(EACH, [{"robot_id": robot_id, "plan": plan} for robot_id, plan in plans.items()])
    op.drop_table("traffic_plans")


def downgrade() -> None:
    op.create_table(
        "traffic_plans",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plans", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    plans = dict(op.get_bind().execute(sa.select(EACH.c.robot_id, EACH.c.plan)).tuples().all())
    op.bulk_insert(ALL, [{"id": 1, "plans": plans}])
    op.drop_table("robot_plans")
