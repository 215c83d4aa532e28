"""Life of a mission: made, assigned, given back to the queue, ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from gangseo_backend.core.domain_events import Leg, Work
from gangseo_backend.core.ids import new_id
from gangseo_backend.fleet.bins import litres, taken
from gangseo_backend.fleet.board import Board, text
from gangseo_backend.fleet.models import GoodsHeldRow, MissionRow, OrderRow, StepRow
from gangseo_backend.fleet.public import MissionKind, MissionState, StepState
from gangseo_backend.fleet.record import about
from gangseo_backend.fleet.states import OrderState
from gangseo_protocol.actions import Dock, StartCharging, Unload
from gangseo_protocol.site import Station

_FINAL_STEPS = {StepState.FINISHED, StepState.FAILED, StepState.CANCELED}


def create(board: Board, kind: MissionKind, legs: Sequence[Leg], *, call_id: str | None = None) -> MissionRow:
    """A new mission in the queue."""
    mission = MissionRow(
        id=new_id(), kind=kind, state=MissionState.QUEUED, call_id=call_id, target_node_id=legs[0].node_id,
        legs=[leg.model_dump(mode="json", exclude={"work"}) for leg in legs], created_at=board.now,
    )  # fmt: skip
    board.session.add(mission)
    board.session.flush()
    wanted = [(number, leg.node_id, work) for number, leg in enumerate(legs) for work in (Work(kind="goTo"), *leg.work)]
    rows = [
        StepRow(
            mission_id=mission.id, number=number, leg=leg, node_id=node_id, kind=work.kind,
            parameters=work.parameters, state=StepState.WAITING,
        )
        for number, (leg, node_id, work) in enumerate(wanted)
    ]  # fmt: skip
    board.missions[mission.id] = mission
    board.steps[mission.id] = rows
    board.touch(mission, *rows)
    if call_id is not None:
        if kind is not MissionKind.ROUND:  # its round has told of all its stops at once
            board.fact(f"mission_queued_{kind.value}", about(mission))
        board.tell_call(mission, "queued")
    return mission


def create_at_station(board: Board, kind: MissionKind, station: Station, robot_id: str) -> MissionRow:
    """A new mission that one robot does for itself."""
    last = Unload() if kind is MissionKind.UNLOAD else StartCharging()
    work = (Work.of(Dock(station_id=station.station_id)), Work.of(last))
    mission = create(board, kind, [Leg(node_id=station.node_id, work=work)])
    assign(board, mission, robot_id)
    return mission


def assign(board: Board, mission: MissionRow, robot_id: str) -> None:
    """Give a mission to a robot; its order follows when the robot is free."""
    mission.robot_id = robot_id
    mission.state = MissionState.ASSIGNED
    mission.assigned_at = board.now
    mission.reason_key = None
    mission.arrived = False
    mission.attempt += 1
    live = board.live.get(robot_id)
    mission.litres_before = litres(live.state) if live is not None and mission.kind.fills_bins else None
    board.robots[robot_id].idle_since = None
    board.touch(mission, board.robots[robot_id])
    board.fact(f"mission_assigned_{mission.kind.value}", about(mission))
    board.tell_call(mission, "assigned")


def finish_leg(board: Board, mission: MissionRow) -> None:
    """Go on with the next leg that applies after how this one ended, or end."""
    result = next((step.result for step in reversed(leg_steps(board, mission)) if step.result), None)
    board.tell_call(mission, "leg_done", result=result)
    following = range(mission.leg + 1, len(mission.legs))
    next_leg = next((n for n in following if mission.legs[n]["only_after"] in {None, result}), None)
    if next_leg is None:
        end(board, mission, MissionState.FINISHED)
    else:
        go_to_leg(board, mission, next_leg)


def go_to_leg(board: Board, mission: MissionRow, number: int) -> None:
    """Begin a leg with the same robot; those between are left out."""
    for step in board.steps.get(mission.id, []):
        if step.leg < number and step.state not in _FINAL_STEPS:
            step.state = StepState.CANCELED
            board.touch(step)
    mission.leg = number
    mission.target_node_id = mission.legs[number]["node_id"]
    try_again(board, mission)


def try_again(board: Board, mission: MissionRow) -> None:
    """The same robot is to do the leg under way from its beginning."""
    mission.state = MissionState.ASSIGNED
    mission.assigned_at = board.now
    mission.arrived = False
    for step in leg_steps(board, mission):
        step.state, step.result = StepState.WAITING, None
        board.touch(step)
    board.touch(mission)


def take_turn(board: Board, mission: MissionRow) -> None:
    """What its robot has on board for it has waited; now it goes on."""
    if mission.state is MissionState.ASSIGNED:
        mission.assigned_at = board.now
        board.touch(mission)


def end_node(mission: MissionRow) -> str:
    """Where the last leg ends."""
    return str(mission.legs[-1]["node_id"]) if mission.legs else mission.target_node_id


def leg_steps(board: Board, mission: MissionRow) -> list[StepRow]:
    """Steps of the leg under way."""
    return [step for step in board.steps.get(mission.id, []) if step.leg == mission.leg]


def give_back(board: Board, mission: MissionRow, reason_key: str, *, exclude: bool = True, counts: bool = True) -> None:
    """Take a mission from its robot: back to the queue, or failed when it was tried often enough.

    With goods on board it stays with its robot. ``counts=False`` for a try that says nothing about the mission.
    """
    robot_id = mission.robot_id
    if mission.cancel_requested_at is not None:
        end_canceled(board, mission)
        return
    if not counts:
        mission.attempt -= 1
    tried_enough = mission.attempt >= board.policy.attempts
    if mission.goods and not tried_enough:
        mission.attempt += 1
        board.fact("mission_tried_again", about(mission), why=board.words(reason_key))
        try_again(board, mission)
        return
    if tried_enough or mission.kind.own:
        board.incident(
            "goods_on_board" if mission.goods else "mission_failed", about(mission), why=board.words(reason_key)
        )
        if mission.kind.own and robot_id is not None:
            board.memory.rest_until[robot_id] = board.now + timedelta(seconds=board.policy.retry_home_s)
        end(board, mission, MissionState.FAILED, reason_key)
        return
    board.fact("mission_requeued", about(mission), why=board.words(reason_key))
    mission.leg = 0
    mission.near_leg = -1
    mission.target_node_id = board.steps[mission.id][0].node_id or mission.target_node_id
    try_again(board, mission)
    _queue_again(board, mission, reason_key, robot_id if exclude else None)


def set_aside(board: Board, mission: MissionRow, reason_key: str) -> None:
    """Take a mission from a robot that is in people's hands: nobody has failed, another robot may have it."""
    if mission.kind.own:
        end(board, mission, MissionState.CANCELED, reason_key)
    else:
        give_back(board, mission, reason_key, exclude=False, counts=False)


def _queue_again(board: Board, mission: MissionRow, reason_key: str, exclude: str | None) -> None:
    mission.state = MissionState.QUEUED
    mission.robot_id = None
    mission.reason_key = reason_key
    if exclude is not None:
        others = set(board.robots) - set(mission.excluded) - {exclude}
        # When every robot has had its try, all may try again.
        mission.excluded = [*mission.excluded, exclude] if others else []
    for step in board.steps[mission.id]:
        step.state, step.result = StepState.WAITING, None
        board.touch(step)
    board.touch(mission)
    board.tell_call(mission, "queued", text(reason_key))


def end_canceled(board: Board, mission: MissionRow) -> None:
    """A cancel has come through: with goods on board the robot takes them where the mission says, else that is all."""
    key = mission.cancel_reason_key or "reason.canceled"
    back = next((n for n in range(mission.leg + 1, len(mission.legs)) if mission.legs[n]["after_cancel"]), None)
    if not mission.goods or back is None:
        end(board, mission, MissionState.CANCELED, key)
        return
    mission.cancel_requested_at = None
    mission.reason_key = key
    board.fact("mission_takes_goods_back", about(mission), why=board.words(key))
    go_to_leg(board, mission, back)
    board.tell_call(mission, "assigned", text(key))


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
    board.touch(mission)
    if mission.robot_id in board.robots:
        robot = board.robots[mission.robot_id]
        if mission.goods and mission.call_id is not None:
            hold(board.session, mission.call_id, robot.robot_id, board.now)
        following = board.mission_of(robot.robot_id)
        if following is None:
            robot.idle_since = board.now
            board.touch(robot)
        else:
            take_turn(board, following)
    board.fact(f"mission_{state.value}", about(mission), why=board.words(reason_key or ""))
    reason = text(reason_key) if reason_key else None
    if state is MissionState.FINISHED:
        board.tell_call(mission, "finished", collected=_collected(board, mission))
    elif state is MissionState.CANCELED:
        board.tell_call(mission, "canceled", reason)
    else:
        board.tell_call(mission, "failed", reason)


def _collected(board: Board, mission: MissionRow) -> dict[str, float] | None:
    """Litres that came into the bins on a visit; None where nobody knows."""
    live = board.live.get(mission.robot_id or "")
    if live is None or mission.litres_before is None:
        return None
    return taken(mission.litres_before, litres(live.state))


def hold(session: Session, call_id: str, robot_id: str, now: datetime) -> None:
    """A robot may still have a call's goods on board: it gets nothing new until somebody says that they are off."""
    if session.get(GoodsHeldRow, call_id) is None:
        session.add(GoodsHeldRow(call_id=call_id, robot_id=robot_id, since=now))


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
