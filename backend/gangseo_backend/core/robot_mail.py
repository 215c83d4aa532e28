"""Messages beside VDA 5050: the port between the domain that has the link and the domains they are for."""

from collections.abc import Callable

from gangseo_protocol.base import WireModel
from gangseo_protocol.topics import OwnTopicName

Handler = Callable[[str, bytes], None]


class RobotMail:
    """Hands over what robots send on our own topics, and sends what they are answered."""

    def __init__(self) -> None:
        self._handlers: dict[OwnTopicName, Handler] = {}
        self.send: Callable[[str, OwnTopicName, WireModel], None] = lambda _robot_id, _name, _message: None
        """Robot, topic, message; may be called from any thread. Without the broker it is dropped."""

    def subscribe(self, name: OwnTopicName, handler: Handler) -> None:
        """Call ``handler(robot_id, payload)`` in the link's loop: it must hand over, not work."""
        self._handlers[name] = handler

    def deliver(self, robot_id: str, name: OwnTopicName, payload: bytes) -> None:
        """A message has come; one that nobody wants is dropped."""
        handler = self._handlers.get(name)
        if handler is not None:
            handler(robot_id, payload)
