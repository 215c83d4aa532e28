"""Compartments of a robot and what may be put in them. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

LAW_TOTAL_KG = 500.0
"""지능형로봇법: the most that an outdoor robot may weigh with its load."""
GOODS_KG = 60.0
"""The most that one action of a robot may load."""


class Size(StrEnum):
    """What a shop chooses; each has a compartment of its own, and fits into all that are larger."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    EXTRA_LARGE = "extra_large"


COMPARTMENTS = MappingProxyType({size: number for number, size in enumerate(Size, start=1)})
"""Number of the compartment of a size."""
_BOARD_KG = MappingProxyType({Size.SMALL: 5.0, Size.MEDIUM: 10.0, Size.LARGE: 20.0, Size.EXTRA_LARGE: 40.0})


def compartment_for(size: Size, in_use: Mapping[int, int]) -> int:
    """The compartment for goods: large enough, and needed by the fewest others, so that goods can ride together.

    Args:
        size: of the goods.
        in_use: how many deliveries that are not over need each compartment, by its number.
    """
    numbers = range(COMPARTMENTS[size], len(COMPARTMENTS) + 1)
    return min(numbers, key=lambda number: (in_use.get(number, 0), number))


def most_kg(size: Size, robot_kg: float) -> float:
    """The most that goods of a size may weigh on a robot of a mass: what its board carries and the law allows."""
    return max(0.0, min(_BOARD_KG[size], GOODS_KG, LAW_TOTAL_KG - robot_kg))
