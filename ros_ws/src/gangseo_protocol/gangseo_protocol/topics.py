"""MQTT topics of VDA 5050: interface/version/manufacturer/serialNumber/topic."""

from typing import Literal, NamedTuple, get_args

INTERFACE_NAME = "vda5050"
MAJOR_VERSION = "v3"
VERSION = "3.0.0"
MANUFACTURER = "gangseo"

TopicName = Literal[
    "order", "instantActions", "state", "visualization", "connection", "factsheet", "zoneSet", "responses"
]
TO_ROBOT: tuple[TopicName, ...] = ("order", "instantActions", "zoneSet", "responses")
FROM_ROBOT: tuple[TopicName, ...] = ("state", "visualization", "connection", "factsheet")


class TopicParts(NamedTuple):
    """The parts of one VDA 5050 topic that tell messages apart."""

    manufacturer: str
    serial_number: str
    name: TopicName


def topic(serial_number: str, name: TopicName, manufacturer: str = MANUFACTURER) -> str:
    """Full topic, such as ``vda5050/v3/gangseo/robot_01/order``."""
    return f"{INTERFACE_NAME}/{MAJOR_VERSION}/{manufacturer}/{serial_number}/{name}"


def parse_topic(text: str) -> TopicParts | None:
    """Parts of a topic, or None when it is not one of ours."""
    parts = text.split("/")
    if len(parts) != 5 or parts[:2] != [INTERFACE_NAME, MAJOR_VERSION]:
        return None
    for name in get_args(TopicName):
        if parts[4] == name:
            return TopicParts(parts[2], parts[3], name)
    return None
