"""Steps of delivery: goods are put in at the shop, handed over to the recipient, or taken back at the shop.

All three are one compartment with a person at it. What people said is in the journal, whose goods lie where too, and
everything else is seen: a step made anew goes on where the last one was.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from gangseo_delivery.lid import Lid
from gangseo_protocol.actions import (
    HANDED_OVER,
    LOADED,
    NOT_COLLECTED,
    NOT_LOADED,
    NOT_RETURNED,
    RETURNED,
    HandOver,
    LoadGoods,
    NodeAction,
    ReturnGoods,
    Say,
)
from gangseo_robot.cargo import Parcel, holds_goods
from gangseo_robot.senses import Senses
from gangseo_robot.steps import MakeStep, SayStep, Step, StepContext, StepReport, StepState, Waiting

OPEN, CLOSE = "openCompartment", "closeCompartment"
TAKING_S = 60.0
"""So long a compartment stays open for the recipient."""
DOUBT_S = 10.0
"""Somebody who says it is done while the scale says otherwise gets this long to do it."""
EMPTY_FOR_S = 5.0
"""A compartment seen empty for so long has been emptied, whether or not anybody says so."""


@dataclass(frozen=True, slots=True)
class Manner:
    """In what the three differ."""

    done: str
    undone: str
    sentence: str
    waiting: str
    doubting: str
    fills: bool
    """Goods are put in; otherwise they are taken out."""
    on_word: bool = False
    """Opens when somebody may have the goods, and for a limited time."""


LOADING = Manner(LOADED, NOT_LOADED, "delivery.load", "waiting.goods", "waiting.goods_not_seen", fills=True)
HANDING_OVER = Manner(
    HANDED_OVER, NOT_COLLECTED, "delivery.take", "waiting.goods_taken", "waiting.goods_still_seen", fills=False,
    on_word=True,
)  # fmt: skip
RETURNING = Manner(
    RETURNED, NOT_RETURNED, "delivery.take_back", "waiting.goods_taken", "waiting.goods_still_seen", fills=False
)


class GoodsStep:
    """Opens a compartment, waits for the person at it, closes it, and says how it ended."""

    def __init__(self, manner: Manner, action: LoadGoods | HandOver | ReturnGoods, context: StepContext) -> None:
        self._manner, self._action, self._context = manner, action, context
        self._announced_kg = action.mass_kg if isinstance(action, LoadGoods) else 0.0
        self._values = {"compartment": str(action.compartment)}
        self._lid = Lid(context, action.compartment, self._announced_kg)
        said = replace(context, text_values=self._values)
        self._sentence = SayStep(Say(text_key=manner.sentence), said)
        self._begun = self._closing = False
        self._empty_since_s: float | None = None

    def tick(self, senses: Senses, elapsed_s: float) -> StepReport:
        """Goes on from what has been said and what is seen."""
        if not self._begun:
            known = self._begin(senses)
            if known is not None:
                return known
            self._begun = True
        opened_s = self._context.heard().get(OPEN) if self._manner.on_word else 0.0
        if opened_s is None:
            left_s = self._action.duration_s - elapsed_s
            if left_s > 0.0:
                return self._waits("waiting.recipient", left_s)
            return self._close(senses, elapsed_s)
        left_s = opened_s + (TAKING_S if self._manner.on_word else self._action.duration_s) - elapsed_s
        self._closing = self._closing or self._is_over(senses, elapsed_s, left_s)
        if self._closing:
            return self._close(senses, elapsed_s)
        return self._hold_open(senses, elapsed_s, left_s)

    def stop(self) -> None:
        """The lid stays as it is."""
        self._lid.stop()

    # --- before ---

    def _begin(self, senses: Senses) -> StepReport | None:
        """What is known from before: a result already reached, or why it cannot be done."""
        action, cargo = self._action, self._context.cargo
        parcel = cargo.find(action.delivery_id)
        if parcel is None and not self._manner.fills:
            return self._failed(f"delivery {action.delivery_id} is not on board")
        if parcel is not None and parcel.result == self._manner.done:
            return StepReport(StepState.FINISHED, self._waiting(self._manner.waiting, 0.0), parcel.result)
        if parcel is not None and not parcel.on_board:
            return self._failed(f"delivery {action.delivery_id} has left the robot: {parcel.result}")
        if parcel is not None and parcel.compartment != action.compartment:
            return self._failed(f"delivery {action.delivery_id} is in compartment {parcel.compartment}")
        others = [
            each.load_id or "goods of nobody known"
            for each in cargo.aboard(senses)
            if each.compartment == action.compartment and each.load_id != action.delivery_id
        ]
        if others:
            return self._failed(f"compartment {action.compartment} holds {others[0]}")
        if parcel is None:
            cargo.note(Parcel(action.delivery_id, action.compartment, self._announced_kg))
        return None

    def _failed(self, reason: str) -> StepReport:
        return StepReport(StepState.FAILED, self._waiting(self._manner.waiting, 0.0), reason)

    # --- meanwhile ---

    def _hold_open(self, senses: Senses, elapsed_s: float, left_s: float) -> StepReport:
        report = self._lid.move(senses, elapsed_s, opened=True)
        if report.state is not StepState.FINISHED:
            return replace(report, remaining_s=math.ceil(left_s))
        self._sentence.tick(senses, elapsed_s)
        doubting = CLOSE in self._context.heard()
        return self._waits(self._manner.doubting if doubting else self._manner.waiting, left_s)

    def _is_over(self, senses: Senses, elapsed_s: float, left_s: float) -> bool:
        seen, said_s = self._seen_done(senses), self._context.heard().get(CLOSE)
        if self._manner.fills or not seen:
            self._empty_since_s = None
        elif self._empty_since_s is None:
            self._empty_since_s = elapsed_s
        if left_s <= 0.0:
            return True
        if said_s is not None:
            return seen is not False or elapsed_s - said_s >= DOUBT_S
        return self._empty_since_s is not None and elapsed_s - self._empty_since_s >= EMPTY_FOR_S

    def _seen_done(self, senses: Senses) -> bool | None:
        """Whether the scale says that it is done; None where it cannot tell."""
        parcel = self._context.cargo.find(self._action.delivery_id)
        held = holds_goods(senses, self._action.compartment, parcel.mass_kg if parcel else math.inf)
        return held if self._manner.fills or held is None else not held

    # --- after ---

    def _close(self, senses: Senses, elapsed_s: float) -> StepReport:
        report = self._lid.move(senses, elapsed_s, opened=False)
        if report.state is not StepState.FINISHED:
            return report
        seen, said = self._seen_done(senses), CLOSE in self._context.heard()
        done = said and seen is not False if self._manner.fills else seen or (said and seen is None)
        result = self._manner.done if done else self._manner.undone
        self._note(senses, result)
        return StepReport(StepState.FINISHED, report.waiting, result)

    def _note(self, senses: Senses, result: str) -> None:
        """Remembers whose goods are where now, before the result is told."""
        cargo = self._context.cargo
        parcel = cargo.find(self._action.delivery_id)
        if parcel is None:
            return
        if result == self._manner.done:
            cargo.note(replace(parcel, result=result, on_board=self._manner.fills))
        elif self._manner.fills and not holds_goods(senses, parcel.compartment, parcel.mass_kg):
            cargo.drop(parcel.load_id)

    # --- words ---

    def _waits(self, key: str, left_s: float) -> StepReport:
        return StepReport(StepState.RUNNING, self._waiting(key, left_s), remaining_s=math.ceil(left_s))

    def _waiting(self, key: str, left_s: float) -> Waiting:
        return Waiting(key, {**self._values, "seconds": str(math.ceil(left_s))})


def goods_step(manner: Manner, action: NodeAction, context: StepContext) -> Step:
    """The step of one of the three actions."""
    assert isinstance(action, LoadGoods | HandOver | ReturnGoods)  # noqa: S101
    return GoodsStep(manner, action, context)


DELIVERY_STEPS: Mapping[str, MakeStep] = {
    "loadGoods": partial(goods_step, LOADING),
    "handOver": partial(goods_step, HANDING_OVER),
    "returnGoods": partial(goods_step, RETURNING),
}
