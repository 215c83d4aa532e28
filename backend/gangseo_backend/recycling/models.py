"""Rows of the recycling domain."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from gangseo_backend.core.db import UTCDateTime, text_enum
from gangseo_backend.recycling.public import CallState

OPEN_CALLS = (CallState.QUEUED, CallState.ASSIGNED, CallState.ARRIVED)
_IS_OPEN = sa.text("state IN ('queued', 'assigned', 'arrived')")


class CallRow(SQLModel, table=True):
    """A resident's request; one open call per spot."""

    __tablename__ = "calls"
    __table_args__ = (
        sa.Index("one_open_call_per_spot", "spot_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )

    id: str = Field(primary_key=True)
    spot_id: str = Field(index=True)
    state: CallState = Field(sa_type=text_enum(CallState, "call_state"), index=True)
    language: str
    ticket_id: str
    mission_id: str | None = None
    robot_id: str | None = None
    robot_name_ko: str | None = None
    robot_name_en: str | None = None
    reason_key: str | None = None
    reason_ko: str | None = None
    reason_en: str | None = None
    cancel_requested_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    updated_at: datetime = Field(sa_type=UTCDateTime, nullable=False)

    @property
    def open(self) -> bool:
        """Whether the resident still waits."""
        return self.state in OPEN_CALLS
