"""The bench's crowd: velocities allowed by all half-planes, people who meet pass, nobody walks through anybody."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quality.orca import OrcaCrowd, choose_velocity, half_plane, nearest_allowed, orca_step

ANGLE, SPEED = st.floats(-math.pi, math.pi), st.floats(-1.5, 1.5)
NO_WALLS, NO_POSTS, NO_ROBOTS = np.empty((0, 4)), np.empty((0, 3)), np.empty((0, 3))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(ANGLE, st.floats(-1.0, 0.8)), max_size=6), SPEED, SPEED)
def test_nearest_allowed_velocity_is_allowed_and_none_on_a_fine_grid_is_nearer(
    borders: list[tuple[float, float]], wish_x: float, wish_y: float
) -> None:
    planes = np.array([(math.cos(a), math.sin(a), c, 1.0) for a, c in borders]).reshape(-1, 4)
    top = 1.3
    x, y, found = nearest_allowed(planes, len(planes), 0.0, wish_x, wish_y, top)
    grid = np.linspace(-top, top, 61)
    gx, gy = np.meshgrid(grid, grid)
    allowed = np.hypot(gx, gy) <= top
    for nx, ny, c, _ in planes:
        allowed &= nx * gx + ny * gy >= c
    if found:
        assert math.hypot(x, y) <= top + 1e-6
        assert all(nx * x + ny * y >= c - 1e-6 for nx, ny, c, _ in planes)
        speed = max(math.hypot(wish_x, wish_y) / top, 1.0)
        wx, wy = wish_x / speed, wish_y / speed
        nearest = np.hypot(gx - wx, gy - wy)[allowed].min(initial=math.inf)
        assert math.hypot(x - wx, y - wy) <= nearest + 1e-6
    else:
        assert not allowed.any()


@settings(max_examples=100, deadline=None)
@given(st.floats(0.9, 6.0), ANGLE, SPEED, SPEED)
def test_changed_relative_velocity_leads_to_no_collision_within_the_horizon(
    away: float, bearing: float, vx: float, vy: float
) -> None:
    px, py, radius, horizon = away * math.cos(bearing), away * math.sin(bearing), 0.6, 3.0
    ux, uy, nx, ny = half_plane(px, py, vx, vy, radius, horizon, 0.05)
    outside = (vx + ux * (1.0 + 1e-9) + 1e-9 * nx, vy + uy * (1.0 + 1e-9) + 1e-9 * ny)
    times = np.linspace(0.0, horizon, 200)
    if ux * nx + uy * ny >= 0.0:
        assert np.hypot(px - outside[0] * times, py - outside[1] * times).min() >= radius - 1e-3


def test_where_nothing_is_allowed_people_give_way_and_walls_do_not() -> None:
    planes = np.array([(1.0, 0.0, 0.5, 1.0), (-1.0, 0.0, 0.2, 0.0)])
    x, _, found = nearest_allowed(planes, 2, 0.0, 1.0, 0.0, 1.3)
    assert not found
    x, _ = choose_velocity(planes, 2, 1.0, 0.0, 1.3)
    assert x <= -0.2 + 1e-6


@pytest.mark.slow
def test_people_who_meet_head_on_pass_without_touching() -> None:
    places, velocities = np.array(((0.0, 0.0), (8.0, 0.0))), np.zeros((2, 2))
    keep_right = OrcaCrowd.keep_right_rad
    nearest = math.inf
    for _ in range(200):
        wishes = np.array(((1.2, -1.2 * keep_right), (-1.2, 1.2 * keep_right)))
        orca_step(
            0.05, wishes, places, velocities, np.full(2, 1.5), NO_ROBOTS, np.empty((0, 2)), 0.5, NO_WALLS, NO_POSTS
        )
        nearest = min(nearest, math.dist(places[0], places[1]))
    assert nearest >= 0.5
    assert places[0, 0] > 8.0
    assert places[1, 0] < 0.0


def test_a_walker_stops_before_a_wall() -> None:
    places, velocities = np.array(((0.0, 0.0),)), np.zeros((1, 2))
    wall = np.array(((3.0, -5.0, 3.0, 5.0),))
    for _ in range(200):
        orca_step(
            0.05, np.array(((1.2, 0.0),)), places, velocities, np.full(1, 1.5), NO_ROBOTS, np.empty((0, 2)), 0.5, wall,
            NO_POSTS,
        )  # fmt: skip
    assert 2.4 < places[0, 0] <= 2.75
