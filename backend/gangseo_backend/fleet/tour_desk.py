"""Searches for tours beside the planner's thread: PyVRP lets the other threads run meanwhile (ADR 15)."""

import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

import structlog

from gangseo_backend.core.tours import StopWish
from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.tour_problem import TourPlan
from gangseo_backend.fleet.tour_scene import Scene
from gangseo_backend.fleet.tour_travel import Ways
from gangseo_backend.fleet.tours import plan_tours

SEARCH_S = 0.4
"""A new plan is there within a second of what made it necessary."""
_PATIENCE_S = 5.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what it began with."""

    scene: Scene
    plan: TourPlan


class TourDesk:
    """One search at a time for the robots, another for a person who asks what a round would be like."""

    def __init__(self) -> None:
        self.wake: Callable[[], None] = lambda: None
        self.because: Hashable = None
        """What the newest search took into account, for the planner to compare."""
        self.begun_at: datetime | None = None
        self.turns: int | None = None
        """Search for so many turns before ``begin`` returns, not for a time beside: equal scenes give equal plans."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="tours")
        self._search: Future[Planned] | None = None
        self._ways: Ways | None = None
        self._asking, self._lock = threading.Lock(), threading.Lock()
        self._asked: list[tuple[Sequence[StopWish], Future[Scene]]] = []

    # --- for the planner ---

    @property
    def busy(self) -> bool:
        """Whether a search goes on or its plan has not been taken."""
        return self._search is not None

    def begin(self, scene: Scene, lanes: LaneGraph, because: Hashable) -> None:
        """Search; the planner is woken when there is a plan."""
        self.because, self.begun_at = because, scene.now
        ways = self._ways = self._ways or Ways(lanes)
        self._search = self._pool.submit(_planned, scene, ways, self.turns)
        if self.turns is not None:
            wait([self._search])
        self._search.add_done_callback(lambda _: self.wake())

    def take(self) -> Planned | None:
        """The plan of a search that has ended, once; None when it failed: robots go on with what they have."""
        if self._search is None or not self._search.done():
            return None
        search, self._search = self._search, None
        error = search.exception()
        if error is None:
            return search.result()
        _log.error("tour_search_failed", exc_info=error)
        return None

    def close(self) -> None:
        """Begin nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def answer(self, scene_of: Callable[[Sequence[StopWish]], Scene]) -> None:
        """Tell everybody who asked how things are."""
        with self._lock:
            asked, self._asked = self._asked, []
        for wishes, answer in asked:
            answer.set_result(scene_of(wishes))

    # --- for other threads ---

    def forecast(self, wishes: Sequence[StopWish], lanes: LaneGraph) -> Planned:
        """What the tours would be like with these stops; takes a second.

        Raises:
            TimeoutError: the planner does not answer.
        """
        answer: Future[Scene] = Future()
        with self._lock:
            self._asked.append((wishes, answer))
        self.wake()
        scene = answer.result(_PATIENCE_S)
        with self._asking:
            return _planned(scene, Ways(lanes))


def _planned(scene: Scene, ways: Ways, turns: int | None = None) -> Planned:
    return Planned(scene, plan_tours(scene.problem(ways), seconds=SEARCH_S, turns=turns, before=scene.before))
