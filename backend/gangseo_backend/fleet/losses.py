"""Robots that have lost their navigation or a sensor: how long, how often, and until when they get no work."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gangseo_backend.fleet.policy import Policy
from gangseo_protocol import info
from gangseo_protocol.vda5050 import ErrorLevel, State

_PARTS = {info.NAVIGATION_LOST: "navigation_lost", info.SENSOR_LOST: "sensor_lost"}
_SERIOUS = {ErrorLevel.URGENT, ErrorLevel.CRITICAL, ErrorLevel.FATAL}
_DOUBLINGS = 4
_FORGET_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss of one robot; ``handed_on`` counts the losses in a row that took the robot's work from it."""

    kind: str
    since: datetime
    gone_at: datetime | None = None
    told: bool = False
    handed_on: int = 0


def lost_part(state: State | None) -> str | None:
    """``navigation_lost`` or ``sensor_lost`` when the robot says so in earnest."""
    for error in state.errors if state is not None else ():
        if error.error_type in _PARTS and error.error_level in _SERIOUS:
            return _PARTS[error.error_type]
    return None


def after(loss: Loss | None, kind: str | None, now: datetime) -> Loss | None:
    """The loss as it is after a look at the robot; None once all is well and forgotten."""
    if kind is not None:
        if loss is None or loss.gone_at is not None:
            return Loss(kind, now, handed_on=loss.handed_on if loss else 0)
        return replace(loss, kind=kind)
    if loss is None or (loss.gone_at is not None and now - loss.gone_at > _FORGET_AFTER):
        return None
    return loss if loss.gone_at is not None else replace(loss, gone_at=now)


def is_lasting(loss: Loss | None, policy: Policy, now: datetime) -> bool:
    """Whether the robot has had its time to recover by itself."""
    return loss is not None and loss.gone_at is None and (now - loss.since).total_seconds() > policy.lost_after_s


def gets_no_work(loss: Loss | None, policy: Policy, now: datetime) -> bool:
    """Whether the robot is left alone: while it is lost, and a little longer each time it failed its work.

    The error may have gone only because the order it was about was canceled.
    """
    if loss is None:
        return False
    if loss.gone_at is None:
        return True
    if loss.handed_on == 0:
        return False
    rest_s = policy.lost_rest_s * 2.0 ** min(loss.handed_on - 1, _DOUBLINGS)
    return (now - loss.gone_at).total_seconds() < rest_s
