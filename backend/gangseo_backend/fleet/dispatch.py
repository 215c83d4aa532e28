"""Which robot takes which mission. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

LOW_CHARGE = 30.0
"""Per cent of charge below which a robot goes home first."""
RANGE_MARGIN = 1.2
USUAL_MPS = 1.2
IMPOSSIBLE = 1e9
_CHARGE_PENALTY_S = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A robot that could take a mission now, or will have finished with its own.

    ``times_s`` from where it will be then to every node; ``free_in_s`` until then; ``has_room`` in its bins.
    """

    robot_id: str
    times_s: Mapping[str, float]
    state_of_charge: float
    range_m: float | None = None
    free_in_s: float = 0.0
    has_room: bool = True


@dataclass(frozen=True, slots=True)
class Wish:
    """A mission that waits for a robot; ``way_home_m`` from its place through all its legs to the nearest charger.

    ``busy_s``: how long it keeps a robot that has come to its place; ``end_node_id``: where that robot will be then.
    """

    mission_id: str
    node_id: str
    waited_s: float
    excluded: frozenset[str] = frozenset()
    way_home_m: float = 0.0
    needs_room: bool = True
    effort: float = 1.0
    """How much more a metre takes than usual, for the load."""
    busy_s: float = 0.0
    end_node_id: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """Robot seconds until a robot sets out to a mission that waits, and that its way to it takes."""

    robot_id: str
    start_s: float
    way_s: float


def cost_s(candidate: Candidate, wish: Wish, speed_mps: float = USUAL_MPS) -> float:
    """Seconds until the robot is there, dearer with an emptier battery; IMPOSSIBLE when it cannot."""
    time_s = candidate.times_s.get(wish.node_id)
    if time_s is None or candidate.robot_id in wish.excluded or candidate.state_of_charge < LOW_CHARGE:
        return IMPOSSIBLE
    if wish.needs_room and not candidate.has_room:
        return IMPOSSIBLE
    if candidate.range_m is not None:
        needed_m = (time_s * speed_mps + wish.way_home_m) * wish.effort
        if candidate.range_m < needed_m * RANGE_MARGIN:
            return IMPOSSIBLE
    return candidate.free_in_s + time_s + _CHARGE_PENALTY_S * (100.0 - candidate.state_of_charge)


def assign(candidates: Sequence[Candidate], wishes: Sequence[Wish]) -> dict[str, str]:
    """Robot id by mission id, least total time of arrival; who is busy gets what had better wait for it.

    A second of waiting is worth a second of driving, so a far call is passed over only for a bounded time.
    """
    if not candidates or not wishes:
        return {}
    costs = np.array([[cost_s(candidate, wish) for wish in wishes] for candidate in candidates])
    possible = costs < IMPOSSIBLE
    # Linear assignment picks the wishes with the least sum: waiting lowers a wish's cost for every robot alike.
    aged = np.where(possible, costs - np.array([wish.waited_s for wish in wishes]), IMPOSSIBLE)
    rows, columns = linear_sum_assignment(aged)
    return {
        wishes[column].mission_id: candidates[row].robot_id
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if possible[row, column]
    }


def expect(
    candidates: Sequence[Candidate],
    wishes: Sequence[Wish],
    taken: Mapping[str, str],
    time_between: Callable[[str, str], float | None],
) -> dict[str, Expected]:
    """When each mission will probably begin: first what robots were given, then the rest, first come, first served.

    Args:
        candidates: robots with what they are busy with.
        wishes: missions, oldest first.
        taken: robot id by mission id, as :func:`assign` gives it.
        time_between: seconds from a node to another; None for no way.
    """
    free_s = {candidate.robot_id: candidate.free_in_s for candidate in candidates}
    ends_at: dict[str, str] = {}
    found: dict[str, Expected] = {}

    def way_s(candidate: Candidate, wish: Wish) -> float:
        if cost_s(candidate, wish) >= IMPOSSIBLE:
            return IMPOSSIBLE
        start = ends_at.get(candidate.robot_id)
        time_s = candidate.times_s.get(wish.node_id) if start is None else time_between(start, wish.node_id)
        return IMPOSSIBLE if time_s is None else time_s

    for wish in sorted(wishes, key=lambda wish: wish.mission_id not in taken):
        able = [c for c in candidates if taken.get(wish.mission_id, c.robot_id) == c.robot_id]
        ways_s = {candidate.robot_id: way_s(candidate, wish) for candidate in able}
        robot_id = min(ways_s, key=lambda key: free_s[key] + ways_s[key], default=None)
        if robot_id is None or ways_s[robot_id] >= IMPOSSIBLE:
            continue
        found[wish.mission_id] = Expected(robot_id, free_s[robot_id], ways_s[robot_id])
        free_s[robot_id] += ways_s[robot_id] + wish.busy_s
        ends_at[robot_id] = wish.end_node_id
    return found
