"""MQTT topics: VDA 5050's (interface/version/manufacturer/serialNumber/topic), and our own beside them."""

from typing import Literal, NamedTuple, get_args

INTERFACE_NAME = "vda5050"
MAJOR_VERSION = "v3"
VERSION = "3.0.0"
MANUFACTURER = "gangseo"
OWN_PREFIX = ("gangseo", "v1")

TopicName = Literal[
    "order", "instantActions", "state", "visualization", "connection", "factsheet", "zoneSet", "responses"
]
TO_ROBOT: tuple[TopicName, ...] = ("order", "instantActions", "zoneSet", "responses")
FROM_ROBOT: tuple[TopicName, ...] = ("state", "visualization", "connection", "factsheet")

OwnTopicName = Literal["observation", "observationReceived"]
"""What VDA 5050 has no message for: ``gangseo/v1/<robot>/<name>``."""
OWN_TO_ROBOT: tuple[OwnTopicName, ...] = ("observationReceived",)
OWN_FROM_ROBOT: tuple[OwnTopicName, ...] = ("observation",)

AnyTopicName = TopicName | OwnTopicName


class TopicParts(NamedTuple):
    """The parts of one VDA 5050 topic that tell messages apart."""

    manufacturer: str
    serial_number: str
    name: TopicName


class OwnTopicParts(NamedTuple):
    """The parts of one of our own topics."""

    serial_number: str
    name: OwnTopicName


def topic(serial_number: str, name: AnyTopicName, manufacturer: str = MANUFACTURER) -> str:
    """Full topic, such as ``vda5050/v3/gangseo/robot_01/order`` or ``gangseo/v1/robot_01/observation``."""
    if name in get_args(OwnTopicName):
        return "/".join((*OWN_PREFIX, serial_number, name))
    return f"{INTERFACE_NAME}/{MAJOR_VERSION}/{manufacturer}/{serial_number}/{name}"


def parse_topic(text: str) -> TopicParts | None:
    """Parts of a topic, or None when it is not one of VDA 5050's."""
    parts = text.split("/")
    if len(parts) != 5 or parts[:2] != [INTERFACE_NAME, MAJOR_VERSION]:
        return None
    for name in get_args(TopicName):
        if parts[4] == name:
            return TopicParts(parts[2], parts[3], name)
    return None


def parse_own_topic(text: str) -> OwnTopicParts | None:
    """Parts of a topic, or None when it is not one of our own."""
    parts = text.split("/")
    if len(parts) != 4 or tuple(parts[:2]) != OWN_PREFIX:
        return None
    for name in get_args(OwnTopicName):
        if parts[3] == name:
            return OwnTopicParts(parts[2], name)
    return None


def is_refused(granted: object) -> bool:
    """Whether a broker's answer to a subscription (MQTT 3.1.1 SUBACK: 0, 1, 2 or 0x80, or an object of it) is no."""
    code = getattr(granted, "value", granted)
    return isinstance(code, int) and code >= 0x80
