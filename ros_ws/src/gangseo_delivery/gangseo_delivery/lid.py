"""The lid of one compartment: moved by the body, then seen to have moved."""

from gangseo_robot.senses import Senses
from gangseo_robot.steps import CallStep, StepContext, StepReport, StepState, Waiting

MOVED_WITHIN_S = 10.0
SEEN_WITHIN_S = 5.0
"""A lid whose sensor never says so counts as moved then."""


class Lid:
    """Asking for what is so already changes nothing, so that any moment is a good one to start over."""

    def __init__(self, context: StepContext, number: int, announced_kg: float = 0.0) -> None:
        """``announced_kg`` is what is to be put in when it opens."""
        self._body, self._number, self._announced_kg = context.body, number, announced_kg
        self._wanted: bool | None = None
        self._call: CallStep | None = None
        self._moved_s: float | None = None

    def move(self, senses: Senses, elapsed_s: float, *, opened: bool) -> StepReport:
        """Goes on; FINISHED while the lid is as wanted."""
        key = "waiting.opening_compartment" if opened else "waiting.closing_compartment"
        waiting = Waiting(key, {"compartment": str(self._number)})
        if self._call is None or self._wanted is not opened:
            self.stop()
            self._wanted, self._moved_s = opened, None
            self._call = CallStep(
                lambda: self._body.set_compartment(
                    self._number, opened=opened, announced_kg=self._announced_kg if opened else 0.0
                ),
                waiting,
                timeout_s=MOVED_WITHIN_S,
            )
        if self._moved_s is None:
            report = self._call.tick(senses, elapsed_s)
            if report.state is not StepState.FINISHED:
                return report
            self._moved_s = elapsed_s
        lid = senses.compartment(self._number)
        there = (lid is not None and lid.opened is opened) or elapsed_s - self._moved_s >= SEEN_WITHIN_S
        return StepReport(StepState.FINISHED if there else StepState.RUNNING, waiting)

    def stop(self) -> None:
        """Waits for no answer any more."""
        if self._call is not None:
            self._call.stop()
            self._call = None
