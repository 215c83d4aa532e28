"""Where the robot was at a moment, whatever order odometry and scans come in."""

import math

import pytest

from gangseo_navigation.geometry import Pose
from gangseo_navigation.localization import Localization, LocalizationLimits


def turning(until_s: float) -> Localization:
    """A robot that drives 1 m/s and turns 1 rad/s since 0 s, its odometry 20 times a second."""
    localization = Localization(LocalizationLimits())
    localization.drive(0.0, arc(0.0))
    localization.reset(arc(0.0), localization.covariance)
    for i in range(1, round(until_s / 0.05) + 1):
        localization.drive(i * 0.05, arc(i * 0.05))
    return localization


def arc(t: float) -> Pose:
    return Pose(math.sin(t), 1.0 - math.cos(t), t)


@pytest.mark.parametrize("moment_s", [0.5, 0.72, 0.78, 0.8, 0.82, 0.85])
def test_the_pose_of_a_scan_is_that_of_its_moment(moment_s: float) -> None:
    pose, true = turning(0.8).at(moment_s), arc(moment_s)
    assert pose is not None
    assert pose.distance_to(true) < 0.003
    assert pose.theta == pytest.approx(true.theta, abs=0.002)


def test_nothing_is_foreseen_for_long() -> None:
    pose = turning(0.8).at(5.0)
    assert pose is not None
    assert pose.distance_to(arc(0.9)) < 0.01


def test_one_sample_is_where_the_robot_is() -> None:
    localization = turning(0.0)
    for moment_s in (-3.0, 0.0, 2.0):
        assert localization.at(moment_s) == Pose(0.0, 0.0, 0.0)
