"""Driving along the base of an order: through nodes, over crosswalks by grant and signal, with retries."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gangseo_protocol import info
from gangseo_protocol.site import Site
from gangseo_protocol.vda5050 import ErrorLevel, OrderNode
from gangseo_robot.crossing import CrosswalkMap, Obstacle, ZoneAsks, is_behind, on_carriageway, signal_obstacle
from gangseo_robot.faults import Fault
from gangseo_robot.orders import OrderBook
from gangseo_robot.ports import Ended, Navigator, Travel
from gangseo_robot.senses import Pose, Senses
from gangseo_robot.steps import Waiting

ASK_AHEAD_M = 40.0
PASS_RADIUS_M = 1.0
ATTEMPTS = 4
URGENT_ATTEMPTS = 2
STANDING_S = 3.0
BLOCKED_AFTER_S = 15.0
URGENT_AFTER_S = 25.0
GIVE_UP_AFTER_S = 60.0
STAGING_M = 1.2


@dataclass(frozen=True, slots=True)
class DriveReport:
    """What a tick of driving says."""

    book: OrderBook
    waiting: Waiting | None = None
    fault: Fault | None = None
    gave_up: bool = False


@dataclass(slots=True)
class _Drive:
    travel: Travel
    nodes: tuple[OrderNode, ...]


@dataclass(slots=True)
class _Trouble:
    attempts: int = 0
    retry_at_s: float = -math.inf
    still_since_s: float | None = None
    fault: Fault | None = None
    lost: bool = field(default=False)


class Driver:
    """Keeps the navigator on the base of the order."""

    def __init__(self, navigator: Navigator, site: Site, crosswalks: CrosswalkMap, asks: ZoneAsks) -> None:
        self._navigator, self._crosswalks, self._asks = navigator, crosswalks, asks
        self._places = {node.node_id: node for node in site.nodes}
        self._stations = {station.station_id: station for station in site.stations}
        self._drive: _Drive | None = None
        self._trouble = _Trouble()
        self.halt_at_next_node = False

    @property
    def under_way(self) -> bool:
        """Whether a drive is commanded now."""
        return self._drive is not None

    def stop(self) -> None:
        """Stops the robot; the next tick starts over from where it stands."""
        if self._drive is not None:
            self._navigator.cancel()
        self._drive = None
        self._trouble.still_since_s = None

    def reset(self) -> None:
        """Forgets troubles, for a new order."""
        self._trouble = _Trouble()

    def tick(self, book: OrderBook, senses: Senses, utc: datetime) -> DriveReport:
        """Goes on along the base; the book of the report has the nodes passed."""
        book = self._pass_nodes(book, senses)
        outcome = self._drive.travel.outcome if self._drive else None
        if self._drive and outcome:
            book = self._end(book, self._drive, outcome, senses)
        if self._trouble.attempts >= ATTEMPTS:
            return DriveReport(book, fault=self._trouble.fault, gave_up=True)
        if self.halt_at_next_node and self._drive is None:
            return DriveReport(book)
        targets, obstacle = self._targets(book, senses, utc)
        if not targets:
            self.stop()
            return DriveReport(book, _obstacle_text(obstacle) if obstacle else None)
        if self._trouble.lost and not self._navigator.ready:
            return DriveReport(book, Waiting("waiting.navigation"), self._trouble.fault)
        if senses.now_s < self._trouble.retry_at_s:
            values = {"attempt": str(self._trouble.attempts + 1), "attempts": str(ATTEMPTS)}
            return DriveReport(book, Waiting("waiting.retrying_path", values), self._trouble.fault)
        self._steer(targets, senses)
        return self._progress(book, targets, senses)

    def give_zones_back(self, senses: Senses) -> None:
        """Without an order no zone is wanted but the one the robot stands in."""
        if senses.pose is not None:
            self._asks.keep_only(self._stood_on(senses))

    # --- where to ---

    def _stood_on(self, senses: Senses) -> frozenset[str]:
        return frozenset(c.crosswalk_id for c in self._crosswalks.crosswalks if on_carriageway(c, senses.pose))

    def _targets(self, book: OrderBook, senses: Senses, utc: datetime) -> tuple[tuple[OrderNode, ...], Obstacle | None]:
        """Nodes to drive through now, and what keeps the robot from driving further."""
        found: list[OrderNode] = []
        wanted = {*self._stood_on(senses)}
        obstacle: Obstacle | None = None
        way_m, place = 0.0, senses.pose
        nodes = book.base_ahead
        for index, node in enumerate(nodes):
            edge = book.edge_to(node)
            crosswalk = self._crosswalks.by_edge.get(edge.edge_id) if edge else None
            if crosswalk and obstacle is None:
                if way_m <= ASK_AHEAD_M:
                    wanted.add(crosswalk.crosswalk_id)
                obstacle = self._crossing_obstacle(book, nodes[index:], senses, utc, ask=way_m <= ASK_AHEAD_M)
            if obstacle:
                break
            found.append(node)
            target = self.pose_of(node)
            way_m += place.distance_to(target.x, target.y) if place else 0.0
            place = target
            if node.actions or (self.halt_at_next_node and not self._on_road(target)):
                break
        self._asks.keep_only(frozenset(wanted))
        return tuple(found), obstacle

    def _on_road(self, place: Pose) -> bool:
        return any(on_carriageway(crosswalk, place) for crosswalk in self._crosswalks.crosswalks)

    def _crossing_obstacle(
        self, book: OrderBook, nodes: Sequence[OrderNode], senses: Senses, utc: datetime, *, ask: bool
    ) -> Obstacle | None:
        first_edge = book.edge_to(nodes[0])
        crosswalk = self._crosswalks.by_edge[first_edge.edge_id if first_edge else ""]
        far = nodes[0]
        for node in nodes:
            edge = book.edge_to(node)
            if edge is None or self._crosswalks.by_edge.get(edge.edge_id) is not crosswalk:
                break
            far = node
        end = self.pose_of(far)
        if on_carriageway(crosswalk, senses.pose) or is_behind(crosswalk, senses.pose, (end.x, end.y)):
            return None
        if ask:
            self._asks.want(crosswalk, utc)
        if not self._asks.granted(crosswalk.crosswalk_id, utc):
            return Obstacle("waiting.crosswalk_grant", crosswalk)
        if far is nodes[-1] and self._goes_on_crossing(book, far):
            return Obstacle("waiting.release", crosswalk)
        return signal_obstacle(crosswalk, senses, (end.x, end.y))

    def _goes_on_crossing(self, book: OrderBook, node: OrderNode) -> bool:
        """Whether the horizon after a node is still on the carriageway: never stop there."""
        after = next((later for later in book.ahead if later.sequence_id == node.sequence_id + 2), None)
        edge = book.edge_to(after) if after else None
        return edge is not None and not edge.released and edge.edge_id in self._crosswalks.by_edge

    def pose_of(self, node: OrderNode) -> Pose:
        """Where a node is: as the order says, else as the site says; before a dock, where docking begins."""
        docks = next((action for action in node.actions if action.action_type == "dock"), None)
        station_id = next((str(p.value) for p in docks.action_parameters or ()), "") if docks else ""
        if station := self._stations.get(station_id):
            back_x, back_y = STAGING_M * math.cos(station.theta), STAGING_M * math.sin(station.theta)
            return Pose(station.x - back_x, station.y - back_y, station.theta)
        place = self._places[node.node_id]
        if node.node_position is None:
            return Pose(place.x, place.y, math.nan if place.theta is None else place.theta)
        position = node.node_position
        theta = position.theta if position.theta is not None else place.theta
        return Pose(position.x, position.y, math.nan if theta is None else theta)

    # --- the drive itself ---

    def _steer(self, targets: tuple[OrderNode, ...], senses: Senses) -> None:
        if self._drive and _same_end(self._drive.nodes, targets):
            return
        poses = _with_headings([self.pose_of(node) for node in targets], senses.pose)
        self._drive = _Drive(self._navigator.go_through(poses), targets)
        self._trouble.still_since_s = None
        self._trouble.lost = False

    def _pass_nodes(self, book: OrderBook, senses: Senses) -> OrderBook:
        if self._drive is None or senses.pose is None:
            return book
        remaining = self._drive.travel.poses_remaining
        served = len(self._drive.nodes) - remaining if remaining else 0
        for index, node in enumerate(self._drive.nodes[:-1]):
            if node.sequence_id <= book.reached:
                continue
            spot = self.pose_of(node)
            if index >= served and senses.pose.distance_to(spot.x, spot.y) > _radius(node):
                break
            book = self._reach(book, node)
        return book

    def _reach(self, book: OrderBook, node: OrderNode) -> OrderBook:
        self._trouble = _Trouble()
        return book.reach(node)

    def _end(self, book: OrderBook, drive: _Drive, outcome: Ended, senses: Senses) -> OrderBook:
        self._drive = None
        if outcome.ok:
            for node in drive.nodes:
                if node.sequence_id > book.reached:
                    book = self._reach(book, node)
            return book
        goal = drive.nodes[-1].node_id
        if outcome.lost:
            self._trouble.lost = True
            self._trouble.fault = Fault(info.NAVIGATION_LOST, ErrorLevel.URGENT, _about(book, goal))
            return book
        self._trouble.attempts += 1
        self._trouble.retry_at_s = senses.now_s + 2.0 * self._trouble.attempts
        level = _level_of(self._trouble.attempts)
        values: Mapping[str, str] = {"node": goal} if outcome.blocked else {"node": goal, "code": str(outcome.code)}
        kind = info.PATH_BLOCKED if outcome.blocked else info.NAVIGATION_FAILED
        self._trouble.fault = Fault(kind, level, _about(book, goal), values)
        return book

    def _progress(self, book: OrderBook, targets: tuple[OrderNode, ...], senses: Senses) -> DriveReport:
        trouble = self._trouble
        driving = Waiting("waiting.driving", {"node": (book.ahead or targets)[-1].node_id})
        if senses.moving:
            if abs(senses.speed_mps) > 0.1:
                trouble.still_since_s, trouble.fault = None, None
            return DriveReport(book, driving, trouble.fault)
        if trouble.still_since_s is None:
            trouble.still_since_s = senses.now_s
        still_s = senses.now_s - trouble.still_since_s
        if still_s < STANDING_S:
            return DriveReport(book, driving, trouble.fault)
        goal = targets[-1].node_id
        if still_s >= BLOCKED_AFTER_S:
            level = ErrorLevel.URGENT if still_s >= URGENT_AFTER_S else ErrorLevel.WARNING
            trouble.fault = Fault(info.PATH_BLOCKED, level, _about(book, goal), {"node": goal})
        if still_s >= GIVE_UP_AFTER_S:
            self.stop()
            trouble.attempts += 1
            level = ErrorLevel.CRITICAL if trouble.attempts >= ATTEMPTS else ErrorLevel.WARNING
            trouble.fault = Fault(info.PATH_BLOCKED, level, _about(book, goal), {"node": goal})
        return DriveReport(book, Waiting("waiting.people_in_front"), trouble.fault)


def _level_of(attempts: int) -> ErrorLevel:
    """A drive that failed twice has stood for longer than it takes to be urgent."""
    if attempts >= ATTEMPTS:
        return ErrorLevel.CRITICAL
    return ErrorLevel.URGENT if attempts >= URGENT_ATTEMPTS else ErrorLevel.WARNING


def _radius(node: OrderNode) -> float:
    deviation = node.node_position.allowed_deviation_xy if node.node_position else None
    return max(deviation.a if deviation else 0.0, PASS_RADIUS_M)


def _same_end(driven: Sequence[OrderNode], targets: Sequence[OrderNode]) -> bool:
    wanted = [node.sequence_id for node in targets]
    return [node.sequence_id for node in driven][-len(wanted) :] == wanted


def _with_headings(poses: Sequence[Pose], start: Pose | None) -> list[Pose]:
    """Fills in headings nobody asked for: along the way."""
    headed: list[Pose] = []
    before = start
    for index, pose in enumerate(poses):
        theta = pose.theta
        if math.isnan(theta) and index + 1 < len(poses):
            theta = math.atan2(poses[index + 1].y - pose.y, poses[index + 1].x - pose.x)
        elif math.isnan(theta):
            far = before is not None and before.distance_to(pose.x, pose.y) > 0.05
            theta = math.atan2(pose.y - before.y, pose.x - before.x) if before and far else (before or Pose(0, 0)).theta
        headed.append(Pose(pose.x, pose.y, theta))
        before = headed[-1]
    return headed


def _about(book: OrderBook, node_id: str) -> tuple[tuple[str, str], ...]:
    return (("orderId", book.order_id), ("nodeId", node_id))


def _obstacle_text(obstacle: Obstacle) -> Waiting:
    if obstacle.key == "waiting.release":
        return Waiting(obstacle.key)
    return Waiting(obstacle.key, {"crosswalk": obstacle.crosswalk.name.ko})
