"""What the fleet shows: API and stream models."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.fleet.public_control import TakeoverPublic
from gangseo_protocol.site import Site


class MissionKind(StrEnum):
    """What a mission is for."""

    COLLECT = "collect"
    ROUND = "round"
    UNLOAD = "unload"
    CHARGE = "charge"
    DELIVER = "deliver"
    PATROL = "patrol"

    @property
    def own(self) -> bool:
        """Whether a robot does it for itself: nobody else takes it over, and it gives way to others' work."""
        return self in {MissionKind.UNLOAD, MissionKind.CHARGE}

    @property
    def fills_bins(self) -> bool:
        """Whether bins are opened on it: a resident's call, or a stop of a round."""
        return self in {MissionKind.COLLECT, MissionKind.ROUND}


class MissionState(StrEnum):
    """Life of a mission; the last three are final."""

    QUEUED = "queued"
    ASSIGNED = "assigned"
    ACTIVE = "active"
    FINISHED = "finished"
    CANCELED = "canceled"
    FAILED = "failed"


class StepState(StrEnum):
    """Life of one step of a mission."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELED = "canceled"


class CommandKind(StrEnum):
    """What may be asked of a robot at once; the compartments only by whom the goods concern."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL_ORDER = "cancel_order"
    EMERGENCY_STOP = "emergency_stop"
    RELEASE_EMERGENCY_STOP = "release_emergency_stop"
    STATE_REQUEST = "state_request"
    OPEN_COMPARTMENT = "open_compartment"
    CLOSE_COMPARTMENT = "close_compartment"
    FLEET_STOP = "fleet_stop"
    RELEASE_FLEET_STOP = "release_fleet_stop"


class CommandState(StrEnum):
    """Life of a command; the last three are final."""

    REQUESTED = "requested"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    FINISHED = "finished"
    FAILED = "failed"
    EXPIRED = "expired"


class IncidentState(StrEnum):
    """Life of an incident."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


RobotCommand = Literal[
    CommandKind.PAUSE, CommandKind.RESUME, CommandKind.CANCEL_ORDER, CommandKind.EMERGENCY_STOP,
    CommandKind.RELEASE_EMERGENCY_STOP, CommandKind.STATE_REQUEST,
]  # fmt: skip
"""What may be asked of one robot; the others are of the whole fleet."""
Activity = Literal["idle", "driving", "serving", "charging", "waiting", "paused", "stopped", "offline", "manual"]


StopSource = Literal["button", "robot", "fleet"]
"""Who has stopped a robot: its button, people by command, the stop of all. Each is released by itself."""


class BinPublic(BaseModel):
    """One bin; fill 0..1."""

    stream: str
    fill: float
    open: bool


class RobotErrorPublic(BaseModel):
    """Something wrong on the robot, in people's words."""

    type: str
    level: str
    text: KeyedText
    hint: LocalText | None


class RobotPublic(BaseModel):
    """A robot as the console shows it."""

    robot_id: str
    name: LocalText
    online: bool
    connection_state: str
    operating_mode: str | None
    activity: Activity
    x: float | None
    y: float | None
    theta: float | None
    speed_mps: float | None
    state_of_charge: float | None
    charging: bool
    range_m: float | None
    bins: list[BinPublic]
    emergency_stop: str
    stops: list[StopSource]
    paused: bool
    waiting: KeyedText | None
    mission_id: str | None
    call_id: str | None
    last_node_id: str | None
    planned_path: list[tuple[float, float]]
    errors: list[RobotErrorPublic]
    takeover: TakeoverPublic | None
    state_at: datetime | None
    position_at: datetime | None


class StepPublic(BaseModel):
    """One step of a mission."""

    kind: str
    state: StepState
    node_id: str | None
    text: LocalText


class RouteNode(BaseModel):
    """A node of the mission's route."""

    node_id: str
    x: float
    y: float
    released: bool
    passed: bool


class MissionPublic(BaseModel):
    """Ordered steps for one robot; ``waiting``: what it waits for in the queue and when it will begin."""

    id: str
    kind: MissionKind
    state: MissionState
    robot_id: str | None
    call_id: str | None
    reason: KeyedText | None
    waiting: KeyedText | None
    attempt: int
    steps: list[StepPublic]
    route: list[RouteNode]
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class CommandPublic(BaseModel):
    """A command and how far it got."""

    command_id: str
    robot_id: str
    kind: CommandKind
    state: CommandState
    reason: str
    result: str | None
    requested_at: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None


class IncidentPublic(BaseModel):
    """Something that needs a person."""

    id: str
    kind: str
    state: IncidentState
    text: KeyedText
    robot_id: str | None
    mission_id: str | None
    call_id: str | None
    created_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    resolved_by: str | None


class SitePublic(Site):
    """The site with what a page needs to know beside it."""

    qr_base_url: Annotated[str, Field(alias="qr_base_url")]
    speed_factor: Annotated[float, Field(alias="speed_factor")]


class StrictInput(BaseModel):
    """Base of bodies: no coercion, no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Reason = Annotated[str, Field(min_length=1, max_length=500, description="Why, for the record")]


class MissionCancel(StrictInput):
    """Body of a cancel."""

    reason: Reason


class CommandCreate(StrictInput):
    """Body of a command; the same ``command_id`` twice is one command."""

    command_id: Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
    kind: RobotCommand
    reason: Reason


class IncidentNote(StrictInput):
    """Body of acknowledge and resolve."""

    note: Annotated[str, Field(max_length=500)] = ""


class CauseCount(BaseModel):
    """How often something was the reason."""

    text: LocalText
    count: int


class DayFigures(BaseModel):
    """Missions of one kind asked for on one day; None where there was nothing to measure.

    Times are robot seconds from the asking: ``arrival`` until a robot was at the first place, ``done`` until all was
    done. ``on_time`` is the share of arrivals within the target.
    """

    day: str
    missions: int
    served: int
    canceled: int
    failed: int
    reassigned: int
    arrival_p50_s: float | None
    arrival_p95_s: float | None
    done_p50_s: float | None
    done_p95_s: float | None
    on_time: float | None
    causes: list[CauseCount]


class RobotDayFigures(BaseModel):
    """One robot on one day; shares of the time it was on line."""

    day: str
    robot_id: str
    name: LocalText
    served: int
    distance_m: float
    online_s: int
    driving_share: float
    busy_share: float
    charge_used: float


class ServiceFigures(BaseModel):
    """How well one kind of work went, oldest day first; only residents' calls have a target for arrivals."""

    kind: MissionKind
    target_s: float | None
    speed_factor: float
    days: list[DayFigures]
    robots: list[RobotDayFigures]
