"""Robots driven by the real pilot in the engine: they pass each other, and they drive among people."""

import pytest
from quality.drives import among_people, meetings
from quality.scenes import square


@pytest.mark.slow
@pytest.mark.parametrize("width_m", [3.0, 4.0])
def test_robots_who_meet_on_a_path_pass_on_the_right_without_standing(width_m: float) -> None:
    found = meetings(width_m, 3, 11)
    assert found.passed == 3
    assert found.on_the_right == 3
    assert found.stops == 0
    assert found.contacts == 0
    assert found.time_ratio() < 1.5


@pytest.mark.slow
def test_robot_gets_through_a_crowd_that_walks_and_touches_nobody() -> None:
    (drive,) = among_people(square(), [20])
    assert drive.arrived == len(drive.records)
    assert drive.contacts == 0
    assert drive.gaps_m(0)[0] > 0.0
