"""Motion, contacts, energy, waste, people and memory of the engine."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from gangseo_protocol.site import Crosswalk
from gangseo_sim.engine.core import DriveCommand, Engine, starts_at_home
from gangseo_sim.engine.equipment import CHARGE_W, PACK_J
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.signals import signal_at
from gangseo_sim.engine.state import Signal
from gangseo_sim.engine.world import PeopleLayout, World
from sim.worlds import NAME, small_world, station

DT = 0.01
HERE = RobotStart("r", 0.0, 0.0, 0.0)


def drive(engine: Engine, speed: float, turn: float, seconds: float, name: str = "r") -> None:
    for _ in range(round(seconds / DT)):
        engine.advance(DT, {name: DriveCommand(speed, turn)})


@settings(max_examples=40, deadline=None)
@given(speed=st.floats(-1.8, 1.8), turn=st.floats(-1.2, 1.2), seconds=st.floats(0.5, 6))
def test_odometry_after_settling_follows_the_exact_arc(speed: float, turn: float, seconds: float) -> None:
    engine = Engine(small_world(), [HERE], 1, slip=0.0)
    drive(engine, speed, turn, 4.0)
    before = engine.robot("r")
    steps = round(seconds / DT)
    drive(engine, speed, turn, steps * DT)
    after, angle = engine.robot("r"), turn * steps * DT
    if abs(angle) < 1e-9:
        x, y = speed * steps * DT, 0.0
    else:
        x, y = speed / turn * math.sin(angle), speed / turn * (1 - math.cos(angle))
    c, s = math.cos(before.odom_theta), math.sin(before.odom_theta)
    assert after.odom_x == pytest.approx(before.odom_x + c * x - s * y, abs=1e-6)
    assert after.odom_y == pytest.approx(before.odom_y + s * x + c * y, abs=1e-6)
    assert (after.x, after.y) == pytest.approx((after.odom_x, after.odom_y), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=1, max_size=12))
def test_speed_and_acceleration_limits_hold_whatever_is_commanded(commands: list[tuple[float, float]]) -> None:
    engine = Engine(small_world(), [HERE], 1)
    last_v = last_w = 0.0
    for speed, turn in commands:
        for _ in range(30):
            robot = engine.step(DT, {"r": DriveCommand(speed, turn)}).robots[0]
            v, w = robot.odom_speed_mps, robot.odom_turn_rps
            assert abs(v) <= 1.8 + 1e-12
            assert abs(w) <= 1.2 + 1e-12
            faster = abs(v) > abs(last_v)
            assert abs(v - last_v) <= (0.8 if faster else 1.5) * DT + 1e-9
            assert abs(w - last_w) <= 2.5 * DT + 1e-9
            last_v, last_w = v, w


def test_robot_stops_half_a_second_after_the_last_command() -> None:
    engine = Engine(small_world(), [HERE], 1)
    drive(engine, 1.0, 0.0, 3.0)
    for _ in range(49):
        engine.advance(DT, {})
    assert engine.robot("r").odom_speed_mps == pytest.approx(1.0)
    for _ in range(70):
        engine.advance(DT, {})
    assert engine.robot("r").odom_speed_mps == 0.0


def test_emergency_stop_cuts_the_drive_whatever_is_commanded() -> None:
    engine = Engine(small_world(), [HERE], 1)
    drive(engine, 1.5, 0.0, 4.0)
    engine.set_emergency_stop("r", active=True)
    drive(engine, 1.5, 0.5, 0.6)
    stopped = engine.robot("r")
    drive(engine, 1.5, 0.5, 1.0)
    assert (engine.robot("r").x, engine.robot("r").speed_mps) == (stopped.x, 0.0)
    engine.set_emergency_stop("r", active=False)
    drive(engine, 1.5, 0.0, 1.0)
    assert engine.robot("r").x > stopped.x


def test_commands_that_are_no_numbers_stop_the_robot() -> None:
    engine = Engine(small_world(), [HERE], 1)
    drive(engine, math.nan, math.inf, 1.0)
    assert (engine.robot("r").x, engine.robot("r").theta) == (0.0, 0.0)


def test_slip_parts_odometry_from_truth_by_a_few_per_cent() -> None:
    engine = Engine(small_world(), [HERE], 4)
    drive(engine, 1.0, 0.0, 60.0)
    robot = engine.robot("r")
    assert 0.0 < abs(robot.x - robot.odom_x) < 0.03 * robot.odom_x


@pytest.mark.parametrize("heading", [0.0, 0.6, -2.0, math.pi])
def test_wall_stops_the_robot_and_is_named(heading: float) -> None:
    walls = [(3, -9, 3, 9), (-3, -9, -3, 9), (-9, 3, 9, 3), (-9, -3, 9, -3)]
    engine = Engine(small_world(walls), [RobotStart("r", 0, 0, heading)], 1)
    drive(engine, 1.0, 0.0, 6.0)
    robot = engine.robot("r")
    assert robot.touching
    assert set(robot.touching) <= {f"wall_{k}" for k in range(4)}
    assert Polygon(robot.corners()).within(Polygon([(-3, -3), (3, -3), (3, 3), (-3, 3)]).buffer(1e-6))
    drive(engine, -1.0, 0.0, 1.5)
    assert engine.robot("r").touching == ()
    assert math.hypot(engine.robot("r").x, engine.robot("r").y) < math.hypot(robot.x, robot.y) - 0.3


def test_robots_touch_each_other_and_both_tell() -> None:
    engine = Engine(small_world(), [RobotStart("a", 0, 0, 0), RobotStart("b", 3, 0.2, 2.0)], 1)
    drive(engine, 1.0, 0.0, 5.0, "a")
    assert engine.robot("a").touching == ("b",)
    assert engine.robot("b").touching == ("a",)
    assert Polygon(engine.robot("a").corners()).intersection(Polygon(engine.robot("b").corners())).area < 1e-6


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**31), data=st.data())
def test_bodies_never_pass_through_each_other(seed: int, data: st.DataObject) -> None:
    posts = [(x, y, 0.3) for x in (-3.0, 3.0) for y in (-3.0, 3.0)]
    walls = [(-6, -6, 6, -6), (6, -6, 6, 6), (6, 6, -6, 6), (-6, 6, -6, -6)]
    walk = PeopleLayout(3, (), (), (((-5, -5), (5, -5), (5, 5), (-5, 5)),))
    starts = [RobotStart("a", -1.5, 0, 0), RobotStart("b", 1.5, 0, 2)]
    engine = Engine(small_world(walls, posts, walk), starts, seed)
    for _ in range(12):
        speeds = {name: DriveCommand(data.draw(st.floats(-1.8, 1.8)), data.draw(st.floats(-1.2, 1.2))) for name in "ab"}
        for _ in range(40):
            state = engine.step(0.02, speeds)
        a, b = (Polygon(robot.corners()) for robot in state.robots)
        assert a.intersection(b).area < 1e-6
        for body in (a, b):
            assert all(body.distance(Point(x, y)) > r - 1e-6 for x, y, r in posts)
            assert body.within(Polygon([(-6, -6), (6, -6), (6, 6), (-6, 6)]).buffer(1e-6))


def test_same_seed_and_commands_give_the_same_bits(world: World) -> None:
    def run() -> str:
        engine = Engine(world, starts_at_home(world, ["robot_01", "robot_02"]), 42)
        engine.set_bins("robot_02", is_open=True)
        for k in range(1500):
            engine.advance(0.02, {"robot_01": DriveCommand(-0.4, 0.3 * math.sin(k / 50))})
        return json.dumps(engine.checkpoint()) + repr(engine.scan("robot_01").tobytes())

    assert run() == run()


def test_other_seed_gives_other_people_and_slip(world: World) -> None:
    first, second = (Engine(world, starts_at_home(world, ["robot_01"]), seed).checkpoint() for seed in (1, 2))
    assert first["crowd"] != second["crowd"]


def test_engine_goes_on_bit_by_bit_from_a_checkpoint(world: World) -> None:
    def fresh() -> Engine:
        return Engine(world, starts_at_home(world, ["robot_01", "robot_02"]), 5)

    def go_on(engine: Engine) -> str:
        for k in range(800):
            engine.advance(0.02, {"robot_02": DriveCommand(-0.5, 0.2)} if k % 3 else {})
        return json.dumps(engine.checkpoint()) + repr(engine.scan("robot_02").tobytes())

    engine = fresh()
    engine.set_bins("robot_01", is_open=True)
    engine.place_obstacle("crate", 120, 60, 0.5)
    for _ in range(700):
        engine.advance(0.02, {"robot_02": DriveCommand(-0.3, 0.0)})
    memory = json.loads(json.dumps(engine.checkpoint()))
    other = fresh()
    other.restore(memory)
    assert go_on(engine) == go_on(other)


def test_checkpoint_of_another_world_is_refused(world: World) -> None:
    memory = Engine(small_world(), [HERE], 1).checkpoint()
    with pytest.raises(EngineError, match="another world"):
        Engine(world, starts_at_home(world, ["robot_01"]), 1).restore(memory)


def test_restore_keeps_robots_that_are_new(world: World) -> None:
    memory = Engine(world, starts_at_home(world, ["robot_01"]), 1).checkpoint()
    more = Engine(world, starts_at_home(world, ["robot_01", "robot_02"]), 1)
    home = more.robot("robot_02")
    more.restore(memory)
    assert (more.robot("robot_02").x, more.robot("robot_02").y) == (home.x, home.y)


@settings(max_examples=25, deadline=None)
@given(speed=st.floats(0, 1.8), charge=st.floats(0.2, 0.9), seconds=st.floats(5, 20))
def test_energy_balance(speed: float, charge: float, seconds: float) -> None:
    engine = Engine(small_world(), [HERE], 1)
    engine.set_robot("r", state_of_charge=charge)
    used = 0.0
    for _ in range(round(seconds / 0.02)):
        used += engine.step(0.02, {"r": DriveCommand(speed, 0)}).robots[0].power_w * 0.02
    robot = engine.robot("r")
    assert robot.state_of_charge * PACK_J == pytest.approx(charge * PACK_J - used, abs=1e-3)
    assert robot.power_w == pytest.approx(40 + 0.03 * 90 * 9.81 * robot.odom_speed_mps / 0.7, rel=1e-6)


def test_charger_gives_600_watts_and_lets_go_when_the_robot_leaves() -> None:
    world = small_world(stations=(station("charger", 0, 0),))
    engine = Engine(world, [HERE], 1)
    engine.set_robot("r", state_of_charge=0.5)
    for _ in range(3000):
        engine.advance(0.02, {})
    robot = engine.robot("r")
    assert robot.charging
    assert (robot.state_of_charge - 0.5) * PACK_J == pytest.approx(60 * (CHARGE_W - 40), rel=1e-6)
    drive(engine, -0.5, 0, 2)
    assert not engine.robot("r").charging
    with pytest.raises(EngineError, match="not on a charger"):
        engine.set_charging("r", enabled=True)


def test_empty_battery_stops_the_robot() -> None:
    engine = Engine(small_world(), [HERE], 1)
    engine.set_robot("r", state_of_charge=0.0)
    drive(engine, 1.0, 0.0, 2.0)
    assert engine.robot("r").x == 0.0


def test_open_bins_fill_and_weigh_and_are_emptied_at_the_depot_only() -> None:
    world = small_world(stations=(station("depot", 8, 0),))
    engine = Engine(world, [HERE], 3)
    engine.set_bins("r", is_open=True)
    for _ in range(3000):
        engine.advance(0.02, {})
    litres = sum(engine.robot("r").fills) * 40
    assert 60 / 9 * 0.5 - 3 <= litres <= 60 / 4 * 3
    assert engine.robot("r").mass_kg == pytest.approx(90 + 0.15 * litres)
    engine.set_bins("r", is_open=False)
    for _ in range(1000):
        engine.advance(0.02, {})
    assert sum(engine.robot("r").fills) * 40 == pytest.approx(litres)
    with pytest.raises(EngineError, match="not at a depot"):
        engine.unload("r")
    engine.set_robot("r", pose=(8.0, 0.1, 0.1))
    engine.unload("r")
    assert engine.robot("r").fills == (0, 0, 0, 0)
    assert engine.robot("r").mass_kg == 90


def test_bins_never_overflow_and_do_not_open_while_driving() -> None:
    engine = Engine(small_world(), [HERE], 3)
    engine.set_robot("r", fills={"can": 0.99, "plastic": 0.99, "paper": 0.99, "other": 0.99})
    engine.set_bins("r", is_open=True)
    for _ in range(4000):
        engine.advance(0.02, {})
    assert max(engine.robot("r").fills) == 1.0
    engine.set_bins("r", is_open=False)
    drive(engine, 1.0, 0.0, 1.0)
    with pytest.raises(EngineError, match="moves"):
        engine.set_bins("r", is_open=True)


@pytest.mark.parametrize(
    "change",
    [{"state_of_charge": 1.5}, {"fills": {"can": -0.1}}, {"fills": {"glass": 0.5}}, {"state_of_charge": math.nan}],
)
def test_impossible_truth_is_refused(change: dict) -> None:
    engine = Engine(small_world(), [HERE], 1)
    with pytest.raises(EngineError, match="expected 0 to 1"):
        engine.set_robot("r", **change)


def test_obstacle_blocks_is_named_and_goes_away() -> None:
    engine = Engine(small_world(), [HERE], 1, lidar_noise_m=0.0)
    engine.place_obstacle("crate", 3, 0, 0.5)
    assert engine.scan("r")[180] == pytest.approx(3 - 0.5 - 0.3)
    drive(engine, 1.0, 0.0, 4.0)
    assert engine.robot("r").touching == ("crate",)
    assert engine.robot("r").x < 2.06
    engine.remove_obstacle("crate")
    drive(engine, 1.0, 0.0, 2.0)
    assert engine.robot("r").x > 2.5
    with pytest.raises(EngineError, match="no obstacle 'crate'"):
        engine.remove_obstacle("crate")
    with pytest.raises(EngineError, match="r stands there"):
        engine.place_obstacle("crate", engine.robot("r").x, 0, 0.5)
    with pytest.raises(EngineError, match="radius"):
        engine.place_obstacle("crate", 50, 0, -1)


@given(time_s=st.floats(0, 1e5))
def test_signal_cycle(time_s: float) -> None:
    crosswalk = Crosswalk(
        crosswalk_id="c", vertices=((0, 0), (1, 0), (1, 1)), length_m=10, green_s=18, flashing_s=10, red_s=32, name=NAME
    )
    now = signal_at(crosswalk, time_s)
    at = math.fmod(time_s, 60)
    expected = Signal.GREEN if at < 18 else Signal.FLASHING if at < 28 else Signal.RED
    assert now.signal == expected
    assert 0 < now.remaining_s <= 32
    following = {Signal.GREEN: Signal.FLASHING, Signal.FLASHING: Signal.RED, Signal.RED: Signal.GREEN}
    assert signal_at(crosswalk, time_s + now.remaining_s + 1e-6).signal == following[expected]


def test_people_walk_through_the_park_without_touching_anything(world: World) -> None:
    engine = Engine(world, starts_at_home(world, ["robot_01"]), 11)
    engine.set_robot("robot_01", pose=(110.0, 92.0, 0.0))
    starts = {p.body_id: (p.x, p.y) for p in engine.state().people}
    assert len(starts) == 20
    tracks = []
    for _ in range(120):
        for _ in range(50):
            engine.advance(0.02, {})
        people = engine.state().people
        tracks.append([(p.x, p.y) for p in people])
        body = Polygon(engine.robot("robot_01").corners())
        assert all(body.distance(Point(p.x, p.y)) >= p.radius_m - 1e-6 for p in people)
    assert engine.robot("robot_01").touching == ()
    places = np.array(tracks)
    gaps = np.hypot(*np.moveaxis(places[:, :, None] - places[:, None, :], -1, 0)) + 10 * np.eye(20)
    assert gaps.min() > 0.4
    moved = np.hypot(*np.moveaxis(np.diff(places, axis=0), -1, 0))
    assert 0.6 < moved.mean() < 1.4


def test_people_step_aside_for_a_robot_and_are_named_when_hit() -> None:
    path = PeopleLayout(1, ((0.0, 0.0), (30.0, 0.0)), ((0, 1, 3.0),), ())
    aside = 0
    for seed in range(6):
        engine = Engine(small_world(people=path), [RobotStart("r", 15, 0, math.pi)], seed)
        touched = False
        for _ in range(2500):
            touched |= bool(engine.step(0.02, {}).robots[0].touching)
        aside += not touched
    assert aside == 6
    narrow = PeopleLayout(1, (), (), (((1.6, -1), (1.9, -1), (1.9, 1), (1.6, 1)),))
    hit = Engine(small_world([(2, -0.4, 2, 0.4)], people=narrow), [HERE], 1)
    names: set[str] = set()
    for _ in range(300):
        names |= set(hit.step(0.02, {"r": DriveCommand(1.0, 0)}).robots[0].touching)
    assert names <= {"person_1", "wall_0"}
    assert names


def test_unknown_robot_is_refused(world: World) -> None:
    with pytest.raises(EngineError, match="unknown robot robot_77"):
        starts_at_home(world, ["robot_77"])
    with pytest.raises(EngineError, match="unknown robot 'x'"):
        Engine(small_world(), [HERE], 1).advance(0.02, {"x": DriveCommand(0, 0)})
