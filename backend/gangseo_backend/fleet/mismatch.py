"""Work that no longer fits: the map has changed under it, or the robot is not the one it was given to."""

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.missions import cancel_order, close_order, end, give_back
from gangseo_backend.fleet.models import MissionRow, OrderRow
from gangseo_backend.fleet.orders import is_on_map
from gangseo_backend.fleet.public import MissionState
from gangseo_backend.fleet.record import about
from gangseo_backend.fleet.states import OrderState


def apply(board: Board) -> None:
    """Take back what cannot be carried out any more."""
    for order in list(board.orders.values()):
        mission = board.missions.get(order.mission_id)
        if order.state is OrderState.CANCELING or mission is None or mission.robot_id != order.robot_id:
            continue
        if not is_on_map(order, board.place.lanes):
            cancel_order(board, order)
            give_back(board, mission, "reason.map_changed", exclude=False, counts=False)
        elif _is_forgotten(board, order):
            _take_from_stranger(board, order, mission)
    for mission in list(board.missions.values()):
        if mission.open and not _can_be_reached(board, mission):
            board.incident("map_changed", about(mission))
            end(board, mission, MissionState.FAILED, "reason.map_changed")


def _can_be_reached(board: Board, mission: MissionRow) -> bool:
    ahead = {mission.target_node_id, *(leg["node_id"] for leg in mission.legs[mission.leg :])}
    return board.place.lanes.nodes.keys() >= ahead


def _is_forgotten(board: Board, order: OrderRow) -> bool:
    """Whether a robot that had taken the order knows nothing of it for a while: swapped, or its journal is gone."""
    live, since = board.live.get(order.robot_id), board.memory.forgotten_since
    knows = live is None or live.state is None or live.state.order_id == order.order_id or not live.online(board.now)
    if order.state is not OrderState.ACCEPTED or knows:
        since.pop(order.order_id, None)
        return False
    return board.age_s(since.setdefault(order.order_id, board.now)) > board.policy.forgotten_after_s


def _take_from_stranger(board: Board, order: OrderRow, mission: MissionRow) -> None:
    """Goods, if there were any, are on the robot that had the order before."""
    board.incident("robot_forgot_order", about(mission))
    close_order(board, order, OrderState.LOST)
    if mission.goods:
        board.incident("goods_on_board", about(mission), why=board.words("reason.robot_forgot_order"))
        end(board, mission, MissionState.FAILED, "reason.robot_forgot_order")
    else:
        give_back(board, mission, "reason.robot_forgot_order", exclude=False, counts=False)
