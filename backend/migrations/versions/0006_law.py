"""Papers of robots, recordings of incidents, closed areas, weather."""

import sqlalchemy as sa
from alembic import op

from gangseo_backend.core.db import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = ("insurance", "certificate")


def upgrade() -> None:
    op.create_table(
        "robot_papers",
        sa.Column("robot_id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "insurance", "certificate", name="paper_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("robot_id", "kind"),
    )
    op.create_table(
        "recordings",
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("robot_id", sa.String(), nullable=False),
        sa.Column("moments", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    op.create_table(
        "closures",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("vertices", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "weather",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("temperature_c", sa.Float(), nullable=False),
        sa.Column("said_at", UTCDateTime(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("weather")
    op.drop_table("closures")
    op.drop_table("recordings")
    op.drop_table("robot_papers")
