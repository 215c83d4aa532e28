"""Whether anybody drives the robot."""

from gangseo_protocol import info
from gangseo_protocol.vda5050 import ErrorLevel
from gangseo_robot.faults import Fault, FaultBoard

PATIENCE_S = 8.0
"""Wall seconds without a navigation server until it counts as lost; a restart takes about four."""


class NavigatorWatch:
    """A robot nobody drives says so with or without an order, or the fleet would keep giving it work."""

    def __init__(self, faults: FaultBoard) -> None:
        self._faults = faults
        self._seen_s: float | None = None

    def look(self, wall_s: float, *, ready: bool) -> None:
        """Call each tick."""
        if ready or self._seen_s is None:
            self._seen_s = wall_s
        lost = wall_s - self._seen_s > PATIENCE_S
        self._faults.set("navigator", Fault(info.NAVIGATION_LOST, ErrorLevel.URGENT) if lost else None)
