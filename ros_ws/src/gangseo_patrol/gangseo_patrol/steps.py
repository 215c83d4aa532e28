"""Steps of a patrol: look round at a point."""

import math
from collections.abc import Mapping

from gangseo_protocol.actions import OBSERVED, NodeAction, Observe
from gangseo_robot.senses import Senses
from gangseo_robot.steps import MakeStep, Step, StepContext, StepReport, StepState, Waiting

FIRST_PICTURE_S = 3.0
"""Robot time beyond its duration that a robot with a camera waits for a picture."""
FIND_CAMERA_S = 2.0
"""Robot time until a camera that is there has been found."""


class ObserveStep:
    """Stands and looks for a while, then keeps the newest picture and the count of people."""

    def __init__(self, action: Observe, context: StepContext) -> None:
        self._action, self._eyes, self._observations = action, context.eyes, context.observations
        self._action_id = context.action_id
        self._opened_s: float | None = None

    def tick(self, senses: Senses, elapsed_s: float) -> StepReport:  # noqa: ARG002
        """Looks; after a restart it goes on, and what was taken before is not taken again."""
        if self._observations.has(self._action_id):
            return self._finished()
        if self._opened_s is None:
            self._eyes.open()
            self._opened_s = elapsed_s
        left_s = math.ceil(max(0.0, self._action.duration_s - elapsed_s))
        if elapsed_s < self._action.duration_s or self._picture_may_come(elapsed_s, self._opened_s):
            waiting = Waiting("waiting.observing", {"seconds": str(left_s)})
            return StepReport(StepState.RUNNING, waiting, remaining_s=float(left_s))
        self._observations.take(self._action_id, self._action, people_seen=self._eyes.people, jpeg=self._eyes.picture())
        return self._finished()

    def _picture_may_come(self, elapsed_s: float, opened_s: float) -> bool:
        if self._eyes.seen:
            return False
        if not self._eyes.camera:
            return elapsed_s < opened_s + FIND_CAMERA_S
        return elapsed_s < max(self._action.duration_s, opened_s) + FIRST_PICTURE_S

    def _finished(self) -> StepReport:
        self._eyes.close()
        return StepReport(StepState.FINISHED, Waiting("waiting.observing", {"seconds": "0"}), OBSERVED)

    def stop(self) -> None:
        """Looks no longer."""
        self._eyes.close()
        self._opened_s = None


def observe_step(action: NodeAction, context: StepContext) -> Step:
    """Looks round."""
    assert isinstance(action, Observe)  # noqa: S101
    return ObserveStep(action, context)


PATROL_STEPS: Mapping[str, MakeStep] = {"observe": observe_step}
