"""What the executor needs from the outside. Everything is asked without waiting and looked at each tick."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gangseo_protocol.actions import Observe
from gangseo_robot.senses import Pose

BLOCKED_CODES = frozenset({105, 106, 206, 207, 208, 306, 307, 308, 703, 714, 723})
"""Nav2 error codes that mean "the way is not free" rather than "something is broken"."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How something ended. ``blocked``: the way is not free; ``lost``: nobody answers."""

    ok: bool
    reason: str = ""
    code: int = 0
    blocked: bool = False
    lost: bool = False


class Ended(Protocol):
    """What is looked at when something has ended; an Outcome, or another package's like it."""

    @property
    def ok(self) -> bool:
        """Whether it worked."""

    @property
    def reason(self) -> str:
        """Why not."""

    @property
    def code(self) -> int:
        """The partner's error code, 0 for none."""

    @property
    def blocked(self) -> bool:
        """Whether the way was not free."""

    @property
    def lost(self) -> bool:
        """Whether nobody answered."""


class Pending(Protocol):
    """Something under way."""

    @property
    def outcome(self) -> "Ended | None":
        """None while under way."""


class Travel(Pending, Protocol):
    """A drive under way."""

    @property
    def poses_remaining(self) -> int | None:
        """Poses still to pass, as the server counts them; None when not told."""


class Navigator(Protocol):
    """Drives the robot. A new call replaces the one before without a stop between."""

    def go_through(self, poses: Sequence[Pose]) -> Travel:
        """Drives through poses to the last one."""

    def dock(self, station_id: str) -> Travel:
        """Drives precisely onto a station."""

    def undock(self) -> Travel:
        """Leaves a station backwards."""

    def by_hand(self) -> Travel:
        """Gives the wheels to ``steer``, guarded against collisions, until ``cancel`` or another drive."""

    def steer(self, v_mps: float, w_radps: float) -> None:
        """What the wheels should do now, by hand; the server stops them when it hears nothing more."""

    def cancel(self) -> None:
        """Stops and forgets the drive."""

    @property
    def path(self) -> Sequence[Pose]:
        """The path being driven, empty when none."""

    @property
    def ready(self) -> bool:
        """Whether the server is there."""

    @property
    def missing(self) -> str:
        """The sense without which navigation lets the robot stand: "odometry", "position", "lidar"; "" for none."""


class Body(Protocol):
    """What the robot does besides driving."""

    def set_bins(self, *, opened: bool) -> Pending:
        """Opens or closes the lids."""

    def set_compartment(self, number: int, *, opened: bool, announced_kg: float = 0.0) -> Pending:
        """Opens or closes one compartment; ``announced_kg`` is what is to be put in, 0 for nothing."""

    def unload(self) -> Pending:
        """Empties the bins at a depot."""

    def set_charging(self, *, enabled: bool) -> Pending:
        """Starts or ends charging."""

    def hold(self, *, stopped: bool) -> None:
        """Cuts the drive, or gives it back."""

    def limit_speed(self, speed_mps: float) -> None:
        """Sets the speed navigation must keep."""

    def caption(self, text_key: str, language: str, text: str, *, audible: bool) -> None:
        """Tells everybody what is being said."""


class Voice(Protocol):
    """Says sentences aloud, as far as it can."""

    def say(self, text: str, language: str) -> Pending:
        """Speaks; the outcome comes when the sentence is over. Never raises."""

    @property
    def audible(self) -> bool:
        """Whether anybody can hear it."""

    @property
    def trouble(self) -> str:
        """Why nobody can, "" when all is well."""


class Eyes(Protocol):
    """Looks round while it is asked to; a robot without a camera sees nothing and says so."""

    def open(self) -> None:
        """Begins to look; doing it again changes nothing."""

    def close(self) -> None:
        """Ends it and forgets what was seen."""

    @property
    def camera(self) -> bool:
        """Whether there is a camera that sends pictures."""

    @property
    def seen(self) -> bool:
        """Whether a picture has come since ``open``."""

    def picture(self) -> bytes | None:
        """The newest picture since ``open`` as JPEG, small enough for the wire; None when there is none."""

    @property
    def people(self) -> int | None:
        """Most people seen at once since ``open``; None when nobody counts."""


class Observations(Protocol):
    """Keeps what was seen until the backend has it."""

    def has(self, action_id: str) -> bool:
        """Whether an action's observation was taken already."""

    def take(self, action_id: str, action: Observe, *, people_seen: int | None, jpeg: bytes | None) -> None:
        """Keeps what an action has seen, once."""


class NoEyes:
    """A robot without a camera."""

    camera = seen = False
    people = None

    def open(self) -> None:
        """Nothing to look with."""

    def close(self) -> None:
        """Nothing to end."""

    def picture(self) -> bytes | None:
        """There is none."""
        return None
