"""Builds the state and visualization a robot tells about itself. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gangseo_protocol import info
from gangseo_protocol.site import Site
from gangseo_protocol.vda5050 import (
    ActionState,
    ActionStatus,
    ControlPoint,
    EdgeState,
    EmergencyStop,
    Info,
    InfoReference,
    Load,
    MapState,
    MobileRobotPosition,
    NodeState,
    OperatingMode,
    PlannedPath,
    PowerSupply,
    SafetyState,
    State,
    Trajectory,
    Velocity,
    ZoneRequest,
    ZoneSet,
    ZoneSetState,
)
from gangseo_robot.cargo import Cargo
from gangseo_robot.faults import FaultBoard
from gangseo_robot.guards import Limits
from gangseo_robot.orders import OrderBook
from gangseo_robot.senses import Pose, Senses
from gangseo_robot.steps import Waiting
from gangseo_robot.switches import Switches

MOST_PATH_POINTS = 60
NOT_A_CHANGE = {"header_id", "timestamp", "mobile_robot_position", "velocity", "planned_path", "loads"}


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence said lately."""

    utterance_id: str
    text_key: str
    language: str
    text: str
    audible: bool


@dataclass(frozen=True, slots=True)
class Build:
    """What runs on the robot."""

    version: str
    navigation: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All that goes into one state message."""

    book: OrderBook
    senses: Senses
    cargo: Cargo
    switches: Switches
    faults: FaultBoard
    waiting: Waiting
    countdown_s: float | None
    utterance: Utterance | None
    instant_actions: tuple[ActionState, ...]
    zone_requests: tuple[ZoneRequest, ...]
    zone_set: ZoneSet | None
    path: Sequence[Pose]
    driving: bool


class Reporter:
    """Makes messages of pictures for one robot at one site."""

    def __init__(self, robot_id: str, site: Site, limits: Limits, build: Build) -> None:
        self._robot_id, self._site, self._limits, self._build = robot_id, site, limits, build
        self._path: Sequence[Pose] = ()
        self._planned: PlannedPath | None = None

    def state(self, picture: Picture, header_id: int, utc: datetime) -> State:
        """The state message."""
        book, senses, site = picture.book, picture.senses, self._site
        battery = senses.battery
        known = senses.pose is not None and battery is not None
        horizon = len(book.ahead) > len(book.base_ahead)
        zone_set = picture.zone_set
        return State(
            header_id=header_id,
            timestamp=utc,
            serial_number=self._robot_id,
            maps=(MapState(map_id=site.map_id, map_version=site.map_version, map_status="ENABLED"),),
            zone_sets=(
                ZoneSetState(zone_set_id=zone_set.zone_set_id, map_id=zone_set.map_id, zone_set_status="ENABLED"),
            )
            if zone_set
            else (),
            order_id=book.order_id,
            order_update_id=book.update_id,
            last_node_id=book.last_node_id,
            last_node_sequence_id=max(book.reached, 0),
            node_states=_node_states(book),
            edge_states=_edge_states(book),
            planned_path=self.planned(picture.path),
            mobile_robot_position=self.position(senses),
            velocity=velocity(senses),
            loads=(*self._recyclables(senses), *(each.to_wire() for each in picture.cargo.aboard(senses))),
            driving=picture.driving,
            paused=picture.switches.paused,
            new_base_request=book.active and horizon and len(book.base_ahead) <= 1,
            zone_requests=picture.zone_requests,
            action_states=_action_states(book, paused=picture.switches.paused),
            instant_action_states=picture.instant_actions,
            power_supply=PowerSupply(
                state_of_charge=round(min(1.0, max(0.0, battery.charge)) * 100, 1) if battery else 0.0,
                battery_voltage=round(battery.voltage, 2) if battery and battery.voltage == battery.voltage else None,
                charging=bool(battery and battery.charging),
                range=round(battery.charge * self._limits.range_m_at_full) if battery else None,
            ),
            operating_mode=_mode(picture.switches, known=known),
            errors=tuple(fault.to_wire() for fault in picture.faults.faults),
            information=tuple(self._information(picture)),
            safety_state=SafetyState(
                active_emergency_stop=_emergency_stop(picture.switches), field_violation=bool(senses.touching)
            ),
        )

    def planned(self, path: Sequence[Pose]) -> PlannedPath | None:
        """The path on the wire; made once for each path, which the robot shows ten times a second."""
        if path is not self._path:
            self._path, self._planned = path, planned_path(path)
        return self._planned

    def position(self, senses: Senses) -> MobileRobotPosition | None:
        """Where the robot is, None before it knows."""
        if senses.pose is None:
            return None
        return MobileRobotPosition(
            x=round(senses.pose.x, 3),
            y=round(senses.pose.y, 3),
            theta=_wire_angle(senses.pose.theta),
            map_id=self._site.map_id,
            localized=not senses.pose_stale,
            deviation_range=round(senses.deviation_m, 3),
        )

    def _recyclables(self, senses: Senses) -> tuple[Load, ...]:
        return tuple(
            Load(
                load_id=level.stream,
                load_type="recyclables",
                load_position=level.stream,
                weight=round(level.fill * level.capacity_l * self._limits.load_kg_per_l, 2),
            )
            for level in senses.bins
            if level.fill > 0.0
        )

    def _information(self, picture: Picture) -> Iterable[Info]:
        waiting = picture.waiting
        yield _info(info.WAITING_REASON, waiting.values, waiting.key)
        if picture.countdown_s is not None:
            yield _info(info.COUNTDOWN, {"remainingSeconds": f"{picture.countdown_s:.0f}"})
        if picture.utterance:
            said = picture.utterance
            yield _info(
                info.UTTERANCE,
                {
                    "textKey": said.text_key,
                    "language": said.language,
                    "text": said.text,
                    "audible": _truth(said.audible),
                    "utteranceId": said.utterance_id,
                },
            )
        for level in picture.senses.bins:
            values = {
                "stream": level.stream,
                "fill": f"{level.fill:.2f}",
                "capacityLitres": f"{level.capacity_l:.0f}",
                "open": _truth(picture.senses.bins_open),
            }
            yield _info(info.BIN, values)
        goods = {each.compartment: each.load_id for each in picture.cargo.aboard(picture.senses)}
        for lid in picture.senses.compartments:
            values = {
                "number": str(lid.number),
                "open": _truth(lid.opened),
                "occupied": _truth(lid.number in goods),
                "loadId": goods.get(lid.number, ""),
            }
            yield _info(info.COMPARTMENT, values)
        build = self._build
        yield _info(
            info.BUILD,
            {"version": build.version, "navigation": build.navigation, "simulated": _truth(build.simulated)},
        )


def fingerprint(state: State) -> dict[str, Any]:
    """What must differ for a state to be worth sending before its time: all but pose and drifting figures."""
    kept = state.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=NOT_A_CHANGE)
    power = dict(kept["powerSupply"])
    kept["powerSupply"] = {"stateOfCharge": round(power["stateOfCharge"]), "charging": power["charging"]}
    return kept


def velocity(senses: Senses) -> Velocity:
    """Velocity in base_link."""
    return Velocity(vx=round(senses.speed_mps, 3), vy=0.0, omega=round(senses.turn_radps, 3))


def planned_path(path: Sequence[Pose]) -> PlannedPath | None:
    """The path as a polyline, thinned to a few dozen points."""
    if len(path) < 2:
        return None
    stride = max(1, -(-len(path) // MOST_PATH_POINTS))
    points = [*path[:-1:stride], path[-1]]
    last = float(len(points) - 1)
    inner = tuple(index / last for index in range(1, len(points) - 1))
    return PlannedPath(
        trajectory=Trajectory(
            degree=1,
            knot_vector=(0.0, 0.0, *inner, 1.0, 1.0),
            control_points=tuple(ControlPoint(x=round(p.x, 2), y=round(p.y, 2), weight=1.0) for p in points),
        )
    )


def _node_states(book: OrderBook) -> tuple[NodeState, ...]:
    return tuple(
        NodeState(
            node_id=node.node_id,
            sequence_id=node.sequence_id,
            released=node.released,
            node_position=node.node_position,
        )
        for node in book.ahead
    )


def _edge_states(book: OrderBook) -> tuple[EdgeState, ...]:
    return tuple(
        EdgeState(edge_id=edge.edge_id, sequence_id=edge.sequence_id, released=edge.released)
        for edge in book.edges_ahead
    )


def _action_states(book: OrderBook, *, paused: bool) -> tuple[ActionState, ...]:
    return tuple(
        ActionState(
            action_id=progress.action_id,
            action_type=progress.action_type,
            action_status=ActionStatus.PAUSED
            if paused and progress.status is ActionStatus.RUNNING
            else progress.status,
            action_result=progress.result or None,
        )
        for progress in book.actions.values()
    )


def _mode(switches: Switches, *, known: bool) -> OperatingMode:
    """INTERVENED is the standard's word for people in control while the order stays; in MANUAL it would be cleared."""
    if switches.lease:
        return OperatingMode.INTERVENED
    return OperatingMode.AUTOMATIC if known else OperatingMode.STARTUP


def _emergency_stop(switches: Switches) -> EmergencyStop:
    if switches.manual_stop:
        return EmergencyStop.MANUAL
    return EmergencyStop.REMOTE if switches.stops else EmergencyStop.NONE


def _info(info_type: str, values: Mapping[str, str], descriptor: str | None = None) -> Info:
    references = tuple(InfoReference(reference_key=key, reference_value=value) for key, value in values.items())
    return Info(info_type=info_type, info_references=references or None, info_descriptor=descriptor, info_level="INFO")


def _wire_angle(theta: float) -> float:
    """Four digits and inside the standard's -pi..pi, which rounding alone would leave."""
    return min(3.1415, max(-3.1415, round(theta, 4)))


def _truth(value: bool) -> str:
    return "true" if value else "false"
