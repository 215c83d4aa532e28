"""What a queued mission waits for and when it will begin, in words."""

from zoneinfo import ZoneInfo

from gangseo_backend.core.texts import KeyedText
from gangseo_backend.fleet.batching import fetched_by
from gangseo_backend.fleet.board import Board, text
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.models import MissionRow
from gangseo_backend.fleet.tour_walk import NO_ROBOT


def why(board: Board, mission: MissionRow) -> KeyedText:
    """The reason why a queued mission has no robot, with the time or the event it waits for."""
    if board.fleet_stopped:
        return text("queue.fleet_stopped")
    return _closed(board, mission) or _tour(board, mission) or _batch(board, mission) or _no_robot(board, mission)


def _tour(board: Board, mission: MissionRow) -> KeyedText | None:
    """Who comes to a stop of a round and when, or why nobody can."""
    stop = board.tours.get(mission.id)
    if stop is None or stop.reason_key == NO_ROBOT or mission.id in board.memory.expected:
        return None
    if stop.robot_id is None or stop.arrive_at is None:
        return text(stop.reason_key or "queue.tour_being_planned")
    names = board.place.name_of(stop.robot_id).model_dump()
    away_s = max(0.0, -board.age_s(stop.arrive_at))
    return text("queue.tour_stop", {"robot": names, "number": stop.number, "minutes": max(1, round(away_s / 60.0))})


def _batch(board: Board, mission: MissionRow) -> KeyedText | None:
    """Who takes goods along with others, and when it is at their shop."""
    found = fetched_by(board, mission)
    if found is None:
        return None
    robot_id, away_s = found
    names = board.place.name_of(robot_id).model_dump()
    return text("queue.taken_along", {"robot": names, "minutes": _minutes(board, away_s)})


def _no_robot(board: Board, mission: MissionRow) -> KeyedText:
    expected = board.memory.expected.get(mission.id)
    if expected is not None:
        names = board.place.name_of(expected.robot_id).model_dump()
        values = {"robot": names, "start": _minutes(board, expected.start_s), "way": _minutes(board, expected.way_s)}
        return text("queue.robot_soon_free", values)
    online = [robot for robot in board.live.values() if robot.online(board.now)]
    if not online:
        return text("queue.no_robot_online")
    working = [robot for robot in online if board.can_work(robot)]
    if not working:
        return text("queue.robots_lost" if any(map(board.has_loss, online)) else "queue.no_robot_able")
    ready = [robot for robot in working if robot.robot_id not in board.holding]
    if not ready:
        return text("queue.goods_on_board")
    charging = [robot for robot in ready if _is_charging(board, robot)]
    if charging:
        return _charging(board, max(charging, key=lambda robot: robot.state_of_charge))
    busy = all(board.mission_of(robot.robot_id) is not None for robot in ready)
    return text("queue.robots_busy" if busy else "queue.no_robot_fits")


def _closed(board: Board, mission: MissionRow) -> KeyedText | None:
    """Until when the place of a mission is closed."""
    goal = mission.target_node_id
    ways = {edge.edge_id for edge in board.place.lanes.edges_at(goal) if edge.end_node_id == goal}
    if not ways or not ways <= board.into_closures:
        return None
    until = max(row.until for row in board.closures).astimezone(ZoneInfo(board.place.site.timezone))
    return text("queue.area_closed", {"until": f"{until:%H:%M}"})


def _minutes(board: Board, robot_s: float) -> int:
    return max(1, round(board.policy.of_robot(robot_s) / 60.0))


def _is_charging(board: Board, robot: RobotLive) -> bool:
    charging = robot.state is not None and robot.state.power_supply.charging
    return charging and robot.state_of_charge < board.policy.charge_to_leave


def _charging(board: Board, robot: RobotLive) -> KeyedText:
    values = {
        "robot": board.place.name_of(robot.robot_id).model_dump(),
        "percent": int(robot.state_of_charge),
        "needed": int(board.policy.charge_to_leave),
    }
    return text("queue.robots_charging", values)
