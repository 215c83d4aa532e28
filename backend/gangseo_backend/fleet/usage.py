"""What robots did with their time: sums of what was seen of them. Pure."""

import math
from dataclasses import dataclass, field
from datetime import datetime

from gangseo_backend.fleet.live import RobotLive

_LONGEST_S = 5.0
_JUMP_M = 10.0
_JUMP_PERCENT = 5.0
"""No battery loses more between two looks: the robot has restarted and does not know it yet, or another was put in."""


@dataclass(slots=True)
class Usage:
    """Sums of one robot on one day: metres, seconds of the wall clock, per cent of charge."""

    distance_m: float = 0.0
    online_s: float = 0.0
    driving_s: float = 0.0
    busy_s: float = 0.0
    charge_used: float = 0.0

    def add(self, other: "Usage") -> None:
        """Adds up."""
        for name in Usage.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a robot was, and with how much charge."""

    at: datetime
    x: float
    y: float
    charge: float


@dataclass
class UsageMemory:
    """What is not stored yet."""

    seen: dict[str, Sighting] = field(default_factory=dict)
    gathered: dict[tuple[str, str], Usage] = field(default_factory=dict)
    stored_at: datetime | None = None


def between(before: Sighting, live: RobotLive, now: datetime, *, busy: bool) -> Usage:
    """What a robot did since it was seen last; nothing for times it was not seen. Pure."""
    passed_s = (now - before.at).total_seconds()
    if live.x is None or live.y is None or not 0.0 < passed_s <= _LONGEST_S:
        return Usage()
    moved_m = math.hypot(live.x - before.x, live.y - before.y)
    used = max(0.0, before.charge - live.state_of_charge)
    return Usage(
        distance_m=moved_m if moved_m <= _JUMP_M else 0.0,
        online_s=passed_s,
        driving_s=passed_s if live.state is not None and live.state.driving else 0.0,
        busy_s=passed_s if busy else 0.0,
        charge_used=used if used <= _JUMP_PERCENT else 0.0,
    )
