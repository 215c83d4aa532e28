"""Instant actions that switch: pause and emergency stop, on until somebody switches them off, also over a restart."""

from collections.abc import Callable
from functools import partial

from gangseo_protocol.vda5050 import ActionStatus, InstantAction
from gangseo_robot.commands import progress_of
from gangseo_robot.executor import Executor
from gangseo_robot.journal import InstantProgress, Journal


class Switching:
    """Sets the switches of the executor as the fleet asks, and keeps them in the journal."""

    def __init__(self, executor: Executor, journal: Journal) -> None:
        """``handlers`` carry the instant actions out, by action type."""
        self._executor, self._journal = executor, journal
        self.handlers: dict[str, Callable[[InstantAction], InstantProgress]] = {
            "startPause": partial(self._pause, on=True),
            "stopPause": partial(self._pause, on=False),
            "emergencyStop": partial(self._stop, "remote_stop"),
            "releaseEmergencyStop": partial(self._release, "remote_stop"),
            "fleetEmergencyStop": partial(self._stop, "fleet_stop"),
            "releaseFleetEmergencyStop": partial(self._release, "fleet_stop"),
        }

    def _pause(self, action: InstantAction, *, on: bool) -> InstantProgress:
        self._executor.switches.paused = on
        self._journal.set_flag("paused", "on" if on else "off")
        if on:
            self._executor.halt()
        return progress_of(action, ActionStatus.FINISHED)

    def _stop(self, switch: str, action: InstantAction) -> InstantProgress:
        setattr(self._executor.switches, switch, True)
        self._executor.hold_or_free()
        self._journal.set_flag(switch, "on")
        self._executor.halt()
        return progress_of(action, ActionStatus.FINISHED)

    def _release(self, switch: str, action: InstantAction) -> InstantProgress:
        """Releases one stop; the robot stands while another is on, and says which."""
        setattr(self._executor.switches, switch, False)
        self._journal.set_flag(switch, "off")
        if others := self._executor.switches.stops:
            return progress_of(action, ActionStatus.FAILED, f"released, but still stopped by: {', '.join(others)}")
        return progress_of(action, ActionStatus.FINISHED)
