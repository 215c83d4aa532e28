"""How long a robot will be busy at the place of its mission."""

from collections.abc import Sequence

from gangseo_backend.fleet.models import StepRow
from gangseo_backend.fleet.public import StepState

_USUAL_S = {
    "say": 4.0, "openBins": 2.0, "waitForResident": 30.0, "closeBins": 2.0, "dock": 12.0, "unload": 3.0,
    "loadGoods": 60.0, "handOver": 90.0, "returnGoods": 60.0, "observe": 5.0,
}  # fmt: skip
_UP_TO = {"loadGoods", "handOver", "returnGoods"}
"""Their duration is the longest, not the usual."""
_OPEN = {StepState.WAITING, StepState.RUNNING}


def work_left_s(steps: Sequence[StepRow], countdown_s: float | None = None) -> float:
    """Robot seconds of the steps that are still to be done, without the drives between them.

    Args:
        steps: of one mission or one of its legs.
        countdown_s: what the robot says of the waiting it is at.
    """
    left_s = 0.0
    for step in steps:
        if step.state not in _OPEN or step.kind not in _USUAL_S:
            continue
        usual_s = _USUAL_S[step.kind]
        if step.kind not in _UP_TO:
            usual_s = float(step.parameters.get("duration_s", usual_s))
        counting = step.kind == "waitForResident" and countdown_s is not None
        left_s += countdown_s if counting and countdown_s is not None else usual_s
    return left_s
