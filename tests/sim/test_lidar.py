"""Ranges against an independent computation, and the lidar's limits."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon
from shapely.strtree import STRtree

from gangseo_sim.engine.core import Engine, starts_at_home
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.lidar import BEAMS, LIDAR_X_M, RANGE_MAX_M
from gangseo_sim.engine.world import World
from sim.worlds import small_world

place = st.floats(-20, 20, allow_nan=False).map(lambda v: round(v, 3))


def expected_ranges(pose: tuple[float, float, float], shapes: list[LineString]) -> np.ndarray:
    x, y, theta = pose
    origin = Point(x + LIDAR_X_M * math.cos(theta), y + LIDAR_X_M * math.sin(theta))
    tree = STRtree(shapes)
    found = np.full(BEAMS, np.inf)
    for beam in range(BEAMS):
        angle = theta - math.pi + beam * 2 * math.pi / BEAMS
        end = (origin.x + RANGE_MAX_M * math.cos(angle), origin.y + RANGE_MAX_M * math.sin(angle))
        ray = LineString([(origin.x, origin.y), end])
        for index in tree.query(ray):
            crossing = ray.intersection(shapes[index])
            if not crossing.is_empty:
                found[beam] = min(found[beam], origin.distance(crossing))
    return found


def close(given_ranges: np.ndarray, expected: np.ndarray, allowed_misses: int = 0) -> bool:
    """Within 1 mm; a beam that grazes a corner may miss it in one of the two."""
    both_far = np.isinf(given_ranges) & np.isinf(expected)
    with np.errstate(invalid="ignore"):
        near = np.abs(given_ranges - expected) < 1e-3
    return int((~(both_far | near)).sum()) <= allowed_misses


def clear_of_lidar(segment: tuple[float, ...]) -> bool:
    line = LineString([segment[:2], segment[2:]])
    return line.length > 0.1 and line.distance(Point(0, 0)) > LIDAR_X_M + 0.1


@settings(max_examples=60, deadline=None)
@given(
    segments=st.lists(st.tuples(place, place, place, place).filter(clear_of_lidar), max_size=8),
    theta=st.floats(-math.pi, math.pi),
)
def test_ranges_to_segments_equal_shapely(segments: list[tuple[float, ...]], theta: float) -> None:
    engine = Engine(small_world(segments), [RobotStart("r", 0, 0, theta)], 1, lidar_noise_m=0.0)
    shapes = [LineString([s[:2], s[2:]]) for s in segments]
    assert close(engine.scan("r"), expected_ranges((0, 0, theta), shapes), allowed_misses=2)


def test_ranges_to_circles_are_exact() -> None:
    engine = Engine(
        small_world(circles=[(10.3, 0.0, 0.5), (0.3, -6.0, 1.0)]), [RobotStart("r", 0, 0, 0)], 1, lidar_noise_m=0.0
    )
    ranges = engine.scan("r")
    assert abs(ranges[180] - 9.5) < 1e-9
    assert abs(ranges[90] - 5.0) < 1e-9
    offset = 10 * math.sin(math.radians(1))
    assert abs(ranges[181] - (10 * math.cos(math.radians(1)) - math.sqrt(0.25 - offset**2))) < 1e-9


def test_ranges_in_the_park_equal_shapely(world: World) -> None:
    names = ["robot_01", "robot_02", "robot_03"]
    engine = Engine(world, starts_at_home(world, names), 1, people=0, lidar_noise_m=0.0)
    random = np.random.default_rng(2)
    still = [LineString([s[:2], s[2:]]) for s in world.segments]
    still += [Point(x, y).buffer(r, 256).exterior for x, y, r in world.circles]
    for _ in range(4):
        pose = (float(random.uniform(60, 180)), float(random.uniform(45, 130)), float(random.uniform(-3, 3)))
        engine.set_robot("robot_01", pose=pose)
        others = [Polygon(engine.robot(name).corners()).exterior for name in names[1:]]
        assert close(engine.scan("robot_01"), expected_ranges(pose, still + others), allowed_misses=2)


def test_other_robots_are_seen_and_the_own_body_is_not() -> None:
    engine = Engine(small_world(), [RobotStart("a", 0, 0, 0), RobotStart("b", 5, 0, math.pi / 2)], 1, lidar_noise_m=0.0)
    ranges = engine.scan("a")
    assert abs(ranges[180] - (5 - 0.33 - LIDAR_X_M)) < 1e-9
    assert np.isinf(ranges[0])


def test_nothing_is_seen_beyond_25_metres() -> None:
    for distance, seen in ((24.9, True), (25.1, False)):
        x = LIDAR_X_M + distance
        engine = Engine(small_world([(x, -1, x, 1)]), [RobotStart("r", 0, 0, 0)], 1, lidar_noise_m=0.0)
        assert np.isfinite(engine.scan("r")[180]) == seen


def test_noise_has_one_centimetre() -> None:
    engine = Engine(small_world([(5, -50, 5, 50)]), [RobotStart("r", 0, 0, 0)], 7)
    errors = [engine.scan("r")[180] - (5 - LIDAR_X_M) for _ in range(2000)]
    assert abs(float(np.std(errors)) - 0.01) < 0.001
    assert abs(float(np.mean(errors))) < 0.001
