"""From rows and live robots to what traffic looks at."""

import math
from typing import NamedTuple

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.live import RobotLive, countdown_s
from gangseo_backend.fleet.missions import leg_steps
from gangseo_backend.fleet.models import MissionRow, OrderRow
from gangseo_backend.fleet.network import Network
from gangseo_backend.fleet.orders import is_on_map
from gangseo_backend.fleet.plans import Vehicle
from gangseo_backend.fleet.states import OrderState
from gangseo_backend.fleet.work import work_left_s

CLEARED_M = 2.5
"""A robot this far from a node has left its place there."""


def vehicles_of(board: Board, now_s: float) -> list[Vehicle]:
    """Every robot whose place is known: those with the oldest missions first."""

    def urgency(robot_id: str) -> tuple[bool, str, str]:
        order, mission = board.orders.get(robot_id), board.mission_of(robot_id)
        return (order is None, mission.id if mission else "", robot_id)

    found = []
    for robot_id in sorted(board.robots, key=urgency):
        live = board.live.get(robot_id)
        if live is None:
            continue
        order = board.orders.get(robot_id)
        if order is not None and not is_on_map(order, board.place.lanes):
            order = None
        vehicle = _without_order(board, live, now_s) if order is None else _with_order(board, live, order, now_s)
        if vehicle is not None:
            found.append(vehicle)
    return found


def _without_order(board: Board, live: RobotLive, now_s: float) -> Vehicle | None:
    robot_id = live.robot_id
    node = board.node_of(robot_id)
    if node is None:
        return None
    standing = _standing(board.place.network, node, live)
    mission, home = board.mission_of(robot_id), _home(board, robot_id)
    goal = None if mission is None or mission.cancel_requested_at else mission.target_node_id
    return Vehicle(
        robot_id, node, standing.places, standing.held, now_s, _stops(goal, home), _work_s(board, live, mission),
        _is_fixed(board, live, None), home, standing.left,
    )  # fmt: skip


def _with_order(board: Board, live: RobotLive, order: OrderRow, now_s: float) -> Vehicle:
    network = board.place.network
    here = order.route[order.passed]
    under_way = order.passed < order.released
    held: set[str] = set()
    places, left = _places_after(network, order, order.released, live), frozenset[str]()
    standing = _standing(network, here, live)
    if order.released == 0:
        places, left = standing.places, standing.left
        held |= standing.held
    elif order.passed == 0 and standing.left and standing.places.isdisjoint(network.passages[order.edges[0]].stretch):
        # It comes back to where it begins before it drives on.
        held |= standing.held | standing.left
    elif not under_way or not standing.is_away:
        held |= _places_after(network, order, order.passed, live)
    for index in range(order.passed, order.released):
        held.update(network.passages[order.edges[index]].takes)
    if order.robot_id in board.held and live.x is not None and live.y is not None:
        held |= network.standing_on(live.x, live.y)
    mission, home = board.missions.get(order.mission_id), _home(board, order.robot_id)
    drive_s = sum(network.passages[edge].time_s for edge in order.edges[order.passed : order.released])
    at_last = order.released == len(order.edges)
    goal = None if at_last or order.state is OrderState.CANCELING else order.route[-1]
    work_s = _work_s(board, live, mission)
    ready_s = now_s + drive_s + (work_s if at_last else 0.0)
    return Vehicle(
        order.robot_id, order.route[order.released], places, frozenset(held | places), ready_s,
        _stops(goal, home), work_s, _is_fixed(board, live, order), home, left,
    )  # fmt: skip


def _stops(goal: str | None, home: str | None) -> tuple[str, ...]:
    wanted = dict.fromkeys(stop for stop in (goal, home) if stop is not None)
    return tuple(wanted)


class _Standing(NamedTuple):
    """Of a robot at a node, or that has left it for an edge: what it takes up, what it has left, all it holds."""

    places: frozenset[str]
    left: frozenset[str]
    held: frozenset[str]
    is_away: bool


def _standing(network: Network, node: str, live: RobotLive) -> _Standing:
    at_node, nothing = _places(network, node, live), frozenset[str]()
    if live.x is None or live.y is None or _distance_m(network, node, live) <= CLEARED_M:
        return _Standing(at_node, nothing, at_node, is_away=False)
    on = network.standing_on(live.x, live.y)
    if onward := on & _stretches_from(network, node):
        return _Standing(onward, at_node, on, is_away=True)
    return _Standing(at_node, nothing, at_node | on, is_away=True)


def _stretches_from(network: Network, node: str) -> frozenset[str]:
    return frozenset(resource for passage in network.onward[node] for resource in passage.stretch)


def _places_after(network: Network, order: OrderRow, index: int, live: RobotLive) -> frozenset[str]:
    """What a robot takes up at a node of its way."""
    if index > 0:
        return frozenset({network.passages[order.edges[index - 1]].place})
    return _places(network, order.route[0], live)


def _places(network: Network, node: str, live: RobotLive) -> frozenset[str]:
    if live.x is None or live.y is None:
        return frozenset(network.places_at(node))
    return network.standing_at(node, live.x, live.y)


def _distance_m(network: Network, node: str, live: RobotLive) -> float:
    if live.x is None or live.y is None:
        return 0.0
    place = network.lanes.nodes[node]
    return math.hypot(live.x - place.x, live.y - place.y)


def _home(board: Board, robot_id: str) -> str | None:
    robot = board.robots.get(robot_id)
    station = board.place.stations.get(robot.charger_id) if robot else None
    return station.node_id if station else None


def _work_s(board: Board, live: RobotLive, mission: MissionRow | None) -> float:
    return work_left_s(leg_steps(board, mission), countdown_s(live.state)) if mission else 0.0


def _is_fixed(board: Board, live: RobotLive, order: OrderRow | None) -> bool:
    """Whether the others had better drive around it."""
    if not live.online(board.now) or not live.able or board.has_loss(live):
        return True
    if order is None or order.passed == order.released:
        return False
    moments = (order.progressed_at, live.moved_at, order.created_at)
    still_s = min(board.age_s(moment) for moment in moments if moment is not None)
    return still_s > board.policy.of_robot(board.policy.fixed_after_s)
