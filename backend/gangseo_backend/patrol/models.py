"""Rows of the patrol domain."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from gangseo_backend.core.db import UTCDateTime, text_enum
from gangseo_backend.patrol.public import RoundState

OPEN_ROUNDS = (RoundState.DUE, RoundState.ASSIGNED, RoundState.UNDER_WAY)
_OPEN_EXTRA = sa.text("extra AND state IN ('due', 'assigned', 'under_way')")


class RoundRow(SQLModel, table=True):
    """One round; ``points`` as the route had them then. What is due at a moment on a route exists once.

    ``waiting_since``: from when its patience counts.
    """

    __tablename__ = "patrol_rounds"
    __table_args__ = (
        sa.UniqueConstraint("route_id", "due_at", "extra", name="one_round_per_start"),
        sa.Index(
            "one_open_extra_round_per_route", "route_id", unique=True,
            sqlite_where=_OPEN_EXTRA, postgresql_where=_OPEN_EXTRA,
        ),
    )  # fmt: skip

    id: str = Field(primary_key=True)
    route_id: str = Field(index=True)
    route_name_ko: str
    route_name_en: str
    points: list[dict[str, Any]] = Field(sa_type=sa.JSON, nullable=False)
    due_at: datetime = Field(sa_type=UTCDateTime, nullable=False, index=True)
    extra: bool = False
    state: RoundState = Field(sa_type=text_enum(RoundState, "round_state"), index=True)
    waiting_since: datetime = Field(sa_type=UTCDateTime, nullable=False)
    mission_id: str | None = None
    robot_id: str | None = None
    robot_name_ko: str | None = None
    robot_name_en: str | None = None
    reason_key: str | None = None
    reason_ko: str | None = None
    reason_en: str | None = None
    cancel_reason_key: str | None = None
    cancel_requested_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    started_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)

    @property
    def open(self) -> bool:
        """Whether something is still to come."""
        return self.state in OPEN_ROUNDS


class ObservationRow(SQLModel, table=True):
    """What a robot saw at a point; the picture itself lies in the store under its key."""

    __tablename__ = "patrol_observations"

    id: str = Field(primary_key=True)
    round_id: str = Field(foreign_key="patrol_rounds.id", index=True)
    point_id: str
    robot_id: str
    taken_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    received_at: datetime = Field(sa_type=UTCDateTime, nullable=False, index=True)
    people_seen: int | None = None
    picture_key: str | None = None


class RouteLookRow(SQLModel, table=True):
    """Up to when a route's timetable has been turned into rounds."""

    __tablename__ = "patrol_looks"

    route_id: str = Field(primary_key=True)
    looked_until: datetime = Field(sa_type=UTCDateTime, nullable=False)
