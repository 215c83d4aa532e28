"""All robots of a world as arrays: one row per robot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gangseo_sim.engine.equipment import PACK_J, STREAMS, mass_kg
from gangseo_sim.engine.world import Floats

_FLOATS = ("poses", "odometry", "speeds", "truth", "wanted", "commanded_at", "slip", "energy_j", "draw_w", "fills")
_FLAGS = ("stopped", "charge_enabled", "charging", "bins_open")


@dataclass(frozen=True)
class RobotStart:
    """Where a robot stands when the world begins."""

    robot_id: str
    x: float
    y: float
    theta: float


class Fleet:
    """Mutable rows of robots; `names[k]` owns row k of every array."""

    def __init__(self, starts: Sequence[RobotStart], random: np.random.Generator) -> None:
        n = len(starts)
        self.names = tuple(start.robot_id for start in starts)
        self.rows = {name: k for k, name in enumerate(self.names)}
        self.poses: Floats = np.array([(s.x, s.y, s.theta) for s in starts], dtype=np.float64).reshape(n, 3)
        self.odometry: Floats = np.zeros((n, 3))
        self.speeds: Floats = np.zeros((n, 2))
        self.truth: Floats = np.zeros((n, 2))
        self.wanted: Floats = np.zeros((n, 2))
        self.commanded_at: Floats = np.full(n, -1e9)
        self.slip: Floats = np.zeros((n, 2))
        self.energy_j: Floats = random.uniform(0.85, 1.0, n) * PACK_J
        self.draw_w: Floats = np.zeros(n)
        self.fills: Floats = np.zeros((n, len(STREAMS)))
        self.stopped: NDArray[np.bool_] = np.zeros(n, dtype=np.bool_)
        self.charge_enabled: NDArray[np.bool_] = np.ones(n, dtype=np.bool_)
        self.charging: NDArray[np.bool_] = np.zeros(n, dtype=np.bool_)
        self.bins_open: NDArray[np.bool_] = np.zeros(n, dtype=np.bool_)
        self.next_deposit: list[float] = [0.0] * n
        self.touching: list[dict[str, float]] = [{} for _ in range(n)]
        self.masses: Floats = np.zeros(n)
        self.weigh()

    def weigh(self) -> None:
        """Masses from the fills."""
        self.masses = np.array([mass_kg(row) for row in self.fills.tolist()])

    def memory(self) -> dict[str, Any]:
        """All rows, JSON-ready."""
        arrays = {name: getattr(self, name).tolist() for name in (*_FLOATS, *_FLAGS)}
        return {"names": list(self.names), "next_deposit": self.next_deposit, "touching": self.touching} | arrays

    def recall(self, memory: dict[str, Any]) -> None:
        """Rows of a memory for robots of the same name; others keep what they have."""
        for name in set(memory["names"]) & set(self.names):
            source, row = memory["names"].index(name), self.rows[name]
            for field in (*_FLOATS, *_FLAGS):
                getattr(self, field)[row] = memory[field][source]
            self.next_deposit[row] = memory["next_deposit"][source]
            self.touching[row] = dict(memory["touching"][source])
        self.weigh()
