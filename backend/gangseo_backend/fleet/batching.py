"""Several deliveries on one robot: between two legs it goes where the plan of all robots' goods says.

PyVRP makes the plan beside the planner's thread (ADR 15); it is not stored, since missions and their turns say all
that is under way, and a new plan is there within a second.
"""

from collections.abc import Hashable, Mapping

from gangseo_backend.fleet.batch_scene import FETCH, carriers, compartments, scene_of, wishes
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.missions import assign, take_turn
from gangseo_backend.fleet.models import MissionRow
from gangseo_backend.fleet.public import MissionState
from gangseo_backend.fleet.tour_order import steps_of

_PATIENCE_S = 1.0
"""Wall seconds for which a robot between two legs waits for a plan."""


def apply(board: Board) -> None:
    """Let robots between two legs go on by the plan, and begin another plan when something has changed."""
    desk, memory, robots = board.memory.batch_desk, board.memory, carriers(board)
    planned = desk.take()
    if planned is not None:
        memory.batches = planned
    between_legs = [robot_id for robot_id in robots if robot_id not in board.orders]
    for robot_id in between_legs:
        _go_on(board, robot_id)
    if not desk.busy and _is_worth_a_plan(board, robots) and (because := _because(board, robots)) != desk.because:
        desk.begin(scene_of(board, robots), board.place.lanes, because)
    if desk.busy and planned is None:
        board.undecided = frozenset(robot_id for robot_id in between_legs if _may_wait(board, robot_id))


def _may_wait(board: Board, robot_id: str) -> bool:
    """Whether a robot's leg has only just ended, so that it can wait for the plan that is being made."""
    mission = board.mission_of(robot_id)
    return mission is not None and board.age_s(mission.assigned_at) < _PATIENCE_S


def _is_worth_a_plan(board: Board, robots: Mapping[str, RobotLive]) -> bool:
    several = any(len(board.missions_of(robot_id)) > 1 for robot_id in robots)
    return several or (bool(robots) and bool(wishes(board)))


def _because(board: Board, robots: Mapping[str, RobotLive]) -> Hashable:
    """What a plan depends on: who is at what, what waits, what is closed."""
    missions = (mission for robot_id in robots for mission in board.missions_of(robot_id))
    at = frozenset((row.id, row.robot_id, row.leg) for row in missions)
    return at, frozenset(row.id for row in wishes(board)), board.closed


def fetched_by(board: Board, mission: MissionRow) -> tuple[str, float] | None:
    """Which robot that is at other deliveries will fetch the goods of a queued one, and in how many robot seconds."""
    planned = board.memory.batches
    for tour in planned.plan.tours if planned is not None else ():
        visit = next((each for each in tour.visits if (each.kind, each.visit_id) == ("pickup", mission.id)), None)
        if planned is not None and visit is not None and board.missions_of(tour.robot_id):
            passed_s = board.age_s(planned.scene.now) * board.policy.speed_factor
            return (tour.robot_id, visit.arrive_s - passed_s) if _may_take(board, tour.robot_id, mission) else None
    return None


def _go_on(board: Board, robot_id: str) -> None:
    """The next thing the plan has for a robot that can still be done comes first."""
    planned = board.memory.batches
    tours = (tour for tour in planned.plan.tours if tour.robot_id == robot_id) if planned is not None else ()
    own = {mission.id: mission for mission in board.missions_of(robot_id)}
    for kind, mission_id in (step for tour in tours for step in steps_of(tour)):
        mission = board.missions.get(mission_id)
        if mission is None or not mission.open:
            continue
        if mission_id in own:
            if (kind == "pickup") is (mission.leg == FETCH):
                _put_first(board, robot_id, mission)
                return
        elif kind == "pickup" and _may_take(board, robot_id, mission):
            first = min(row.turn for row in own.values())
            assign(board, mission, robot_id)
            mission.turn = first - 1
            return


def _put_first(board: Board, robot_id: str, mission: MissionRow) -> None:
    missions = board.missions_of(robot_id)
    if missions[0] is not mission:
        mission.turn = missions[0].turn - 1
        board.touch(mission)
        take_turn(board, mission)


def _may_take(board: Board, robot_id: str, mission: MissionRow) -> bool:
    """Whether its compartment is free, nobody else is there sooner, and nobody waits longer for this robot."""
    if mission.state is not MissionState.QUEUED or mission.cancel_requested_at is not None:
        return False
    wanted = compartments(board.steps.get(mission.id, []))
    taken = (compartments(board.steps.get(row.id, [])) for row in board.missions_of(robot_id))
    if robot_id in mission.excluded or any(wanted & each for each in taken):
        return False
    expected = board.memory.expected
    for mission_id, other in expected.items():
        waiting = board.missions.get(mission_id)
        if waiting is not None and other.robot_id == robot_id and waiting.created_at < mission.created_at:
            return False
    soonest = expected.get(mission.id)
    if soonest is None or soonest.robot_id == robot_id:
        return True
    times_s = board.memory.times_to(board.place.lanes, mission.target_node_id, board.closed)
    way_s = times_s.get(board.node_of(robot_id) or "")
    return way_s is not None and way_s <= soonest.start_s + soonest.way_s
