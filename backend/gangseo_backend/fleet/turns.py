"""Whose turn it is: plans say who comes first on every resource, whatever the delays. Pure."""

from collections.abc import Mapping, Sequence

from gangseo_backend.fleet.plans import Plans, Vehicle, taken_up
from gangseo_backend.fleet.timetable import Resource


def grant(plans: Plans, vehicles: Sequence[Vehicle], wanted: Mapping[str, int]) -> dict[str, int]:
    """How many edges more each robot gets: those whose turn it is on everything they take.

    Args:
        plans: of this moment.
        vehicles: every robot.
        wanted: edges each would like now, at most.
    """
    owner = _owners(plans, vehicles)
    turns = _turns(plans)
    granted = dict.fromkeys(wanted, 0)
    moved = True
    while moved:
        moved = False
        for key in sorted(wanted):
            while key in plans and granted[key] < min(wanted[key], plans[key].stays[0]):
                takes = plans[key].visits[granted[key]].passage.takes
                if any(owner.get(resource, key) != key or turns[resource][0] != key for resource in takes):
                    break
                for resource in takes:
                    owner[resource] = key
                    turns[resource].pop(0)
                granted[key] += 1
                moved = True
    return {key: count for key, count in granted.items() if count}


def in_front(plans: Plans, vehicles: Sequence[Vehicle]) -> dict[str, str]:
    """For each robot with a plan that cannot drive on now: the robot it waits for."""
    owner = _owners(plans, vehicles)
    turns = _turns(plans)
    found: dict[str, str] = {}
    for key, plan in plans.items():
        for resource in plan.visits[0].passage.takes if plan.visits else ():
            for first in (owner.get(resource, key), turns[resource][0]):
                if first != key:
                    found[key] = first
    return found


def _owners(plans: Plans, vehicles: Sequence[Vehicle]) -> dict[Resource, str]:
    """Who has each resource now."""
    return {
        resource: vehicle.robot_id
        for vehicle in vehicles
        for resource in vehicle.held | taken_up(vehicle, plans.get(vehicle.robot_id))
    }


def _turns(plans: Plans) -> dict[Resource, list[str]]:
    """Who comes on each resource, in order."""
    turns: dict[Resource, list[str]] = {}
    visits = sorted(
        (visit.enter_s, key, index) for key, plan in plans.items() for index, visit in enumerate(plan.visits)
    )
    for _, key, index in visits:
        for resource in plans[key].visits[index].passage.takes:
            turns.setdefault(resource, []).append(key)
    return turns
