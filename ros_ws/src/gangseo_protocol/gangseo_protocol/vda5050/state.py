"""What a robot tells: state, visualization, connection."""

from enum import StrEnum

from pydantic import Field

from gangseo_protocol.vda5050.common import Header
from gangseo_protocol.vda5050.report import (
    ActionState,
    EdgeRequest,
    EdgeState,
    Error,
    Info,
    IntermediatePath,
    Load,
    MapState,
    MobileRobotPosition,
    NodeState,
    OperatingMode,
    PlannedPath,
    PowerSupply,
    SafetyState,
    Velocity,
    ZoneRequest,
    ZoneSetState,
)


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
