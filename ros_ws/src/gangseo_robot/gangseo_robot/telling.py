"""Tells the fleet about the robot: state on change, visualization while driving, factsheet when asked."""

import logging
from collections.abc import Callable
from datetime import datetime

from gangseo_protocol.factsheet import Factsheet
from gangseo_protocol.schema import SchemaChecker
from gangseo_protocol.topics import AnyTopicName, TopicName
from gangseo_protocol.vda5050 import Visualization
from gangseo_robot.journal import Journal
from gangseo_robot.report import Picture, Reporter, Utterance, fingerprint, velocity
from gangseo_robot.senses import Senses

log = logging.getLogger(__name__)

STATE_EVERY_S = 10.0
STATE_NOT_BEFORE_S = 0.1
VISUALIZATION_EVERY_S = 0.5
UTTERANCE_SHOWN_S = 60.0


class Teller:
    """Decides when to send and numbers what is sent."""

    def __init__(
        self,
        robot_id: str,
        reporter: Reporter,
        journal: Journal,
        send: Callable[[AnyTopicName, str], None],
        make_factsheet: Callable[[int, datetime], Factsheet],
        checker: SchemaChecker | None,
    ) -> None:
        """``checker`` looks at every message before it is sent; what it finds is logged."""
        self._robot_id, self._reporter, self._journal, self._put = robot_id, reporter, journal, send
        self._make_factsheet, self._checker = make_factsheet, checker
        self._told: tuple[dict[str, object], float] | None = None
        self._state_header_id = 0
        self._visualized_s = 0.0
        self._utterance: tuple[Utterance, float] | None = None
        self.must_tell = True
        """Set when a state is owed whether or not anything has changed."""

    def hear(self, said: Utterance, wall_s: float) -> None:
        """A sentence to show for a minute."""
        self._utterance = (said, wall_s)

    def utterance(self, wall_s: float) -> Utterance | None:
        """The sentence said lately."""
        if self._utterance and wall_s - self._utterance[1] > UTTERANCE_SHOWN_S:
            self._utterance = None
        return self._utterance[0] if self._utterance else None

    def state(self, picture: Picture, utc: datetime) -> None:
        """Sends the state when it is owed, has changed, or has grown old."""
        wall_s = picture.senses.wall_s
        state = self._reporter.state(picture, 0, utc)
        shape = fingerprint(state)
        age_s = wall_s - self._told[1] if self._told else STATE_EVERY_S
        changed = self._told is None or shape != self._told[0]
        if not (self.must_tell or (changed and age_s >= STATE_NOT_BEFORE_S) or age_s >= STATE_EVERY_S):
            return
        self._state_header_id = self._journal.next_header_id("state")
        self._send("state", state.model_copy(update={"header_id": self._state_header_id}).to_json())
        self._told = (shape, wall_s)
        self.must_tell = False

    def visualization(self, picture: Picture, utc: datetime) -> None:
        """Sends pose and path, twice a second while driving."""
        senses: Senses = picture.senses
        if not picture.driving or senses.wall_s - self._visualized_s < VISUALIZATION_EVERY_S:
            return
        self._visualized_s = senses.wall_s
        message = Visualization(
            header_id=self._journal.next_header_id("visualization"),
            timestamp=utc,
            serial_number=self._robot_id,
            reference_state_header_id=self._state_header_id,
            planned_path=self._reporter.planned(picture.path),
            mobile_robot_position=self._reporter.position(senses),
            velocity=velocity(senses),
        )
        self._send("visualization", message.to_json())

    def factsheet(self, utc: datetime) -> None:
        """Sends the factsheet."""
        self._send("factsheet", self._make_factsheet(self._journal.next_header_id("factsheet"), utc).to_json())

    def _send(self, name: TopicName, payload: str) -> None:
        if self._checker is not None:
            for problem in self._checker.problems(name, payload):
                log.error("invalid_message topic=%s %s", name, problem)
        self._put(name, payload)
