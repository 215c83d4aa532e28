"""The last minute of every robot, kept in memory and stored with an incident."""

import threading
from collections import deque
from datetime import UTC, datetime, timedelta

from gangseo_backend.core.clock import Clock
from gangseo_backend.fleet.live import RobotLive, activity, informations
from gangseo_backend.fleet.public_law import RecordedMoment
from gangseo_backend.fleet.wording import references
from gangseo_protocol import info

KEEP = timedelta(seconds=60)
MOST = 3000
"""Moments of one robot, whatever it sends."""
_EVERY = timedelta(seconds=0.1)
_TOLD_APART = (
    "driving", "paused", "emergency_stop", "operating_mode", "order_id", "last_node_id", "waiting", "errors",
    "activity",
)  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class EventRecorder:
    """The newest moment of each tenth of a second and every change of what it did, for a minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._moments: dict[str, deque[RecordedMoment]] = {}

    def note(self, live: RobotLive) -> None:
        """A robot as it is now."""
        now = self._clock.now()
        with self._lock:
            kept = self._moments.setdefault(live.robot_id, deque(maxlen=MOST))
            moment = _moment(live, now)
            if kept and kept[-1].at <= now and _tenth(kept[-1].at) == _tenth(now) and _alike(kept[-1], moment):
                kept.pop()
            kept.append(moment)
            while kept[0].at < now - KEEP:
                kept.popleft()

    def last(self, robot_id: str) -> list[RecordedMoment]:
        """What was noted of a robot in the last minute, oldest first."""
        since = self._clock.now() - KEEP
        with self._lock:
            return [moment for moment in self._moments.get(robot_id, ()) if moment.at >= since]


def _alike(one: RecordedMoment, other: RecordedMoment) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _TOLD_APART)


def _tenth(at: datetime) -> int:
    return (at - _EPOCH) // _EVERY


def _moment(live: RobotLive, now: datetime) -> RecordedMoment:
    state = live.state
    waiting = next(iter(informations(state, info.WAITING_REASON)), None)
    return RecordedMoment(
        at=now,
        x=live.x,
        y=live.y,
        theta=live.theta,
        speed_mps=live.speed_mps,
        driving=bool(state and state.driving),
        paused=bool(state and state.paused),
        emergency_stop=state.safety_state.active_emergency_stop.value if state else "NONE",
        operating_mode=state.operating_mode.value if state else None,
        order_id=(state.order_id or None) if state else None,
        last_node_id=(state.last_node_id or None) if state else None,
        waiting=waiting.info_descriptor if waiting else None,
        waiting_values=references(waiting) if waiting else {},
        errors=[error.error_type for error in state.errors] if state else [],
        error_values=[references(error) for error in state.errors] if state else [],
        state_of_charge=state.power_supply.state_of_charge if state else None,
        activity=activity(live, now),
    )
