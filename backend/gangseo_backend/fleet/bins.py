"""What a robot's bins hold and take, in litres by stream. Pure."""

from collections.abc import Iterator, Mapping

from gangseo_backend.fleet.live import informations
from gangseo_backend.fleet.wording import references
from gangseo_protocol import info
from gangseo_protocol.vda5050 import State


def litres(state: State | None) -> dict[str, float]:
    """What is in each bin."""
    return {stream: fill * room for stream, fill, room in _bins(state)}


def room(state: State | None) -> dict[str, float]:
    """What each bin takes in all."""
    return {stream: takes for stream, _, takes in _bins(state)}


def taken(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """What came into the bins between two moments without a visit to a depot; streams with nothing are left out."""
    grown = {stream: round(value - before.get(stream, 0.0), 2) for stream, value in after.items()}
    return {stream: value for stream, value in grown.items() if value > 0.0}


def _bins(state: State | None) -> Iterator[tuple[str, float, float]]:
    """Stream, fill 0..1 and litres; a bin that makes no sense is left out."""
    for item in informations(state, info.BIN):
        values = references(item)
        try:
            yield values["stream"], min(1.0, max(0.0, float(values["fill"]))), float(values["capacityLitres"])
        except (KeyError, ValueError):
            continue
