"""Ways between the places of tours, remembered while the same edges are closed. Pure."""

import math
from collections.abc import Iterable, Mapping

import numpy as np

from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.tour_problem import Travel


class Ways:
    """Seconds and metres between nodes of one site; for one thread at a time."""

    def __init__(self, lanes: LaneGraph) -> None:
        self._lanes = lanes
        self._closed: frozenset[str] = frozenset()
        self._from: dict[str, Mapping[str, tuple[float, float]]] = {}

    def between(self, nodes: Iterable[str], closed: frozenset[str]) -> Travel:
        """From each of these nodes to each."""
        if closed != self._closed:
            self._closed, self._from = closed, {}
        names = tuple(dict.fromkeys(nodes))
        seconds = np.full((len(names), len(names)), math.inf)
        metres = seconds.copy()
        for row, start in enumerate(names):
            if start not in self._from:
                self._from[start] = self._lanes.reach_from(start, closed)
            for column, goal in enumerate(names):
                found = self._from[start].get(goal)
                if found is not None:
                    seconds[row, column], metres[row, column] = found
        return Travel(names, seconds, metres)
