"""Gazebo Classic behind the engine: the same answers as our own physics, repeatable, and clear when it ends."""

import math
import os
import signal

import numpy as np
import pytest

from gangseo_sim.engine.core import DriveCommand, Engine
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.world import World
from gangseo_sim.gazebo.errors import GazeboError
from gangseo_sim.gazebo.physics import GazeboPhysics
from gangseo_sim.gazebo.world_file import CameraView

pytestmark = [pytest.mark.gazebo, pytest.mark.slow]
STEP_S = 0.01
LAWN = RobotStart("r", 150.0, 75.0, 0.4)
"""Free ground for several metres around."""


def run(engine: Engine, seconds: float, *commands: tuple[str, float, float]) -> None:
    for _ in range(round(seconds / STEP_S)):
        engine.advance(STEP_S, {name: DriveCommand(v, w) for name, v, w in commands})


def free_poses(world: World, count: int) -> list[tuple[float, float, float]]:
    """Places on paths, none nearer than 1.5 m to anything solid."""
    draw = np.random.default_rng(7)
    nodes = world.people.nodes
    found: list[tuple[float, float, float]] = []
    while len(found) < count:
        a, b, _ = world.people.edges[int(draw.integers(len(world.people.edges)))]
        share = draw.uniform()
        x = nodes[a][0] + share * (nodes[b][0] - nodes[a][0])
        y = nodes[a][1] + share * (nodes[b][1] - nodes[a][1])
        middles = (world.segments[:, :2] + world.segments[:, 2:]) / 2
        reach = np.hypot(*(world.segments[:, 2:] - world.segments[:, :2]).T) / 2
        away = np.hypot(*(middles - (x, y)).T) - reach
        if away.min() > 1.5 and (np.hypot(*(world.circles[:, :2] - (x, y)).T) - world.circles[:, 2]).min() > 1.5:
            found.append((x, y, float(draw.uniform(-math.pi, math.pi))))
    return found


def test_lidar_agrees_with_our_own_within_a_centimetre(gazebo_engine, world) -> None:
    """75 places, 27,000 beams; where one of them sees something and the other nothing, it is an edge grazed."""
    gazebo = gazebo_engine([LAWN, RobotStart("other", 147.0, 75.0, 0.0)])
    own = Engine(world, [LAWN, RobotStart("other", 147.0, 75.0, 0.0)], 1, people=0, slip=0.0, lidar_noise_m=0.0)
    errors, grazed = [], 0
    for pose in [(150.0, 75.0, 0.4), *free_poses(world, 74)]:
        for engine in (gazebo, own):
            engine.set_robot("r", pose=pose)
        theirs, ours = gazebo.scan("r"), own.scan("r")
        both = np.isfinite(theirs) & np.isfinite(ours)
        away = np.abs(theirs[both] - ours[both])
        grazed += int((np.isfinite(theirs) != np.isfinite(ours)).sum() + (away > 0.3).sum())
        errors.append(away[away <= 0.3])
    found = np.concatenate(errors)
    assert len(found) > 4_000
    assert found.max() < 0.01
    assert grazed <= 27  # a beam in a thousand


def test_straight_turn_and_stop_agree_with_our_own_drive(gazebo_engine, world) -> None:
    """Over ground, after 8 s: 2 cm along, 3 cm across, 0.03 rad straight ahead; turning on the spot slips up to 6 %."""
    gazebo, own = gazebo_engine([LAWN]), Engine(world, [LAWN], 1, people=0, slip=0.0)
    for engine in (gazebo, own):
        run(engine, 6.0, ("r", 1.5, 0.0))
        run(engine, 2.0, ("r", 0.0, 0.0))
    theirs, ours = gazebo.robot("r"), own.robot("r")
    dx, dy = theirs.x - ours.x, theirs.y - ours.y
    assert abs(dx * math.cos(0.4) + dy * math.sin(0.4)) < 0.02
    assert abs(-dx * math.sin(0.4) + dy * math.cos(0.4)) < 0.03
    assert abs(theirs.theta - ours.theta) < 0.03
    assert abs(theirs.speed_mps) < 0.01
    for engine in (gazebo, own):
        run(engine, 3.0, ("r", 0.0, 1.0))
        run(engine, 1.0, ("r", 0.0, 0.0))
    turned, wanted = gazebo.robot("r").theta - theirs.theta, own.robot("r").theta - ours.theta
    assert math.remainder(turned - wanted, 2 * math.pi) == pytest.approx(0.0, abs=0.06 * 3.0)
    odometry = gazebo.robot("r")
    assert odometry.odom_theta == pytest.approx(own.robot("r").odom_theta, abs=0.02)


def test_emergency_stop_at_speed_brakes_as_the_brakes_allow(gazebo_engine) -> None:
    engine = gazebo_engine([LAWN])
    run(engine, 4.0, ("r", 1.8, 0.0))
    before = engine.robot("r")
    assert before.speed_mps == pytest.approx(1.8, abs=0.03)
    engine.set_emergency_stop("r", active=True)
    run(engine, 1.5, ("r", 1.8, 0.0))
    after = engine.robot("r")
    braked_m = math.hypot(after.x - before.x, after.y - before.y)
    assert abs(after.speed_mps) < 0.01
    assert 1.8**2 / (2 * 3.0) - 0.05 < braked_m < 1.8**2 / (2 * 3.0) + 0.15


@pytest.mark.parametrize("heading", [0.0, math.pi / 2, math.pi])
def test_robot_stands_and_drives_on_a_slope_of_five_degrees(gazebo, world, world_dir, heading: float) -> None:
    """What the law asks for: uphill, across and downhill. It stays where it stands, and gets where it drives."""
    start = RobotStart("r", 150.0, 75.0, heading)
    physics = GazeboPhysics(gazebo, world_dir, [start], 0, slope_rad=(math.radians(5.0), 0.0))
    engine = Engine(world, [start], 1, people=0, physics=physics, slip=0.0)
    try:
        run(engine, 4.0)
        stood = engine.robot("r")
        assert math.hypot(stood.x - 150.0, stood.y - 75.0) < 0.05
        run(engine, 4.0, ("r", 1.0, 0.0))
        run(engine, 2.0, ("r", 0.0, 0.0))
        after = engine.robot("r")
        dx, dy = after.x - stood.x, after.y - stood.y
        along, across = (
            dx * math.cos(heading) + dy * math.sin(heading),
            -dx * math.sin(heading) + dy * math.cos(heading),
        )
        driven = math.hypot(after.odom_x - stood.odom_x, after.odom_y - stood.odom_y)
        assert along == pytest.approx(driven, rel=0.05)
        assert abs(across) < 0.25
        assert abs(after.speed_mps) < 0.02
    finally:
        engine.close()


def test_two_runs_are_equal_to_the_bit(gazebo_engine) -> None:
    def drive() -> tuple[object, ...]:
        engine = gazebo_engine(people=5)
        for turn in (0.3, -0.5):
            run(engine, 1.0, ("robot_01", -0.4, 0.0), ("robot_02", -0.3, turn))
        state = engine.state()
        ranges = engine.scan("robot_01").tolist()
        engine.close()
        return state, ranges

    assert drive() == drive()


def test_contact_is_told_with_the_name_of_the_other(gazebo_engine) -> None:
    engine = gazebo_engine([RobotStart("a", 150.0, 75.0, 0.0), RobotStart("b", 152.0, 75.0, 0.0)])
    assert engine.robot("a").touching == ()
    run(engine, 3.0, ("a", 0.8, 0.0))
    assert "b" in engine.robot("a").touching
    engine.place_obstacle("box", 148.5, 75.0, 0.4)
    run(engine, 5.0, ("a", -0.8, 0.0))
    assert "box" in engine.robot("a").touching


def test_people_and_obstacles_are_seen_where_they_are(gazebo_engine, world) -> None:
    engine = gazebo_engine([LAWN], people=8)
    own = Engine(world, [LAWN], 1, people=8, slip=0.0, lidar_noise_m=0.0)
    for each in (engine, own):
        each.place_obstacle("box", 152.0, 76.0, 0.7)
        run(each, 2.0)
    assert [(p.x, p.y) for p in engine.state().people] == [(p.x, p.y) for p in own.state().people]
    theirs, ours = engine.scan("r"), own.scan("r")
    both = np.isfinite(theirs) & np.isfinite(ours)
    assert np.abs(theirs - ours)[both].max() < 0.02
    assert theirs.min() < 2.0
    engine.remove_obstacle("box")
    assert engine.scan("r").min() > 2.0


def test_a_checkpoint_goes_on_in_another_gazebo(gazebo_engine) -> None:
    first = gazebo_engine()
    run(first, 1.5, ("robot_01", -0.5, 0.0))
    memory, before = first.checkpoint(), first.robot("robot_01")
    first.close()
    second = gazebo_engine()
    second.restore(memory)
    run(second, 0.05)
    after = second.robot("robot_01")
    assert math.hypot(after.x - before.x, after.y - before.y) < 0.06
    assert after.state_of_charge == pytest.approx(before.state_of_charge, abs=1e-4)


def test_a_killed_gazebo_is_told_with_what_to_do(gazebo_engine) -> None:
    engine = gazebo_engine()
    run(engine, 0.1)
    os.kill(engine._physics.pid, signal.SIGKILL)
    with pytest.raises(GazeboError, match="start the simulator again"):
        run(engine, 1.0)


def test_a_camera_sees_the_park_and_what_stands_before_it(gazebo_engine) -> None:
    engine = gazebo_engine([LAWN], people=0, camera=CameraView(320, 240, 10.0))
    run(engine, 0.5)
    before = engine.camera("r")
    assert before.shape == (240, 320, 3)
    assert before.std() > 10.0, "a picture of nothing"
    engine.place_obstacle("box", 150.0 + 1.6 * math.cos(0.4), 75.0 + 1.6 * math.sin(0.4), 0.5)
    run(engine, 0.5)
    changed = np.abs(engine.camera("r").astype(int) - before).max(axis=2) > 40
    assert changed[100:200, 120:200].mean() > 0.5


def test_without_cameras_a_picture_is_refused(gazebo_engine) -> None:
    with pytest.raises(EngineError, match="without cameras"):
        gazebo_engine([LAWN]).camera("r")
