"""All robots of a world as arrays: one row per robot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gangseo_protocol.site import Station
from gangseo_sim.engine.drive import PERSON, ROBOT
from gangseo_sim.engine.equipment import (
    BIN_L,
    DEPOSIT_EVERY_S,
    DEPOSIT_L,
    PACK_J,
    STREAM_SHARES,
    STREAMS,
    load_w,
    mass_kg,
    next_energy,
)  # fmt: skip
from gangseo_sim.engine.goods import Goods
from gangseo_sim.engine.state import RobotState
from gangseo_sim.engine.world import Floats, Ints

NEAR_STATION_M = {"charger": 0.25, "depot": 0.5}
FACING_STATION_RAD = 0.35
TOUCH_HOLD_S = 0.2
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
        self.goods = Goods(n)
        self.masses: Floats = np.zeros(n)
        self.weigh()

    def weigh(self) -> None:
        """Masses from waste and goods."""
        waste = np.array([mass_kg(row) for row in self.fills.tolist()])
        self.masses = waste + self.goods.goods_kg.sum(axis=1)

    def memory(self) -> dict[str, Any]:
        """All rows, JSON-ready."""
        arrays = {name: getattr(self, name).tolist() for name in (*_FLOATS, *_FLAGS)}
        rest = {"names": list(self.names), "next_deposit": self.next_deposit, "touching": self.touching}
        return rest | arrays | self.goods.memory()

    def recall(self, memory: dict[str, Any]) -> None:
        """Rows of a memory for robots of the same name; others keep what they have."""
        for name in set(memory["names"]) & set(self.names):
            source, row = memory["names"].index(name), self.rows[name]
            for field in (*_FLOATS, *_FLAGS):
                getattr(self, field)[row] = memory[field][source]
            self.next_deposit[row] = memory["next_deposit"][source]
            self.touching[row] = dict(memory["touching"][source])
            self.goods.recall(row, memory, source)
        self.weigh()

    def state(self, k: int) -> RobotState:
        """Row k as a value."""
        x, y, theta = self.poses[k].tolist()
        odom_x, odom_y, odom_theta = self.odometry[k].tolist()
        return RobotState(
            robot_id=self.names[k],
            x=x,
            y=y,
            theta=theta,
            speed_mps=float(self.truth[k, 0]),
            turn_rps=float(self.truth[k, 1]),
            odom_x=odom_x,
            odom_y=odom_y,
            odom_theta=odom_theta,
            odom_speed_mps=float(self.speeds[k, 0]),
            odom_turn_rps=float(self.speeds[k, 1]),
            state_of_charge=float(self.energy_j[k] / PACK_J),
            power_w=float(self.draw_w[k]),
            charging=bool(self.charging[k]),
            emergency_stop=bool(self.stopped[k]),
            bins_open=bool(self.bins_open[k]),
            fills=tuple(self.fills[k].tolist()),
            lids_open=tuple(self.goods.lids_open[k].tolist()),
            goods_kg=tuple(self.goods.goods_kg[k].tolist()),
            mass_kg=float(self.masses[k]),
            touching=tuple(sorted(self.touching[k])),
        )

    def touch(self, hits: Ints, body_names: Sequence[str], now_s: float) -> None:
        """Notes who runs into what; a contact is told for 0.2 s after its last moment."""
        for touched in self.touching:
            for body in [name for name, until_s in touched.items() if until_s < now_s]:
                del touched[body]
        for robot, kind, body in hits.tolist():
            if kind == ROBOT:
                self.touching[robot][self.names[body]] = now_s + TOUCH_HOLD_S
                self.touching[body][self.names[robot]] = now_s + TOUCH_HOLD_S
            else:
                name = f"person_{body + 1}" if kind == PERSON else body_names[body]
                self.touching[robot][name] = now_s + TOUCH_HOLD_S

    def stands_at(self, k: int, kind: str, stations: Sequence[Station]) -> bool:
        """Whether robot k is near enough to a station of that kind, and faces it."""
        x, y, theta = self.poses[k].tolist()
        return any(
            math.hypot(s.x - x, s.y - y) <= NEAR_STATION_M[kind]
            and abs(math.remainder(s.theta - theta, 2 * math.pi)) <= FACING_STATION_RAD
            for s in stations
            if s.kind == kind
        )

    def charge(self, dt: float, stations: Sequence[Station]) -> None:
        """Energy in and out during `dt`; charging ends where a robot has left its charger."""
        for k in np.flatnonzero(self.charge_enabled).tolist():
            self.charge_enabled[k] = self.stands_at(k, "charger", stations)
        self.charging = self.charge_enabled.copy()
        self.draw_w = load_w(self.speeds[:, 0], self.speeds[:, 1], self.masses)
        self.energy_j = next_energy(self.energy_j, self.draw_w, self.charging, dt)

    def deposit(self, random: np.random.Generator, now_s: float) -> None:
        """What residents put into open bins; a full bin takes no more."""
        for k in np.flatnonzero(self.bins_open).tolist():
            if now_s >= self.next_deposit[k]:
                stream = int(random.choice(len(STREAMS), p=STREAM_SHARES))
                litres = float(random.uniform(*DEPOSIT_L))
                self.fills[k, stream] = min(1.0, float(self.fills[k, stream]) + litres / BIN_L)
                self.next_deposit[k] = now_s + float(random.uniform(*DEPOSIT_EVERY_S))
                self.weigh()
