"""What a plan of deliveries on the same robots begins with, read off the board."""

import math
from collections.abc import Iterable, Mapping, Sequence

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.dispatch import RANGE_MARGIN, USUAL_MPS
from gangseo_backend.fleet.forecast import in_turn, leg_left_s, way_s
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.models import MissionRow, StepRow
from gangseo_backend.fleet.public import MissionKind
from gangseo_backend.fleet.reach import range_m
from gangseo_backend.fleet.tour_problem import End, TourRobot, TourShipment
from gangseo_backend.fleet.tour_scene import Scene
from gangseo_backend.fleet.work import usual_s, work_left_s
from gangseo_protocol.actions import COMPARTMENTS

DETOUR_S = 300.0
"""Robot seconds by which goods may come later than straight from their shop."""
FETCH, BRING = 0, 1
"""Legs of a delivery to its shop and to its recipient; those after them bring the goods back."""
_A_LITTLE_S = 0.5


def carriers(board: Board) -> dict[str, RobotLive]:
    """Robots that can work and are at deliveries, and nothing else."""
    found = {}
    for robot_id, live in board.live.items():
        missions = board.missions_of(robot_id) if robot_id in board.robots else ()
        delivers = bool(missions) and all(mission.kind is MissionKind.DELIVER for mission in missions)
        if delivers and robot_id not in board.holding and board.can_work(live):
            found[robot_id] = live
    return found


def wishes(board: Board) -> list[MissionRow]:
    """Deliveries that wait for a robot, oldest first."""
    queued = (row for row in board.queued() if row.kind is MissionKind.DELIVER and len(row.legs) > BRING)
    return [row for row in queued if row.cancel_requested_at is None]


def compartments(steps: Iterable[StepRow]) -> frozenset[int]:
    """Compartments that a mission needs."""
    return frozenset(int(step.parameters["compartment"]) for step in steps if "compartment" in step.parameters)


def scene_of(board: Board, robots: Mapping[str, RobotLive]) -> Scene:
    """These robots with what they have on board, and every delivery that waits."""
    shipments = [_wish(board, mission, board.age_s(mission.created_at)) for mission in wishes(board)]
    found = []
    for robot_id, live in robots.items():
        robot = _robot(board, live)
        found.append(robot)
        others = frozenset(robots) - {robot_id}
        shipments += [item for row in in_turn(board, robot_id) for item in _own(board, row, robot, others)]
    return Scene(board.now, tuple(found), board.closed, {}, shipments=tuple(shipments))


def _robot(board: Board, live: RobotLive) -> TourRobot:
    """A robot at the end of the leg that is under way."""
    robot_id = live.robot_id
    mission, home = board.mission_of(robot_id), board.place.stations[board.robots[robot_id].charger_id].node_id
    node_id, free_in_s = board.node_of(robot_id) or home, 0.0
    if mission is not None and board.order_of(mission) is not None:
        node_id, free_in_s = mission.target_node_id, leg_left_s(board, live, mission)
    reach_m = range_m(board, live)
    reach_left_m = math.inf if reach_m is None else max(0.0, reach_m / RANGE_MARGIN - free_in_s * USUAL_MPS)
    room = {_name(number): 1.0 for number in range(1, COMPARTMENTS + 1)}
    return TourRobot(robot_id, node_id, home, room, free_in_s=free_in_s, range_m=reach_left_m)


def _own(board: Board, mission: MissionRow, robot: TourRobot, others: frozenset[str]) -> Sequence[TourShipment]:
    """What a robot will still have to do for a mission after the leg that is under way."""
    under_way = board.order_of(mission) is not None
    if under_way and mission.leg != FETCH:
        return ()
    if not under_way and mission.leg == FETCH:
        return (_wish(board, mission, 0.0, others),)
    # On board by then: it is taken where the robot begins, before anything else.
    leg = BRING if under_way else mission.leg
    goal = str(mission.legs[leg]["node_id"])
    straight_s = robot.free_in_s + way_s(board, robot.node_id, goal)
    until_s = math.inf if leg > BRING else max(straight_s, _promised_s(board, mission)) + _A_LITTLE_S
    begin = End(robot.node_id, latest_s=robot.free_in_s + _A_LITTLE_S)
    drop = End(goal, _work_s(board, mission, leg), latest_s=until_s)
    return (TourShipment(mission.id, begin, drop, _load(board, mission), not_by=others),)


def _wish(board: Board, mission: MissionRow, waited_s: float, not_by: frozenset[str] = frozenset()) -> TourShipment:
    fetch = End(str(mission.legs[FETCH]["node_id"]), _work_s(board, mission, FETCH))
    bring = End(str(mission.legs[BRING]["node_id"]), _work_s(board, mission, BRING))
    return TourShipment(mission.id, fetch, bring, _load(board, mission), waited_s, not_by | set(mission.excluded))


def _promised_s(board: Board, mission: MissionRow) -> float:
    """Robot seconds until goods on board are to be with their recipient."""
    ends = [str(mission.legs[leg]["node_id"]) for leg in (FETCH, BRING)]
    since_s = board.age_s(mission.arrived_at) * board.policy.speed_factor
    return usual_s("loadGoods") + way_s(board, *ends) + DETOUR_S - since_s


def _work_s(board: Board, mission: MissionRow, leg: int) -> float:
    return work_left_s([step for step in board.steps.get(mission.id, []) if step.leg == leg])


def _load(board: Board, mission: MissionRow) -> dict[str, float]:
    return {_name(number): 1.0 for number in compartments(board.steps.get(mission.id, []))}


def _name(compartment: int) -> str:
    return f"compartment_{compartment}"
