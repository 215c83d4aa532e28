"""What a message must be on its way in and out, whatever carries it: parsed, checked, numbered."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Protocol

import structlog
from pydantic import ValidationError

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.robot_mail import RobotMail
from gangseo_backend.core.telemetry import MALFORMED, MESSAGES_IN, UNFIT
from gangseo_backend.fleet.board import Outgoing
from gangseo_protocol.factsheet import Factsheet
from gangseo_protocol.schema import SchemaChecker
from gangseo_protocol.topics import MANUFACTURER, AnyTopicName, TopicName, parse_own_topic, parse_topic
from gangseo_protocol.vda5050 import Connection, State, Visualization

_WHY = 300
_log = structlog.get_logger(__name__)


class Listener(Protocol):
    """Who is told of what robots say; called in the event loop."""

    def on_state(self, robot_id: str, message: State) -> None:
        """A state."""
        ...

    def on_visualization(self, robot_id: str, message: Visualization) -> None:
        """A pose."""
        ...

    def on_connection(self, robot_id: str, message: Connection) -> None:
        """On line or gone."""
        ...

    def on_factsheet(self, robot_id: str, message: Factsheet) -> None:
        """What the robot is."""
        ...

    def on_malformed(self, robot_id: str, name: TopicName, why: str) -> None:
        """Something that is not what its topic promises."""
        ...

    def on_unfit(self, robot_id: str, name: AnyTopicName, why: str) -> None:
        """One of our own messages breaks the standard."""
        ...

    def on_link(self, connected: bool) -> None:
        """The broker is reached, or lost."""
        ...


class Wire:
    """Reads what robots say and writes what they are told."""

    def __init__(
        self, clock: Clock, listener: Listener, checker: SchemaChecker | None = None, mail: RobotMail | None = None
    ) -> None:
        """``mail`` is handed what comes on our own topics."""
        self._clock = clock
        self.listener = listener
        self._checker = checker
        self._mail = mail or RobotMail()
        # Header ids begin with the time in seconds, so that they grow over restarts too.
        self._header_ids: defaultdict[tuple[str, str], Iterator[int]] = defaultdict(
            lambda: itertools.count(int(clock.now().timestamp()))
        )

    def write(self, message: Outgoing) -> str:
        """The message as JSON with its header."""
        header: dict[str, Any] = {
            "header_id": next(self._header_ids[(message.robot_id, message.topic)]),
            "timestamp": self._clock.now(),
            "serial_number": message.robot_id,
        }
        text: str = message.build(header).to_json()
        problems = self._checker.problems(message.topic, text) if self._checker else ()
        if problems:
            UNFIT.labels(message.topic).inc()
            _log.error("unfit_message_sent", robot_id=message.robot_id, topic=message.topic, problems=problems[:5])
            self.listener.on_unfit(message.robot_id, message.topic, problems[0][:_WHY])
        return text

    def read(self, name: str, payload: object) -> None:
        """Tells the listener of a message, by its full topic; what is malformed is told as that."""
        body = payload if isinstance(payload, bytes) else b""
        own = parse_own_topic(name)
        if own is not None:
            MESSAGES_IN.labels(own.name).inc()
            self._mail.deliver(own.serial_number, own.name, body)
            return
        parts = parse_topic(name)
        if parts is None or parts.manufacturer != MANUFACTURER:
            return
        MESSAGES_IN.labels(parts.name).inc()
        robot_id = parts.serial_number
        problems = self._checker.problems(parts.name, body) if self._checker else ()
        if problems:
            self._refuse(robot_id, parts.name, problems[0][:_WHY])
            return
        try:
            self._dispatch(robot_id, parts.name, body)
        except ValidationError as err:
            first = err.errors()[0]
            self._refuse(robot_id, parts.name, f"{'.'.join(map(str, first['loc'])) or 'message'}: {first['msg']}")
        except (TypeError, ValueError) as err:
            self._refuse(robot_id, parts.name, str(err))

    def _dispatch(self, robot_id: str, name: TopicName, payload: bytes) -> None:
        if name == "state":
            state = State.model_validate_json(payload)
            self._check_sender(robot_id, state.serial_number)
            self.listener.on_state(robot_id, state)
        elif name == "visualization":
            self.listener.on_visualization(robot_id, Visualization.model_validate_json(payload))
        elif name == "connection":
            self.listener.on_connection(robot_id, Connection.model_validate_json(payload))
        elif name == "factsheet":
            self.listener.on_factsheet(robot_id, Factsheet.model_validate_json(payload))

    @staticmethod
    def _check_sender(robot_id: str, serial_number: str) -> None:
        if serial_number != robot_id:
            raise ValueError(f"serialNumber {serial_number} on the topic of {robot_id}")

    def _refuse(self, robot_id: str, name: TopicName, why: str) -> None:
        MALFORMED.labels(name).inc()
        _log.warning("malformed_message", robot_id=robot_id, topic=name, why=why)
        self.listener.on_malformed(robot_id, name, why)
