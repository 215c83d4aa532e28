"""Tells the stream when something about an open round is new."""

import threading
from datetime import datetime

from gangseo_backend.core.live import LiveMissions, MissionLive
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.texts import KeyedText
from gangseo_backend.recycling.round_models import StopRow
from gangseo_backend.recycling.round_public import CollectionMessage


class RoundBoard:
    """Knows the missions of open stops and what they last waited for."""

    def __init__(self, hub: StreamHub, live: LiveMissions) -> None:
        self._hub = hub
        self._lock = threading.Lock()
        self._rounds: dict[str, str] = {}
        self._known: dict[str, tuple[KeyedText | None, datetime | None]] = {}
        live.watch(self._on_live)

    def put(self, stop: StopRow) -> None:
        """A stop was made or changed."""
        with self._lock:
            if stop.mission_id is not None and stop.open:
                self._rounds[stop.mission_id] = stop.round_id
            elif stop.mission_id is not None:
                self._rounds.pop(stop.mission_id, None)
                self._known.pop(stop.mission_id, None)
        self.changed(stop.round_id)

    def changed(self, round_id: str) -> None:
        """A round is to be read again."""
        message = CollectionMessage(round_id=round_id)
        self._hub.changed(f"collection_round:{round_id}", lambda: message)

    def _on_live(self, mission_id: str, live: MissionLive) -> None:
        told = (live.waiting, live.expected_at)
        with self._lock:
            round_id = self._rounds.get(mission_id)
            if round_id is None or self._known.get(mission_id) == told:
                return
            self._known[mission_id] = told
        self.changed(round_id)
