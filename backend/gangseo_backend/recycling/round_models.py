"""Rows of collecting rounds."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from gangseo_backend.core.db import UTCDateTime, text_enum
from gangseo_backend.recycling.round_public import CollectionState, StopState

OPEN_STOPS = (StopState.WAITING, StopState.ASSIGNED, StopState.ARRIVED)
_IS_OPEN = sa.text("state IN ('waiting', 'assigned', 'arrived')")


class CollectionRow(SQLModel, table=True):
    """A round that collects at many spots; a start of the timetable (``due_at``) is one round."""

    __tablename__ = "collection_rounds"

    id: str = Field(primary_key=True)
    state: CollectionState = Field(sa_type=text_enum(CollectionState, "collection_round_state"), index=True)
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True, unique=True)
    latest_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    made_by: str
    cancel_requested_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)


class StopRow(SQLModel, table=True):
    """A stop of a round, a mission for the fleet; a spot is in one open round at most."""

    __tablename__ = "round_stops"
    __table_args__ = (
        sa.Index("one_open_stop_per_spot", "spot_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )

    id: str = Field(primary_key=True)
    round_id: str = Field(foreign_key="collection_rounds.id", index=True)
    spot_id: str
    litres: dict[str, float] = Field(sa_type=sa.JSON, nullable=False)
    state: StopState = Field(sa_type=text_enum(StopState, "round_stop_state"), index=True)
    mission_id: str | None = None
    robot_id: str | None = None
    reason_key: str | None = None
    reason_ko: str | None = None
    reason_en: str | None = None
    cancel_reason_key: str | None = None
    arrived_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)

    @property
    def open(self) -> bool:
        """Whether something is still to come."""
        return self.state in OPEN_STOPS


class VisitRow(SQLModel, table=True):
    """What a robot took at a spot, litres by stream; its id is that of the call or stop."""

    __tablename__ = "spot_visits"

    id: str = Field(primary_key=True)
    spot_id: str = Field(index=True)
    litres: dict[str, float] = Field(sa_type=sa.JSON, nullable=False)
    ended_at: datetime = Field(sa_type=UTCDateTime, nullable=False, index=True)
