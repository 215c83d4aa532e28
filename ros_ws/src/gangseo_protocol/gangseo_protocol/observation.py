"""What a robot saw at a point of a patrol, and the backend's word that it has it. Not part of VDA 5050.

The robot repeats an observation until it is received, so that a lost link or a killed process loses none;
whoever receives it knows a repeat by its id.
"""

import base64
import binascii
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer

from gangseo_protocol.base import Timestamp, WireModel

LARGEST_PICTURE_BYTES = 200_000


def _from_base64(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError(f"is not base64 (RFC 4648 section 4): {error}") from error


def _to_base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


Jpeg = Annotated[
    bytes,
    Field(min_length=4, max_length=LARGEST_PICTURE_BYTES),
    BeforeValidator(_from_base64),
    PlainSerializer(_to_base64, return_type=str, when_used="json"),
]
"""A JPEG file; base64 on the wire."""
ObservationId = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
"""UUIDv7: made once by the robot, the same in every repeat."""


class Observation(WireModel):
    """From robot to backend. ``taken_at`` is wall UTC; None is not known, or there was no camera."""

    observation_id: ObservationId
    round_id: str = Field(min_length=1, max_length=64)
    point_id: str = Field(min_length=1, max_length=64)
    taken_at: Timestamp
    people_seen: int | None = Field(default=None, ge=0, le=10_000)
    jpeg: Jpeg | None = None


class ObservationReceived(WireModel):
    """From backend to robot: this one need not be sent again. ``refused`` says why it was not kept."""

    observation_id: ObservationId
    refused: str | None = None
