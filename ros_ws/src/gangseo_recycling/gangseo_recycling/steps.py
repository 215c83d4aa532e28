"""Steps of recycling: open and close bins, wait for the resident, unload at the depot."""

import math
from collections.abc import Mapping

from gangseo_protocol.actions import NodeAction, OpenBins, WaitForResident
from gangseo_robot.senses import Senses
from gangseo_robot.steps import CallStep, MakeStep, Step, StepContext, StepReport, StepState, Waiting

SEEN_EMPTY = 0.05
SEEN_WITHIN_S = 5.0
"""A bin whose sensor never says empty does not keep the robot at the depot."""


class WaitStep:
    """Counts down with open bins; goes on counting after a restart."""

    def __init__(self, duration_s: float) -> None:
        self._duration_s = duration_s

    def tick(self, senses: Senses, elapsed_s: float) -> StepReport:  # noqa: ARG002
        """Counts robot time."""
        left_s = math.ceil(max(0.0, self._duration_s - elapsed_s))
        state = StepState.RUNNING if elapsed_s < self._duration_s else StepState.FINISHED
        return StepReport(state, Waiting("waiting.resident", {"seconds": str(left_s)}), remaining_s=float(left_s))

    def stop(self) -> None:
        """Nothing to take back."""


def bins_step(action: NodeAction, context: StepContext) -> Step:
    """Opens or closes the lids; doing it again changes nothing."""
    opened = isinstance(action, OpenBins)
    waiting = Waiting("waiting.opening_bins" if opened else "waiting.closing_bins")
    return CallStep(lambda: context.body.set_bins(opened=opened), waiting, timeout_s=10.0)


def wait_step(action: NodeAction, context: StepContext) -> Step:  # noqa: ARG001
    """Waits for the resident."""
    assert isinstance(action, WaitForResident)  # noqa: S101
    return WaitStep(action.duration_s)


class EmptyingStep:
    """Empties the bins and has done so when they are seen empty: whoever reads the state must not think them full."""

    def __init__(self, call: CallStep) -> None:
        self._call = call
        self._emptied_s: float | None = None

    def tick(self, senses: Senses, elapsed_s: float) -> StepReport:
        """Unloads, then looks."""
        if self._emptied_s is None:
            report = self._call.tick(senses, elapsed_s)
            if report.state is not StepState.FINISHED:
                return report
            self._emptied_s = elapsed_s
        seen = all(level.fill < SEEN_EMPTY for level in senses.bins) or elapsed_s - self._emptied_s > SEEN_WITHIN_S
        return StepReport(StepState.FINISHED if seen else StepState.RUNNING, Waiting("waiting.unloading"))

    def stop(self) -> None:
        """Takes the request back where that means something."""
        self._call.stop()


def unload_step(action: NodeAction, context: StepContext) -> Step:  # noqa: ARG001
    """Empties the bins; emptying empty bins changes nothing."""
    return EmptyingStep(CallStep(context.body.unload, Waiting("waiting.unloading"), timeout_s=60.0))


RECYCLING_STEPS: Mapping[str, MakeStep] = {
    "openBins": bins_step,
    "closeBins": bins_step,
    "waitForResident": wait_step,
    "unload": unload_step,
}
