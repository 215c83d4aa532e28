"""Where a busy robot will be, when, and with what in its bins."""

from itertools import pairwise

from gangseo_backend.fleet.bins import litres, room
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.dispatch import LOW_CHARGE
from gangseo_backend.fleet.live import RobotLive, countdown_s
from gangseo_backend.fleet.models import MissionRow
from gangseo_backend.fleet.public import MissionKind
from gangseo_backend.fleet.work import work_left_s

DIVERT_S = 3.0
"""Robot seconds to turn from one mission to another."""


def busy_s(board: Board, live: RobotLive, mission: MissionRow) -> float:
    """Robot seconds until a robot has done its mission."""
    work_s = work_left_s(board.steps.get(mission.id, []), countdown_s(live.state))
    return drive_left_s(board, mission) + work_s + DIVERT_S


def drive_left_s(board: Board, mission: MissionRow) -> float:
    """Robot seconds of driving until a mission is done."""
    order = board.order_of(mission)
    drive_s, _ = board.place.lanes.remaining(order.edges[order.passed :]) if order else (0.0, 0.0)
    return drive_s + between_legs_s(board, mission)


def between_legs_s(board: Board, mission: MissionRow) -> float:
    """Robot seconds of driving from where the leg under way ends through all others."""
    nodes = [mission.target_node_id, *(leg["node_id"] for leg in mission.legs[mission.leg + 1 :])]
    closed = board.closed
    return sum(board.memory.times_to(board.place.lanes, end, closed).get(start, 0.0) for start, end in pairwise(nodes))


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
