"""The delivery role."""

from gangseo_delivery.steps import CLOSE, DELIVERY_STEPS, OPEN
from gangseo_protocol.actions import COMPARTMENTS, MOST_GOODS_KG
from gangseo_protocol.factsheet import LoadSet
from gangseo_robot.cargo import position
from gangseo_robot.role import Role

DELIVERY = Role(
    DELIVERY_STEPS,
    (
        LoadSet(
            set_name="GOODS",
            load_type="goods",
            load_positions=tuple(position(number) for number in range(1, COMPARTMENTS + 1)),
            maximum_weight=MOST_GOODS_KG,
        ),
    ),
    {"loadGoods": (CLOSE,), "handOver": (OPEN, CLOSE), "returnGoods": (CLOSE,)},
)
