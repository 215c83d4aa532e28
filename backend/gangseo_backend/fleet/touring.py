"""Which robot does which stop of a round, and in what order: planned anew whenever something happens."""

from collections.abc import Hashable
from datetime import datetime, timedelta

from sqlmodel import select

from gangseo_backend.fleet.bins import litres, room
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.dispatch import RANGE_MARGIN, USUAL_MPS
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.models import MissionRow, TourStopRow
from gangseo_backend.fleet.public import MissionKind
from gangseo_backend.fleet.reach import range_m
from gangseo_backend.fleet.tour_desk import Planned
from gangseo_backend.fleet.tour_problem import Tour
from gangseo_backend.fleet.tour_state import scene_of, waiting, workers
from gangseo_protocol.site import Station

_LATE_S = 60.0
"""Robot seconds by which a plan may be behind before it is made anew, and between two tries for what nobody can do."""
_OF_TOURS = {MissionKind.ROUND, MissionKind.CHARGE}
"""Missions that no plan is changed for."""
_EMPTY_L = 1.0
"""Litres with which a robot does not go to a depot: it is not they that need the room."""


def apply(board: Board) -> None:
    """Take the plan that is ready, and begin another when it is no longer true."""
    rows = board.session.exec(select(TourStopRow)).all()
    for row in rows:
        if row.mission_id not in board.missions:
            board.session.delete(row)
    board.tours = {row.mission_id: row for row in rows if row.mission_id in board.missions}
    desk = board.memory.tours
    desk.answer(lambda wishes: scene_of(board, wishes))
    planned = desk.take()
    if planned is not None:
        _keep(board, planned)
    if desk.busy or not waiting(board):
        return
    because = _because(board)
    if because != desk.because or _is_unplanned(board) or (_is_behind(board) and _may_try_again(board)):
        desk.begin(scene_of(board), board.place.lanes, because)


def _keep(board: Board, planned: Planned) -> None:
    """Write the plan into the stops that still wait."""
    open_rows = {row.mission_id: row for row in waiting(board)}
    for tour in planned.plan.tours:
        _keep_tour(board, open_rows, tour, planned.scene.now)
    for mission_id, reason_key in planned.plan.unserved.items():
        row = open_rows.get(mission_id)
        if row is not None:
            row.robot_id, row.arrive_at, row.via_depot, row.reason_key = None, None, None, reason_key


def _keep_tour(board: Board, open_rows: dict[str, TourStopRow], tour: Tour, now: datetime) -> None:
    depot_id = None
    for number, visit in enumerate(tour.visits, start=1):
        row = open_rows.get(visit.visit_id)
        if visit.kind == "depot":
            depot_id = visit.visit_id
        elif row is not None:
            row.robot_id, row.number, row.via_depot, row.reason_key = tour.robot_id, number, depot_id, None
            row.arrive_at = now + timedelta(seconds=board.policy.of_robot(visit.arrive_s))
            row.promised_at = row.promised_at or row.arrive_at
            depot_id = None


def _because(board: Board) -> Hashable:
    """What a plan depends on beside the stops themselves: who can work, what else they are at, what is closed."""
    at = {live.robot_id: board.mission_of(live.robot_id) for live, _ in workers(board)}
    others = {
        robot_id: None if mission is None or mission.kind in _OF_TOURS else mission.id
        for robot_id, mission in at.items()
    }
    return frozenset(others.items()), board.closed


def _is_unplanned(board: Board) -> bool:
    """A stop is new, or came back from the robot that had it."""
    return any(row.robot_id is None and row.reason_key is None for row in waiting(board))


def _is_behind(board: Board) -> bool:
    late_s = board.policy.of_robot(_LATE_S)
    return any(row.robot_id is None or board.age_s(row.arrive_at) > late_s for row in waiting(board))


def _may_try_again(board: Board) -> bool:
    return board.age_s(board.memory.tours.begun_at) > board.policy.of_robot(_LATE_S)


# --- for the dispatch ---


def waited_s(board: Board, mission: MissionRow) -> float:
    """How long somebody waits for a mission: a stop of a round only from when a robot was to be there."""
    stop = board.tours.get(mission.id)
    return board.age_s(mission.created_at) if stop is None else max(0.0, board.age_s(stop.promised_at))


def takes_turns(board: Board, mission: MissionRow) -> bool:
    """Whether a mission is given out by who waits longest: calls always, a stop of a round once it is overdue."""
    stop = board.tours.get(mission.id)
    if mission.kind is not MissionKind.ROUND:
        return True
    live = board.live.get(stop.robot_id or "") if stop else None
    return (
        stop is not None and live is not None and waited_s(board, mission) > 0.0 and not must_unload(board, stop, live)
    )


def others_than_planned(board: Board, mission: MissionRow) -> frozenset[str]:
    """Robots that must leave a stop to the one it is planned for."""
    stop = board.tours.get(mission.id)
    return frozenset() if stop is None else frozenset(board.robots) - {stop.robot_id or ""}


def next_stops(board: Board) -> dict[str, TourStopRow]:
    """What each robot is to do next of its tour."""
    return {row.robot_id: row for row in reversed(waiting(board)) if row.robot_id is not None}


def can_go(board: Board, live: RobotLive, stop: TourStopRow) -> bool:
    """Whether there is a way to a stop, and a robot's charge as it is now lasts for it and the way home."""
    goal = board.missions[stop.mission_id].target_node_id
    time_s = board.memory.times_to(board.place.lanes, goal, board.closed).get(board.node_of(live.robot_id) or "")
    reach_m = range_m(board, live)
    if time_s is None:
        return False
    needed_m = (time_s * USUAL_MPS + board.way_home_m(goal)) * RANGE_MARGIN
    return reach_m is None or reach_m >= needed_m


def must_unload(board: Board, stop: TourStopRow, live: RobotLive) -> bool:
    """Whether a robot has to be emptied before a stop: the plan says so, or more came in than was expected."""
    now, takes, full_bin = litres(live.state), room(live.state), board.policy.full_bin
    then = {stream: now.get(stream, 0.0) + value for stream, value in stop.litres.items()}
    full = any(value > takes.get(stream, 0.0) * full_bin for stream, value in then.items())
    return (full or stop.via_depot is not None) and max(now.values(), default=0.0) > _EMPTY_L


def depot_of(board: Board, stop: TourStopRow) -> Station | None:
    """The depot that the plan has before a stop."""
    return board.place.stations.get(stop.via_depot or "")


def forget(board: Board, mission: MissionRow) -> None:
    """A robot has begun a stop: what was planned for it is over."""
    stop = board.tours.get(mission.id)
    if stop is not None:
        stop.robot_id, stop.via_depot, stop.arrive_at = None, None, None
