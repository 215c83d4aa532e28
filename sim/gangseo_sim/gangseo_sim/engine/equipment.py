"""Battery and bins: what a robot carries and what that costs."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gangseo_sim.engine.world import Floats

Bools = NDArray[np.bool_]

GRAVITY_MPS2 = 9.81
EMPTY_KG = 90.0
PACK_J = 1200.0 * 3600.0
IDLE_W = 40.0
CHARGE_W = 600.0
ROLLING = 0.03
DRIVE_EFFICIENCY = 0.7
HALF_TRACK_M = 0.26
CELL_EMPTY_V, CELL_FULL_V = 42.0, 54.0
"""Voltage of the whole pack, empty and full."""

STREAMS = ("plastic", "paper", "can", "other")
STREAM_SHARES = (0.4, 0.25, 0.25, 0.1)
BIN_L = 40.0
DEPOSIT_L = (0.5, 3.0)
DEPOSIT_EVERY_S = (4.0, 9.0)
WASTE_KG_PER_L = 0.15


def load_w(speed_mps: Floats, turn_rps: Floats, mass_kg: Floats) -> Floats:
    """Electric power drawn: idle, and the rolling resistance of both wheels."""
    wheels = (np.abs(speed_mps - turn_rps * HALF_TRACK_M) + np.abs(speed_mps + turn_rps * HALF_TRACK_M)) / 2
    return IDLE_W + ROLLING * mass_kg * GRAVITY_MPS2 * wheels / DRIVE_EFFICIENCY


def next_energy(energy_j: Floats, draw_w: Floats, charging: Bools, dt: float) -> Floats:
    """Energy of the packs after `dt`; a charger gives 600 W, of which the robot's own load is fed."""
    return np.clip(energy_j + (np.where(charging, CHARGE_W, 0.0) - draw_w) * dt, 0.0, PACK_J)


def mass_kg(fills: Sequence[float]) -> float:
    """Mass of a robot with its waste."""
    return EMPTY_KG + WASTE_KG_PER_L * BIN_L * math.fsum(fills)


def pack_voltage(state_of_charge: float) -> float:
    """Open-circuit voltage, linear in charge."""
    return CELL_EMPTY_V + (CELL_FULL_V - CELL_EMPTY_V) * state_of_charge
