"""How near robots came to people and to each other, body to body."""

import numpy as np
from shapely import Point, Polygon

from gangseo_sim.engine.state import EngineState

NEAR_M = 2.2
"""Between middles: further away no two bodies are within a metre."""


class Closest:
    """``least_m`` by kind: ``person`` and ``robot``; a kind that never came near is absent."""

    def __init__(self) -> None:
        self.least_m: dict[str, float] = {}

    def look(self, state: EngineState) -> None:
        """Takes the world as it is now."""
        if not state.robots:
            return
        robots = np.array([(robot.x, robot.y) for robot in state.robots])
        bodies: dict[int, Polygon] = {}

        def body(index: int) -> Polygon:
            if index not in bodies:
                bodies[index] = Polygon(state.robots[index].corners())
            return bodies[index]

        gaps = np.hypot(*(robots[:, None] - robots[None, :]).transpose(2, 0, 1))
        for a, b in np.argwhere(np.triu(gaps < NEAR_M, 1)).tolist():
            self._note("robot", body(a).distance(body(b)))
        if state.people:
            people = np.array([(person.x, person.y) for person in state.people])
            gaps = np.hypot(*(robots[:, None] - people[None, :]).transpose(2, 0, 1))
            for a, b in np.argwhere(gaps < NEAR_M).tolist():
                person = state.people[b]
                self._note("person", body(a).distance(Point(person.x, person.y)) - person.radius_m)

    def _note(self, kind: str, gap_m: float) -> None:
        self.least_m[kind] = round(min(self.least_m.get(kind, 1.0), gap_m), 3)
