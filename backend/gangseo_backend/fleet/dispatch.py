"""Which robot takes which mission. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

LOW_CHARGE = 30.0
"""Per cent of charge below which a robot goes home first."""
RANGE_MARGIN = 1.2
IMPOSSIBLE = 1e9
_CHARGE_PENALTY_S = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A robot that could take a mission now.

    ``times_s`` from where it is to every node; ``free_in_s`` until it can turn to a new mission.
    """

    robot_id: str
    times_s: Mapping[str, float]
    state_of_charge: float
    range_m: float | None = None
    free_in_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Wish:
    """A mission that waits for a robot; ``way_home_m`` from its place to the nearest charger."""

    mission_id: str
    node_id: str
    waited_s: float
    excluded: frozenset[str] = frozenset()
    way_home_m: float = 0.0


def cost_s(candidate: Candidate, wish: Wish, speed_mps: float = 1.2) -> float:
    """Seconds until the robot is there, dearer with an emptier battery; IMPOSSIBLE when it cannot."""
    time_s = candidate.times_s.get(wish.node_id)
    if time_s is None or candidate.robot_id in wish.excluded or candidate.state_of_charge < LOW_CHARGE:
        return IMPOSSIBLE
    if candidate.range_m is not None:
        needed_m = time_s * speed_mps + wish.way_home_m
        if candidate.range_m < needed_m * RANGE_MARGIN:
            return IMPOSSIBLE
    return candidate.free_in_s + time_s + _CHARGE_PENALTY_S * (100.0 - candidate.state_of_charge)


def assign(candidates: Sequence[Candidate], wishes: Sequence[Wish]) -> dict[str, str]:
    """Robot id by mission id, least total time of arrival.

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
