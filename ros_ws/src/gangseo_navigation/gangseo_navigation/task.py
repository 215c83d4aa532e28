"""What the robot can be doing: one task at a time gets every control tick until it has an outcome."""

from dataclasses import dataclass
from typing import Protocol

from gangseo_navigation.follower import View
from gangseo_navigation.geometry import Pose, Twist

UNKNOWN_CODE, TF_ERROR_CODE = 100, 102


@dataclass(frozen=True, slots=True)
class Tick:
    """One control cycle. ``twist`` is the command sent last, ``dt`` seconds since then."""

    now_s: float
    dt: float
    pose: Pose
    twist: Twist
    view: View
    speed_limit: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a task ended; ``code`` 0 is success, others are Nav2's error codes."""

    code: int = 0
    message: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether all went well."""
        return self.code == 0


DONE = Outcome()


@dataclass(frozen=True, slots=True)
class Move:
    """What a task wants in this cycle; with an outcome it is over."""

    twist: Twist
    outcome: Outcome | None = None


class Task(Protocol):
    """Something the robot does."""

    interruption_code: int

    def step(self, tick: Tick) -> Move:
        """One control cycle; none comes while the robot must stand (emergency stop, no sensors): clocks stand too."""
