"""Docking as a task of the pilot, and the guard that keeps a robot from creeping into what it nearly touches."""

import math

import numpy as np
import pytest

from gangseo_navigation.dock_task import DockTask, undocking
from gangseo_navigation.geometry import Pose, Twist
from gangseo_navigation.guard import MARGIN_M, may_go
from gangseo_navigation.scan import Body
from unit.navigation.yard import Yard, block, walled

STATION = Pose(10.0, 2.5, -math.pi / 2)


def bay(pose: Pose) -> Yard:
    """A yard with a hopper in front of a station."""
    blocked = walled(20.0, 14.0)
    block(blocked, 9.2, 1.0, 10.8, 1.8)
    return Yard(blocked, pose)


def dock(yard: Yard) -> DockTask:
    return DockTask(STATION, yard.pilot.journey, yard.pilot.follower, drive_there=True)


def test_robot_docks_from_afar():
    yard = bay(Pose(4.0, 9.0, 0.0))
    outcome = yard.run(dock(yard), 90.0)
    assert outcome is not None
    assert outcome.succeeded
    assert yard.pose.distance_to(STATION) < 0.06
    assert yard.closest_m > 0.1


def test_robot_that_stands_on_the_station_is_there_at_once():
    yard = bay(STATION)
    outcome = yard.run(dock(yard), 2.0)
    assert outcome is not None
    assert outcome.succeeded
    assert yard.pose.distance_to(STATION) < 0.01


def test_robot_beside_the_station_backs_out_and_docks_again():
    yard = bay(Pose(10.12, 2.55, -math.pi / 2))
    task = dock(yard)
    outcome = yard.run(task, 90.0)
    assert outcome is not None
    assert outcome.succeeded
    assert yard.pose.distance_to(STATION) < 0.06
    assert yard.closest_m > 0.1


def test_station_that_cannot_be_reached_is_told_with_its_code():
    yard = bay(Pose(4.0, 9.0, 0.0))
    outcome = yard.run(DockTask(Pose(90.0, 2.5, 0.0), yard.pilot.journey, yard.pilot.follower, drive_there=True), 30.0)
    assert outcome is not None
    assert outcome.code == 903
    assert "in front of the station" in outcome.message


def test_undocking_at_an_angle_stops_before_the_wall():
    yard = bay(Pose(10.0, 2.5, math.radians(40.0)))
    block(yard.blocked, 8.4, 1.0, 9.3, 2.2)
    outcome = yard.run(undocking(yard.pilot.follower), 40.0)
    assert outcome is not None
    assert yard.closest_m > 0.0


@pytest.mark.parametrize("gap_m", [0.0, 0.01, 0.02, 0.039])
@pytest.mark.parametrize("speed_mps", [0.02, 0.05, 0.3])
def test_thing_inside_the_margin_may_be_left_but_not_approached(gap_m, speed_mps):
    body = Body()
    behind = np.array([[-body.length_m / 2.0 - gap_m, 0.1]])
    assert gap_m < MARGIN_M
    assert may_go(behind, Pose(0.0, 0.0, 0.0), Twist(speed_mps, 0.0), body, 1.5, 2.5)
    assert not may_go(behind, Pose(0.0, 0.0, 0.0), Twist(-speed_mps, 0.0), body, 1.5, 2.5)
