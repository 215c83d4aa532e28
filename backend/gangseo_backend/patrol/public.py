"""What people see of rounds: API models."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_protocol.site import Weekday


class RoundState(StrEnum):
    """Life of a round; the last four are final. ``MISSED``: it was due and never begun."""

    DUE = "due"
    ASSIGNED = "assigned"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELED = "canceled"
    FAILED = "failed"
    MISSED = "missed"


class PointPublic(BaseModel):
    """A place where a round looks round; metres in the map frame."""

    point_id: str
    name: LocalText
    x: float
    y: float


class RoutePublic(BaseModel):
    """A route with its timetable in the site's time zone and its next starts."""

    route_id: str
    name: LocalText
    points: list[PointPublic]
    starts: list[str]
    days: list[Weekday]
    timezone: str
    next_due: list[datetime]


class RoundPublic(BaseModel):
    """One round. ``extra``: a person asked for it; ``points_seen``: at how many points something was observed."""

    id: str
    route_id: str
    route_name: LocalText
    due_at: datetime
    state: RoundState
    extra: bool
    robot_id: str | None
    robot_name: LocalText | None
    mission_id: str | None
    reason: KeyedText | None
    points: list[PointPublic]
    points_seen: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class ObservationPublic(BaseModel):
    """What was seen at a point; ``people_seen`` None where nobody counted."""

    id: str
    point_id: str
    point_name: LocalText
    x: float
    y: float
    robot_id: str
    taken_at: datetime
    received_at: datetime
    people_seen: int | None
    has_picture: bool


class RoundDetail(RoundPublic):
    """A round with what was seen, oldest first."""

    observations: list[ObservationPublic]


class RoundCreate(BaseModel):
    """Body of an extra round."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    route_id: Annotated[str, Field(min_length=1, max_length=64)]
