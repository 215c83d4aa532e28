"""People of the park: where each is heading, when they stop, and what of them is remembered."""

import math
from typing import Any

import numpy as np
from shapely.geometry import Point, Polygon

from gangseo_sim.engine.crowd_forces import PERSON_RADIUS_M, walk_step
from gangseo_sim.engine.state import PersonState
from gangseo_sim.engine.world import Floats, PeopleLayout

ARRIVED_M = 0.8
STROLLER_SHARE = 0.3
"""Share of people who stroll on areas instead of walking along paths."""
STOP_CHANCE = 0.08
STOP_S = (3.0, 15.0)
SPEED_MPS = (0.9, 1.4)


class Crowd:
    """All people of one world; random only by the generator given."""

    def __init__(self, layout: PeopleLayout, count: int, random: np.random.Generator) -> None:
        self._layout = layout
        self._random = random
        self._next = _neighbours(layout)
        self._areas = [Polygon(area) for area in layout.areas]
        possible = bool(layout.edges) or bool(self._areas)
        self.count = count if possible else 0
        self.places = np.zeros((self.count, 2))
        self.velocities = np.zeros((self.count, 2))
        self._goals = np.zeros((self.count, 2))
        self._speeds = np.zeros(self.count)
        self._stop_until = np.zeros(self.count)
        self._give_up = np.zeros(self.count)
        self._routes: list[tuple[int, int, int]] = []
        for k in range(self.count):
            self._place(k)

    def circles(self) -> Floats:
        """[x, y, r] of everybody."""
        return np.column_stack((self.places, np.full(self.count, PERSON_RADIUS_M)))

    def step(self, dt: float, now_s: float, poses: Floats, truth: Floats, segments: Floats, circles: Floats) -> None:
        """Moves everybody by `dt`, new goals where somebody arrived or cannot get there."""
        if not self.count:
            return
        away = self._goals - self.places
        distance = np.hypot(away[:, 0], away[:, 1])
        for k in np.flatnonzero((distance < ARRIVED_M) | (now_s > self._give_up)):
            self._choose(int(k), now_s, arrived=bool(distance[k] < ARRIVED_M))
        pace = np.where(now_s < self._stop_until, 0.0, self._speeds / np.maximum(distance, 1e-6))
        wishes = away * pace[:, None]
        self.walk(dt, wishes, poses, truth, segments, circles)

    def walk(self, dt: float, wishes: Floats, poses: Floats, truth: Floats, segments: Floats, circles: Floats) -> None:
        """Moves everybody by `dt` towards the velocities they wish; another model of walking overrides this."""
        walk_step(dt, wishes, self.places, self.velocities, self._speeds * 1.3, poses, truth, segments, circles)

    def states(self) -> tuple[PersonState, ...]:
        """People by name: from person_1 on."""
        found = []
        for k in range(self.count):
            vx, vy = float(self.velocities[k, 0]), float(self.velocities[k, 1])
            ahead = (vx, vy) if math.hypot(vx, vy) > 0.05 else tuple(self._goals[k] - self.places[k])
            theta = math.atan2(ahead[1], ahead[0])
            x, y = float(self.places[k, 0]), float(self.places[k, 1])
            found.append(PersonState(f"person_{k + 1}", x, y, theta, math.hypot(vx, vy), PERSON_RADIUS_M))
        return tuple(found)

    def memory(self) -> dict[str, Any]:
        """Everything needed to go on bit by bit, JSON-ready."""
        return {
            "places": self.places.tolist(),
            "velocities": self.velocities.tolist(),
            "goals": self._goals.tolist(),
            "speeds": self._speeds.tolist(),
            "stop_until": self._stop_until.tolist(),
            "give_up": self._give_up.tolist(),
            "routes": [list(route) for route in self._routes],
        }

    def recall(self, memory: dict[str, Any]) -> None:
        """Goes back to a memory."""
        self.count = len(memory["routes"])
        self.places = np.array(memory["places"], dtype=np.float64).reshape(-1, 2)
        self.velocities = np.array(memory["velocities"], dtype=np.float64).reshape(-1, 2)
        self._goals = np.array(memory["goals"], dtype=np.float64).reshape(-1, 2)
        self._speeds = np.array(memory["speeds"], dtype=np.float64)
        self._stop_until = np.array(memory["stop_until"], dtype=np.float64)
        self._give_up = np.array(memory["give_up"], dtype=np.float64)
        self._routes = [(route[0], route[1], route[2]) for route in memory["routes"]]

    def _place(self, k: int) -> None:
        self._speeds[k] = self._random.uniform(*SPEED_MPS)
        strolls = self._areas and (not self._layout.edges or self._random.random() < STROLLER_SHARE)
        if strolls:
            area = int(self._random.integers(len(self._areas)))
            self._routes.append((-1, -1, area))
            self.places[k] = self._inside(area)
            self._aim(k, self._inside(area), 0.0)
            return
        lengths = np.array([math.dist(self._layout.nodes[a], self._layout.nodes[b]) for a, b, _ in self._layout.edges])
        a, b, width = self._layout.edges[int(self._random.choice(len(lengths), p=lengths / lengths.sum()))]
        if self._random.random() < 0.5:
            a, b = b, a
        self._routes.append((a, b, -1))
        goal = self._beside(a, b, width)
        share = self._random.random()
        back = np.array(self._layout.nodes[a]) - np.array(self._layout.nodes[b])
        self.places[k] = goal + back * share
        self._aim(k, goal, 0.0)

    def _choose(self, k: int, now_s: float, *, arrived: bool) -> None:
        before, at, area = self._routes[k]
        if arrived and self._random.random() < STOP_CHANCE:
            self._stop_until[k] = now_s + self._random.uniform(*STOP_S)
        if area >= 0:
            self._aim(k, self._inside(area), now_s)
            return
        if arrived:
            onward = [(node, width) for node, width in self._next[at] if node != before] or self._next[at]
            node, width = onward[int(self._random.integers(len(onward)))]
            self._routes[k] = (at, node, -1)
        else:
            node = before
            width = next(w for n, w in self._next[at] if n == node)
            self._routes[k] = (at, node, -1)
        self._aim(k, self._beside(self._routes[k][0], node, width), now_s)

    def _aim(self, k: int, goal: Floats, now_s: float) -> None:
        self._goals[k] = goal
        way_s = float(np.hypot(*(goal - self.places[k]))) / float(self._speeds[k])
        self._give_up[k] = max(now_s, float(self._stop_until[k])) + 2.0 * way_s + 8.0

    def _beside(self, a: int, b: int, width: float) -> Floats:
        """A place at the end of a path, on its right side."""
        start, end = np.array(self._layout.nodes[a]), np.array(self._layout.nodes[b])
        along = (end - start) / max(float(np.hypot(*(end - start))), 1e-6)
        offset = self._random.uniform(0.35, max(0.4, width / 2 - 0.35))
        return np.array([end[0] + along[1] * offset, end[1] - along[0] * offset])

    def _inside(self, area: int) -> Floats:
        polygon = self._areas[area]
        x1, y1, x2, y2 = polygon.bounds
        for _ in range(100):
            x, y = self._random.uniform(x1, x2), self._random.uniform(y1, y2)
            if polygon.contains(Point(x, y)):
                return np.array([x, y])
        return np.array([polygon.centroid.x, polygon.centroid.y])


def _neighbours(layout: PeopleLayout) -> list[list[tuple[int, float]]]:
    found: list[list[tuple[int, float]]] = [[] for _ in layout.nodes]
    for a, b, width in layout.edges:
        found[a].append((b, width))
        found[b].append((a, width))
    return found
