"""Open calls in memory with what moves too fast for the database, shown on the stream."""

import threading
from typing import Literal

from pydantic import BaseModel

from gangseo_backend.core.access import Holder
from gangseo_backend.core.live import LiveMissions, MissionLive, RobotPositionMessage
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.recycling.models import CallRow
from gangseo_backend.recycling.public import CallPublic, CallState
from gangseo_protocol.site import Spot


class CallMessage(BaseModel):
    """The call's frame on the stream."""

    type: Literal["call"] = "call"
    call: CallPublic


class CallBoard:
    """Joins stored calls with live missions."""

    def __init__(self, hub: StreamHub, live: LiveMissions, spots: dict[str, Spot]) -> None:
        self._hub = hub
        self._live = live
        self._spots = spots
        self._lock = threading.Lock()
        self._open: dict[str, CallRow] = {}
        live.watch(self._on_live)

    def put(self, row: CallRow) -> None:
        """A call was made or changed."""
        with self._lock:
            if row.open:
                self._open[row.id] = row
            else:
                self._open.pop(row.id, None)
        message = None if row.open else CallMessage(call=self.public(row))
        self._hub.changed(
            f"call:{row.id}",
            lambda: message or CallMessage(call=self.public(row)),
            reader=(Holder.SPOT, row.spot_id),
        )

    def _on_live(self, mission_id: str, live: MissionLive) -> None:
        with self._lock:
            row = next((row for row in self._open.values() if row.mission_id == mission_id), None)
        if row is None:
            return
        self.put(row)
        if live.robot_id is None or live.x is None or live.y is None:
            return
        message = RobotPositionMessage(robot_id=live.robot_id, x=live.x, y=live.y, eta_s=live.eta_s)
        self._hub.changed(
            f"robot_position:{row.id}", lambda: message, reader=(Holder.SPOT, row.spot_id), accounts=False
        )

    def public(self, row: CallRow) -> CallPublic:
        """The call as people see it."""
        spot = self._spots.get(row.spot_id)
        name = LocalText(ko=spot.name.ko, en=spot.name.en) if spot else LocalText(ko=row.spot_id, en=row.spot_id)
        live = (self._live.get(row.mission_id) if row.mission_id and row.open else None) or MissionLive()
        return CallPublic(
            id=row.id,
            spot_id=row.spot_id,
            spot_name=name,
            state=row.state,
            queue_position=live.queue_position if row.state is CallState.QUEUED else None,
            reason=_reason(row) or live.waiting,
            robot_id=row.robot_id,
            robot_name=_robot_name(row),
            eta_s=live.eta_s if row.state is CallState.ASSIGNED else None,
            countdown_s=live.countdown_s if row.state is CallState.ARRIVED else None,
            mission_id=row.mission_id,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )


def _robot_name(row: CallRow) -> LocalText | None:
    if row.robot_name_ko is None or row.robot_name_en is None:
        return None
    return LocalText(ko=row.robot_name_ko, en=row.robot_name_en)


def _reason(row: CallRow) -> KeyedText | None:
    if row.reason_key is None:
        return None
    return KeyedText(key=row.reason_key, ko=row.reason_ko or "", en=row.reason_en or "")
