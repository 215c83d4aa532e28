"""What robots did with their time, per day: kept as rows, gathered in memory between."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.models import RobotDayRow
from gangseo_backend.fleet.public import MissionKind
from gangseo_backend.fleet.usage import Sighting, Usage, between

KEEP_S = 10.0
"""Gathered in memory for this long: so much is lost when the backend is killed."""


def apply(board: Board) -> None:
    """Gather, and store now and then."""
    memory = board.memory.usage
    day = board.now.astimezone(ZoneInfo(board.place.site.timezone)).date().isoformat()
    for robot_id, live in board.live.items():
        if not live.online(board.now) or live.x is None or live.y is None or robot_id not in board.robots:
            memory.seen.pop(robot_id, None)
            continue
        before = memory.seen.get(robot_id)
        if before is not None:
            mission = board.mission_of(robot_id)
            busy = mission is not None and mission.kind is not MissionKind.CHARGE
            memory.gathered.setdefault((day, robot_id), Usage()).add(between(before, live, board.now, busy=busy))
        memory.seen[robot_id] = Sighting(board.now, live.x, live.y, live.state_of_charge)
    if memory.stored_at is None:
        memory.stored_at = board.now
    if board.age_s(memory.stored_at) >= KEEP_S:
        _store(board, memory.gathered)
        memory.gathered, memory.stored_at = {}, board.now


def _store(board: Board, gathered: Mapping[tuple[str, str], Usage]) -> None:
    days = {day for day, _ in gathered}
    stored = board.session.exec(select(RobotDayRow).where(col(RobotDayRow.day).in_(days)))
    rows = {(row.day, row.robot_id): row for row in stored}
    for (day, robot_id), usage in gathered.items():
        row = rows.get((day, robot_id)) or RobotDayRow(day=day, robot_id=robot_id)
        for name in Usage.__slots__:
            setattr(row, name, getattr(row, name) + getattr(usage, name))
        board.session.add(row)
