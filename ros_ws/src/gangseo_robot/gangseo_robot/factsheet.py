"""The factsheet of our recycling-sized robots: body, limits, actions."""

from collections.abc import Sequence
from datetime import datetime

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

LENGTH_M, WIDTH_M, HEIGHT_M = 0.90, 0.66, 1.10
WHEEL_SEPARATION_M, WHEEL_RADIUS_M, WHEEL_WIDTH_M = 0.52, 0.125, 0.05

_PARAMETERS: dict[str, tuple[ActionParameterDefinition, ...]] = {
    "dock": (ActionParameterDefinition(key="stationId", value_data_type="STRING", is_optional=False),),
    "say": (
        ActionParameterDefinition(key="textKey", value_data_type="STRING", is_optional=False),
        ActionParameterDefinition(key="language", value_data_type="STRING", is_optional=True),
    ),
    "waitForResident": (ActionParameterDefinition(key="durationS", value_data_type="NUMBER", is_optional=True),),
}
_INSTANT = (
    "cancelOrder", "startPause", "stopPause", "stateRequest", "factsheetRequest", "emergencyStop",
    "releaseEmergencyStop",
)  # fmt: skip


def make_factsheet(
    robot_id: str, limits: Limits, node_actions: Sequence[str], loads: Sequence[str], header_id: int, utc: datetime
) -> Factsheet:
    """The factsheet of one robot; ``loads`` names its compartments."""
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
            series_name="Gangseo recycling",
            mobile_robot_kinematics="DIFFERENTIAL",
            mobile_robot_class="CARRIER",
            maximum_load_mass=50.0,
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
            mobile_robot_actions=_actions(node_actions),
        ),
        mobile_robot_geometry=MobileRobotGeometry(
            wheel_definitions=tuple(_wheel(side * WHEEL_SEPARATION_M / 2) for side in (1, -1)),
            envelopes2d=(Envelope2d(envelope2d_id="body", vertices=tuple(Vertex(x=x, y=y) for x, y in corners)),),
        ),
        load_specification=LoadSpecification(
            load_positions=tuple(loads),
            load_sets=(LoadSet(set_name="DEFAULT", load_type="recyclables", load_positions=tuple(loads)),),
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


def _actions(node_actions: Sequence[str]) -> tuple[MobileRobotAction, ...]:
    at_nodes = tuple(
        MobileRobotAction(
            action_type=name,
            action_scopes=("NODE",),
            action_parameters=_PARAMETERS.get(name),
            blocking_types=(BlockingType.NONE, BlockingType.HARD) if name == "say" else (BlockingType.HARD,),
            pause_allowed=True,
            cancel_allowed=True,
        )
        for name in node_actions
    )
    instant = tuple(
        MobileRobotAction(
            action_type=name,
            action_scopes=("INSTANT",),
            blocking_types=(BlockingType.NONE,),
            pause_allowed=False,
            cancel_allowed=False,
        )
        for name in _INSTANT
    )
    return at_nodes + instant


def _wheel(y: float) -> WheelDefinition:
    return WheelDefinition(
        type="DRIVE",
        is_active_driven=True,
        is_active_steered=False,
        position=WheelPosition(x=0.0, y=y, theta=0.0),
        diameter=2 * WHEEL_RADIUS_M,
        width=WHEEL_WIDTH_M,
    )
