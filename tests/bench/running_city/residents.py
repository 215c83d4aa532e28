"""Residents of a running city, by its HTTP interface; ``tests/e2e`` must be on the path."""

import random

from city_client import OPEN_CALLS, CityClient


class Residents:
    """Call again and again, so that there are always ``count`` open calls or nearly so."""

    def __init__(self, client: CityClient, draw: random.Random, count: int) -> None:
        self._client, self._draw, self._count = client, draw, count
        self._spots = sorted(client.spots)
        self.calls: list[str] = []

    def call_when_free(self) -> None:
        """One call more, unless there are enough."""
        recent = self._client.get("/api/recycling/calls?limit=100")
        busy = [call["spot_id"] for call in recent if call["state"] in OPEN_CALLS]
        if len(busy) < self._count:
            try:
                self.calls.append(self._client.call(self._draw.choice([s for s in self._spots if s not in busy]))["id"])
            except OSError:
                return  # the backend was killed under the request: the resident presses again

    def open(self) -> int:
        """How many calls have not ended."""
        recent = self._client.get("/api/recycling/calls?limit=500")
        return sum(call["state"] in OPEN_CALLS for call in recent)
