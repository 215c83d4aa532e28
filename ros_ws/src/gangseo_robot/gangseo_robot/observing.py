"""What was seen on patrol, kept in the journal until the backend has it: sent again and again, taken once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from gangseo_protocol.actions import Observe
from gangseo_protocol.ids import new_id
from gangseo_protocol.observation import Observation, ObservationReceived
from gangseo_protocol.topics import AnyTopicName
from gangseo_robot.journal import Journal

log = logging.getLogger(__name__)

AGAIN_AFTER_S = (5.0, 10.0, 30.0, 60.0)
"""Wall seconds without an answer until it is sent again; a picture is too large to be repeated often."""
ONE_AT_A_TIME_S = 5.0
KEPT = timedelta(days=7)
"""What nobody has taken for so long is forgotten: pictures of people must not lie about."""


@dataclass(slots=True)
class _Try:
    tries: int = 0
    again_at_s: float = 0.0


class Observer:
    """Use in the brain's thread."""

    def __init__(self, journal: Journal, send: Callable[[AnyTopicName, str], None]) -> None:
        self._journal, self._send = journal, send
        self._unsent = {observation_id: _Try() for observation_id in journal.unsent_observations()}
        self._utc: datetime | None = None
        self._pruned_at: datetime | None = None
        self._busy_until_s = 0.0

    # --- for steps ---

    def has(self, action_id: str) -> bool:
        """Whether this action's observation was taken already, also by a process that was killed since."""
        return self._journal.observed(action_id)

    def take(self, action_id: str, action: Observe, *, people_seen: int | None, jpeg: bytes | None) -> None:
        """Keeps what was seen at a point; the second time for an action changes nothing."""
        if self._utc is None or self.has(action_id):
            return
        seen = Observation(
            observation_id=new_id(), round_id=action.round_id, point_id=action.point_id, taken_at=self._utc,
            people_seen=people_seen, jpeg=jpeg,
        )  # fmt: skip
        self._journal.save_observation(action_id, seen)
        self._unsent[seen.observation_id] = _Try()

    # --- for the brain ---

    def tick(self, wall_s: float, utc: datetime, *, linked: bool) -> None:
        """Sends what is due, one at a time."""
        self._utc = utc
        self._forget_old(utc)
        if not linked or wall_s < self._busy_until_s:
            return
        due = next((item for item in self._unsent.items() if wall_s >= item[1].again_at_s), None)
        if due is None:
            return
        observation_id, attempt = due
        body = self._journal.observation(observation_id)
        if body is None:
            # Not on disk yet: were it sent now, a crash would make it a second one.
            return
        attempt.again_at_s = wall_s + AGAIN_AFTER_S[min(attempt.tries, len(AGAIN_AFTER_S) - 1)]
        attempt.tries += 1
        self._busy_until_s = wall_s + ONE_AT_A_TIME_S
        self._send("observation", body)

    def linked(self) -> None:
        """The link is up (again): whatever was under way is lost."""
        self._busy_until_s = 0.0
        for attempt in self._unsent.values():
            attempt.tries, attempt.again_at_s = 0, 0.0

    def received(self, message: ObservationReceived) -> None:
        """The backend has it, or will never take it."""
        if self._unsent.pop(message.observation_id, None) is None:
            return
        if message.refused is not None:
            log.error("observation_refused observation_id=%s reason=%s", message.observation_id, message.refused)
        self._journal.drop_observation(message.observation_id)
        self._busy_until_s = 0.0

    def _forget_old(self, utc: datetime) -> None:
        if self._pruned_at is not None and utc - self._pruned_at < timedelta(hours=1):
            return
        self._pruned_at = utc
        for observation_id in self._journal.observations_before(utc - KEPT):
            log.error("observation_never_taken observation_id=%s", observation_id)
            self._unsent.pop(observation_id, None)
            self._journal.drop_observation(observation_id)
