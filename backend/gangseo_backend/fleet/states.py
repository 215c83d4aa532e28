"""Life of an order between fleet and robot."""

from enum import StrEnum


class OrderState(StrEnum):
    """``SENT`` until the robot shows it; the last four are final. ``LOST``: taken from a robot that is silent."""

    SENT = "sent"
    ACCEPTED = "accepted"
    CANCELING = "canceling"
    FINISHED = "finished"
    CANCELED = "canceled"
    FAILED = "failed"
    LOST = "lost"
