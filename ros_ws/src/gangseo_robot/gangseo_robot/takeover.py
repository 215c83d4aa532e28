"""A person takes the robot over, on a lease: kept in the journal, lapsing by itself, ended only by the fleet."""

import logging
import math
from collections.abc import Callable

from pydantic import ValidationError

from gangseo_protocol.actions import MOVED_BY_HAND
from gangseo_protocol.drive import LEASE_S, DriveMessage
from gangseo_protocol.polygon import off_segment_m
from gangseo_protocol.vda5050 import ActionStatus, InstantAction, OrderNode
from gangseo_robot.commands import progress_of
from gangseo_robot.crossing import CrosswalkMap, ZoneAsks, on_carriageway
from gangseo_robot.executor import Executor
from gangseo_robot.hands import Hands
from gangseo_robot.journal import InstantProgress, Journal
from gangseo_robot.orders import OrderBook
from gangseo_robot.senses import Pose

log = logging.getLogger(__name__)

AT_NODE_M = 2.0
"""A robot this near to a node can still do what is to be done there; docks are driven onto from 1.2 m."""
NEAR_WAY_M = 8.0
HELD, LAPSED, SUPERSEDED = "held", "lapsed", "superseded"
End = Callable[[str, ActionStatus, str], None]
"""Ends a running instant action: id, status, result."""


class Takeover:
    """Who holds the robot. A lapsed lease leaves it standing: only ``endTakeover`` or a new lease moves it again."""

    def __init__(
        self, executor: Executor, hands: Hands, asks: ZoneAsks, journal: Journal,
        pose_of: Callable[[OrderNode], Pose], crosswalks: CrosswalkMap,
    ) -> None:  # fmt: skip
        """``handlers`` carry the instant actions out, by action type."""
        self._executor, self._hands, self._asks, self._journal = executor, hands, asks, journal
        self._pose_of, self._crosswalks = pose_of, crosswalks
        self.end: End = lambda _action_id, _status, _result: None
        self._heard_s: float | None = None
        self.handlers: dict[str, Callable[[InstantAction], InstantProgress]] = {
            "startTakeover": self._start,
            "endTakeover": self._finish,
        }

    def hear(self, payload: bytes, wall_s: float) -> None:
        """A word of the holder; of anybody else, late or malformed it changes nothing."""
        try:
            message = DriveMessage.model_validate_json(payload)
        except ValidationError as error:
            log.warning("drive_message_refused errors=%d", error.error_count())
            return
        switches = self._executor.switches
        if message.lease_id == switches.lease and not switches.lapsed and self._hands.hear(message, wall_s):
            self._heard_s = wall_s

    def tick(self, wall_s: float) -> None:
        """Lets the lease lapse when nobody has renewed it; after a restart it has its time anew."""
        switches = self._executor.switches
        if not switches.lease:
            return
        self._note_place()
        if switches.lapsed:
            return
        if self._heard_s is None:
            self._heard_s = wall_s
        if wall_s - self._heard_s > LEASE_S:
            log.warning("takeover_lapsed lease_id=%s", switches.lease)
            switches.lapsed = True
            self._keep()
            self._hands.begin()
            self.end(switches.lease, ActionStatus.FAILED, LAPSED)

    def _start(self, action: InstantAction) -> InstantProgress:
        switches = self._executor.switches
        if switches.lease not in {"", action.action_id}:
            self.end(switches.lease, ActionStatus.FINISHED, SUPERSEDED)
        self._executor.halt()
        self._hands.begin()
        self._heard_s = None
        switches.lease, switches.lapsed = action.action_id, False
        self._keep()
        # As the standard asks of a robot in people's hands.
        self._asks.keep_only(frozenset())
        return progress_of(action, ActionStatus.RUNNING, HELD)

    def _finish(self, action: InstantAction) -> InstantProgress:
        meant = next((str(p.value) for p in action.action_parameters or () if p.key == "leaseId"), "")
        switches = self._executor.switches
        if not meant:
            return progress_of(action, ActionStatus.FAILED, "leaseId is missing")
        if meant != switches.lease:
            return progress_of(action, ActionStatus.FINISHED, "the robot is not held under this lease")
        self._hands.let_go()
        self._hands.begin()
        pose = self._executor.pose
        if self._executor.book.active and not goes_on(self._executor.book, pose, self._pose_of, self._crosswalks):
            self._executor.update_book(self._executor.book.cancel(MOVED_BY_HAND))
            self._note_place()
        switches.lease, switches.lapsed = "", False
        self._keep()
        self.end(meant, ActionStatus.FINISHED, "")
        return progress_of(action, ActionStatus.FINISHED)

    def _note_place(self) -> None:
        """Without an order the robot says where people have driven it, or it would start the next one from elsewhere.

        On a road the nearest node counts however far it is: from there the fleet gets it off.
        """
        pose, book = self._executor.pose, self._executor.book
        if pose is None or book.active:
            return
        on_road = any(on_carriageway(crosswalk, pose) for crosswalk in self._crosswalks.crosswalks)
        place = self._executor.place(math.inf) if on_road else self._executor.place()
        if place != book.last_node_id:
            self._executor.update_book(book.at_place(place))

    def _keep(self) -> None:
        switches = self._executor.switches
        self._journal.set_flag("takeover", switches.lease)
        self._journal.set_flag("takeover_lapsed", "on" if switches.lapsed else "off")


def goes_on(book: OrderBook, pose: Pose | None, pose_of: Callable[[OrderNode], Pose], crosswalks: CrosswalkMap) -> bool:
    """Whether an order can be gone on with from where people have left the robot.

    What is to be done at a node is done there. Nor does a robot find its way back over a road that its order does not
    cross, or from far away: the fleet plans anew.
    """
    if pose is None:
        return False
    here = book.current_node
    if here is not None and book.open_actions():
        return pose.distance_to(*pose_of(here)[:2]) <= AT_NODE_M
    there = next(iter(book.base_ahead), here)
    if there is None:
        return False
    start, end = pose_of(here or there), pose_of(there)
    if off_segment_m(pose[:2], start[:2], end[:2]) > NEAR_WAY_M:
        return False
    edge = book.edge_to(there)
    return (edge is not None and edge.edge_id in crosswalks.by_edge) or not crosswalks.between(pose, end.x, end.y)
