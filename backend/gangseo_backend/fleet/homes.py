"""Where robots charge and park: each has a charger of its own, and another one when that is broken."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.models import MissionRow, RobotRow
from gangseo_backend.fleet.public import MissionKind, MissionState
from gangseo_backend.fleet.record import About
from gangseo_protocol.site import Station

BROKEN_AFTER, WITHIN = 2, timedelta(minutes=30)
"""A charger at which so many tries to charge failed in so long counts as broken."""


def working_charger(board: Board, robot: RobotRow, own: Station) -> Station:
    """The robot's charger; when that is broken, the nearest one that is nobody's becomes its own."""
    if not _is_broken(board, own):
        return own
    board.incident("charger_broken", About(robot.robot_id), charger={"ko": own.name.ko, "en": own.name.en})
    spare = _nearest_spare(board, robot)
    if spare is None:
        return own
    robot.charger_id = spare.station_id
    board.touch(robot)
    board.fact("home_moved", About(robot.robot_id), charger={"ko": spare.name.ko, "en": spare.name.en})
    return spare


def _is_broken(board: Board, charger: Station) -> bool:
    failed = (
        select(sa.func.count())
        .select_from(MissionRow)
        .where(
            MissionRow.kind == MissionKind.CHARGE,
            MissionRow.state == MissionState.FAILED,
            MissionRow.reason_key == "reason.step_failed",
            MissionRow.target_node_id == charger.node_id,
            col(MissionRow.ended_at) > board.now - WITHIN,
        )
    )
    return board.session.exec(failed).one() >= BROKEN_AFTER


def _nearest_spare(board: Board, robot: RobotRow) -> Station | None:
    start = board.node_of(robot.robot_id)
    if start is None:
        return None
    taken = {other.charger_id for other in board.robots.values()}
    taken |= {home.charger_id for home in board.place.homes.values() if home.robot_id not in board.robots}
    times = board.place.lanes.times_from(start, board.closed)
    spare = [
        station
        for station in board.place.stations.values()
        if station.kind == "charger" and station.station_id not in taken and station.node_id in times
        and not _is_broken(board, station)
    ]  # fmt: skip
    return min(spare, key=lambda station: times[station.node_id], default=None)
