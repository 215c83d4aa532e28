"""Where a busy robot will be, when, and with what in its bins."""

from itertools import pairwise, takewhile

from gangseo_backend.fleet.bins import litres, room
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.dispatch import LOW_CHARGE
from gangseo_backend.fleet.live import RobotLive, countdown_s
from gangseo_backend.fleet.missions import end_node, leg_steps
from gangseo_backend.fleet.models import MissionRow
from gangseo_backend.fleet.public import MissionKind
from gangseo_backend.fleet.work import work_left_s

DIVERT_S = 3.0
"""Robot seconds to turn from one mission to another."""


def busy_s(board: Board, live: RobotLive) -> float:
    """Robot seconds until a robot has done all its missions."""
    missions = board.missions_of(live.robot_id)
    countdown = countdown_s(live.state)
    work_s = sum(work_left_s(board.steps.get(mission.id, []), countdown) for mission in missions)
    return drive_left_s(board, live.robot_id) + work_s + (DIVERT_S if missions else 0.0)


def last_node(board: Board, robot_id: str) -> str | None:
    """Where the last of a robot's missions ends."""
    missions = in_turn(board, robot_id)
    return end_node(missions[-1]) if missions else None


def in_turn(board: Board, robot_id: str) -> list[MissionRow]:
    """A robot's missions, the one it is at first."""
    now = board.mission_of(robot_id)
    return [] if now is None else [now, *(row for row in board.missions_of(robot_id) if row is not now)]


def drive_left_s(board: Board, robot_id: str) -> float:
    """Robot seconds of driving until a robot has done all its missions."""
    missions = in_turn(board, robot_id)
    ordered_s = _ordered_s(board, missions[0]) if missions else 0.0
    between_s = sum(way_s(board, end_node(one), other.target_node_id) for one, other in pairwise(missions))
    return ordered_s + between_s + sum(between_legs_s(board, mission) for mission in missions)


def leg_left_s(board: Board, live: RobotLive, mission: MissionRow) -> float:
    """Robot seconds until the leg under way of the mission that a robot is at has ended."""
    return _ordered_s(board, mission) + work_left_s(leg_steps(board, mission), countdown_s(live.state))


def turn_in_s(board: Board, live: RobotLive, mission: MissionRow) -> float:
    """Robot seconds until a robot will be where a mission that waits its turn goes on."""
    now, *following = in_turn(board, live.robot_id)
    ahead = list(takewhile(lambda row: row is not mission, following))
    nodes = [row.target_node_id for row in (now, *ahead, mission)]
    work_s = sum(work_left_s(leg_steps(board, row)) for row in ahead)
    return leg_left_s(board, live, now) + work_s + sum(way_s(board, start, goal) for start, goal in pairwise(nodes))


def _ordered_s(board: Board, mission: MissionRow) -> float:
    """Robot seconds of driving that the order for a mission still has."""
    order = board.order_of(mission)
    return board.place.lanes.remaining(order.edges[order.passed :])[0] if order else 0.0


def way_s(board: Board, start: str, goal: str) -> float:
    """Robot seconds from node to node; 0 where there is no way."""
    return board.memory.times_to(board.place.lanes, goal, board.closed).get(start, 0.0)


def between_legs_s(board: Board, mission: MissionRow) -> float:
    """Robot seconds of driving from where the leg under way ends through all others."""
    nodes = [mission.target_node_id, *(leg["node_id"] for leg in mission.legs[mission.leg + 1 :])]
    return sum(way_s(board, start, end) for start, end in pairwise(nodes))


def least_charge(board: Board, live: RobotLive) -> float:
    """Per cent that a robot needs to be sent out: more once it charges, or it would go to and fro."""
    charging = live.state is not None and live.state.power_supply.charging
    return board.policy.charge_to_leave if charging else LOW_CHARGE


def litres_after(board: Board, live: RobotLive, mission: MissionRow | None) -> dict[str, float]:
    """What its bins will hold then."""
    now = litres(live.state)
    if mission is None or not (mission.kind.fills_bins or mission.kind is MissionKind.UNLOAD):
        return now
    if mission.kind is MissionKind.UNLOAD:
        return {}
    stop = board.tours.get(mission.id)
    share = board.policy.fill_of_call
    coming = stop.litres if stop else {stream: value * share for stream, value in room(live.state).items()}
    return {stream: now.get(stream, 0.0) + coming.get(stream, 0.0) for stream in now.keys() | coming.keys()}
