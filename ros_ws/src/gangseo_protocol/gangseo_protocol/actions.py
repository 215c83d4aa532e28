"""Actions a Gangseo robot knows, as VDA 5050 ``actionType`` with typed parameters.

Node actions do a step of a mission at a node; instant actions act at once.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from gangseo_protocol.base import WireModel
from gangseo_protocol.vda5050 import Action, ActionParameter, BlockingType, InstantAction

Stream = Literal["plastic", "paper", "can", "other"]
STREAMS: tuple[Stream, ...] = ("plastic", "paper", "can", "other")


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


NodeAction = Dock | Say | OpenBins | CloseBins | WaitForResident | Unload | StartCharging | StopCharging
_NODE_ACTION: TypeAdapter[NodeAction] = TypeAdapter(Annotated[NodeAction, Field(discriminator="action_type")])

InstantActionType = Literal[
    "cancelOrder",
    "startPause",
    "stopPause",
    "stateRequest",
    "factsheetRequest",
    "emergencyStop",
    "releaseEmergencyStop",
]


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
