"""What a lockstep city needs of a simulator: the embedded engine has it, and any other may."""

from collections.abc import Mapping
from typing import Protocol

from gangseo_sim.engine.core import DriveCommand
from gangseo_sim.engine.state import EngineState, RobotState, SignalState
from gangseo_sim.engine.world import Floats


class SimEngine(Protocol):
    """World, robots and people, moved step by step."""

    @property
    def time_s(self) -> float:
        """Simulated time."""

    @property
    def robot_ids(self) -> tuple[str, ...]:
        """Names of the robots."""

    def advance(self, dt: float, commands: Mapping[str, DriveCommand]) -> None:
        """Advances by ``dt``."""

    def state(self) -> EngineState:
        """Everything that moves."""

    def robot(self, robot_id: str) -> RobotState:
        """One robot."""

    def signals(self) -> tuple[SignalState, ...]:
        """All lights."""

    def scan(self, robot_id: str) -> Floats:
        """360 ranges from -pi on."""

    def gnss(self, robot_id: str) -> tuple[float, float, float]:
        """Measured pose."""

    def set_emergency_stop(self, robot_id: str, *, active: bool) -> None:
        """Cuts the drive."""

    def set_bins(self, robot_id: str, *, is_open: bool) -> None:
        """Moves the lids."""

    def set_compartment(self, robot_id: str, number: int, *, is_open: bool, announced_kg: float = 0.0) -> None:
        """Moves the lid of one compartment."""

    def put_goods(self, robot_id: str, number: int, mass_kg: float) -> None:
        """Says what lies in an open compartment."""

    def unload(self, robot_id: str) -> None:
        """Empties the bins."""

    def set_charging(self, robot_id: str, *, enabled: bool) -> None:
        """Switches charging."""

    def set_robot(
        self,
        robot_id: str,
        *,
        state_of_charge: float | None = None,
        fills: Mapping[str, float] | None = None,
        pose: tuple[float, float, float] | None = None,
    ) -> None:
        """Changes the truth for a scenario."""

    def place_obstacle(self, obstacle_id: str, x: float, y: float, radius_m: float) -> None:
        """Puts something in the way."""

    def remove_obstacle(self, obstacle_id: str) -> None:
        """Takes it away."""
