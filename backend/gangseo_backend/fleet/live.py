"""Robots as they are this second, in memory; what matters of it is stored by the planner."""

import math
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import get_args

from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.fleet.public import Activity, BinPublic, RobotErrorPublic, RobotPublic, StopSource
from gangseo_backend.fleet.public_control import TakeoverPublic
from gangseo_backend.fleet.wording import Wording, references
from gangseo_protocol import info
from gangseo_protocol.vda5050 import (
    ActionStatus,
    ConnectionState,
    EmergencyStop,
    Error,
    ErrorLevel,
    Info,
    OperatingMode,
    PlannedPath,
    State,
    Visualization,
)

SILENT_S = 75.0
"""A robot that says nothing for this long is as good as disconnected: it speaks at least every 30 s."""
_MOVED_M = 0.3
_BLOCKING = {ErrorLevel.CRITICAL, ErrorLevel.FATAL}


@dataclass(frozen=True)
class RobotLive:
    """The newest of everything one robot said."""

    robot_id: str
    name: LocalText
    connection: ConnectionState = ConnectionState.OFFLINE
    connection_at: datetime | None = None
    state: State | None = None
    state_at: datetime | None = None
    x: float | None = None
    y: float | None = None
    theta: float | None = None
    speed_mps: float | None = None
    position_at: datetime | None = None
    path: tuple[tuple[float, float], ...] = ()
    moved_at: datetime | None = None
    moved_from: tuple[float, float] = (math.inf, math.inf)
    width_m: float | None = None
    """By its factsheet."""

    def online(self, now: datetime) -> bool:
        """Connected and heard of lately."""
        if self.connection is not ConnectionState.ONLINE or self.state_at is None:
            return False
        return (now - self.state_at).total_seconds() <= SILENT_S

    def silent_since(self) -> datetime | None:
        """When it was last heard of, or when its connection broke."""
        if self.connection is not ConnectionState.ONLINE:
            return self.connection_at or self.state_at
        return self.state_at

    @property
    def able(self) -> bool:
        """Whether it would carry out an order: in automatic mode, no stop, no pause, no serious error."""
        state = self.state
        return (
            state is not None
            and state.operating_mode is OperatingMode.AUTOMATIC
            and state.safety_state.active_emergency_stop is EmergencyStop.NONE
            and not state.paused
            and not any(error.error_level in _BLOCKING and not is_about_order(error) for error in state.errors)
        )

    @cached_property
    def bins(self) -> tuple[BinPublic, ...]:
        """What it says of its bins, read once."""
        return tuple(bins(self.state))

    @property
    def fullest(self) -> float:
        """Fill of the fullest bin, 0..1."""
        return max((item.fill for item in self.bins), default=0.0)

    @property
    def state_of_charge(self) -> float:
        """Per cent; 0 when unknown."""
        return self.state.power_supply.state_of_charge if self.state else 0.0


def with_state(live: RobotLive, state: State, now: datetime) -> RobotLive:
    """After a state message."""
    position = state.mobile_robot_position
    live = replace(live, state=state, state_at=now)
    if position is not None:
        live = _moved(live, position.x, position.y, position.theta, now)
    if state.velocity is not None:
        live = replace(live, speed_mps=_speed(state.velocity.vx, state.velocity.vy))
    return replace(live, path=_path(state.planned_path))


def with_visualization(live: RobotLive, message: Visualization, now: datetime) -> RobotLive:
    """After a visualization message."""
    position = message.mobile_robot_position
    if position is not None:
        live = _moved(live, position.x, position.y, position.theta, now)
    if message.velocity is not None:
        live = replace(live, speed_mps=_speed(message.velocity.vx, message.velocity.vy))
    if message.planned_path is not None:
        live = replace(live, path=_path(message.planned_path))
    return live


def _moved(live: RobotLive, x: float, y: float, theta: float, now: datetime) -> RobotLive:
    live = replace(live, x=x, y=y, theta=theta, position_at=now)
    if math.hypot(x - live.moved_from[0], y - live.moved_from[1]) >= _MOVED_M:
        live = replace(live, moved_from=(x, y), moved_at=now)
    return live


def _speed(vx: float | None, vy: float | None) -> float:
    return math.hypot(vx or 0.0, vy or 0.0)


def _path(path: PlannedPath | None) -> tuple[tuple[float, float], ...]:
    return tuple((point.x, point.y) for point in path.trajectory.control_points) if path else ()


def is_about_order(error: Error) -> bool:
    """Whether an error ends an order and not the robot: the fleet cancels and the robot goes on."""
    return error.error_type in {info.NAVIGATION_FAILED, info.PATH_BLOCKED, info.ACTION_FAILED}


def informations(state: State | None, info_type: str) -> list[Info]:
    """Informations of one type."""
    return [item for item in (state.information or () if state else ()) if item.info_type == info_type]


def bins(state: State | None) -> list[BinPublic]:
    """The bins a robot tells of; one that makes no sense is left out."""
    found = []
    for item in informations(state, info.BIN):
        values = references(item)
        try:
            fill = float(values["fill"])
        except (KeyError, ValueError):
            continue
        is_open = values.get("open", "").lower() == "true"
        found.append(BinPublic(stream=values.get("stream", ""), fill=min(1.0, max(0.0, fill)), open=is_open))
    return found


def countdown_s(state: State | None) -> float | None:
    """Seconds until the bins close, in robot time."""
    for item in informations(state, info.COUNTDOWN):
        try:
            return max(0.0, float(references(item)["remainingSeconds"]))
        except (KeyError, ValueError):
            continue
    return None


def waiting(state: State | None, wording: Wording) -> KeyedText | None:
    """Why the robot waits, by its executor tree."""
    for item in informations(state, info.WAITING_REASON):
        if item.info_descriptor:
            return wording.say(item.info_descriptor, references(item))
    return None


def utterance(state: State | None) -> tuple[str, dict[str, str]] | None:
    """Id and references of the newest sentence the robot said."""
    for item in reversed(informations(state, info.UTTERANCE)):
        said = references(item)
        if said.get("utteranceId") and said.get("text"):
            return said["utteranceId"], said
    return None


def stops(state: State | None) -> list[StopSource]:
    """Every emergency stop that is on; robots that do not tell which have the one the standard names."""
    if state is None or state.safety_state.active_emergency_stop is EmergencyStop.NONE:
        return []
    told = next((references(error) for error in state.errors if error.error_type == info.EMERGENCY_STOP), {})
    named = [name for name in get_args(StopSource) if name in told.get("sources", "").split(",")]
    by_button = state.safety_state.active_emergency_stop is EmergencyStop.MANUAL
    return named or (["button"] if by_button else ["robot"])


def activity(live: RobotLive, now: datetime) -> Activity:
    """What the robot does, in one word."""
    state = live.state
    if state is None or not live.online(now):
        return "offline"
    if state.safety_state.active_emergency_stop is not EmergencyStop.NONE:
        return "stopped"
    if state.operating_mode in {OperatingMode.INTERVENED, OperatingMode.MANUAL}:
        return "manual"
    if state.paused:
        return "paused"
    return _free_activity(state)


def _free_activity(state: State) -> Activity:
    if any(action.action_status is ActionStatus.RUNNING for action in state.action_states):
        return "serving"
    if state.driving:
        return "driving"
    if state.node_states:
        return "waiting"
    return "charging" if state.power_supply.charging else "idle"


def public(
    live: RobotLive, now: datetime, mission_id: str | None, call_id: str | None, takeover: TakeoverPublic | None,
    wording: Wording,
) -> RobotPublic:  # fmt: skip
    """The robot as the console shows it."""
    state = live.state
    return RobotPublic(
        robot_id=live.robot_id,
        name=live.name,
        online=live.online(now),
        connection_state=live.connection.value,
        operating_mode=state.operating_mode.value if state else None,
        activity=activity(live, now),
        x=live.x,
        y=live.y,
        theta=live.theta,
        speed_mps=live.speed_mps,
        state_of_charge=state.power_supply.state_of_charge if state else None,
        charging=state.power_supply.charging if state else False,
        range_m=state.power_supply.range if state else None,
        bins=list(live.bins),
        emergency_stop=state.safety_state.active_emergency_stop.value if state else "NONE",
        stops=stops(state),
        paused=bool(state and state.paused),
        waiting=waiting(state, wording),
        mission_id=mission_id,
        call_id=call_id,
        last_node_id=(state.last_node_id or None) if state else None,
        planned_path=list(live.path),
        errors=[
            RobotErrorPublic(
                type=error.error_type,
                level=error.error_level.value,
                text=wording.error(error),
                hint=wording.hint(error),
            )
            for error in (state.errors if state else ())
        ],
        takeover=takeover,
        state_at=live.state_at,
        position_at=live.position_at,
    )


def signature(state: State) -> tuple[object, ...]:
    """What of a state the planner acts on: everything but pose, path and ticking numbers."""
    return (
        state.order_id, state.order_update_id, state.last_node_id, state.last_node_sequence_id,
        len(state.node_states), state.driving, state.paused, state.new_base_request, state.operating_mode,
        tuple((action.action_id, action.action_status) for action in state.action_states),
        tuple((action.action_id, action.action_status) for action in state.instant_action_states),
        tuple((error.error_type, error.error_level, error.error_references) for error in state.errors),
        state.safety_state.active_emergency_stop, state.power_supply.charging,
        int(state.power_supply.state_of_charge), tuple(round(item.fill, 1) for item in bins(state)),
        state.zone_requests, (utterance(state) or ("",))[0], tuple(item.zone_set_id for item in state.zone_sets or ()),
    )  # fmt: skip
