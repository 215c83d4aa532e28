"""Actions a Gangseo robot knows, as VDA 5050 ``actionType`` with typed parameters.

Node actions do a step of a mission at a node; instant actions act at once.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter

from gangseo_protocol.base import WireModel
from gangseo_protocol.vda5050 import Action, ActionParameter, BlockingType, InstantAction

Stream = Literal["plastic", "paper", "can", "other"]
STREAMS: tuple[Stream, ...] = ("plastic", "paper", "can", "other")
COMPARTMENTS = 4
MOST_GOODS_KG = 60.0
"""What one compartment takes."""


class Dock(WireModel):
    """Drive precisely to a charger or depot pose known by ``station_id``."""

    action_type: Literal["dock"] = "dock"
    station_id: str


class Say(WireModel):
    """Speak one sentence of the robot's message file."""

    action_type: Literal["say"] = "say"
    text_key: str
    language: Literal["ko", "en"] = "ko"


class OpenBins(WireModel):
    """Open the lids."""

    action_type: Literal["openBins"] = "openBins"


class CloseBins(WireModel):
    """Close the lids."""

    action_type: Literal["closeBins"] = "closeBins"


class WaitForResident(WireModel):
    """Wait with open bins and count down; seconds of robot time."""

    action_type: Literal["waitForResident"] = "waitForResident"
    duration_s: float = Field(default=30.0, gt=0, le=600)


class Unload(WireModel):
    """Empty all bins at a depot."""

    action_type: Literal["unload"] = "unload"


class StartCharging(WireModel):
    """Begin charging at the charger the robot stands on (VDA 5050 predefined); ends at once, charging goes on."""

    action_type: Literal["startCharging"] = "startCharging"


class StopCharging(WireModel):
    """End charging and undock (VDA 5050 predefined)."""

    action_type: Literal["stopCharging"] = "stopCharging"


class Goods(WireModel):
    """What the actions of a delivery share: whose goods, where on the robot, and how long people may take."""

    delivery_id: str = Field(min_length=1, max_length=64)
    compartment: int = Field(ge=1, le=COMPARTMENTS)
    duration_s: float = Field(default=300.0, gt=0, le=3600)


class LoadGoods(Goods):
    """Open a compartment and wait until the shop has put the goods in (instant action ``closeCompartment``).

    Results: LOADED, NOT_LOADED.
    """

    action_type: Literal["loadGoods"] = "loadGoods"
    mass_kg: float = Field(gt=0, le=MOST_GOODS_KG)


class HandOver(Goods):
    """Wait until the recipient may have the goods (``openCompartment``), and until they took them.

    Results: HANDED_OVER, NOT_COLLECTED.
    """

    action_type: Literal["handOver"] = "handOver"


class ReturnGoods(Goods):
    """Open a compartment at the shop and wait until the goods are out (``closeCompartment``).

    Results: RETURNED, NOT_RETURNED.
    """

    action_type: Literal["returnGoods"] = "returnGoods"


class Observe(WireModel):
    """Look round at a point of a patrol. Result: OBSERVED. ``round_id`` is told with what is seen."""

    action_type: Literal["observe"] = "observe"
    round_id: str = Field(min_length=1, max_length=64)
    point_id: str = Field(min_length=1, max_length=64)
    duration_s: float = Field(default=5.0, gt=0, le=120)


LOADED, NOT_LOADED = "loaded", "not_loaded"
HANDED_OVER, NOT_COLLECTED = "handed_over", "not_collected"
RETURNED, NOT_RETURNED = "returned", "not_returned"
OBSERVED = "observed"
MOVED_BY_HAND = "moved_by_hand"
"""Result of an action that was dropped, because people had driven the robot too far away for it."""
RESULTS: Mapping[str, tuple[str, ...]] = {
    "loadGoods": (LOADED, NOT_LOADED),
    "handOver": (HANDED_OVER, NOT_COLLECTED),
    "returnGoods": (RETURNED, NOT_RETURNED),
    "observe": (OBSERVED,),
}
"""What an action that has finished may say in ``actionResult``."""

NodeAction = (
    Dock | Say | OpenBins | CloseBins | WaitForResident | Unload | StartCharging | StopCharging
    | LoadGoods | HandOver | ReturnGoods | Observe
)  # fmt: skip
NODE_ACTIONS: Mapping[str, type[NodeAction]] = {
    kind.model_fields["action_type"].default: kind for kind in get_args(NodeAction)
}
_NODE_ACTION: TypeAdapter[NodeAction] = TypeAdapter(Annotated[NodeAction, Field(discriminator="action_type")])

InstantActionType = Literal[
    "cancelOrder",
    "startPause",
    "stopPause",
    "stateRequest",
    "factsheetRequest",
    "emergencyStop",
    "releaseEmergencyStop",
    "fleetEmergencyStop",
    "releaseFleetEmergencyStop",
    "startTakeover",
    "endTakeover",
    "openCompartment",
    "closeCompartment",
]
"""``openCompartment`` and ``closeCompartment`` name a ``deliveryId``: somebody may take the goods, or has done.

``fleetEmergencyStop`` is a switch of its own beside ``emergencyStop``: each is released by its own action.
``startTakeover``: its ``actionId`` is the lease, and it is RUNNING while the lease holds; FAILED: nobody renewed it.
``endTakeover`` names the lease it ends in ``leaseId``.
"""


def to_action(action: NodeAction, action_id: str, blocking_type: BlockingType = BlockingType.HARD) -> Action:
    """The VDA 5050 form of a node action."""
    values = action.to_wire()
    action_type = values.pop("actionType")
    parameters = tuple(ActionParameter(key=key, value=value) for key, value in values.items())
    return Action(
        action_type=action_type,
        action_id=action_id,
        blocking_type=blocking_type,
        action_parameters=parameters or None,
    )


def parse_action(action: Action | InstantAction) -> NodeAction:
    """The typed node action behind a VDA 5050 action.

    Raises pydantic.ValidationError for an unknown type or wrong parameters.
    """
    values: dict[str, object] = {p.key: p.value for p in action.action_parameters or ()}
    values["actionType"] = action.action_type
    return _NODE_ACTION.validate_python(values)
