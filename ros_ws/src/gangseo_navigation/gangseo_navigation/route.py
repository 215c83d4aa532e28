"""Paths through several places, asked for and taken later: planning never holds up the controller."""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.geometry import Pose
from gangseo_navigation.memory import Cells, LivePlanner
from gangseo_navigation.path_smoothing import smooth
from gangseo_navigation.planner import PlanError, PlanFault
from gangseo_navigation.refine import Line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Route:
    """A path through all goals; ``ends_m`` is the arc length at which each goal lies."""

    points: NDArray[np.float64]
    length_m: float
    ends_m: tuple[float, ...]


def plan_route(
    live: LivePlanner,
    cells: Cells,
    start: Pose,
    goals: Sequence[Pose],
    via_slack_m: float = 1.5,
    end_slack_m: float = 0.2,
) -> Route:
    """Plans through the goals. A goal that is taken is moved to free ground a little beside it.

    Raises:
        PlanError: some leg has no path.
    """
    live.update(cells)
    here = (start.x, start.y)
    points = [np.array([here])]
    length, ends = 0.0, []
    for i, goal in enumerate(goals):
        slack = end_slack_m if i == len(goals) - 1 else via_slack_m
        there = (goal.x, goal.y)
        if not live.planner.is_free(*there) and live.planner.frame.contains(*live.planner.frame.cell(*there)):
            there = live.planner.nearest_free(*there, slack) or there
        leg = live.plan(here, there)
        points.append(leg.points[1:])
        length += leg.length_m
        ends.append(length)
        here = there
    line = np.vstack(points)
    return Route(line, length, tuple(ends)) if len(goals) == 1 else _rounded(live, line, ends)


def _rounded(live: LivePlanner, line: Line, ends_m: Sequence[float]) -> Route:
    """A path through several places with the corners at those places rounded as well."""
    along = np.concatenate(((0.0,), np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    corners = [line[min(int(np.searchsorted(along, end - 1e-6)), len(line) - 1)] for end in ends_m]
    line, _ = smooth(live, line)
    along = np.concatenate(((0.0,), np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    ends, first = [], 0
    for corner in corners[:-1]:
        # The nearest point, looked for from the one before on: a way may come by the same place twice.
        last = int(np.searchsorted(along, along[first] + math.dist(line[first], corner) * 1.5 + 5.0))
        gaps = np.hypot(*(line[first : last + 1] - corner).T)
        first += int(np.argmin(gaps))
        ends.append(float(along[first]))
    return Route(line, float(along[-1]), (*ends, float(along[-1])))


class Planning:
    """One request at a time to a planner that may run beside the controller."""

    def __init__(self, live: LivePlanner, executor: Executor) -> None:
        self._live, self._executor = live, executor
        self._running: Future[Route] | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running is not None

    def request(self, cells: Cells, start: Pose, goals: Sequence[Pose]) -> None:
        """Asks for a route; an answer nobody took is dropped."""
        self._running = self._executor.submit(plan_route, self._live, cells, start, tuple(goals))

    def take(self) -> Route | PlanError | None:
        """The answer if it is there, once."""
        if self._running is None or not self._running.done():
            return None
        done, self._running = self._running, None
        error = done.exception()
        if error is None:
            return done.result()
        if isinstance(error, PlanError):
            return error
        return PlanError(PlanFault.UNKNOWN, f"planner failed: {error!r}")

    def submit(self, job: Callable[[LivePlanner], T]) -> "Future[T]":
        """Runs something else with the planner, in turn."""
        return self._executor.submit(job, self._live)


class Inline(Executor):
    """Runs a job at once, in the caller's thread: for tests and simulations."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN201
        """Runs ``fn`` now."""
        future: Future[object] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as err:  # noqa: BLE001 - handed to whoever takes the result
            future.set_exception(err)
        return future
