"""The factsheet of our robots: body, limits, actions, loads."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from gangseo_protocol.actions import NODE_ACTIONS, RESULTS
from gangseo_protocol.factsheet import (
    ActionParameterDefinition,
    BatteryCharging,
    Envelope2d,
    Factsheet,
    LoadSet,
    LoadSpecification,
    MaximumArrayLengths,
    MaximumStringLengths,
    MobileRobotAction,
    MobileRobotConfiguration,
    MobileRobotGeometry,
    OptionalParameter,
    PhysicalParameters,
    ProtocolFeatures,
    ProtocolLimits,
    Timing,
    TypeSpecification,
    VersionEntry,
    WheelDefinition,
    WheelPosition,
)
from gangseo_protocol.vda5050 import BlockingType, Vertex
from gangseo_robot.guards import Limits
from gangseo_robot.role import Role
from gangseo_robot.steps import SHARED_STEPS
from gangseo_robot.words import SUBJECT

LENGTH_M, WIDTH_M, HEIGHT_M = 0.90, 0.66, 1.10
WHEEL_SEPARATION_M, WHEEL_RADIUS_M, WHEEL_WIDTH_M = 0.52, 0.125, 0.05

_TYPES: dict[object, Literal["INTEGER", "NUMBER"]] = {int: "INTEGER", float: "NUMBER"}
_INSTANT = (
    "cancelOrder", "startPause", "stopPause", "stateRequest", "factsheetRequest", "emergencyStop",
    "releaseEmergencyStop", "fleetEmergencyStop", "releaseFleetEmergencyStop", "startTakeover", "endTakeover",
)  # fmt: skip


def make_factsheet(robot_id: str, limits: Limits, role: Role, header_id: int, utc: datetime) -> Factsheet:
    """The factsheet of one robot with what its role adds to what every robot has."""
    half_length, half_width = LENGTH_M / 2, WIDTH_M / 2
    corners = (
        (half_length, half_width),
        (-half_length, half_width),
        (-half_length, -half_width),
        (half_length, -half_width),
    )
    return Factsheet(
        header_id=header_id,
        timestamp=utc,
        serial_number=robot_id,
        type_specification=TypeSpecification(
            series_name="Gangseo",
            mobile_robot_kinematics="DIFFERENTIAL",
            mobile_robot_class="CARRIER",
            maximum_load_mass=_most_load_kg(role.load_sets),
            localization_types=("NATURAL", "GNSS"),
            navigation_types=("AUTONOMOUS",),
            supported_zones=("BLOCKED", "SPEED_LIMIT", "RELEASE"),
        ),
        physical_parameters=PhysicalParameters(
            minimum_speed=0.05,
            maximum_speed=limits.maximum_speed_mps,
            maximum_angular_speed=1.2,
            maximum_acceleration=0.8,
            maximum_deceleration=1.5,
            minimum_height=HEIGHT_M,
            maximum_height=HEIGHT_M,
            width=WIDTH_M,
            length=LENGTH_M,
        ),
        protocol_limits=_limits(),
        protocol_features=ProtocolFeatures(
            optional_parameters=(
                OptionalParameter(parameter="order.nodes.nodePosition", support="SUPPORTED"),
                OptionalParameter(parameter="order.nodes.nodePosition.allowedDeviationXY", support="SUPPORTED"),
            ),
            mobile_robot_actions=_actions(role),
        ),
        mobile_robot_geometry=MobileRobotGeometry(
            wheel_definitions=tuple(_wheel(side * WHEEL_SEPARATION_M / 2) for side in (1, -1)),
            envelopes2d=(Envelope2d(envelope2d_id="body", vertices=tuple(Vertex(x=x, y=y) for x, y in corners)),),
        ),
        load_specification=LoadSpecification(
            load_positions=tuple(name for each in role.load_sets for name in each.load_positions or ()),
            load_sets=role.load_sets,
        ),
        mobile_robot_configuration=MobileRobotConfiguration(
            versions=(VersionEntry(key="gangseo_robot", value="0.1.0"),),
            battery_charging=BatteryCharging(
                critical_low_charging_level=limits.battery_critical * 100,
                minimum_desired_charging_level=limits.battery_low * 100,
                maximum_desired_charging_level=100.0,
            ),
        ),
    )


def _limits() -> ProtocolLimits:
    return ProtocolLimits(
        maximum_string_lengths=MaximumStringLengths(maximum_message_length=1_000_000, id_numerical_only=False),
        maximum_array_lengths=MaximumArrayLengths(edge_actions=0),
        timing=Timing(
            minimum_order_interval=0.1,
            minimum_state_interval=0.1,
            default_state_interval=10.0,
            visualization_interval=0.5,
        ),
    )


def _most_load_kg(load_sets: Sequence[LoadSet]) -> float:
    return sum((each.maximum_weight or 0.0) * len(each.load_positions or ()) for each in load_sets)


def _actions(role: Role) -> tuple[MobileRobotAction, ...]:
    at_nodes = tuple(
        MobileRobotAction(
            action_type=name,
            action_scopes=("NODE",),
            action_parameters=_parameters(name) or None,
            action_result=", ".join(RESULTS.get(name, ())) or None,
            blocking_types=(BlockingType.NONE, BlockingType.HARD) if name == "say" else (BlockingType.HARD,),
            pause_allowed=True,
            cancel_allowed=True,
        )
        for name in (*SHARED_STEPS, *role.steps)
    )
    named = (ActionParameterDefinition(key=SUBJECT, value_data_type="STRING", is_optional=False),)
    words = dict.fromkeys(word for words in role.listens.values() for word in words)
    instant = tuple(
        MobileRobotAction(
            action_type=name,
            action_scopes=("INSTANT",),
            action_parameters=named if name in words else None,
            blocking_types=(BlockingType.NONE,),
            pause_allowed=False,
            cancel_allowed=False,
        )
        for name in (*_INSTANT, *words)
    )
    return at_nodes + instant


def _parameters(action_type: str) -> tuple[ActionParameterDefinition, ...]:
    """What an action takes, as its model says."""
    return tuple(
        ActionParameterDefinition(
            key=field.alias or name,
            value_data_type=_TYPES.get(field.annotation, "STRING"),
            is_optional=not field.is_required(),
        )
        for name, field in NODE_ACTIONS[action_type].model_fields.items()
        if name != "action_type"
    )


def _wheel(y: float) -> WheelDefinition:
    return WheelDefinition(
        type="DRIVE",
        is_active_driven=True,
        is_active_steered=False,
        position=WheelPosition(x=0.0, y=y, theta=0.0),
        diameter=2 * WHEEL_RADIUS_M,
        width=WHEEL_WIDTH_M,
    )
