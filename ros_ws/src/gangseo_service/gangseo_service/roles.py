"""The roles there are, and one role made of several."""

from collections.abc import Mapping, Sequence

from gangseo_delivery.role import DELIVERY
from gangseo_patrol.role import PATROL
from gangseo_recycling.role import RECYCLING
from gangseo_robot.role import Role, RoleError
from gangseo_robot.steps import SHARED_STEPS, MakeStep

ROLES: Mapping[str, Role] = {
    "recycling": RECYCLING,
    "delivery": DELIVERY,
    "patrol": PATROL,
}
"""By name. A robot has all of them unless told otherwise."""


def combine(names: Sequence[str], roles: Mapping[str, Role] = ROLES) -> Role:
    """One role that can do what the named ones can.

    Raises:
        RoleError: no name, an unknown one, or two roles that claim the same action.
    """
    unknown = [name for name in names if name not in roles]
    if unknown or not names:
        raise RoleError(f"roles {', '.join(unknown) or 'are empty'}: give some of {', '.join(roles)}")
    steps: dict[str, MakeStep] = {}
    owner = dict.fromkeys(SHARED_STEPS, "every robot")
    for name in dict.fromkeys(names):
        for action_type, make_step in roles[name].steps.items():
            if action_type in owner:
                raise RoleError(f"action {action_type} is claimed by {owner[action_type]} and by role {name}")
            owner[action_type] = f"role {name}"
            steps[action_type] = make_step
    chosen = [roles[name] for name in dict.fromkeys(names)]
    return Role(
        steps,
        tuple(load_set for role in chosen for load_set in role.load_sets),
        {action_type: words for role in chosen for action_type, words in role.listens.items()},
    )
