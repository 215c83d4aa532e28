"""Driving by hand over the wire: what a message says, how long it counts, and which one comes too late. Pure.

Not part of VDA 5050: its own topic, quality of service 0, because a word about the wheels is worth nothing later.
"""

from pydantic import Field

from gangseo_protocol.base import Timestamp, WireModel
from gangseo_protocol.topics import MANUFACTURER

LEASE_S = 15.0
"""A person who is not heard for this long no longer holds the robot: it stands until somebody decides."""
RENEW_S = 5.0
DEAD_MAN_S = 0.25
"""Without a fresh word for this long the wheels are told to stop; with one control cycle (0.05 s) that is 0.3 s."""
LATE_S = 0.2
"""A word that took this much longer than the quickest one is not obeyed: it says what was wanted a while ago."""
SEND_S, LEAST_S = 0.1, 0.045
"""How often people's wishes are sent while they press, and the least time between two."""
HAND_MPS, HAND_BACK_MPS, HAND_RADPS = 1.0, 0.5, 0.8
"""How fast a robot drives by hand at most: who steers sees it late and from afar."""
DRIFT = 0.001
"""Seconds by which two clocks may part in a second."""


def drive_topic(serial_number: str) -> str:
    """Full topic, such as ``gangseo/v1/robot_01/drive``."""
    return f"{MANUFACTURER}/v1/{serial_number}/drive"


class DriveMessage(WireModel):
    """What the holder of a lease wants of the wheels now (m/s, rad/s); without ``v`` and ``w`` it only renews."""

    lease_id: str = Field(min_length=1, max_length=64)
    sequence: int = Field(ge=0)
    sent_at: Timestamp
    v: float | None = Field(default=None, ge=-HAND_BACK_MPS, le=HAND_MPS)
    w: float | None = Field(default=None, ge=-HAND_RADPS, le=HAND_RADPS)


class Freshness:
    """Tells which messages of one sender still count, whatever its clock shows.

    The quickest message so far shows the clocks' difference; how much longer another one took is its delay.
    """

    def __init__(self) -> None:
        self._sequence = -1
        self._quickest_s: float | None = None
        self._heard_s = 0.0

    def delay_s(self, sequence: int, sent_s: float, received_s: float) -> float | None:
        """Seconds a message took beyond the quickest one; None for one that is no newer than the last.

        Args:
            sequence: number of the message, rising.
            sent_s: by the sender's clock.
            received_s: by ours.
        """
        if sequence <= self._sequence:
            return None
        took_s = received_s - sent_s
        if self._quickest_s is not None:
            self._quickest_s += DRIFT * (received_s - self._heard_s)
        self._quickest_s = took_s if self._quickest_s is None else min(self._quickest_s, took_s)
        self._sequence, self._heard_s = sequence, received_s
        return took_s - self._quickest_s
