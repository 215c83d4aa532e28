"""Rows as people see them."""

from gangseo_backend.core.live import LiveMissions
from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.patrol.models import ObservationRow, RoundRow
from gangseo_backend.patrol.public import ObservationPublic, PointPublic, RoundPublic, RoundState


def round_public(row: RoundRow, points_seen: int, live: LiveMissions) -> RoundPublic:
    """A round; while it waits for a robot, with why."""
    robot = None
    if row.robot_name_ko is not None and row.robot_name_en is not None:
        robot = LocalText(ko=row.robot_name_ko, en=row.robot_name_en)
    return RoundPublic(
        id=row.id, route_id=row.route_id, route_name=LocalText(ko=row.route_name_ko, en=row.route_name_en),
        due_at=row.due_at, state=row.state, extra=row.extra, robot_id=row.robot_id, robot_name=robot,
        mission_id=row.mission_id, reason=_reason(row, live), points=points(row), points_seen=points_seen,
        created_at=row.created_at, started_at=row.started_at, ended_at=row.ended_at,
    )  # fmt: skip


def observation_public(row: RoundRow, seen: ObservationRow) -> ObservationPublic:
    """What was seen, with where."""
    point = next(point for point in points(row) if point.point_id == seen.point_id)
    return ObservationPublic(
        id=seen.id, point_id=seen.point_id, point_name=point.name, x=point.x, y=point.y, robot_id=seen.robot_id,
        taken_at=seen.taken_at, received_at=seen.received_at, people_seen=seen.people_seen,
        has_picture=seen.picture_key is not None,
    )  # fmt: skip


def points(row: RoundRow) -> list[PointPublic]:
    """Where the round looks round."""
    return [PointPublic.model_validate(point) for point in row.points]


def _reason(row: RoundRow, live: LiveMissions) -> KeyedText | None:
    if row.reason_key is not None:
        return KeyedText(key=row.reason_key, ko=row.reason_ko or "", en=row.reason_en or "")
    if row.state is not RoundState.DUE or row.mission_id is None:
        return None
    waiting = live.get(row.mission_id)
    return waiting.waiting if waiting is not None else None
