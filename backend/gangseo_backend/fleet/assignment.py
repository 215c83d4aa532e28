"""Which robot does what next: unload when full, home when idle or weak, else the calls that wait."""

from collections.abc import Collection

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.dispatch import LOW_CHARGE, Candidate, Wish, assign
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.missions import assign as assign_mission
from gangseo_backend.fleet.missions import cancel_order, create_at_station, end
from gangseo_backend.fleet.models import MissionRow, RobotRow
from gangseo_backend.fleet.public import MissionKind, MissionState
from gangseo_protocol.site import Station

_DIVERT_S = 3.0


def apply(board: Board) -> None:
    """Give every robot that can work something to do."""
    places = {mission.target_node_id for mission in board.queued()}
    candidates = []
    for robot_id, robot in board.robots.items():
        live = board.live.get(robot_id)
        if live is None or not board.can_work(live):
            continue
        mission = board.mission_of(robot_id)
        if mission is None and robot_id not in board.orders:
            mission = _look_after_itself(board, robot, live)
        if places and _may_take(board, live, mission):
            candidates.append(_candidate(board, live, mission, places))
    _dispatch(board, [candidate for candidate in candidates if candidate.times_s])


def _look_after_itself(board: Board, robot: RobotRow, live: RobotLive) -> MissionRow | None:
    """Unload, charge or go home, when it is time."""
    if robot.idle_since is None:
        robot.idle_since = board.now
        board.touch(robot)
    if board.memory.rest_until.get(robot.robot_id, board.now) > board.now:
        return None
    policy = board.policy
    if live.fullest >= policy.full_bin:
        depot = _nearest_depot(board, robot.robot_id)
        return create_at_station(board, MissionKind.UNLOAD, depot, robot.robot_id) if depot else None
    charger = board.place.stations.get(robot.charger_id)
    state = live.state
    if charger is None or state is None:
        return None
    at_home = board.node_of(robot.robot_id) == charger.node_id
    charged = at_home and (state.power_supply.charging or live.state_of_charge >= policy.full_charge)
    idle_s = board.age_s(robot.idle_since)
    patient_s = 0.0 if live.state_of_charge < LOW_CHARGE or robot.robot_id in board.memory.in_the_way else (
        policy.of_robot(policy.idle_before_home_s)
    )  # fmt: skip
    if charged or idle_s < patient_s:
        return None
    return create_at_station(board, MissionKind.CHARGE, charger, robot.robot_id)


def _nearest_depot(board: Board, robot_id: str) -> Station | None:
    start = board.node_of(robot_id)
    if start is None:
        return None
    times = board.place.lanes.times_from(start, set(board.blocked))
    depots = [depot for depot in board.place.depots() if depot.node_id in times]
    return min(depots, key=lambda depot: times[depot.node_id], default=None)


def _may_take(board: Board, live: RobotLive, mission: MissionRow | None) -> bool:
    if live.state is None or live.fullest >= board.policy.full_bin:
        return False
    order = board.orders.get(live.robot_id)
    if mission is None:
        if order is not None:
            return False
    elif mission.kind is not MissionKind.CHARGE:
        return False
    charging = live.state.power_supply.charging
    return live.state_of_charge >= (board.policy.charge_to_leave if charging else LOW_CHARGE)


def _candidate(board: Board, live: RobotLive, mission: MissionRow | None, places: Collection[str]) -> Candidate:
    start = board.node_of(live.robot_id)
    blocked = frozenset(board.blocked)
    times_s = {}
    for place in places:
        time_s = board.memory.times_to(board.place.lanes, place, blocked).get(start or "")
        if time_s is not None:
            times_s[place] = time_s
    return Candidate(
        robot_id=live.robot_id,
        times_s=times_s,
        state_of_charge=live.state_of_charge,
        range_m=live.state.power_supply.range if live.state else None,
        free_in_s=_DIVERT_S if mission is not None else 0.0,
    )


def _dispatch(board: Board, candidates: list[Candidate]) -> None:
    queue = board.queued()
    if not candidates or not queue:
        return
    wishes = [
        Wish(
            mission_id=mission.id,
            node_id=mission.target_node_id,
            waited_s=board.age_s(mission.created_at),
            excluded=frozenset(mission.excluded),
            way_home_m=board.way_home_m(mission.target_node_id),
        )
        for mission in queue
        if mission.cancel_requested_at is None
    ]
    for mission_id, robot_id in assign(candidates, wishes).items():
        _divert(board, robot_id)
        assign_mission(board, board.missions[mission_id], robot_id)


def _divert(board: Board, robot_id: str) -> None:
    """A robot on its way home turns to a call."""
    homeward = board.mission_of(robot_id)
    if homeward is None:
        return
    order = board.orders.get(robot_id)
    if order is not None:
        cancel_order(board, order)
    end(board, homeward, MissionState.CANCELED, "reason.diverted")
