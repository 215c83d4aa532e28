"""Robots that must not drive: too wide for the place, or without valid papers. They get no work."""

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.models_law import PaperRow
from gangseo_backend.fleet.public_law import PaperKind, PaperState
from gangseo_backend.fleet.record import About
from gangseo_protocol.law import fits_pavement

WARN_BEFORE = timedelta(days=30)


def apply(board: Board) -> None:
    """Find out who must not drive, and tell people in time."""
    today = board.now.astimezone(ZoneInfo(board.place.site.timezone)).date()
    papers: dict[str, dict[PaperKind, PaperRow]] = {}
    for paper in board.session.exec(select(PaperRow)):
        papers.setdefault(paper.robot_id, {})[paper.kind] = paper
    board.unlawful = {}
    for robot_id in board.robots:
        live = board.live.get(robot_id)
        dates = {kind: paper.valid_until for kind, paper in papers.get(robot_id, {}).items()}
        reason = why_unlawful(
            live.width_m if live else None, board.place.narrowest_m, dates, today,
            required=board.policy.papers_required,
        )  # fmt: skip
        if reason is not None:
            board.unlawful[robot_id] = reason
            board.incident("robot_unlawful", About(robot_id), why=board.words(reason))
        for paper in papers.get(robot_id, {}).values():
            if paper_state(paper.valid_until, today) is PaperState.ENDS_SOON:
                board.incident(
                    "paper_ends_soon", About(robot_id), paper=board.words(f"paper.{paper.kind.value}"),
                    day=paper.valid_until.isoformat(),
                )  # fmt: skip


def paper_state(valid_until: date | None, today: date) -> PaperState:
    """How a paper stands; None is one that nobody entered."""
    if valid_until is None:
        return PaperState.MISSING
    if valid_until < today:
        return PaperState.ENDED
    return PaperState.ENDS_SOON if valid_until <= today + WARN_BEFORE else PaperState.VALID


def why_unlawful(
    width_m: float | None, narrowest_m: float, papers: Mapping[PaperKind, date], today: date, *, required: bool
) -> str | None:
    """The text key of what forbids a robot to drive; None when nothing does.

    Args:
        width_m: of the robot, by its factsheet.
        narrowest_m: width of the narrowest lane of the site.
        papers: the last day each is valid on.
        today: in the site's time zone.
        required: whether both papers must be there.
    """
    if width_m is not None and not fits_pavement(width_m, narrowest_m):
        return "reason.too_wide"
    if any(valid_until < today for valid_until in papers.values()):
        return "reason.paper_ended"
    if required and papers.keys() != set(PaperKind):
        return "reason.paper_missing"
    return None
