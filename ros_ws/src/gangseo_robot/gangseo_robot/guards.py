"""Pure rules that keep a robot inside law and safety. Units: kg, m/s, m, 0..1."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from gangseo_protocol.site import Point
from gangseo_robot.senses import BinLevel

KMH = 1 / 3.6
# 지능형로봇법 (since 2023-11-17): total mass above a bound → highest speed.
LAW_SPEED_MPS: tuple[tuple[float, float], ...] = ((230.0, 5 * KMH), (100.0, 10 * KMH), (0.0, 15 * KMH))
LAW_MAXIMUM_MASS_KG = 500.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings of the guards."""

    empty_mass_kg: float = 90.0
    load_kg_per_l: float = 0.15
    maximum_speed_mps: float = 1.8
    battery_low: float = 0.25
    battery_critical: float = 0.10
    bin_full: float = 0.9
    range_m_at_full: float = 20_000.0


def mass_kg(limits: Limits, bins: Sequence[BinLevel]) -> float:
    """Total mass of robot and load."""
    return limits.empty_mass_kg + sum(level.fill * level.capacity_l * limits.load_kg_per_l for level in bins)


def law_speed_mps(mass: float) -> float:
    """Highest speed the law allows at a total mass; 0 above 500 kg."""
    if mass > LAW_MAXIMUM_MASS_KG:
        return 0.0
    return next(speed for bound, speed in LAW_SPEED_MPS if mass > bound or bound == 0.0)


def inside(polygon: Sequence[Point], x: float, y: float) -> bool:
    """Whether a point lies in a simple polygon (even–odd rule)."""
    odd = False
    previous_x, previous_y = polygon[-1]
    for corner_x, corner_y in polygon:
        if (corner_y > y) != (previous_y > y):
            cut = (previous_x - corner_x) * (y - corner_y) / (previous_y - corner_y) + corner_x
            odd ^= x < cut
        previous_x, previous_y = corner_x, corner_y
    return odd


def segment_meets(polygon: Sequence[Point], start: Point, end: Point) -> bool:
    """Whether a straight segment touches a polygon."""
    if inside(polygon, *start) or inside(polygon, *end):
        return True
    return any(_segments_cross(start, end, a, b) for a, b in pairwise([*polygon, polygon[0]]))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _segments_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


class BatteryClass(Enum):
    """How the real charge is judged."""

    FINE = "FINE"
    LOW = "LOW"
    CRITICAL = "CRITICAL"


def battery_class(limits: Limits, charge: float, *, charging: bool, was: BatteryClass) -> BatteryClass:
    """Judges the charge, with 3 % of hysteresis upwards; a charging robot is never critical."""
    margin = 0.03
    if charge <= limits.battery_critical + (margin if was is BatteryClass.CRITICAL else 0.0):
        return BatteryClass.LOW if charging else BatteryClass.CRITICAL
    low = limits.battery_low + (0.0 if was is BatteryClass.FINE else margin)
    return BatteryClass.LOW if charge <= low else BatteryClass.FINE


def full_bins(limits: Limits, bins: Sequence[BinLevel]) -> tuple[BinLevel, ...]:
    """Compartments that need a trip to the depot."""
    return tuple(level for level in bins if level.fill >= limits.bin_full)
