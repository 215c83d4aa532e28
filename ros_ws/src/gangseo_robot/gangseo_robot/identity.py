"""What a brain is given: who the robot is, and everything outside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gangseo_protocol.site import Site
from gangseo_protocol.topics import TopicName
from gangseo_robot.guards import Limits
from gangseo_robot.ports import Body, Navigator, Voice
from gangseo_robot.report import Build
from gangseo_robot.steps import MakeStep


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the robot is and what it can do."""

    robot_id: str
    site: Site
    limits: Limits
    build: Build
    steps: Mapping[str, MakeStep]


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside."""

    navigator: Navigator
    body: Body
    voice: Voice
    send: Callable[[TopicName, str], None]
    new_id: Callable[[], str]
