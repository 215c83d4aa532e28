"""A role: what a robot can do for one service. Pure, so that a city without ROS knows the same roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gangseo_protocol.factsheet import LoadSet
from gangseo_robot.steps import MakeStep


class RoleError(ValueError):
    """Roles that are not known or do not go together; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Role:
    """Steps by action type, what is carried, and who may speak to an action."""

    steps: Mapping[str, MakeStep]
    load_sets: tuple[LoadSet, ...] = ()
    listens: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By node action: the instant actions it waits for, in the order they may come."""
