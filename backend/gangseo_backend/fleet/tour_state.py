"""What tours begin with, read off the board: robots that can work, stops that wait."""

from collections.abc import Sequence
from datetime import datetime

from gangseo_backend.core.tours import StopWish
from gangseo_backend.fleet.bins import room
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.dispatch import RANGE_MARGIN, USUAL_MPS
from gangseo_backend.fleet.forecast import DIVERT_S, busy_s, drive_left_s, last_node, least_charge, litres_after
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.models import MissionRow, TourStopRow
from gangseo_backend.fleet.public import MissionKind, MissionState
from gangseo_backend.fleet.reach import range_m
from gangseo_backend.fleet.tour_problem import End, TourDepot, TourRobot, TourStop
from gangseo_backend.fleet.tour_scene import Scene
from gangseo_backend.fleet.tour_walk import Step
from gangseo_backend.fleet.tours import Orders
from gangseo_backend.fleet.work import usual_s, work_left_s


def scene_of(board: Board, wishes: Sequence[StopWish] = ()) -> Scene:
    """Every robot that can work, and every stop that waits or is asked about."""
    rows = waiting(board)
    stops = [_stop(board, board.missions[row.mission_id], row) for row in rows]
    stops += [_asked(board, wish) for wish in wishes]
    work_s = usual_s("dock") + usual_s("unload")
    return Scene(
        now=board.now,
        robots=tuple(_robot(board, live, home_id) for live, home_id in workers(board)),
        stops=tuple(stops),
        depots=tuple(TourDepot(depot.station_id, depot.node_id, work_s) for depot in board.place.depots()),
        closed=board.closed,
        before=_orders(rows),
    )


def waiting(board: Board) -> list[TourStopRow]:
    """Stops that no robot has begun, as they are planned."""
    missions = board.missions
    rows = [row for row in board.tours.values() if missions[row.mission_id].state is MissionState.QUEUED]
    rows = [row for row in rows if missions[row.mission_id].cancel_requested_at is None]
    return sorted(rows, key=lambda row: (row.robot_id or "", row.number, row.mission_id))


def workers(board: Board) -> list[tuple[RobotLive, str]]:
    """Robots that can do stops now or when they have done what they are at, and the nodes of their chargers."""
    found = []
    for robot_id, robot in board.robots.items():
        live, charger = board.live.get(robot_id), board.place.stations.get(robot.charger_id)
        if live is None or charger is None or robot_id in board.holding or not board.can_work(live):
            continue
        if live.state is not None and live.state_of_charge >= least_charge(board, live):
            found.append((live, charger.node_id))
    return found


def _robot(board: Board, live: RobotLive, home_id: str) -> TourRobot:
    mission = board.mission_of(live.robot_id)
    node_id, free_in_s, before_m = board.node_of(live.robot_id) or home_id, 0.0 if mission is None else DIVERT_S, 0.0
    if mission is not None and mission.kind is not MissionKind.CHARGE:
        node_id, free_in_s = last_node(board, live.robot_id) or node_id, busy_s(board, live)
        before_m = drive_left_s(board, live.robot_id) * USUAL_MPS
    reach_m = range_m(board, live)
    given = {} if reach_m is None else {"range_m": max(0.0, reach_m / RANGE_MARGIN - before_m)}
    return TourRobot(
        live.robot_id, node_id, home_id,
        room={stream: takes * board.policy.full_bin for stream, takes in room(live.state).items()},
        fill=litres_after(board, live, mission), free_in_s=free_in_s, **given,
    )  # fmt: skip


def _stop(board: Board, mission: MissionRow, row: TourStopRow) -> TourStop:
    service_s = work_left_s(board.steps.get(mission.id, []))
    at = End(mission.target_node_id, service_s, latest_s=_until_s(board, row.latest_at, service_s))
    return TourStop(mission.id, at, row.litres, board.age_s(mission.created_at), frozenset(mission.excluded))


def _asked(board: Board, wish: StopWish) -> TourStop:
    service_s = sum(usual_s(work.kind, work.parameters) for work in wish.leg.work)
    at = End(wish.leg.node_id, service_s, latest_s=_until_s(board, wish.tour.latest_at, service_s))
    return TourStop(wish.stop_id, at, wish.tour.litres)


def _until_s(board: Board, latest_at: datetime | None, service_s: float) -> float:
    """Robot seconds until a visit must begin to end in time."""
    if latest_at is None:
        return float("inf")
    return max(0.0, (latest_at - board.now).total_seconds() * board.policy.speed_factor - service_s)


def _orders(rows: Sequence[TourStopRow]) -> Orders:
    found: dict[str, list[Step]] = {}
    for row in rows:
        if row.robot_id is not None:
            steps = found.setdefault(row.robot_id, [])
            steps += [Step("depot", row.via_depot)] if row.via_depot else []
            steps.append(Step("stop", row.mission_id))
    return found
