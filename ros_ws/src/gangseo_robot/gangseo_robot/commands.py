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
        # On disk before its effect, so that a crash cannot make it happen twice.
        self._record(progress_of(action, ActionStatus.RUNNING))
        self._carry_out(action)
        return True

    def _carry_out(self, action: InstantAction) -> None:
        handler = self._handlers.get(action.action_type)
        unknown = progress_of(action, ActionStatus.FAILED, "this robot has no such instant action")
        self._record(handler(action) if handler else unknown)

    def resume(self) -> None:
        """Carries out what a crash cut off between the journal and the effect; each effect may come twice."""
        for progress in self.running():
            # One that was begun names what it is about, and only waits for its end.
            if not progress.result:
                self._carry_out(
                    InstantAction(
                        action_type=progress.action_type,
                        action_id=progress.action_id,
                        action_parameters=progress.parameters or None,
                    )
                )

    def running(self, action_type: str = "") -> tuple[InstantProgress, ...]:
        """Those of a type, or all, that have begun and not ended."""
        return tuple(
            p for p in self._taken.values() if p.status is ActionStatus.RUNNING and action_type in {"", p.action_type}
        )

    def end(self, action_id: str, status: ActionStatus, result: str = "") -> None:
        """Ends one that is running; one that is not stays as it is."""
        progress = self._taken.get(action_id)
        if progress is not None and progress.status is ActionStatus.RUNNING:
            self._record(replace(progress, status=status, result=result))

    def _record(self, progress: InstantProgress) -> None:
        self._taken[progress.action_id] = progress
        self._journal.save_instant_action(progress)

    def states(self) -> tuple[ActionState, ...]:
        """What runs and the latest ones for the state message, oldest first."""
        every = list(self._taken.values())
        shown = [p for p in every[:-SHOWN] if p.status is ActionStatus.RUNNING] + every[-SHOWN:]
        return tuple(
            ActionState(
                action_id=p.action_id, action_type=p.action_type, action_status=p.status, action_result=p.result or None
            )
            for p in shown
        )


def progress_of(action: InstantAction, status: ActionStatus, result: str = "") -> InstantProgress:
    """The state of an instant action."""
    return InstantProgress(action.action_id, action.action_type, status, result, action.action_parameters or ())


def order_meant(action: InstantAction) -> str:
    """The order a cancelOrder names in its optional parameter, "" for whichever is held."""
    return next((str(p.value) for p in action.action_parameters or () if p.key == "orderId"), "")
