"""Instant actions: each is carried out once by its actionId, whatever the wire repeats."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from gangseo_protocol.vda5050 import ActionState, ActionStatus, InstantAction
from gangseo_robot.journal import InstantProgress, Journal

SHOWN = 20


class Commands:
    """The instant actions a robot has taken, with their states."""

    def __init__(
        self,
        journal: Journal,
        handlers: Mapping[str, Callable[[InstantAction], InstantProgress]],
        may_retry: Callable[[InstantAction], bool],
    ) -> None:
        """``handlers`` by action type give the state after the action was begun.

        ``may_retry`` says whether a repeat of a failed one can do now what it could not do then.
        """
        self._journal, self._handlers, self._may_retry = journal, handlers, may_retry
        self._taken = journal.load_instant_actions()

    def take(self, action: InstantAction) -> bool:
        """Carries an action out; False when it is a repeat."""
        known = self._taken.get(action.action_id)
        if known and not (known.status is ActionStatus.FAILED and self._may_retry(action)):
            return False
        handler = self._handlers.get(action.action_type)
        if handler is None:
            self._record(progress_of(action, ActionStatus.FAILED, "this robot has no such instant action"))
            return True
        # On disk before its effect, so that a crash cannot make it happen twice.
        self._record(progress_of(action, ActionStatus.RUNNING))
        self._record(handler(action))
        return True

    def resume(self) -> None:
        """Carries out what a crash cut off between the journal and the effect; each effect may come twice."""
        for progress in self.running():
            # One that was begun names what it is about, and only waits for its end.
            if not progress.result:
                action = InstantAction(action_type=progress.action_type, action_id=progress.action_id)
                self._record(self._handlers[progress.action_type](action))

    def running(self) -> tuple[InstantProgress, ...]:
        """Those that have begun and not ended."""
        return tuple(p for p in self._taken.values() if p.status is ActionStatus.RUNNING)

    def finish(self, progress: InstantProgress, result: str = "") -> None:
        """Ends one."""
        self._record(replace(progress, status=ActionStatus.FINISHED, result=result))

    def _record(self, progress: InstantProgress) -> None:
        self._taken[progress.action_id] = progress
        self._journal.save_instant_action(progress)

    def states(self) -> tuple[ActionState, ...]:
        """The latest ones for the state message, oldest first."""
        latest = list(self._taken.values())[-SHOWN:]
        return tuple(
            ActionState(
                action_id=p.action_id, action_type=p.action_type, action_status=p.status, action_result=p.result or None
            )
            for p in latest
        )


def progress_of(action: InstantAction, status: ActionStatus, result: str = "") -> InstantProgress:
    """The state of an instant action."""
    return InstantProgress(action.action_id, action.action_type, status, result)
