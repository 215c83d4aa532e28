"""VDA 5050 3.0.0 messages. Field meanings: the standard; units: m, rad, s, m/s, per cent of charge."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from gangseo_protocol.base import Timestamp, WireModel
from gangseo_protocol.topics import MANUFACTURER, VERSION

Angle = Annotated[float, Field(ge=-3.14159265359, le=3.14159265359)]
Sequence = Annotated[int, Field(ge=0)]


class Header(WireModel):
    """What every message begins with."""

    header_id: int = Field(ge=0)
    timestamp: Timestamp
    version: str = VERSION
    manufacturer: str = MANUFACTURER
    serial_number: str


# --- shared values ---------------------------------------------------------------------------


class BlockingType(StrEnum):
    """How an action goes together with driving and other actions."""

    NONE = "NONE"
    SOFT = "SOFT"
    SINGLE = "SINGLE"
    HARD = "HARD"


class ActionParameter(WireModel):
    """A named value of any JSON type."""

    key: str
    value: list[Any] | bool | int | float | str | dict[str, Any]


class Action(WireModel):
    """Something to do at a node or on an edge."""

    action_type: str
    action_id: str
    action_descriptor: str | None = None
    blocking_type: BlockingType
    action_parameters: tuple[ActionParameter, ...] | None = None
    retriable: bool | None = None


class InstantAction(WireModel):
    """Something to do now."""

    action_type: str
    action_id: str
    action_descriptor: str | None = None
    blocking_type: Literal["NONE"] = "NONE"
    action_parameters: tuple[ActionParameter, ...] | None = None


class ControlPoint(WireModel):
    """A NURBS control point."""

    x: float
    y: float
    weight: float | None = None


class Trajectory(WireModel):
    """A NURBS; degree 1 is a polyline."""

    degree: int | None = Field(default=None, ge=1)
    knot_vector: tuple[Annotated[float, Field(ge=0, le=1)], ...] | None = None
    control_points: tuple[ControlPoint, ...]


class AllowedDeviation(WireModel):
    """Ellipse around a node within which it counts as reached."""

    a: float = Field(ge=0)
    b: float = Field(ge=0)
    theta: float = Field(ge=-1.570796327, le=1.570796327)


class NodePosition(WireModel):
    """Where a node is; orders may bound the deviation."""

    x: float
    y: float
    theta: Angle | None = None
    allowed_deviation_xy: AllowedDeviation | None = Field(default=None, alias="allowedDeviationXY")
    allowed_deviation_theta: float | None = Field(default=None, ge=0, le=3.141592654)
    map_id: str


# --- order -----------------------------------------------------------------------------------


class OrderNode(WireModel):
    """A node to pass; even sequence ids."""

    node_id: str
    sequence_id: Sequence
    node_descriptor: str | None = None
    released: bool
    node_position: NodePosition | None = None
    actions: tuple[Action, ...] = ()


class Corridor(WireModel):
    """How far a robot may leave the edge around an obstacle."""

    left_width: float = Field(ge=0)
    right_width: float = Field(ge=0)
    corridor_reference_point: Literal["KINEMATIC_CENTER", "CONTOUR"] | None = None
    release_required: bool | None = None
    release_loss_behavior: Literal["STOP", "RETURN"] | None = None


class OrderEdge(WireModel):
    """An edge between two nodes; odd sequence ids."""

    edge_id: str
    sequence_id: Sequence
    edge_descriptor: str | None = None
    released: bool
    maximum_speed: float | None = None
    orientation: Angle | None = None
    orientation_type: Literal["GLOBAL", "TANGENTIAL"] | None = None
    max_rotation_speed: float | None = None
    trajectory: Trajectory | None = None
    length: float | None = None
    corridor: Corridor | None = None
    actions: tuple[Action, ...] = ()


class Order(Header):
    """Nodes and edges: the released ones are the base, the rest the horizon."""

    order_id: str
    order_update_id: int = Field(ge=0)
    order_description: str | None = None
    nodes: tuple[OrderNode, ...] = Field(min_length=1)
    edges: tuple[OrderEdge, ...] = ()


class InstantActions(Header):
    """Actions to carry out at once."""

    actions: tuple[InstantAction, ...]


# --- responses to requests -------------------------------------------------------------------


class GrantType(StrEnum):
    """Answer of the fleet to a zone or edge request."""

    GRANTED = "GRANTED"
    QUEUED = "QUEUED"
    REVOKED = "REVOKED"
    REJECTED = "REJECTED"


class Response(WireModel):
    """One answer; a granted one may end at ``lease_expiry``."""

    request_id: str
    grant_type: GrantType
    lease_expiry: Timestamp | None = None


class Responses(Header):
    """Answers to requests of the state message."""

    responses: tuple[Response, ...]


# --- zones -----------------------------------------------------------------------------------


class Vertex(WireModel):
    """A corner of a zone."""

    x: float
    y: float


ZoneType = Literal[
    "BLOCKED", "LINE_GUIDED", "RELEASE", "COORDINATED_REPLANNING", "SPEED_LIMIT",
    "ACTION", "PRIORITY", "PENALTY", "DIRECTED", "BIDIRECTED",
]  # fmt: skip


class Zone(WireModel):
    """An area with a rule; RELEASE needs a grant before entering."""

    zone_id: str
    zone_type: ZoneType
    zone_descriptor: str | None = None
    vertices: tuple[Vertex, ...] = Field(min_length=3)
    maximum_speed: float | None = None
    release_loss_behavior: Literal["STOP", "CONTINUE", "EVACUATE"] | None = None

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        if self.zone_type == "RELEASE" and self.release_loss_behavior is None:
            raise ValueError("a RELEASE zone needs releaseLossBehavior")
        if self.zone_type == "SPEED_LIMIT" and self.maximum_speed is None:
            raise ValueError("a SPEED_LIMIT zone needs maximumSpeed")
        return self


class ZoneSet(WireModel):
    """All zones of one map."""

    map_id: str
    zone_set_id: str
    zone_set_descriptor: str | None = None
    zones: tuple[Zone, ...]


class ZoneSetMessage(Header):
    """The zone set the fleet gives a robot."""

    zone_set: ZoneSet


# --- state -----------------------------------------------------------------------------------


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
    """Something carried: for us one bin with its weight."""

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


class State(Header):
    """All a robot tells about itself, on change and at least every 30 s."""

    maps: tuple[MapState, ...] | None = None
    zone_sets: tuple[ZoneSetState, ...] | None = None
    order_id: str
    order_update_id: int
    last_node_id: str
    last_node_sequence_id: int
    node_states: tuple[NodeState, ...]
    edge_states: tuple[EdgeState, ...]
    planned_path: PlannedPath | None = None
    intermediate_path: IntermediatePath | None = None
    mobile_robot_position: MobileRobotPosition | None = None
    velocity: Velocity | None = None
    loads: tuple[Load, ...] | None = None
    driving: bool
    paused: bool | None = None
    new_base_request: bool | None = None
    zone_requests: tuple[ZoneRequest, ...] | None = None
    edge_requests: tuple[EdgeRequest, ...] | None = None
    distance_since_last_node: float | None = None
    action_states: tuple[ActionState, ...]
    instant_action_states: tuple[ActionState, ...]
    zone_action_states: tuple[ActionState, ...] = ()
    power_supply: PowerSupply
    operating_mode: OperatingMode
    errors: tuple[Error, ...]
    information: tuple[Info, ...] | None = None
    safety_state: SafetyState


class Visualization(Header):
    """Pose and path at a higher rate, for eyes only."""

    reference_state_header_id: int = Field(default=0, ge=0)
    planned_path: PlannedPath | None = None
    intermediate_path: IntermediatePath | None = None
    mobile_robot_position: MobileRobotPosition | None = None
    velocity: Velocity | None = None


class ConnectionState(StrEnum):
    """CONNECTION_BROKEN is the last will."""

    ONLINE = "ONLINE"
    OFFLINE = "OFFLINE"
    HIBERNATING = "HIBERNATING"
    CONNECTION_BROKEN = "CONNECTION_BROKEN"


class Connection(Header):
    """Whether the robot is on line; retained."""

    connection_state: ConnectionState
