"""What a robot knows about itself and its surroundings at one moment. Units: m, rad, m/s, s, 0..1."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple


class Pose(NamedTuple):
    """A pose in the map frame."""

    x: float
    y: float
    theta: float = 0.0

    def distance_to(self, x: float, y: float) -> float:
        """Straight distance to a point."""
        return math.hypot(self.x - x, self.y - y)


class Battery(NamedTuple):
    """Real state of the battery."""

    charge: float
    charging: bool
    voltage: float
    current: float


class BinLevel(NamedTuple):
    """One bin."""

    stream: str
    fill: float
    capacity_l: float


class Compartment(NamedTuple):
    """One compartment for goods; ``mass_kg`` None: its scale says nothing."""

    number: int
    opened: bool
    mass_kg: float | None


class SignalColor(IntEnum):
    """Pedestrian signal, as gangseo_interfaces/TrafficSignal."""

    RED = 0
    GREEN = 1
    FLASHING = 2


class Signal(NamedTuple):
    """Signal of one crosswalk; ``received_s`` is robot time, ``remaining_s`` counts from it."""

    color: SignalColor
    remaining_s: float
    received_s: float


@dataclass(frozen=True, slots=True)
class Senses:
    """One snapshot; ``now_s`` is robot time, ``wall_s`` monotonic wall time; None is not known (yet)."""

    now_s: float = 0.0
    wall_s: float = 0.0
    pose: Pose | None = None
    pose_stale: bool = False
    deviation_m: float = 0.0
    speed_mps: float = 0.0
    turn_radps: float = 0.0
    battery: Battery | None = None
    battery_stale: bool = False
    bins: tuple[BinLevel, ...] = ()
    bins_open: bool = False
    compartments: tuple[Compartment, ...] = ()
    touching: tuple[str, ...] = ()
    signals: Mapping[str, Signal] = field(default_factory=dict)
    linked: bool = True
    button_pressed: bool = False
    missing: str = ""
    """What navigation lacks to drive, as ``Navigator.missing``."""

    def compartment(self, number: int) -> Compartment | None:
        """One compartment, None where nothing is known of it."""
        return next((each for each in self.compartments if each.number == number), None)

    @property
    def moving(self) -> bool:
        """Whether the wheels turn noticeably."""
        return abs(self.speed_mps) > 0.03 or abs(self.turn_radps) > 0.05
