"""How far each robot can go now, from its days and the weather."""

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import col, select

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.energy import percent_per_m, usable_range_m
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.models import RobotDayRow, WeatherRow
from gangseo_backend.fleet.weather import HOLDS, ONLY_ROW

LEARNT_FROM = timedelta(days=14)
LOOK_AGAIN_S = 60.0


def range_m(board: Board, live: RobotLive) -> float | None:
    """Metres until only the reserve is left; None when nobody knows."""
    memory = board.memory
    if memory.days_at is None or board.age_s(memory.days_at) > LOOK_AGAIN_S:
        memory.days, memory.celsius, memory.days_at = _days(board), _celsius(board), board.now
    told = live.state.power_supply.range if live.state else None
    per_percent = told / live.state_of_charge if told and live.state_of_charge else None
    distance_m, used = memory.days.get(live.robot_id, (0.0, 0.0))
    return usable_range_m(live.state_of_charge, percent_per_m(distance_m, used, per_percent), memory.celsius)


def _days(board: Board) -> Mapping[str, tuple[float, float]]:
    today = board.now.astimezone(ZoneInfo(board.place.site.timezone)).date()
    since = (today - LEARNT_FROM).isoformat()
    sums = (
        select(RobotDayRow.robot_id, sa.func.sum(RobotDayRow.distance_m), sa.func.sum(RobotDayRow.charge_used))
        .where(col(RobotDayRow.day) >= since)
        .group_by(col(RobotDayRow.robot_id))
    )
    return {robot_id: (distance_m, used) for robot_id, distance_m, used in board.session.exec(sums)}


def _celsius(board: Board) -> float | None:
    row = board.session.get(WeatherRow, ONLY_ROW)
    return row.temperature_c if row is not None and row.said_at >= board.now - HOLDS else None
