"""What is done to robots where they stand: lids, unloading, charging, goods, and the truth of a scenario."""

from collections.abc import Mapping, Sequence

import numpy as np

from gangseo_sim.engine.equipment import DEPOSIT_EVERY_S, PACK_J, STREAMS
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import Fleet, RobotStart
from gangseo_sim.engine.world import World

STANDING_MPS = 0.02
START_TIME_S = 10.0
"""Simulated time begins above zero, because ROS takes zero for "no time yet"."""
_STREAMS_OF_CHANCE = ("people", "slip", "sensors", "waste", "start", "goods")


class Handling:
    """The robots of a world at one moment, and all that may be done to them; whoever moves them is made of this."""

    def __init__(self, world: World, robots: Sequence[RobotStart], seed: int) -> None:
        self._world = world
        self._random = {name: np.random.default_rng([seed, number]) for number, name in enumerate(_STREAMS_OF_CHANCE)}
        self.time_ns = round(START_TIME_S * 1e9)
        self._fleet = Fleet(robots, self._random["start"])
        self._fleet.charge(0.0, world.stations)

    @property
    def time_s(self) -> float:
        """Simulated time."""
        return self.time_ns / 1e9

    @property
    def robot_ids(self) -> tuple[str, ...]:
        """Names of the robots."""
        return self._fleet.names

    def row(self, robot_id: str) -> int:
        """Row of a robot.

        Raises:
            EngineError: no such robot.
        """
        row = self._fleet.rows.get(robot_id)
        if row is None:
            raise EngineError(f"unknown robot {robot_id!r}; there are {', '.join(self._fleet.names)}")
        return row

    def set_emergency_stop(self, robot_id: str, *, active: bool) -> None:
        """Cuts a robot's drive, or lets it drive again."""
        self._fleet.stopped[self.row(robot_id)] = active

    def set_bins(self, robot_id: str, *, is_open: bool) -> None:
        """Opens or closes the lids.

        Raises:
            EngineError: the robot moves.
        """
        k = self._standing_row(robot_id) if is_open else self.row(robot_id)
        if is_open and not self._fleet.bins_open[k]:
            self._fleet.next_deposit[k] = self.time_s + self._random["waste"].uniform(*DEPOSIT_EVERY_S)
        self._fleet.bins_open[k] = is_open

    def set_compartment(self, robot_id: str, number: int, *, is_open: bool, announced_kg: float = 0.0) -> None:
        """Opens or closes one compartment, from 1; while it is open somebody puts goods in, or takes them out.

        ``announced_kg`` is the mass of the goods to be put in, 0 where what is there is to be taken out.

        Raises:
            EngineError: the robot moves, no such compartment, no mass.
        """
        goods = self._fleet.goods
        if is_open:
            k = self._standing_row(robot_id)
            goods.open(k, number, announced_kg, self.time_s, self._random["goods"])
        else:
            goods.close(self.row(robot_id), number)

    def put_goods(self, robot_id: str, number: int, mass_kg: float) -> None:
        """Says what lies in an open compartment, for a scenario.

        Raises:
            EngineError: no such compartment or mass, or it is closed.
        """
        self._fleet.goods.put(self.row(robot_id), number, mass_kg)
        self._fleet.weigh()

    def unload(self, robot_id: str) -> None:
        """Empties all bins.

        Raises:
            EngineError: not at a depot.
        """
        k = self.row(robot_id)
        if not self._fleet.stands_at(k, "depot", self._world.stations):
            raise EngineError("not at a depot; dock at one before unloading")
        self._fleet.fills[k] = 0.0
        self._fleet.weigh()

    def set_charging(self, robot_id: str, *, enabled: bool) -> None:
        """Switches charging on or off.

        Raises:
            EngineError: switched on away from a charger.
        """
        k = self.row(robot_id)
        if enabled and not self._fleet.stands_at(k, "charger", self._world.stations):
            raise EngineError("not on a charger; dock at one before charging")
        self._fleet.charge_enabled[k] = enabled
        self._fleet.charge(0.0, self._world.stations)

    def set_robot(
        self,
        robot_id: str,
        *,
        state_of_charge: float | None = None,
        fills: Mapping[str, float] | None = None,
        pose: tuple[float, float, float] | None = None,
    ) -> None:
        """Changes the truth for a scenario; what is None stays.

        Raises:
            EngineError: unknown robot or stream, value outside 0..1.
        """
        k = self.row(robot_id)
        given = {**(fills or {}), **({} if state_of_charge is None else {"state of charge": state_of_charge})}
        wrong = [f"{name} {value:g}" for name, value in given.items() if not 0.0 <= value <= 1.0]
        wrong += [f"stream {name!r}" for name in fills or {} if name not in STREAMS]
        if wrong:
            raise EngineError(f"{', '.join(wrong)}: expected 0 to 1, and streams {', '.join(STREAMS)}")
        if state_of_charge is not None:
            self._fleet.energy_j[k] = state_of_charge * PACK_J
        for stream, fill in (fills or {}).items():
            self._fleet.fills[k, STREAMS.index(stream)] = fill
        if pose is not None:
            self._fleet.poses[k] = pose
            self._fleet.speeds[k] = 0.0
        self._fleet.weigh()
        self._fleet.charge(0.0, self._world.stations)

    def _standing_row(self, robot_id: str) -> int:
        k = self.row(robot_id)
        if abs(self._fleet.speeds[k, 0]) > STANDING_MPS:
            raise EngineError("the robot moves; lids open only while it stands")
        return k
