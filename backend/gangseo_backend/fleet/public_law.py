"""What the fleet shows of the law: papers of robots and recordings of incidents."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.fleet.public import Activity, IncidentState, StrictInput


class PaperKind(StrEnum):
    """What the law asks a robot outdoors to have."""

    INSURANCE = "insurance"
    CERTIFICATE = "certificate"


class RecordedMoment(BaseModel):
    """One moment of a robot in the event recorder; what older recordings lack is None or empty."""

    at: datetime
    x: float | None
    y: float | None
    theta: float | None
    speed_mps: float | None
    driving: bool
    paused: bool
    emergency_stop: str
    operating_mode: str | None
    order_id: str | None
    last_node_id: str | None
    waiting: str | None
    waiting_values: dict[str, str] = {}
    errors: list[str]
    error_values: list[dict[str, str]] = []
    state_of_charge: float | None = None
    activity: Activity | None = None


class RecordedPhase(BaseModel):
    """A stretch of a recording in which the robot did one thing."""

    since: datetime
    until: datetime
    activity: Activity | None
    waiting: KeyedText | None
    errors: list[KeyedText]


class RecordingSummary(BaseModel):
    """A recording as a list shows it."""

    incident_id: str
    robot_id: str
    robot_name: LocalText
    text: KeyedText
    state: IncidentState
    created_at: datetime
    moment_count: int


class Recording(RecordingSummary):
    """The last minute before an incident, oldest first."""

    moments: list[RecordedMoment]
    phases: list[RecordedPhase]


class PaperPublic(BaseModel):
    """Insurance or certificate of a robot; the day named is the last one it is valid on."""

    robot_id: str
    kind: PaperKind
    number: str
    valid_until: date
    updated_at: datetime
    updated_by: str


class PaperState(StrEnum):
    """How a paper stands today."""

    VALID = "valid"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"
    MISSING = "missing"


class PaperStanding(BaseModel):
    """One kind of paper of a robot; ``days_left`` counts today's as 0 and is negative when it has ended."""

    kind: PaperKind
    state: PaperState
    required: bool
    number: str | None
    valid_until: date | None
    days_left: int | None
    updated_at: datetime | None
    updated_by: str | None


class RobotStanding(BaseModel):
    """A robot before the law: whether it may be sent out, and its papers."""

    robot_id: str
    name: LocalText
    lawful: bool
    reason: KeyedText | None
    papers: list[PaperStanding]


class PaperInput(StrictInput):
    """Body of a robot's paper."""

    number: Annotated[str, Field(min_length=1, max_length=64)]
    valid_until: Annotated[date, Field(strict=False)]
