"""Who may drive how far: reservation of nodes and lanes without deadlock. Pure.

Every robot holds what it stands on and what has been released to it, and needs what lies ahead.
More is granted only when afterwards every robot that could reach its goal before still can
(the banker's algorithm, Dijkstra 1965, with the goal itself kept for good).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

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
    waiting = {claim.robot_id: claim for claim in claims}
    arrived: set[str] = set()
    while True:
        ready = [claim for claim in waiting.values() if all(free[name] > 0 for name in claim.needs & scarce)]
        if not ready:
            return frozenset(arrived)
        # A goal on somebody's way is taken last: whoever stops there stays.
        chosen = next((claim for claim in ready if not _in_the_way(claim, waiting, scarce)), ready[0])
        for name in (chosen.held - chosen.goal) & scarce:
            free[name] += 1
        for name in (chosen.goal - chosen.held) & scarce:
            free[name] -= 1
        arrived.add(chosen.robot_id)
        del waiting[chosen.robot_id]


def _in_the_way(claim: Claim, waiting: Mapping[str, Claim], scarce: frozenset[Resource]) -> bool:
    goal = claim.goal & scarce
    return any(goal & other.needs for other in waiting.values() if other.robot_id != claim.robot_id)
