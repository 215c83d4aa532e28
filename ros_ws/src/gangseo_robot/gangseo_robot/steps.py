"""Steps: what carries out one action. Small, restartable from the journal's progress, ticked at 10 Hz."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from gangseo_protocol.actions import Dock, NodeAction, Say, StartCharging, StopCharging
from gangseo_protocol.messages import is_known, text
from gangseo_robot.cargo import Cargo
from gangseo_robot.ports import Body, Ended, Eyes, Navigator, Observations, Outcome, Pending, Voice
from gangseo_robot.senses import Senses


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why nothing else happens now: a key of the message files and its values."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


class StepState(Enum):
    """How a step stands."""

    RUNNING = "RUNNING"
    FINISHED = "FINISHED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class StepReport:
    """What a tick of a step says."""

    state: StepState
    waiting: Waiting
    result: str = ""
    remaining_s: float | None = None


class Step(Protocol):
    """One action under way."""

    def tick(self, senses: Senses, elapsed_s: float) -> StepReport:
        """Goes on; ``elapsed_s`` is the robot time the action has run, over all restarts."""

    def stop(self) -> None:
        """Halts; a new step made from the journal goes on later."""


@dataclass(frozen=True, slots=True)
class StepContext:
    """What steps work with, and what they may know of their neighbours in the order."""

    navigator: Navigator
    body: Body
    voice: Voice
    action_id: str
    said: Callable[[str, str, str, str], None]
    """Told of each sentence: utterance id, key, language, text."""
    text_values: Mapping[str, str]
    cargo: Cargo
    heard: Callable[[], Mapping[str, float]]
    """The words people have said to this action so far, with the seconds it had run by then."""
    eyes: Eyes
    observations: Observations


MakeStep = Callable[[NodeAction, StepContext], Step]
RETRY_WAIT_S = 2.0
NOBODY_THERE_S = 60.0


class CallStep:
    """Asks for something and sees it through: time limit, retries, reason of the last failure."""

    def __init__(
        self,
        ask: Callable[[], Pending],
        waiting: Waiting,
        *,
        timeout_s: float,
        attempts: int = 3,
        withdraw: Callable[[], None] | None = None,
    ) -> None:
        """``withdraw`` takes an unfinished request back."""
        self._ask, self._waiting, self._timeout_s, self._attempts = ask, waiting, timeout_s, attempts
        self._withdraw = withdraw
        self._pending: Pending | None = None
        self._since_s = 0.0
        self._retry_at_s: float | None = None
        self._attempt = 0
        self._lost_since_s: float | None = None

    def tick(self, senses: Senses, elapsed_s: float) -> StepReport:  # noqa: ARG002
        """Asks, waits, retries."""
        if self._retry_at_s is not None and elapsed_s < self._retry_at_s:
            return StepReport(StepState.RUNNING, self._retry_text())
        if self._pending is None:
            self._retry_at_s = None
            self._attempt += 1
            self._since_s = elapsed_s
            self._pending = self._ask()
        outcome: Ended | None = self._pending.outcome
        if outcome is None and elapsed_s - self._since_s < self._timeout_s:
            return StepReport(StepState.RUNNING, self._waiting)
        if outcome is None:
            self.stop()
            outcome = Outcome(ok=False, reason=f"no answer within {self._timeout_s:.0f} s")
        self._pending = None
        if outcome.ok:
            return StepReport(StepState.FINISHED, self._waiting, outcome.reason)
        if outcome.lost and elapsed_s < self._given_up_s(elapsed_s):
            self._attempt -= 1
        elif outcome.lost or self._attempt >= self._attempts:
            return StepReport(StepState.FAILED, self._waiting, outcome.reason)
        self._retry_at_s = elapsed_s + RETRY_WAIT_S
        return StepReport(StepState.RUNNING, self._retry_text())

    def _given_up_s(self, elapsed_s: float) -> float:
        """A partner that is restarting gets a minute to come back."""
        if self._lost_since_s is None:
            self._lost_since_s = elapsed_s
        return self._lost_since_s + NOBODY_THERE_S

    def _retry_text(self) -> Waiting:
        values = {"attempt": str(self._attempt + 1), "attempts": str(self._attempts)}
        return Waiting("waiting.retrying_action", values)

    def stop(self) -> None:
        """Takes the request back where that means something."""
        if self._pending is not None and self._pending.outcome is None and self._withdraw:
            self._withdraw()
        self._pending = None


class SayStep:
    """Says one sentence: caption always, sound where there is a voice."""

    def __init__(self, action: Say, context: StepContext) -> None:
        self._action, self._context = action, context
        self._pending: Pending | None = None
        self._sentence = ""
        self._waiting = Waiting("waiting.speaking")

    def tick(self, senses: Senses, elapsed_s: float) -> StepReport:  # noqa: ARG002
        """Speaks once and waits until the sentence is over."""
        key, language = self._action.text_key, self._action.language
        if self._pending is None:
            if not is_known(key):
                return StepReport(StepState.FAILED, self._waiting, f"no sentence named {key}")
            self._sentence = text(key, language, **self._context.text_values)
            self._context.said(self._context.action_id, key, language, self._sentence)
            self._pending = self._context.voice.say(self._sentence, language)
        outcome = self._pending.outcome
        if outcome is None and elapsed_s < 30.0:
            return StepReport(StepState.RUNNING, self._waiting)
        if outcome and not outcome.ok:
            # It was told as audible when it began.
            self._context.said(self._context.action_id, key, language, self._sentence)
        # A silent robot has still shown its caption: that is reported once, never a failed mission.
        return StepReport(StepState.FINISHED, self._waiting, "" if outcome and outcome.ok else "caption only")

    def stop(self) -> None:
        """A sentence once begun is spoken to its end."""


def dock_step(action: NodeAction, context: StepContext) -> Step:
    """Drives onto a charger or depot."""
    assert isinstance(action, Dock)  # noqa: S101
    station_id = action.station_id
    return CallStep(
        lambda: context.navigator.dock(station_id),
        Waiting("waiting.docking", {"station": station_id}),
        timeout_s=180.0,
        withdraw=context.navigator.cancel,
    )


def say_step(action: NodeAction, context: StepContext) -> Step:
    """Says a sentence."""
    assert isinstance(action, Say)  # noqa: S101
    return SayStep(action, context)


def charge_step(action: NodeAction, context: StepContext) -> Step:
    """Starts or ends charging; charging itself goes on after the action."""
    enabled = isinstance(action, StartCharging)
    key = "waiting.starting_charge" if enabled else "waiting.stopping_charge"
    return CallStep(lambda: context.body.set_charging(enabled=enabled), Waiting(key), timeout_s=15.0)


def leave_charger_step(action: NodeAction, context: StepContext) -> Step:
    """Ends charging, then undocks."""
    assert isinstance(action, StopCharging)  # noqa: S101
    undock = CallStep(
        context.navigator.undock, Waiting("waiting.undocking"), timeout_s=60.0, withdraw=context.navigator.cancel
    )
    return Chain(charge_step(action, context), undock)


class Chain:
    """One step after another."""

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)

    def tick(self, senses: Senses, elapsed_s: float) -> StepReport:
        """Ticks the first that has not finished."""
        report = self._steps[0].tick(senses, elapsed_s)
        if report.state is StepState.FINISHED and len(self._steps) > 1:
            self._steps.pop(0)
            return StepReport(StepState.RUNNING, report.waiting)
        return report

    def stop(self) -> None:
        """Halts the one under way."""
        self._steps[0].stop()


SHARED_STEPS: Mapping[str, MakeStep] = {
    "dock": dock_step,
    "say": say_step,
    "startCharging": charge_step,
    "stopCharging": leave_charger_step,
}
"""Steps every robot has; a role adds its own."""
