"""Pure rules that keep a robot inside its place and its battery. Units: kg, m/s, m, 0..1."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from gangseo_robot.senses import BinLevel


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
    """Mass of robot and recyclables."""
    return limits.empty_mass_kg + sum(level.fill * level.capacity_l * limits.load_kg_per_l for level in bins)


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
    """Bins that need a trip to the depot."""
    return tuple(level for level in bins if level.fill >= limits.bin_full)
