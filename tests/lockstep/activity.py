"""What every robot is about at each moment, in words that add up: kind of mission and what keeps it busy."""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gangseo_robot.brain import Brain
from gangseo_robot.orders import OrderBook
from gangseo_sim.engine.state import PersonState, RobotState

NEAR_PERSON_M, NEAR_ROBOT_M = 2.2, 2.6
MOVING_MPS, MOVING_RPS = 0.05, 0.1

_KINDS = {
    "waitForResident": "collect",
    "unload": "unload",
    "startCharging": "charge",
    "loadGoods": "deliver",
    "handOver": "deliver",
    "returnGoods": "deliver",
}
_PHASES = {
    "waiting.release": "traffic",
    "waiting.crosswalk_grant": "grant",
    "waiting.crosswalk_signal": "signal",
    "waiting.signal_unknown": "signal",
    "waiting.undocking": "undock",
    "waiting.stopping_charge": "undock",
    "waiting.closing_bins": "serve",
    "waiting.opening_bins": "serve",
    "waiting.speaking": "serve",
    "waiting.resident": "serve",
    "waiting.opening_compartment": "serve",
    "waiting.closing_compartment": "serve",
    "waiting.goods": "serve",
    "waiting.goods_not_seen": "serve",
    "waiting.recipient": "serve",
    "waiting.goods_taken": "serve",
    "waiting.goods_still_seen": "serve",
    "waiting.docking": "dock",
    "waiting.starting_charge": "dock",
    "waiting.unloading": "unload",
    "waiting.charging": "charging",
    "waiting.idle": "idle",
    "waiting.retrying_path": "retry",
}
LAWFUL = frozenset({"signal", "grant", "serve", "unload", "charging", "idle", "emergency_stop", "paused", "link_lost"})
"""Reasons to stand that need no look: the law, people's wishes, or work done standing."""


AT_WORK = frozenset({"serve", "unload"})
"""Phases in which a robot keeps a place for people or for its depot."""
AT_PLACE_M = 3.0


def waits_for_work(brain: Brain, robot: RobotState, phases: Mapping[str, str], others: Sequence[RobotState]) -> bool:
    """Whether another robot is at work where this one's order leads, so that it has to wait until that is done."""
    goal = brain.book.ahead[-1].node_position if brain.book.ahead else None
    return goal is not None and any(
        phases[other.robot_id] in AT_WORK and math.hypot(other.x - goal.x, other.y - goal.y) < AT_PLACE_M
        for other in others
        if other is not robot
    )


def kind_of(book: OrderBook) -> str:
    """What the actions of the order are for; drive where there are none, free without an order."""
    if book.order is None or not book.active:
        return "free"
    actions = {action.action_type for node in book.order.nodes for action in node.actions}
    return next((kind for mark, kind in _KINDS.items() if mark in actions), "drive")


def phase_of(brain: Brain, robot: RobotState, people: Sequence[PersonState], others: Sequence[RobotState]) -> str:
    """What the robot does now; one that should drive and stands is asked what stands near it."""
    key = brain.executor.waiting.key
    if key not in {"waiting.driving", "waiting.people_in_front"}:
        return _PHASES.get(key, key.removeprefix("waiting."))
    if abs(robot.speed_mps) > MOVING_MPS or abs(robot.turn_rps) > MOVING_RPS:
        return "drive"
    if any(math.hypot(p.x - robot.x, p.y - robot.y) < NEAR_PERSON_M for p in people):
        return "people"
    if any(o is not robot and math.hypot(o.x - robot.x, o.y - robot.y) < NEAR_ROBOT_M for o in others):
        return "robots"
    return "stand"


@dataclass
class Timeline:
    """One robot's kinds and phases over time, as runs."""

    starts_s: list[float] = field(default_factory=list)
    runs: list[tuple[str, str]] = field(default_factory=list)

    def note(self, now_s: float, kind: str, phase: str) -> None:
        """What is so from now on."""
        if not self.runs or self.runs[-1] != (kind, phase):
            self.starts_s.append(now_s)
            self.runs.append((kind, phase))

    def between(self, begin_s: float, end_s: float) -> dict[tuple[str, str], float]:
        """Seconds of each kind and phase in an interval."""
        spent: dict[tuple[str, str], float] = defaultdict(float)
        index = max(0, bisect_right(self.starts_s, begin_s) - 1)
        while index < len(self.runs) and self.starts_s[index] < end_s:
            until_s = self.starts_s[index + 1] if index + 1 < len(self.runs) else end_s
            spent[self.runs[index]] += max(0.0, min(until_s, end_s) - max(self.starts_s[index], begin_s))
            index += 1
        return dict(spent)


def spent_on(stages: Sequence[tuple[float, str, str | None]], timelines: dict[str, Timeline]) -> dict[str, float]:
    """Where the time of a call went, from asking to arrival.

    Args:
        stages: moment, stage and robot of everything the call came to, oldest first; the last is the arrival or end.
        timelines: of all robots.
    """
    spent: dict[str, float] = defaultdict(float)
    last = next((robot for _, _, robot in reversed(stages) if robot), None)
    for (begin_s, stage, robot), (end_s, _, _) in pairwise(stages):
        if stage == "arrived":
            break
        waiting = stage != "assigned"
        timeline = timelines.get((last if waiting else robot) or "")
        if timeline is None:
            spent["queue"] += end_s - begin_s
            continue
        for (kind, phase), seconds in timeline.between(begin_s, end_s).items():
            if waiting:
                spent[f"queue: robot {kind}"] += seconds
            else:
                spent[phase if kind == "collect" else "order"] += seconds
    return dict(spent)
