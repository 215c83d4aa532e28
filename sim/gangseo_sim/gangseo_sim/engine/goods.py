"""Lockable compartments: their lids, what lies in them, and the people who put goods in or take them out."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gangseo_protocol.actions import COMPARTMENTS
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.world import Floats

HAND_AFTER_S = (3.0, 8.0)
MASS_SPREAD = (0.9, 1.1)
"""Goods weigh nearly what was announced."""
NEVER_S = 1e18
_FIELDS = ("lids_open", "goods_kg", "hand_at_s", "hand_leaves_kg")


class Goods:
    """One row per robot, one column per compartment; ``hand_*`` is what somebody is about to do."""

    def __init__(self, robots: int) -> None:
        shape = (robots, COMPARTMENTS)
        self.lids_open: NDArray[np.bool_] = np.zeros(shape, dtype=np.bool_)
        self.goods_kg: Floats = np.zeros(shape)
        self.hand_at_s: Floats = np.full(shape, NEVER_S)
        self.hand_leaves_kg: Floats = np.zeros(shape)

    def memory(self) -> dict[str, Any]:
        """All rows, JSON-ready."""
        return {name: getattr(self, name).tolist() for name in _FIELDS}

    def recall(self, row: int, memory: dict[str, Any], source: int) -> None:
        """One row of a memory; one made before there were compartments has none."""
        for name in _FIELDS:
            if name in memory:
                getattr(self, name)[row] = memory[name][source]

    def open(self, row: int, number: int, announced_kg: float, now_s: float, random: np.random.Generator) -> None:
        """Unlocks; somebody puts in what was announced, or takes out what is there, after some seconds.

        Raises:
            EngineError: no such compartment or mass.
        """
        at = row, _column(number)
        _check_mass(announced_kg)
        if self.lids_open[at]:
            return
        self.lids_open[at] = True
        if announced_kg > 0.0 and self.goods_kg[at] == 0.0:
            self.hand_at_s[at] = now_s + random.uniform(*HAND_AFTER_S)
            self.hand_leaves_kg[at] = announced_kg * random.uniform(*MASS_SPREAD)
        elif announced_kg == 0.0 and self.goods_kg[at] > 0.0:
            self.hand_at_s[at] = now_s + random.uniform(*HAND_AFTER_S)
            self.hand_leaves_kg[at] = 0.0

    def close(self, row: int, number: int) -> None:
        """Locks; whoever has not reached in yet does so no more.

        Raises:
            EngineError: no such compartment.
        """
        at = row, _column(number)
        self.lids_open[at] = False
        self.hand_at_s[at] = NEVER_S

    def put(self, row: int, number: int, mass_kg: float) -> None:
        """Says what lies in an open compartment; nobody else reaches in until it is opened again.

        Raises:
            EngineError: no such compartment or mass, or the lid is closed.
        """
        at = row, _column(number)
        _check_mass(mass_kg)
        if not self.lids_open[at]:
            raise EngineError(f"compartment {number} is closed; open it first")
        self.goods_kg[at] = mass_kg
        self.hand_at_s[at] = NEVER_S

    def reach_in(self, now_s: float) -> bool:
        """What people do by now; whether anybody did something."""
        due = self.hand_at_s <= now_s
        if not due.any():
            return False
        self.goods_kg[due] = self.hand_leaves_kg[due]
        self.hand_at_s[due] = NEVER_S
        return True


def _column(number: int) -> int:
    if not 1 <= number <= COMPARTMENTS:
        raise EngineError(f"no compartment {number}; there are 1 to {COMPARTMENTS}")
    return number - 1


def _check_mass(mass_kg: float) -> None:
    if not (math.isfinite(mass_kg) and mass_kg >= 0.0):
        raise EngineError(f"mass {mass_kg:g} kg is no mass; give 0 or more")
