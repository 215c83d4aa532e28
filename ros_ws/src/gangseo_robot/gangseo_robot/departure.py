"""What must be so before wheels turn: lids closed, charging ended, off the dock."""

import math
from collections.abc import Callable

from gangseo_protocol.site import Site, Station
from gangseo_robot.lids import open_lids
from gangseo_robot.ports import Body, Navigator, Pending
from gangseo_robot.senses import Pose, Senses
from gangseo_robot.steps import CallStep, Step, StepReport, StepState, Waiting

DOCKED_RADIUS_M = 0.4
DOCKED_HEADING_RAD = math.radians(30.0)
SENSED_WITHIN_S = 5.0


def docked_at(site: Site, pose: Pose | None) -> Station | None:
    """The charger or depot the robot stands on."""
    stations = (station for station in site.stations if station.kind in {"charger", "depot"})
    if pose is None:
        return None
    return next((s for s in stations if pose.distance_to(s.x, s.y) <= DOCKED_RADIUS_M), None)


def is_aligned(station: Station, pose: Pose) -> bool:
    """Whether straight back leads out of the station."""
    return abs(math.remainder(pose.theta - station.theta, math.tau)) <= DOCKED_HEADING_RAD


class Departure:
    """Makes the robot fit to drive, one thing after another."""

    def __init__(self, navigator: Navigator, body: Body, site: Site) -> None:
        self._navigator, self._body, self._site = navigator, body, site
        self._step: Step | None = None
        self._since_s = 0.0
        self._undocking = False
        self._undocked = False
        self._unplugged_s = -math.inf

    def stop(self) -> None:
        """Halts; the next tick looks again what is left to do."""
        if self._step:
            self._step.stop()
        self._step = None

    def tick(self, senses: Senses, *, by_hand: bool = False) -> StepReport | None:
        """None when the robot may drive, else how far preparation is; a person backs off the dock themselves."""
        if self._step is None:
            self._step = self._next(senses, by_hand=by_hand)
            self._since_s = senses.now_s
        if self._step is None:
            return None
        report = self._step.tick(senses, senses.now_s - self._since_s)
        if report.state is not StepState.RUNNING:
            self._step = None
            self._undocked = self._undocking and report.state is StepState.FINISHED
        return report if report.state is StepState.FAILED else StepReport(StepState.RUNNING, report.waiting)

    def _next(self, senses: Senses, *, by_hand: bool) -> Step | None:
        """What to do first; each condition is read from the robot itself, so a restart changes nothing."""
        self._undocking = False
        if lid := next(open_lids(self._body, senses), None):
            return CallStep(lid.close, lid.waiting, timeout_s=10.0)
        if senses.battery and senses.battery.charging and senses.now_s - self._unplugged_s > SENSED_WITHIN_S:
            self._unplugged_s = senses.now_s
            return self._call(lambda: self._body.set_charging(enabled=False), "waiting.stopping_charge", 10.0)
        station = docked_at(self._site, senses.pose)
        if station is None or senses.pose is None or not is_aligned(station, senses.pose):
            self._undocked = False
            return None
        if self._undocked or by_hand:
            return None
        self._undocking = True
        return CallStep(
            self._navigator.undock, Waiting("waiting.undocking"), timeout_s=60.0, withdraw=self._navigator.cancel
        )

    @staticmethod
    def _call(ask: Callable[[], Pending], key: str, timeout_s: float) -> Step:
        return CallStep(ask, Waiting(key), timeout_s=timeout_s)
