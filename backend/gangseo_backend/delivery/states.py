"""Life of a delivery: what follows from what the fleet says. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from gangseo_backend.core.domain_events import MissionStage
from gangseo_protocol.actions import HANDED_OVER, LOADED, NOT_COLLECTED, RETURNED

TO_SHOP, TO_RECIPIENT, BACK_TO_SHOP = range(3)
"""Legs of a delivery's mission."""


class DeliveryState(StrEnum):
    """``STRANDED``: goods on a robot that has given up; a person fetches them. The last five are final."""

    REQUESTED = "requested"
    ASSIGNED = "assigned"
    AT_SHOP = "at_shop"
    LOADED = "loaded"
    NEAR = "near"
    ARRIVED = "arrived"
    RETURNING = "returning"
    BACK_AT_SHOP = "back_at_shop"
    STRANDED = "stranded"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    CANCELED = "canceled"
    FAILED = "failed"
    LOST = "lost"


_S = DeliveryState
FINAL = (_S.HANDED_OVER, _S.RETURNED, _S.CANCELED, _S.FAILED, _S.LOST)
OPEN = tuple(state for state in _S if state not in FINAL)
ON_BOARD = (_S.LOADED, _S.NEAR, _S.ARRIVED, _S.RETURNING, _S.BACK_AT_SHOP)
"""The robot has said that the goods are in it, and the mission is under way."""
CANCELABLE = (_S.REQUESTED, _S.ASSIGNED, _S.AT_SHOP, _S.LOADED, _S.NEAR, _S.ARRIVED)

Door = Literal["closed", "opening", "open", "closing", "no_answer"]


class WishState(StrEnum):
    """What became of a request to a compartment."""

    ASKED = "asked"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Next:
    """The state that follows; ``reason`` is a key of the message file where the fleet gives none."""

    state: DeliveryState
    reason: str | None = None


def after(
    state: DeliveryState, stage: MissionStage, leg: int = 0, result: str | None = None, *, goods_in: bool = False
) -> Next:
    """What a delivery becomes when its mission comes to a stage.

    Args:
        state: what it is.
        stage: what the fleet says.
        leg: the leg that is about.
        result: what the robot says of a leg that is done.
        goods_in: the shop has said that the goods are in the robot, whatever the robot says.
    """
    if state in FINAL or state is _S.STRANDED:
        return Next(state)
    if stage in _WITHOUT_GOODS and (state in ON_BOARD or goods_in):
        return Next(_S.STRANDED)
    if state in ON_BOARD and leg == TO_SHOP:
        return Next(state)  # of a leg that is over
    if stage == "leg_done":
        return _after_leg(leg, result, goods_in=goods_in)
    return Next(_WITHOUT_GOODS.get(stage) or _ON_THE_WAY.get((stage, leg), state))


_WITHOUT_GOODS = {"queued": _S.REQUESTED, "canceled": _S.CANCELED, "failed": _S.FAILED, "finished": _S.FAILED}
_ON_THE_WAY: dict[tuple[str, int], DeliveryState] = {
    ("assigned", TO_SHOP): _S.ASSIGNED,
    ("arrived", TO_SHOP): _S.AT_SHOP,
    ("near", TO_RECIPIENT): _S.NEAR,
    ("arrived", TO_RECIPIENT): _S.ARRIVED,
    ("assigned", BACK_TO_SHOP): _S.RETURNING,
    ("near", BACK_TO_SHOP): _S.RETURNING,
    ("arrived", BACK_TO_SHOP): _S.BACK_AT_SHOP,
}


def _after_leg(leg: int, result: str | None, *, goods_in: bool) -> Next:
    ends: dict[tuple[int, str | None], Next] = {
        (TO_SHOP, LOADED): Next(_S.LOADED),
        (TO_RECIPIENT, HANDED_OVER): Next(_S.HANDED_OVER),
        (TO_RECIPIENT, NOT_COLLECTED): Next(_S.RETURNING, "reason.not_collected"),
        (BACK_TO_SHOP, RETURNED): Next(_S.RETURNED),
    }
    if (leg, result) in ends:
        return ends[leg, result]
    if leg == TO_SHOP and not goods_in:
        return Next(_S.FAILED, "reason.not_loaded")
    return Next(_S.STRANDED, "reason.goods_unclear" if leg == TO_SHOP else "reason.not_returned")


def door(state: DeliveryState, wish: WishState | None, *, opens: bool, waits: bool) -> Door:
    """What is to be said of the compartment.

    At the shop the robot opens it by itself, once it has said its sentence and ``waits`` for the goods; for the
    recipient on request.
    """
    if state not in {_S.AT_SHOP, _S.ARRIVED, _S.BACK_AT_SHOP}:
        return "closed"
    if wish is None:
        if state is _S.ARRIVED:
            return "closed"
        return "open" if waits else "opening"
    if wish is WishState.FAILED:
        return "no_answer"
    if opens:
        return "open" if wish is WishState.DONE else "opening"
    return "closing"
