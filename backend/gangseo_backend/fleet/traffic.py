"""Who may drive how far: reservation of nodes and lanes without deadlock. Pure.

Every robot holds what it stands on and what has been released to it, and needs what lies ahead.
More is granted only when afterwards every robot that could reach its goal before still can
(the banker's algorithm, Dijkstra 1965, with the goal itself kept for good).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

Resource = str
Part = tuple[Resource, ...]
"""What one more edge with the node at its end takes."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One robot: what it holds, the parts ahead in order, how many parts it would like now, and where it will stay.

    ``end`` is the node at the end of its way; None for a robot that is parked on what it holds.
    """

    robot_id: str
    held: frozenset[Resource]
    ahead: tuple[Part, ...] = ()
    wanted: int = 0
    end: Resource | None = None

    @property
    def needs(self) -> frozenset[Resource]:
        """Everything ahead that is not held yet."""
        return frozenset(resource for part in self.ahead for resource in part) - self.held

    @property
    def goal(self) -> frozenset[Resource]:
        """What it keeps after its way."""
        return self.held if self.end is None else frozenset({self.end})

    def advanced(self, parts: int) -> "Claim":
        """The claim with more parts granted."""
        taken = frozenset(resource for part in self.ahead[:parts] for resource in part)
        return replace(self, held=self.held | taken, ahead=self.ahead[parts:], wanted=max(0, self.wanted - parts))


Capacity = Callable[[Resource], int]


def grant(claims: Sequence[Claim], capacity: Capacity) -> dict[str, int]:
    """How many parts more each robot gets; earlier claims come first.

    Args:
        claims: every robot of the site, most urgent first; also the parked ones.
        capacity: how many robots fit on a resource.
    """
    current = {claim.robot_id: claim for claim in claims}
    granted: dict[str, int] = {}
    scarce = _scarce(claims, capacity)
    reachable = _can_arrive(list(current.values()), scarce, capacity)
    for claim in claims:
        parts = 0
        while parts < claim.wanted and parts < len(claim.ahead):
            now = current[claim.robot_id]
            part = now.ahead[0]
            if not _fits(part, now, current, capacity):
                break
            trial = {**current, claim.robot_id: now.advanced(1)}
            if scarce.intersection(part):
                after = _can_arrive(list(trial.values()), scarce, capacity)
                if not reachable <= after:
                    break
            current = trial
            parts += 1
        if parts:
            granted[claim.robot_id] = parts
    return granted


def stuck(claims: Sequence[Claim], capacity: Capacity) -> dict[str, frozenset[str]]:
    """Robots that cannot reach their goal whatever the order of driving, with the robots in their way."""
    scarce = _scarce(claims, capacity)
    arriving = _can_arrive(claims, scarce, capacity)
    blocked: dict[str, frozenset[str]] = {}
    for claim in claims:
        if claim.robot_id in arriving or not claim.ahead:
            continue
        others = [other for other in claims if other.robot_id != claim.robot_id and other.robot_id not in arriving]
        parked = [other for other in claims if other.end is None]
        blocked[claim.robot_id] = frozenset(
            other.robot_id for other in (*others, *parked) if (other.held | other.goal) & claim.needs
        )
    return blocked


def _scarce(claims: Sequence[Claim], capacity: Capacity) -> frozenset[Resource]:
    """Resources wanted by more robots than fit: only these can bring a deadlock."""
    interest = Counter(resource for claim in claims for resource in claim.held | claim.needs)
    return frozenset(resource for resource, count in interest.items() if count > capacity(resource))


def _fits(part: Part, claim: Claim, current: Mapping[str, Claim], capacity: Capacity) -> bool:
    for resource in part:
        if resource in claim.held:
            continue
        holders = sum(resource in other.held for other in current.values())
        if holders >= capacity(resource):
            return False
    return True


def _can_arrive(claims: Sequence[Claim], scarce: frozenset[Resource], capacity: Capacity) -> frozenset[str]:
    """Robots that reach their goal in some order of driving."""
    free = {resource: capacity(resource) for resource in scarce}
    for claim in claims:
        for resource in claim.held & scarce:
            free[resource] -= 1
    stakes = {claim.robot_id: _stake(claim, scarce) for claim in claims}
    # Who needs nothing scarce and holds nothing scarce is in nobody's way.
    waiting = {robot_id: stake for robot_id, stake in stakes.items() if any(stake)}
    arrived = set(stakes) - set(waiting)
    while True:
        ready = [key for key, stake in waiting.items() if all(free[name] > 0 for name in stake.needs)]
        if not ready:
            return frozenset(arrived)
        wanted = Counter(name for stake in waiting.values() for name in stake.needs)
        # Goals on nobody's way can be taken all at once; one that is on somebody's way is taken last.
        calm = [key for key in ready if _is_calm(waiting[key], wanted)]
        for key in calm or ready[:1]:
            stake = waiting[key]
            if any(free[name] < 1 for name in stake.needs):
                continue
            for name in stake.held - stake.goal:
                free[name] += 1
            for name in stake.goal - stake.held:
                free[name] -= 1
            arrived.add(key)
            del waiting[key]


class _Stake(NamedTuple):
    """A claim as far as it touches scarce resources."""

    held: frozenset[Resource]
    needs: frozenset[Resource]
    goal: frozenset[Resource]


def _stake(claim: Claim, scarce: frozenset[Resource]) -> _Stake:
    held = claim.held & scarce
    needs = scarce & claim.needs if claim.ahead else frozenset[Resource]()
    return _Stake(held, needs, claim.goal & scarce)


def _is_calm(stake: _Stake, wanted: Mapping[Resource, int]) -> bool:
    return all(wanted[name] <= (name in stake.needs) for name in stake.goal)
