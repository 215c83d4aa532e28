"""Areas with rules, and the answers to requests to enter them."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from gangseo_protocol.base import Timestamp, WireModel
from gangseo_protocol.vda5050.common import Header


class Vertex(WireModel):
    """A corner of a zone."""

    x: float
    y: float


ZoneType = Literal[
    "BLOCKED", "LINE_GUIDED", "RELEASE", "COORDINATED_REPLANNING", "SPEED_LIMIT",
    "ACTION", "PRIORITY", "PENALTY", "DIRECTED", "BIDIRECTED",
]  # fmt: skip


class Zone(WireModel):
    """An area with a rule; RELEASE needs a grant before entering."""

    zone_id: str
    zone_type: ZoneType
    zone_descriptor: str | None = None
    vertices: tuple[Vertex, ...] = Field(min_length=3)
    maximum_speed: float | None = None
    release_loss_behavior: Literal["STOP", "CONTINUE", "EVACUATE"] | None = None

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        if self.zone_type == "RELEASE" and self.release_loss_behavior is None:
            raise ValueError("a RELEASE zone needs releaseLossBehavior")
        if self.zone_type == "SPEED_LIMIT" and self.maximum_speed is None:
            raise ValueError("a SPEED_LIMIT zone needs maximumSpeed")
        return self


class ZoneSet(WireModel):
    """All zones of one map."""

    map_id: str
    zone_set_id: str
    zone_set_descriptor: str | None = None
    zones: tuple[Zone, ...]


class ZoneSetMessage(Header):
    """The zone set the fleet gives a robot."""

    zone_set: ZoneSet


class GrantType(StrEnum):
    """Answer of the fleet to a zone or edge request."""

    GRANTED = "GRANTED"
    QUEUED = "QUEUED"
    REVOKED = "REVOKED"
    REJECTED = "REJECTED"


class Response(WireModel):
    """One answer; a granted one may end at ``lease_expiry``."""

    request_id: str
    grant_type: GrantType
    lease_expiry: Timestamp | None = None


class Responses(Header):
    """Answers to requests of the state message."""

    responses: tuple[Response, ...]
