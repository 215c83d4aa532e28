"""Life of a mission: made, assigned, given back to the queue, ended."""

from datetime import timedelta
from typing import Any

from gangseo_backend.core.ids import new_id
from gangseo_backend.fleet.board import Board, text
from gangseo_backend.fleet.models import MissionRow, OrderRow, StepRow
from gangseo_backend.fleet.public import MissionKind, MissionState, StepState
from gangseo_backend.fleet.record import about
from gangseo_backend.fleet.states import OrderState
from gangseo_protocol.site import Station

_FINAL_STEPS = {StepState.FINISHED, StepState.FAILED, StepState.CANCELED}


def steps_for(kind: MissionKind, node_id: str, language: str, station_id: str | None) -> list[dict[str, Any]]:
    """What a mission of a kind does, in order."""
    go = {"kind": "goTo", "parameters": {}}
    if kind is MissionKind.COLLECT:
        work = [
            {"kind": "say", "parameters": {"text_key": "recycling.offer", "language": language}},
            {"kind": "openBins", "parameters": {}},
            {"kind": "waitForResident", "parameters": {"duration_s": 30.0}},
            {"kind": "closeBins", "parameters": {}},
        ]
    elif kind is MissionKind.UNLOAD:
        work = [{"kind": "dock", "parameters": {"station_id": station_id}}, {"kind": "unload", "parameters": {}}]
    else:
        work = [{"kind": "dock", "parameters": {"station_id": station_id}}, {"kind": "startCharging", "parameters": {}}]
    return [{**step, "node_id": node_id} for step in (go, *work)]


def create(
    board: Board, kind: MissionKind, node_id: str, *, call_id: str | None = None, language: str = "ko"
) -> MissionRow:
    """A new mission in the queue."""
    return _insert(board, kind, node_id, None, call_id, language)


def create_at_station(board: Board, kind: MissionKind, station: Station, robot_id: str) -> MissionRow:
    """A new mission that one robot does for itself."""
    mission = _insert(board, kind, station.node_id, station.station_id, None, "ko")
    assign(board, mission, robot_id)
    return mission


def _insert(
    board: Board, kind: MissionKind, node_id: str, station_id: str | None, call_id: str | None, language: str
) -> MissionRow:
    mission = MissionRow(
        id=new_id(), kind=kind, state=MissionState.QUEUED, call_id=call_id, target_node_id=node_id,
        station_id=station_id, language=language, created_at=board.now,
    )  # fmt: skip
    board.session.add(mission)
    board.session.flush()
    rows = [
        StepRow(mission_id=mission.id, number=number, state=StepState.WAITING, **step)
        for number, step in enumerate(steps_for(kind, node_id, language, station_id))
    ]
    board.missions[mission.id] = mission
    board.steps[mission.id] = rows
    board.touch(mission, *rows)
    if call_id is not None:
        board.fact("mission_queued", about(mission))
        board.tell_call(mission, "queued")
    return mission


def assign(board: Board, mission: MissionRow, robot_id: str) -> None:
    """Give a mission to a robot; its order follows when the robot is free."""
    mission.robot_id = robot_id
    mission.state = MissionState.ASSIGNED
    mission.assigned_at = board.now
    mission.reason_key = None
    mission.arrived = False
    mission.attempt += 1
    board.robots[robot_id].idle_since = None
    board.touch(mission, board.robots[robot_id])
    board.fact(f"mission_assigned_{mission.kind.value}", about(mission))
    board.tell_call(mission, "assigned")


def restart_steps(board: Board, mission: MissionRow) -> None:
    """All steps are to be done again."""
    for step in board.steps.get(mission.id, []):
        step.state = StepState.WAITING
        board.touch(step)


def give_back(board: Board, mission: MissionRow, reason_key: str, *, exclude: bool = True, counts: bool = True) -> None:
    """Take a mission from its robot: back to the queue, or failed when it was tried often enough.

    ``counts=False`` for a try that says nothing about the mission.
    """
    robot_id = mission.robot_id
    if mission.cancel_requested_at is not None:
        end(board, mission, MissionState.CANCELED, mission.cancel_reason_key or "reason.canceled")
        return
    own = mission.kind is not MissionKind.COLLECT
    if not counts:
        mission.attempt -= 1
    if mission.attempt >= board.policy.attempts or own:
        board.incident("mission_failed", about(mission), why=_pair(reason_key))
        if own and robot_id is not None:
            board.memory.rest_until[robot_id] = board.now + timedelta(seconds=board.policy.retry_home_s)
        end(board, mission, MissionState.FAILED, reason_key)
        return
    board.fact("mission_requeued", about(mission), why=_pair(reason_key))
    mission.state = MissionState.QUEUED
    mission.robot_id = None
    mission.arrived = False
    mission.reason_key = reason_key
    if exclude and robot_id is not None:
        others = set(board.robots) - set(mission.excluded) - {robot_id}
        # When every robot has had its try, all may try again.
        mission.excluded = [*mission.excluded, robot_id] if others else []
    restart_steps(board, mission)
    board.touch(mission)
    board.tell_call(mission, "queued", text(reason_key))


def end(board: Board, mission: MissionRow, state: MissionState, reason_key: str | None = None) -> None:
    """Bring a mission to a final state."""
    mission.state = state
    mission.ended_at = board.now
    mission.reason_key = reason_key
    rest = StepState.CANCELED if state is MissionState.CANCELED else StepState.FAILED
    for step in board.steps.get(mission.id, []):
        if step.state not in _FINAL_STEPS:
            step.state = StepState.FINISHED if state is MissionState.FINISHED else rest
            board.touch(step)
    if mission.robot_id in board.robots:
        robot = board.robots[mission.robot_id]
        robot.idle_since = board.now
        board.touch(robot)
    board.touch(mission)
    board.fact(f"mission_{state.value}", about(mission), why=_pair(reason_key))
    reason = text(reason_key) if reason_key else None
    if state is MissionState.FINISHED:
        board.tell_call(mission, "finished")
    elif state is MissionState.CANCELED:
        board.tell_call(mission, "canceled", reason)
    else:
        board.tell_call(mission, "failed", reason)


def close_order(board: Board, order: OrderRow, state: OrderState) -> None:
    """Bring an order to a final state; its robot is free again."""
    order.state = state
    order.ended_at = board.now
    board.touch(order)
    if board.orders.get(order.robot_id) is order:
        del board.orders[order.robot_id]


def cancel_order(board: Board, order: OrderRow) -> None:
    """Ask the robot to drop an order."""
    if order.state is OrderState.CANCELING:
        return
    order.state = OrderState.CANCELING
    order.cancel_requested_at = board.now
    board.touch(order)


def _pair(key: str | None) -> dict[str, str]:
    if key is None:
        return {"ko": "", "en": ""}
    found = text(key)
    return {"ko": found.ko, "en": found.en}
