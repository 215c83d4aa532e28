"""Rows of who is in control."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from gangseo_backend.core.db import UTCDateTime, text_enum
from gangseo_backend.fleet.public_control import TakeoverEnd, TakeoverState


class TakeoverRow(SQLModel, table=True):
    """A person in control of a robot; ``id`` is the lease, the action id of the robot's ``startTakeover``."""

    __tablename__ = "takeovers"
    __table_args__ = (
        sa.Index(
            "one_open_takeover_per_robot",
            "robot_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    robot_id: str
    holder: str
    reason: str
    state: TakeoverState = Field(sa_type=text_enum(TakeoverState, "takeover_state"))
    since: datetime = Field(sa_type=UTCDateTime, nullable=False)
    lease_until: datetime = Field(sa_type=UTCDateTime, nullable=False)
    offered_to: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    ended_by: str | None = None
    outcome: TakeoverEnd | None = Field(default=None, sa_type=text_enum(TakeoverEnd, "takeover_end"), nullable=True)
    end_reason: str | None = None


class FleetStopRow(SQLModel, table=True):
    """The emergency stop of a whole site, from its pressing to its release."""

    __tablename__ = "fleet_stops"
    __table_args__ = (
        sa.Index(
            "one_open_fleet_stop",
            "site_id",
            unique=True,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    site_id: str
    since: datetime = Field(sa_type=UTCDateTime, nullable=False)
    by: str
    reason: str
    released_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    released_by: str | None = None
    release_reason: str | None = None
