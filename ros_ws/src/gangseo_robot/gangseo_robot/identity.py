"""What a brain is given: who the robot is, and everything outside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from gangseo_protocol.site import Site
from gangseo_protocol.topics import AnyTopicName
from gangseo_robot.guards import Limits
from gangseo_robot.ports import Body, Eyes, Navigator, NoEyes, Voice
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
    listens: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By node action: the instant actions it waits for at its node, in the order they may come."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside."""

    navigator: Navigator
    body: Body
    voice: Voice
    send: Callable[[AnyTopicName, str], None]
    new_id: Callable[[], str]
    eyes: Eyes = field(default_factory=NoEyes)
