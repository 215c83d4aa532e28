"""Shops that send something again and again, and recipients who come to the robot with their PIN."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gangseo_backend.delivery.public import DeliveryCreate
from gangseo_backend.delivery.service import DeliveryService
from gangseo_backend.delivery.sizes import Size
from gangseo_backend.delivery.states import FINAL, DeliveryState
from lockstep.engine import SimEngine

LOOK_EVERY_S = 1.0
MASSES_KG = (1.0, 4.0)
ENDED = frozenset((*FINAL, DeliveryState.STRANDED))


@dataclass
class _Parcel:
    """One delivery under way."""

    shop_id: str
    pin: str
    compartment: int
    told: set[DeliveryState] = field(default_factory=set)


class Deliveries:
    """Every shop sends a parcel, and ``pause_s`` after it has ended the next one, until the last may begin.

    Args:
        service: the fleet's deliveries.
        engine: says what lies in the compartments.
        shops: stations that send.
        spots: where recipients wait.
        until_s: moment after which nobody sends any more, on ``engine``'s clock.
        wake: tells the fleet that something changed.
        asked: told of each delivery, with moment and spot.
    """

    def __init__(
        self,
        service: DeliveryService,
        engine: SimEngine,
        shops: Sequence[str],
        spots: Sequence[str],
        until_s: float,
        wake: Callable[[], None],
        asked: Callable[[float, str, str, str], None],
        *,
        pause_s: float = 60.0,
        seed: int = 1,
    ) -> None:
        self._service, self._engine, self._spots = service, engine, tuple(spots)
        self._until_s, self._pause_s, self._wake, self._asked = until_s, pause_s, wake, asked
        self._chance = random.Random(f"deliveries {seed}")
        begin_s = engine.time_s
        self._due_s = {shop: begin_s + self._chance.uniform(5.0, pause_s) for shop in shops}
        self._parcels: dict[str, _Parcel] = {}
        self._looked_at_s = -1e9
        self._made = 0

    @property
    def over(self) -> bool:
        """Whether nothing is under way and nothing will be sent."""
        return not self._parcels and all(due_s > self._until_s for due_s in self._due_s.values())

    def look(self) -> None:
        """What shops and recipients do now; once a second is enough."""
        now_s = self._engine.time_s
        if now_s - self._looked_at_s < LOOK_EVERY_S - 1e-6:
            return
        self._looked_at_s = now_s
        for shop_id, due_s in self._due_s.items():
            if due_s <= now_s and due_s <= self._until_s:
                self._send(shop_id, now_s)
        for delivery_id, parcel in list(self._parcels.items()):
            self._attend(delivery_id, parcel, now_s)

    def _send(self, shop_id: str, now_s: float) -> None:
        self._made += 1
        spot_id = self._chance.choice(self._spots)
        order = DeliveryCreate(
            request_id=f"lockstep-{self._made:05d}", spot_id=spot_id, goods="김밥 2줄",
            mass_kg=round(self._chance.uniform(*MASSES_KG), 1), size=Size.SMALL, recipient=None,
        )  # fmt: skip
        made = self._service.shops.create(shop_id, order)
        compartment = self._service.operators.delivery(made.delivery.id).compartment
        self._parcels[made.delivery.id] = _Parcel(shop_id, made.pin, compartment)
        self._due_s[shop_id] = float("inf")
        self._asked(now_s, made.delivery.id, spot_id, "deliver")
        self._wake()

    def _attend(self, delivery_id: str, parcel: _Parcel, now_s: float) -> None:
        seen = self._service.recipients.follow(delivery_id)
        if seen.state in ENDED:
            del self._parcels[delivery_id]
            self._due_s[parcel.shop_id] = now_s + self._pause_s
        elif seen.state in parcel.told:
            return
        elif seen.state is DeliveryState.AT_SHOP and seen.robot_id and self._laden(seen.robot_id, parcel.compartment):
            self._service.shops.goods_in(parcel.shop_id, delivery_id)
            parcel.told.add(seen.state)
            self._wake()
        elif seen.state is DeliveryState.ARRIVED:
            self._service.recipients.open(delivery_id, parcel.pin)
            parcel.told.add(seen.state)
            self._wake()

    def _laden(self, robot_id: str, compartment: int) -> bool:
        return self._engine.robot(robot_id).goods_kg[compartment - 1] > 0.0
