"""What a robot does for a delivery."""

from typing import Literal, cast

from gangseo_backend.core.domain_events import Leg, Work
from gangseo_backend.delivery.models import DeliveryRow
from gangseo_protocol.actions import LOADED, NOT_COLLECTED, HandOver, LoadGoods, ReturnGoods, Say

LOAD_S = 300.0
HAND_OVER_S = 600.0
RETURN_S = 600.0


def legs(row: DeliveryRow, shop_node_id: str, spot_node_id: str) -> tuple[Leg, ...]:
    """To the shop, to the recipient, and back when nobody takes the goods; seconds of robot time."""
    language = cast("Literal['ko', 'en']", row.language)
    number = row.compartment
    load = LoadGoods(delivery_id=row.id, compartment=number, mass_kg=row.mass_kg, duration_s=LOAD_S)
    hand_over = HandOver(delivery_id=row.id, compartment=number, duration_s=HAND_OVER_S)
    give_back = ReturnGoods(delivery_id=row.id, compartment=number, duration_s=RETURN_S)

    def says(key: str) -> Work:
        return Work.of(Say(text_key=key, language=language))

    return (
        Leg(node_id=shop_node_id, work=(says("delivery.at_shop"), Work.of(load))),
        Leg(
            node_id=spot_node_id, work=(says("delivery.arrived"), Work.of(hand_over)), only_after=LOADED, goods=True
        ),
        Leg(
            node_id=shop_node_id, work=(says("delivery.back_at_shop"), Work.of(give_back)), only_after=NOT_COLLECTED,
            goods=True, after_cancel=True,
        ),
    )  # fmt: skip
