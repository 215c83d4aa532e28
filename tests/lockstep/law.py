"""What must never happen, looked for in the engine's truth: contacts, speed, fence, zones, red light."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gangseo_protocol.law import speed_limit_mps
from gangseo_protocol.polygon import inside
from gangseo_protocol.site import Point, Site
from gangseo_sim.engine.state import RobotState, Signal, SignalState
from lockstep.activity import LAWFUL

TOLERANCE = 1.02
"""Slip makes a wheel's true speed up to this share higher than the robot can know."""
STAND_OFF_S, TRAFFIC_STAND_OFF_S = 30.0, 120.0
MOVED_M = 0.3


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that must not be: when, which robot, what, and more of it."""

    at_s: float
    robot_id: str
    kind: str
    detail: str


@dataclass(slots=True)
class _Still:
    since_s: float
    x: float
    y: float
    seen_s: float
    in_turn_s: float = 0.0
    stuck_s: float = 0.0
    queued_s: float = 0.0
    told: bool = False

    @property
    def s(self) -> float:
        """How long it stands."""
        return self.in_turn_s + self.stuck_s


class Watch:
    """Collects breaches; one that lasts is told once."""

    def __init__(self, site: Site, people_names: str = "person_") -> None:
        self._site = site
        self._people_names = people_names
        self._blocked = [(_box(zone.vertices), zone) for zone in site.zones if zone.zone_type == "BLOCKED"]
        self._going_on: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._still: dict[str, _Still] = {}
        self._road: dict[tuple[str, str], Signal] = {}
        self.breaches: list[Breach] = []
        self.contacts: list[Breach] = []
        self.stand_offs: list[Breach] = []
        self.longest_s = 0.0
        """The longest that a robot stood on its way without the law or its work asking it to."""
        self.longest_queue_s = 0.0
        """The longest that a robot waited while another was at work at the place it was going to."""

    def look(self, now_s: float, robot: RobotState, lights: Sequence[SignalState]) -> None:
        """Takes one robot at one moment."""
        found = self._touches(robot)
        limit = speed_limit_mps(robot.mass_kg)
        if abs(robot.speed_mps) > limit * TOLERANCE:
            found.add(("speed", f"{robot.speed_mps:.2f} m/s at {robot.mass_kg:.0f} kg, allowed {limit:.2f}"))
        if not inside(self._site.geofence, robot.x, robot.y):
            found.add(("geofence", f"at ({robot.x:.1f}, {robot.y:.1f})"))
        for (x1, y1, x2, y2), zone in self._blocked:
            if x1 <= robot.x <= x2 and y1 <= robot.y <= y2 and inside(zone.vertices, robot.x, robot.y):
                found.add(("zone", zone.zone_id))
        found |= self._red(robot, lights)
        before, self._going_on[robot.robot_id] = self._going_on[robot.robot_id], found
        known = {kind for kind, _ in before}
        for kind, detail in sorted(found):
            if kind not in known:
                breach = Breach(now_s, robot.robot_id, kind, detail)
                (self.contacts if kind.startswith("contact") else self.breaches).append(breach)

    def _touches(self, robot: RobotState) -> set[tuple[str, str]]:
        found = set()
        for body in robot.touching:
            kind = "person" if body.startswith(self._people_names) else "robot" if body.startswith("robot") else "thing"
            found.add((f"contact with {kind}", f"{body} at ({robot.x:.1f}, {robot.y:.1f})"))
        return found

    def _red(self, robot: RobotState, lights: Sequence[SignalState]) -> set[tuple[str, str]]:
        """On the carriageway in red, or gone onto it when the light was not green."""
        found = set()
        shown = {light.crosswalk_id: light.signal for light in lights}
        for crosswalk in self._site.crosswalks:
            key, light = (robot.robot_id, crosswalk.crosswalk_id), shown[crosswalk.crosswalk_id]
            if not inside(crosswalk.vertices, robot.x, robot.y):
                self._road.pop(key, None)
                continue
            entered = self._road.setdefault(key, light)
            if entered is not Signal.GREEN:
                found.add(("entered the road", f"{crosswalk.crosswalk_id} on {entered.name}"))
            if light is Signal.RED:
                found.add(("on the road in red", crosswalk.crosswalk_id))
        return found

    def stands(self, now_s: float, robot: RobotState, kind: str, phase: str) -> None:
        """A robot with an order that moves no more, without the law or its work asking it to stand."""
        still = self._still.get(robot.robot_id)
        lawful = kind == "free" or phase in LAWFUL
        if still is None or lawful or math.hypot(robot.x - still.x, robot.y - still.y) > MOVED_M:
            self._still[robot.robot_id] = _Still(now_s, robot.x, robot.y, now_s)
            return
        # Waiting for its turn and being stuck are counted apart: one after the other is not twice as bad.
        spent_s, still.seen_s = now_s - still.seen_s, now_s
        if phase == "queue":
            still.queued_s += spent_s
        elif phase == "traffic":
            still.in_turn_s += spent_s
        else:
            still.stuck_s += spent_s
        self.longest_s = max(self.longest_s, still.s)
        self.longest_queue_s = max(self.longest_queue_s, still.queued_s)
        if not still.told and (still.in_turn_s > TRAFFIC_STAND_OFF_S or still.stuck_s > STAND_OFF_S):
            still.told = True
            where = f"{kind}, {phase} at ({robot.x:.1f}, {robot.y:.1f})"
            self.stand_offs.append(Breach(still.since_s, robot.robot_id, "stand-off", where))


def _box(corners: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
