"""VDA 5050 factsheet: what a robot is and can do. Units: kg, m, rad, s, m/s, m/s², per cent of charge."""

from typing import Annotated, Literal

from pydantic import Field

from gangseo_protocol.base import WireModel
from gangseo_protocol.vda5050 import BlockingType, Header, Vertex, ZoneType

Positive = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]


class TypeSpecification(WireModel):
    """The class of robot."""

    series_name: str
    series_description: str | None = None
    mobile_robot_kinematics: str
    mobile_robot_class: str
    maximum_load_mass: Positive
    localization_types: tuple[str, ...]
    navigation_types: tuple[str, ...]
    supported_zones: tuple[ZoneType, ...] | None = None


class PhysicalParameters(WireModel):
    """Speeds, accelerations and size."""

    minimum_speed: Positive
    maximum_speed: Positive
    minimum_angular_speed: Positive | None = None
    maximum_angular_speed: Positive | None = None
    maximum_acceleration: Positive
    maximum_deceleration: float
    minimum_height: float
    maximum_height: float
    width: float
    length: float


class MaximumStringLengths(WireModel):
    """Longest texts the robot takes."""

    maximum_message_length: Count | None = None
    maximum_topic_serial_length: Count | None = None
    maximum_topic_element_length: Count | None = None
    maximum_id_length: Count | None = None
    id_numerical_only: bool | None = None
    maximum_load_id_length: Count | None = None


class MaximumArrayLengths(WireModel):
    """Longest lists the robot takes; names hold a dot in the standard."""

    order_nodes: Count | None = Field(default=None, alias="order.nodes")
    order_edges: Count | None = Field(default=None, alias="order.edges")
    node_actions: Count | None = Field(default=None, alias="node.actions")
    edge_actions: Count | None = Field(default=None, alias="edge.actions")
    instant_actions: Count | None = None


class Timing(WireModel):
    """How often messages may and will come."""

    minimum_order_interval: Positive
    minimum_state_interval: Positive
    default_state_interval: Positive | None = None
    visualization_interval: Positive | None = None


class ProtocolLimits(WireModel):
    """Bounds of what the robot takes."""

    maximum_string_lengths: MaximumStringLengths
    maximum_array_lengths: MaximumArrayLengths
    timing: Timing


class OptionalParameter(WireModel):
    """An optional field of the standard the robot reads or needs."""

    parameter: str
    support: Literal["SUPPORTED", "REQUIRED"]
    description: str | None = None


class ActionParameterDefinition(WireModel):
    """A parameter of an action."""

    key: str
    value_data_type: Literal["BOOL", "NUMBER", "INTEGER", "STRING", "OBJECT", "ARRAY"]
    description: str | None = None
    is_optional: bool | None = None


class MobileRobotAction(WireModel):
    """An action the robot can do."""

    action_type: str
    action_description: str | None = None
    action_scopes: tuple[Literal["INSTANT", "NODE", "EDGE", "ZONE"], ...]
    action_parameters: tuple[ActionParameterDefinition, ...] | None = None
    action_result: str | None = None
    blocking_types: tuple[BlockingType, ...] | None = None
    pause_allowed: bool
    cancel_allowed: bool


class ProtocolFeatures(WireModel):
    """Optional fields and actions of this robot."""

    optional_parameters: tuple[OptionalParameter, ...]
    mobile_robot_actions: tuple[MobileRobotAction, ...]


class Envelope2d(WireModel):
    """Outline of the robot around base_link."""

    envelope2d_id: str = Field(alias="envelope2dId")
    vertices: tuple[Vertex, ...]
    description: str | None = None


class WheelPosition(WireModel):
    """Where a wheel is in base_link."""

    x: float
    y: float
    theta: float | None = None


class WheelDefinition(WireModel):
    """One wheel."""

    type: str
    is_active_driven: bool
    is_active_steered: bool
    position: WheelPosition
    diameter: float
    width: float


class MobileRobotGeometry(WireModel):
    """Wheels and outline."""

    wheel_definitions: tuple[WheelDefinition, ...] | None = None
    envelopes2d: tuple[Envelope2d, ...] | None = None


class LoadSet(WireModel):
    """One kind of load."""

    set_name: str
    load_type: str
    load_positions: tuple[str, ...] | None = None
    maximum_weight: Positive | None = None
    description: str | None = None


class LoadSpecification(WireModel):
    """Where loads lie and which."""

    load_positions: tuple[str, ...] | None = None
    load_sets: tuple[LoadSet, ...] | None = None


class VersionEntry(WireModel):
    """One named version."""

    key: str
    value: str


class BatteryCharging(WireModel):
    """Levels of charge the fleet should know."""

    critical_low_charging_level: float | None = Field(default=None, ge=0, le=100)
    minimum_desired_charging_level: float | None = Field(default=None, ge=0, le=100)
    maximum_desired_charging_level: float | None = Field(default=None, ge=0, le=100)
    minimum_charging_time: Positive | None = None


class MobileRobotConfiguration(WireModel):
    """Versions and charging."""

    versions: tuple[VersionEntry, ...] | None = None
    battery_charging: BatteryCharging | None = None


class Factsheet(Header):
    """Everything a fleet wants to know about a robot before its first order; retained."""

    type_specification: TypeSpecification
    physical_parameters: PhysicalParameters
    protocol_limits: ProtocolLimits
    protocol_features: ProtocolFeatures
    mobile_robot_geometry: MobileRobotGeometry
    load_specification: LoadSpecification
    mobile_robot_configuration: MobileRobotConfiguration | None = None
