"""The recycling role."""

from gangseo_protocol.actions import STREAMS
from gangseo_protocol.factsheet import LoadSet
from gangseo_recycling.steps import RECYCLING_STEPS
from gangseo_robot.role import Role

FULL_BIN_KG = 6.0
"""40 litres of recyclables."""

RECYCLING = Role(
    RECYCLING_STEPS,
    (LoadSet(set_name="RECYCLABLES", load_type="recyclables", load_positions=STREAMS, maximum_weight=FULL_BIN_KG),),
)
