"""What the engine tells after a step: frozen values, metres, radians, seconds."""

import math
from dataclasses import dataclass
from enum import IntEnum

BODY_LENGTH_M = 0.90
BODY_WIDTH_M = 0.66


class Signal(IntEnum):
    """Pedestrian light, numbered as in TrafficSignal.msg."""

    RED = 0
    GREEN = 1
    FLASHING = 2


@dataclass(frozen=True)
class SignalState:
    """One crosswalk's light and the seconds until it changes."""

    crosswalk_id: str
    signal: Signal
    remaining_s: float


@dataclass(frozen=True)
class RobotState:
    """Truth, odometry and equipment of one robot.

    `lids_open` and `goods_kg` by compartment; `touching` names the bodies pressed against.
    """

    robot_id: str
    x: float
    y: float
    theta: float
    speed_mps: float
    turn_rps: float
    odom_x: float
    odom_y: float
    odom_theta: float
    odom_speed_mps: float
    odom_turn_rps: float
    state_of_charge: float
    power_w: float
    charging: bool
    emergency_stop: bool
    bins_open: bool
    fills: tuple[float, ...]
    lids_open: tuple[bool, ...]
    goods_kg: tuple[float, ...]
    mass_kg: float
    touching: tuple[str, ...]

    def corners(self) -> list[tuple[float, float]]:
        """Corners of the body, counter-clockwise from front left."""
        c, s = math.cos(self.theta), math.sin(self.theta)
        hx, hy = BODY_LENGTH_M / 2, BODY_WIDTH_M / 2
        return [
            (self.x + c * a - s * b, self.y + s * a + c * b) for a, b in ((hx, hy), (-hx, hy), (-hx, -hy), (hx, -hy))
        ]


@dataclass(frozen=True)
class PersonState:
    """A pedestrian."""

    body_id: str
    x: float
    y: float
    theta: float
    speed_mps: float
    radius_m: float


@dataclass(frozen=True)
class EngineState:
    """Everything that moves at one instant."""

    time_s: float
    robots: tuple[RobotState, ...]
    people: tuple[PersonState, ...]
    signals: tuple[SignalState, ...]
