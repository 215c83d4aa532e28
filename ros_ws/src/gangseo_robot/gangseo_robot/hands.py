"""A person's hands on the wheels: only what was said just now, and only as far as the robot may go."""

import math
from datetime import datetime

from gangseo_protocol.drive import DEAD_MAN_S, LATE_S, DriveMessage, Freshness
from gangseo_protocol.site import Site
from gangseo_robot.by_hand import STILL, Wish, allowed
from gangseo_robot.departure import Departure
from gangseo_robot.ports import Navigator, Travel
from gangseo_robot.senses import Senses
from gangseo_robot.steps import Waiting

HELD = Waiting("waiting.taken_over")
DRIVEN = Waiting("waiting.by_hand")


class Hands:
    """Steers as the holder says. The dead-man: a word counts for ``DEAD_MAN_S``, then the wheels are stopped."""

    def __init__(self, navigator: Navigator, departure: Departure, site: Site) -> None:
        self._navigator, self._departure, self._site = navigator, departure, site
        self._senses = Senses()
        self._free = False
        self._travel: Travel | None = None
        self._steered = STILL
        self.begin()

    def begin(self) -> None:
        """Somebody else holds the robot from now on, or nobody: what was wanted before is forgotten."""
        self._freshness = Freshness()
        self._wish, self._until_s = STILL, -math.inf
        if self._steered != STILL:
            self._steer(STILL)

    def hear(self, message: DriveMessage, wall_s: float) -> bool:
        """Takes a word of the holder and obeys it at once; False when it is no newer than the last."""
        delay_s = self._freshness.delay_s(message.sequence, _seconds(message.sent_at), wall_s)
        if delay_s is None:
            return False
        if message.v is not None and message.w is not None and delay_s <= LATE_S:
            self._wish = Wish(message.v, message.w)
            self._until_s = wall_s - delay_s + DEAD_MAN_S
            self._obey(wall_s)
        return True

    @property
    def silent_from_s(self) -> float:
        """Wall time from which on the last word no longer counts."""
        return self._until_s

    def watch(self, wall_s: float) -> None:
        """Stops the wheels once the last word no longer counts."""
        if wall_s >= self._until_s and self._wish != STILL:
            self._wish = STILL
            self._steer(STILL)

    def tick(self, senses: Senses, *, free: bool) -> Waiting:
        """A tenth of a second in a person's hands; ``free``: nothing else keeps the robot from driving."""
        self._senses, self._free = senses, free
        if self._travel is None or self._travel.outcome is not None:
            self._travel = self._navigator.by_hand() if self._navigator.ready else None
        self.watch(senses.wall_s)
        return self._obey(senses.wall_s)

    def let_go(self) -> None:
        """Takes the wheels out of the person's hands."""
        if self._travel is not None:
            self._steer(STILL)
            self._navigator.cancel()
            self._departure.stop()
        self._travel, self._free, self._wish = None, False, STILL

    def _obey(self, wall_s: float) -> Waiting:
        if wall_s >= self._until_s or self._wish == STILL or not self._free:
            self._departure.stop()
            if self._steered != STILL:
                self._steer(STILL)
            return HELD
        if self._travel is None:
            return Waiting("waiting.navigation")
        preparation = self._departure.tick(self._senses, by_hand=True)
        if preparation is not None:
            return preparation.waiting
        wish, why = allowed(self._site, self._senses, self._wish)
        self._steer(wish)
        return why or DRIVEN

    def _steer(self, wish: Wish) -> None:
        self._steered = wish
        self._navigator.steer(wish.v, wish.w)


def _seconds(moment: datetime) -> float:
    return moment.timestamp()
