"""Links that are cut for long: the work goes on elsewhere, and nothing is done twice when the link is back."""

import pytest

from scenarios.conftest import assert_well, finish

pytestmark = pytest.mark.parametrize("make_engine", ["embedded"], indirect=True)
"""What these show is decided by fleet and robot; the ground under the wheels is the subject of other scenarios."""


def test_robot_that_loses_its_link_for_ten_minutes_stops_and_its_call_goes_to_another(open_city):
    park = open_city(robots=2, people=0)
    park.call("bench_12")
    assert park.until(lambda: park.engine.robot("robot_01").speed_mps > 1.0, 60.0) or park.until(
        lambda: park.engine.robot("robot_02").speed_mps > 1.0, 60.0
    )
    name = max(park.robots, key=lambda robot: park.engine.robot(robot).speed_mps)
    other = next(robot for robot in park.robots if robot != name)
    park.fleet.link.cut(name)
    park.live(600.0)
    assert abs(park.engine.robot(name).speed_mps) < 0.01
    park.fleet.link.connect(name)
    finish(park)
    park.live(60.0)
    record = assert_well(park, served=1)
    assert record.calls[0].robot_id == other
    park.call("bench_03")
    finish(park)
    assert assert_well(park, served=2)
