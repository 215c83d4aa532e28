"""Which robot does what next: unload when full, home when idle or weak, else the calls that wait, else its tour."""

from collections.abc import Collection, Sequence

from gangseo_backend.fleet import touring
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.dispatch import LOW_CHARGE, USUAL_MPS, Candidate, Wish, assign, expect
from gangseo_backend.fleet.energy import effort
from gangseo_backend.fleet.forecast import DIVERT_S, between_legs_s, busy_s, last_node, least_charge
from gangseo_backend.fleet.homes import working_charger
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.missions import assign as assign_mission
from gangseo_backend.fleet.missions import cancel_order, create_at_station, end, end_node
from gangseo_backend.fleet.models import MissionRow, RobotRow, TourStopRow
from gangseo_backend.fleet.public import MissionKind, MissionState
from gangseo_backend.fleet.reach import range_m
from gangseo_backend.fleet.work import work_left_s
from gangseo_protocol.site import Station


def apply(board: Board) -> None:
    """Give every robot that can work something to do."""
    calls = [mission for mission in board.queued() if touring.takes_turns(board, mission)]
    places = {mission.target_node_id for mission in calls}
    candidates, busy, free = [], set(), []
    for robot_id, robot in board.robots.items():
        live = board.live.get(robot_id)
        if live is None or not board.can_work(live):
            continue
        mission = board.mission_of(robot_id)
        if mission is None and robot_id not in board.orders:
            mission = _look_after_itself(board, robot, live)
        if robot_id in board.holding:
            continue
        if _may_take(board, live, mission):
            free.append(live)
            start = board.node_of(live.robot_id) or ""
            free_in_s = DIVERT_S if mission is not None else 0.0
            has_room = live.fullest < board.policy.full_bin
            candidates.append(_candidate(board, live, start, free_in_s, places, has_room=has_room))
        elif places and mission is not None and _will_be_free(board, live, mission):
            busy.add(robot_id)
            has_room, free_in_s = _will_have_room(board, live, mission), busy_s(board, live)
            start = last_node(board, robot_id) or ""
            candidates.append(_candidate(board, live, start, free_in_s, places, has_room=has_room))
    taken = _dispatch(board, calls, [candidate for candidate in candidates if candidate.times_s], busy)
    stops = touring.next_stops(board)
    for live in free:
        stop = stops.get(live.robot_id)
        if stop is not None and live.robot_id not in taken and touring.can_go(board, live, stop):
            _go_on_tour(board, live, stop)


def _look_after_itself(board: Board, robot: RobotRow, live: RobotLive) -> MissionRow | None:
    """Unload, charge or go home, when it is time."""
    if robot.idle_since is None:
        robot.idle_since = board.now
        board.touch(robot)
    if board.memory.rest_until.get(robot.robot_id, board.now) > board.now:
        return None
    policy = board.policy
    if live.fullest >= policy.full_bin or _has_time_to_unload(board, robot, live):
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
    return create_at_station(board, MissionKind.CHARGE, working_charger(board, robot, charger), robot.robot_id)


def _has_time_to_unload(board: Board, robot: RobotRow, live: RobotLive) -> bool:
    """Half full with nothing to do, and nobody else away at the depot: better now than all at once when full."""
    policy = board.policy
    if live.fullest < policy.unload_from or live.state_of_charge < LOW_CHARGE or board.queued():
        return False
    if board.age_s(robot.idle_since) < policy.of_robot(policy.idle_before_unload_s):
        return False
    return not any(other.open and other.kind is MissionKind.UNLOAD for other in board.missions.values())


def _nearest_depot(board: Board, robot_id: str) -> Station | None:
    start = board.node_of(robot_id)
    if start is None:
        return None
    times = board.place.lanes.times_from(start, board.closed)
    depots = [depot for depot in board.place.depots() if depot.node_id in times]
    return min(depots, key=lambda depot: times[depot.node_id], default=None)


def _may_take(board: Board, live: RobotLive, mission: MissionRow | None) -> bool:
    if live.state is None:
        return False
    order = board.orders.get(live.robot_id)
    if mission is None:
        if order is not None:
            return False
    elif not mission.kind.own or (mission.kind is MissionKind.UNLOAD and mission.arrived):
        return False
    return live.state_of_charge >= least_charge(board, live)


def _will_be_free(board: Board, live: RobotLive, mission: MissionRow) -> bool:
    """Whether it could take another mission after its own: with room in its bins and charge enough."""
    under_way = board.order_of(mission) is not None or live.robot_id in board.undecided
    return under_way and live.state_of_charge >= LOW_CHARGE


def _load_kg(board: Board, mission: MissionRow) -> float:
    return sum(float(step.parameters.get("mass_kg", 0.0)) for step in board.steps.get(mission.id, []))


def _will_have_room(board: Board, live: RobotLive, mission: MissionRow) -> bool:
    """Whether its bins will take another call after its mission."""
    coming = board.policy.fill_of_call if mission.kind.fills_bins else 0.0
    return mission.kind is MissionKind.UNLOAD or live.fullest < board.policy.full_bin - coming


def _candidate(
    board: Board, live: RobotLive, start: str, free_in_s: float, places: Collection[str], *, has_room: bool
) -> Candidate:
    closed = board.closed
    times_s = {}
    for place in places:
        time_s = board.memory.times_to(board.place.lanes, place, closed).get(start)
        if time_s is not None:
            times_s[place] = time_s
    return Candidate(
        robot_id=live.robot_id,
        times_s=times_s,
        state_of_charge=live.state_of_charge,
        range_m=range_m(board, live),
        free_in_s=free_in_s,
        has_room=has_room,
    )


def _dispatch(
    board: Board, calls: Sequence[MissionRow], candidates: list[Candidate], busy: Collection[str]
) -> Collection[str]:
    """Give calls to robots; gives the robots that have got one."""
    board.memory.expected.clear()
    if not candidates or not calls:
        return ()
    wishes = [
        Wish(
            mission_id=mission.id,
            node_id=mission.target_node_id,
            waited_s=touring.waited_s(board, mission),
            excluded=touring.others_than_planned(board, mission) | set(mission.excluded),
            way_home_m=between_legs_s(board, mission) * USUAL_MPS + board.way_home_m(end_node(mission)),
            effort=effort(_load_kg(board, mission)),
            needs_room=mission.kind.fills_bins,
            busy_s=work_left_s(board.steps.get(mission.id, [])) + between_legs_s(board, mission),
            end_node_id=end_node(mission),
        )
        for mission in calls
        if mission.cancel_requested_at is None
    ]
    taken = assign(candidates, wishes)
    expected = expect(candidates, wishes, taken, lambda start, goal: _time_s(board, start, goal))
    for mission_id, robot_id in taken.items():
        if robot_id not in busy:
            expected.pop(mission_id, None)
            _give(board, board.missions[mission_id], robot_id)
    board.memory.expected.update(expected)
    return set(taken.values()) - set(busy)


def _go_on_tour(board: Board, live: RobotLive, stop: TourStopRow) -> None:
    """The next stop of a robot's tour, or first the depot."""
    robot_id = live.robot_id
    if not touring.must_unload(board, stop, live):
        _give(board, board.missions[stop.mission_id], robot_id)
        return
    own = board.mission_of(robot_id)
    depot = touring.depot_of(board, stop) or _nearest_depot(board, robot_id)
    if depot is not None and (own is None or own.kind is not MissionKind.UNLOAD):
        _divert(board, robot_id)
        create_at_station(board, MissionKind.UNLOAD, depot, robot_id)


def _give(board: Board, mission: MissionRow, robot_id: str) -> None:
    _divert(board, robot_id)
    touring.forget(board, mission)
    assign_mission(board, mission, robot_id)


def _time_s(board: Board, start: str, goal: str) -> float | None:
    return board.memory.times_to(board.place.lanes, goal, board.closed).get(start)


def _divert(board: Board, robot_id: str) -> None:
    """A robot on its way home, or to a depot before it must, turns to a call."""
    homeward = board.mission_of(robot_id)
    if homeward is None:
        return
    order = board.orders.get(robot_id)
    if order is not None:
        cancel_order(board, order)
    end(board, homeward, MissionState.CANCELED, "reason.diverted")
