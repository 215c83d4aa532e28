"""Who moves the robot: one action goal at a time owns it; a newer goal takes it over without a stop."""

# mypy: disable-error-code="no-untyped-call"

from collections.abc import Callable

from rclpy.task import Future

from gangseo_navigation.pilot import Pilot
from gangseo_navigation.task import Outcome, Task

PREEMPTED = Outcome(-1, "a newer goal took over")
CANCELED = Outcome(-2, "canceled")

Feedback = Callable[[], None]
FEEDBACK_S = 0.25


class Motion:
    """Runs tasks of the owning goal on the pilot and resolves their futures."""

    def __init__(self, pilot: Pilot) -> None:
        self.pilot = pilot
        self._owner: object = None
        self._future: Future | None = None
        self._feedback: Feedback | None = None
        self._told_at_s = -1e9
        self._cancel = False

    def claim(self, owner: object) -> None:
        """Makes a goal the owner; what ran before ends as preempted."""
        self._owner, self._cancel = owner, False
        self._end(PREEMPTED)

    def cancel(self, owner: object) -> None:
        """Asks for the owner's task to end; it does at the next cycle."""
        if self._owner == owner:
            self._cancel = True

    async def run(self, owner: object, task: Task, feedback: Feedback | None = None) -> Outcome:
        """Runs a task to its end."""
        if self._owner != owner:
            return PREEMPTED
        if self._cancel:
            return CANCELED
        self._future, self._feedback = Future(), feedback
        self.pilot.task = task
        outcome: Outcome = await self._future
        return outcome

    def release(self, owner: object) -> None:
        """The goal is over."""
        if self._owner == owner:
            self._owner = None

    def settle(self, now_s: float, outcome: Outcome | None) -> None:
        """After each control cycle: resolves what ended, tells how it goes."""
        if outcome is not None:
            self._end(outcome)
        elif self._cancel:
            self.check_cancel()
        elif self._feedback is not None and not 0.0 <= now_s - self._told_at_s < FEEDBACK_S:
            self._told_at_s = now_s
            self._feedback()

    def check_cancel(self) -> None:
        """Ends a canceled task even when no control cycles come (no odometry, clock stands)."""
        if self._cancel and self._future is not None:
            self.pilot.task = None
            self._end(CANCELED)

    def _end(self, outcome: Outcome) -> None:
        future, self._future, self._feedback = self._future, None, None
        if future is not None and not future.done():
            future.set_result(outcome)
