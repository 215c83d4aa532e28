"""Everything solid that stands still: the world's own, and obstacles placed for a scenario."""

import math

import numpy as np

from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.world import World

LARGEST_M = 20.0


class Solids:
    """Arrays as the kernels read them, made anew when an obstacle comes or goes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.segments, self.segment_bodies = world.segments, world.segment_bodies
        self.obstacles: dict[str, tuple[float, float, float]] = {}
        self._gather()

    def place(self, name: str, x: float, y: float, radius_m: float) -> None:
        """Adds a round obstacle, or moves it.

        Raises:
            EngineError: no name, no finite place, or a radius that is not above 0 and up to 20 m.
        """
        if not name or not 0.0 < radius_m <= LARGEST_M or not (math.isfinite(x) and math.isfinite(y)):
            raise EngineError("an obstacle needs a name, a finite place and a radius above 0 and up to 20 m")
        self.obstacles[name] = (x, y, radius_m)
        self._gather()

    def remove(self, name: str) -> None:
        """Takes an obstacle away.

        Raises:
            EngineError: no such obstacle.
        """
        if name not in self.obstacles:
            raise EngineError(f"no obstacle {name!r}; there are: {', '.join(self.obstacles) or 'none'}")
        del self.obstacles[name]
        self._gather()

    def recall(self, obstacles: dict[str, list[float]]) -> None:
        """Goes back to the obstacles of a checkpoint."""
        self.obstacles = {name: (x, y, radius) for name, (x, y, radius) in obstacles.items()}
        self._gather()

    def _gather(self) -> None:
        world, first = self._world, len(self._world.body_names)
        placed = np.array(list(self.obstacles.values()), dtype=np.float64).reshape(-1, 3)
        numbers = np.arange(first, first + len(placed), dtype=np.int64)
        self.placed = placed
        self.circles = np.vstack((world.circles, placed))
        self.circle_bodies = np.concatenate((world.circle_bodies, numbers))
        self.names = (*world.body_names, *self.obstacles)
