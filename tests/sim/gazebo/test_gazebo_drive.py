"""The body on Gazebo's ground, closely: ramps, stops, spinning wheels, and coming back with its speed."""

import math

import pytest

from gangseo_sim.engine.core import DriveCommand, Engine
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.state import RobotState
from sim.gazebo.conftest import MakeEngine
from sim.worlds import small_world

pytestmark = [pytest.mark.gazebo, pytest.mark.slow]
DT = 0.01
HERE = RobotStart("r", 175.4, 123.5, 0.0)
"""Nothing solid within 13 m."""
STRAIGHT_M = 0.005
"""Bound on where a straight drive of some metres ends, Gazebo against the model."""


def drive(engine: Engine, speed: float, turn: float, seconds: float) -> RobotState:
    for _ in range(round(seconds / DT)):
        engine.advance(DT, {"r": DriveCommand(speed, turn)})
    return engine.robot("r")


def test_straight_drives_and_stops_end_where_the_model_says(gazebo_engine: MakeEngine) -> None:
    gazebo, model = gazebo_engine([HERE]), Engine(small_world(), [HERE], 1, slip=0.0)
    for speed in (0.3, 1.0, 1.8):
        for engine in (gazebo, model):
            engine.set_robot("r", pose=(HERE.x, HERE.y, HERE.theta))
            drive(engine, 0.0, 0.0, 0.5)
            drive(engine, speed, 0.0, 3.0)
            drive(engine, 0.0, 0.0, 2.0)
        found, exact = gazebo.robot("r"), model.robot("r")
        assert found.x == pytest.approx(exact.x, abs=STRAIGHT_M)
        assert found.y == pytest.approx(exact.y, abs=STRAIGHT_M)
        assert found.theta == pytest.approx(0.0, abs=0.005)


def test_ramps_are_those_of_the_body(gazebo_engine: MakeEngine) -> None:
    engine = gazebo_engine([HERE])
    assert drive(engine, 5.0, 0.0, 1.0).speed_mps == pytest.approx(0.8, abs=0.02)
    assert drive(engine, 5.0, 0.0, 2.0).speed_mps == pytest.approx(1.8, abs=0.02)
    assert drive(engine, 0.0, 0.0, 0.5).speed_mps == pytest.approx(1.8 - 0.75, abs=0.03)


def test_turning_tyres_scrub_and_the_wheels_do_not_know(gazebo_engine: MakeEngine) -> None:
    engine = gazebo_engine([HERE])
    drive(engine, 0.0, 0.0, 0.2)
    before = engine.robot("r")
    after = drive(engine, 0.0, 0.6, 3.0)
    believed, turned = after.odom_theta - before.odom_theta, after.theta - before.theta
    assert 0.92 * believed < turned < believed - 0.01
    assert math.dist((after.x, after.y), (before.x, before.y)) < 0.03


def test_wheels_spin_before_an_obstacle_and_roll_on_when_it_is_gone(gazebo_engine: MakeEngine) -> None:
    engine = gazebo_engine([HERE])
    engine.place_obstacle("crate", HERE.x + 2.0, HERE.y, 0.3)
    found = drive(engine, 0.5, 0.0, 5.0)
    assert found.touching == ("crate",)
    assert found.x == pytest.approx(HERE.x + 2.0 - 0.3 - 0.45, abs=0.03)
    assert math.hypot(found.odom_x, found.odom_y) > found.x - HERE.x + 0.5, "the wheels did not spin"
    engine.remove_obstacle("crate")
    onward = drive(engine, 0.5, 0.0, 1.0)
    assert onward.touching == ()
    assert onward.x > found.x + 0.3


def test_a_restored_robot_goes_on_at_its_speed(gazebo_engine: MakeEngine) -> None:
    engine = gazebo_engine([HERE])
    before = drive(engine, 1.0, 0.0, 2.0)
    memory = engine.checkpoint()
    drive(engine, 0.5, 0.8, 2.0)
    engine.restore(memory)
    assert engine.robot("r") == before
    assert drive(engine, 1.0, 0.0, 0.5).x - before.x == pytest.approx(0.5, abs=0.02)
