"""Values of the state message: what a robot tells about itself, piece by piece."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from gangseo_protocol.base import WireModel
from gangseo_protocol.vda5050.common import Angle, NodePosition, Trajectory


class MapState(WireModel):
    """A map stored on the robot."""

    map_id: str
    map_version: str
    map_descriptor: str | None = None
    map_status: Literal["ENABLED", "DISABLED"]


class ZoneSetState(WireModel):
    """A zone set stored on the robot."""

    zone_set_id: str
    map_id: str
    zone_set_status: Literal["ENABLED", "DISABLED"]


class NodeState(WireModel):
    """A node still to be passed."""

    node_id: str
    sequence_id: int
    node_descriptor: str | None = None
    released: bool
    node_position: NodePosition | None = None


class EdgeState(WireModel):
    """An edge still to be passed."""

    edge_id: str
    sequence_id: int
    edge_descriptor: str | None = None
    released: bool
    trajectory: Trajectory | None = None


class PlannedPath(WireModel):
    """The path the robot plans along its order."""

    trajectory: Trajectory
    traversed_nodes: tuple[str, ...] | None = None


class PolylinePoint(WireModel):
    """A point of the near path with its time of arrival."""

    x: float
    y: float
    theta: Angle | None = None
    eta: str


class IntermediatePath(WireModel):
    """The near path with times."""

    polyline: tuple[PolylinePoint, ...]


class MobileRobotPosition(WireModel):
    """Pose of base_link in the map."""

    x: float
    y: float
    theta: Angle
    map_id: str
    localized: bool
    localization_score: float | None = Field(default=None, ge=0, le=1)
    deviation_range: float | None = Field(default=None, ge=0)


class Velocity(WireModel):
    """Velocity in base_link."""

    vx: float | None = None
    vy: float | None = None
    omega: float | None = None


class Load(WireModel):
    """Something carried: one bin of recyclables, or the goods of one delivery by its id; weight in kg."""

    load_id: str | None = None
    load_type: str | None = None
    load_position: str | None = None
    weight: float | None = Field(default=None, ge=0)


class RequestStatus(StrEnum):
    """Life of a zone or edge request."""

    REQUESTED = "REQUESTED"
    GRANTED = "GRANTED"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"


class ZoneRequest(WireModel):
    """The robot asks to enter a RELEASE zone."""

    request_id: str
    request_type: Literal["ACCESS", "REPLANNING"]
    zone_id: str
    zone_set_id: str
    request_status: RequestStatus
    trajectory: Trajectory | None = None


class EdgeRequest(WireModel):
    """The robot asks for a corridor."""

    request_id: str
    request_type: Literal["CORRIDOR"] = "CORRIDOR"
    edge_id: str
    sequence_id: int
    request_status: RequestStatus


class ActionStatus(StrEnum):
    """Life of an action."""

    WAITING = "WAITING"
    INITIALIZING = "INITIALIZING"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    RETRIABLE = "RETRIABLE"
    FINISHED = "FINISHED"
    FAILED = "FAILED"


class ActionState(WireModel):
    """Where one action stands."""

    action_id: str
    action_type: str | None = None
    action_descriptor: str | None = None
    action_status: ActionStatus
    action_result: str | None = None


class PowerSupply(WireModel):
    """Battery; ``state_of_charge`` in per cent, ``range`` in metres."""

    state_of_charge: float = Field(ge=0, le=100)
    battery_voltage: float | None = None
    battery_current: float | None = None
    battery_health: float | None = Field(default=None, ge=0, le=100)
    charging: bool
    range: float | None = Field(default=None, ge=0)


class OperatingMode(StrEnum):
    """Who is in control."""

    STARTUP = "STARTUP"
    AUTOMATIC = "AUTOMATIC"
    SEMIAUTOMATIC = "SEMIAUTOMATIC"
    INTERVENED = "INTERVENED"
    MANUAL = "MANUAL"
    SERVICE = "SERVICE"
    TEACH_IN = "TEACH_IN"


class ErrorLevel(StrEnum):
    """WARNING: goes on; URGENT: goes on, look soon; CRITICAL: stopped, help needed; FATAL: out of order."""

    WARNING = "WARNING"
    URGENT = "URGENT"
    CRITICAL = "CRITICAL"
    FATAL = "FATAL"


class ErrorReference(WireModel):
    """What an error is about."""

    reference_key: str
    reference_value: str


class Translation(WireModel):
    """A text in one language (ISO 639-1)."""

    translation_key: str
    translation_value: str


class Error(WireModel):
    """Something wrong on the robot."""

    error_type: str
    error_references: tuple[ErrorReference, ...] | None = None
    error_description: str | None = None
    error_description_translations: tuple[Translation, ...] | None = None
    error_hint: str | None = None
    error_hint_translations: tuple[Translation, ...] | None = None
    error_level: ErrorLevel


class InfoReference(WireModel):
    """What an information is about."""

    reference_key: str
    reference_value: str


class Info(WireModel):
    """Something to know; see INFO_* in gangseo_protocol.info."""

    info_type: str
    info_references: tuple[InfoReference, ...] | None = None
    info_descriptor: str | None = None
    info_level: Literal["INFO", "DEBUG"]


class EmergencyStop(StrEnum):
    """Which emergency stop is on."""

    MANUAL = "MANUAL"
    REMOTE = "REMOTE"
    NONE = "NONE"


class SafetyState(WireModel):
    """Emergency stop and protective field."""

    active_emergency_stop: EmergencyStop
    field_violation: bool
