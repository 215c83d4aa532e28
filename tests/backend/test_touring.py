"""Calls come first, but an overdue stop queues among them; a robot is emptied before a stop that would not fit."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from backend.parked_vehicle import ParkedVehicle
from backend.small_site import build_site
from gangseo_backend.fleet import touring
from gangseo_backend.fleet.models import MissionRow, TourStopRow
from gangseo_backend.fleet.policy import Policy
from gangseo_backend.fleet.public import MissionKind, MissionState

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def robot() -> ParkedVehicle:
    return ParkedVehicle(build_site(), "robot_01", "c0")


def board_with(robot: ParkedVehicle, stop: TourStopRow) -> SimpleNamespace:
    """As much of a board as these questions look at."""
    return SimpleNamespace(
        tours={stop.mission_id: stop}, live={"robot_01": SimpleNamespace(state=robot.state())}, policy=Policy(),
        robots={"robot_01": None, "robot_02": None},
        age_s=lambda moment: (NOW - moment).total_seconds() if moment else 0.0,
    )  # fmt: skip


def mission(kind: MissionKind, minutes_old: float = 30.0) -> MissionRow:
    made = NOW - timedelta(minutes=minutes_old)
    return MissionRow(id="m", kind=kind, state=MissionState.QUEUED, target_node_id="s0", created_at=made)


def stop(promised_in_s: float, **values: object) -> TourStopRow:
    promised = NOW + timedelta(seconds=promised_in_s)
    return TourStopRow(mission_id="m", robot_id="robot_01", litres={"can": 4.0}, promised_at=promised, **values)


@pytest.mark.parametrize(("promised_in_s", "waited_s"), [(60.0, 0.0), (-90.0, 90.0)])
def test_a_stop_takes_turns_with_calls_from_when_it_is_overdue(robot, promised_in_s, waited_s):
    board = board_with(robot, stop(promised_in_s))
    of_round = mission(MissionKind.ROUND)
    assert touring.waited_s(board, of_round) == waited_s
    assert touring.takes_turns(board, of_round) is (waited_s > 0)
    assert touring.others_than_planned(board, of_round) == {"robot_02"}


def test_a_call_always_takes_turns_and_waits_since_it_was_made(robot):
    board = board_with(robot, stop(0.0))
    board.tours = {}
    call = mission(MissionKind.COLLECT, minutes_old=2.0)
    assert (touring.takes_turns(board, call), touring.waited_s(board, call)) == (True, 120.0)
    assert touring.others_than_planned(board, call) == frozenset()


@pytest.mark.parametrize(
    ("fill", "via_depot", "must"),
    [(0.0, None, False), (0.0, "depot_01", False), (0.5, "depot_01", True), (0.7, None, False), (0.85, None, True)],
)
def test_a_robot_is_emptied_when_the_plan_says_so_or_the_stop_would_not_fit(robot, fill, via_depot, must):
    robot.memory.fills["can"] = fill
    wanted = stop(0.0, via_depot=via_depot)
    board = board_with(robot, wanted)
    assert touring.must_unload(board, wanted, board.live["robot_01"]) is must
