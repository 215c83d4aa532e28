"""How long a robot will be busy at the place of its mission."""

from collections.abc import Mapping, Sequence
from typing import Any

from gangseo_backend.fleet.models import StepRow
from gangseo_backend.fleet.public import StepState

_USUAL_S = {
    "say": 4.0, "openBins": 2.0, "waitForResident": 30.0, "closeBins": 2.0, "dock": 12.0, "unload": 3.0,
    "loadGoods": 60.0, "handOver": 90.0, "returnGoods": 60.0, "observe": 5.0,
}  # fmt: skip
_UP_TO = {"loadGoods", "handOver", "returnGoods"}
"""Their duration is the longest, not the usual."""
NOTHING_SAID: Mapping[str, Any] = {}
_OPEN = {StepState.WAITING, StepState.RUNNING}


def work_left_s(steps: Sequence[StepRow], countdown_s: float | None = None) -> float:
    """Robot seconds of the steps that are still to be done, without the drives between them.

    Args:
        steps: of one mission or one of its legs.
        countdown_s: what the robot says of the waiting it is at.
    """
    left_s = 0.0
    for step in steps:
        if step.state not in _OPEN:
            continue
        counting = step.kind == "waitForResident" and countdown_s is not None
        left_s += countdown_s if counting and countdown_s is not None else usual_s(step.kind, step.parameters)
    return left_s


def usual_s(kind: str, parameters: Mapping[str, Any] = NOTHING_SAID) -> float:
    """Robot seconds that a step of this kind usually takes; 0 for a drive."""
    usual = _USUAL_S.get(kind, 0.0)
    return usual if kind in _UP_TO or kind not in _USUAL_S else float(parameters.get("duration_s", usual))
