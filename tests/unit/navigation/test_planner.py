"""The planner's promises: free ground only, short, clear refusals."""

import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangseo_navigation.clearance import STEP_M, clearance_of, steps
from gangseo_navigation.grid import Frame
from gangseo_navigation.memory import LivePlanner, ObstacleMemory
from gangseo_navigation.planner import PlanError, PlanFault, Planner, PlannerLimits
from gangseo_navigation.sight import narrowest
from unit.navigation.park_map import park, reference_cells
from unit.navigation.yard import block, walled

LIMITS = PlannerLimits()


def planner_of(blocked: np.ndarray, limits: PlannerLimits = LIMITS, resolution: float = 0.1) -> Planner:
    return Planner(clearance_of(blocked, resolution), Frame(*blocked.shape, resolution), limits)


def scattered(seed: int, boxes: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    blocked = walled(24.0, 18.0)
    for _ in range(boxes):
        x, y = random.uniform(0, 22), random.uniform(0, 16)
        block(blocked, x, y, x + random.uniform(0.2, 4.0), y + random.uniform(0.2, 4.0))
    return blocked


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.integers(0, 25))
def test_path_is_free_short_and_ends_where_it_should(seed: int, boxes: int) -> None:
    planner = planner_of(scattered(seed, boxes), PlannerLimits(comfort_m=LIMITS.clearance_m))
    random = np.random.default_rng(seed + 1)
    start, goal = [(float(random.uniform(0.6, 23.4)), float(random.uniform(0.6, 17.4))) for _ in range(2)]
    try:
        path = planner.plan(start, goal)
    except PlanError as refused:
        if refused.fault not in (PlanFault.START_OCCUPIED, PlanFault.GOAL_OCCUPIED, PlanFault.NO_VALID_PATH):
            raise
        return
    assert path.points[0] == pytest.approx(start, abs=1e-6)
    assert path.points[-1] == pytest.approx(goal, abs=1e-6)
    frame, need = planner.frame, steps(LIMITS.clearance_m)
    cells = np.array([((y / 0.1) - 0.5, (x / 0.1) - 0.5) for x, y in path.points])
    first = 0 if planner.is_free(*start) else 1
    for a, b in zip(cells[first:-1], cells[first + 1 :], strict=True):
        assert narrowest(planner.field, *a, *b, 1, 255, 5.0) >= need - 6
    if first == 0:
        shortest = reference_cells(planner.field, frame.cell(*start), frame.cell(*goal), need, 0.1 / STEP_M) * 0.1
        assert path.length_m <= 1.02 * shortest + 0.2


@pytest.mark.slow
def test_path_on_a_large_park_is_within_two_per_cent_of_the_shortest() -> None:
    planner = planner_of(park(11))
    need = steps(LIMITS.clearance_m)
    random = np.random.default_rng(2)
    over = []
    while len(over) < 6:
        start, goal = [(float(random.uniform(1, 299)), float(random.uniform(1, 199))) for _ in range(2)]
        if planner.is_free(*start) and planner.is_free(*goal):
            cells = [planner.frame.cell(*p) for p in (start, goal)]
            shortest = reference_cells(planner.field, cells[0], cells[1], need, 5.0) * 0.1
            over.append(planner.plan(start, goal).length_m / shortest)
    assert max(over) <= 1.02


def test_path_keeps_comfortable_clearance_where_there_is_room() -> None:
    blocked = walled(20.0, 12.0)
    block(blocked, 9.0, 0.0, 10.0, 7.0)
    path = planner_of(blocked).plan((3.0, 2.0), (17.0, 2.0))
    field = clearance_of(blocked, 0.1)
    at = [field[int(y / 0.1), int(x / 0.1)] * STEP_M for x, y in path.points]
    assert min(at) >= 0.5


@pytest.mark.parametrize(
    ("start", "goal", "fault"),
    [
        ((-1.0, 5.0), (5.0, 5.0), PlanFault.START_OUTSIDE_MAP),
        ((5.0, 5.0), (50.0, 5.0), PlanFault.GOAL_OUTSIDE_MAP),
        ((5.0, 5.0), (float("nan"), 5.0), PlanFault.GOAL_OUTSIDE_MAP),
        ((12.0, 6.0), (5.0, 5.0), PlanFault.START_OCCUPIED),
        ((5.0, 5.0), (12.0, 6.0), PlanFault.GOAL_OCCUPIED),
        ((5.0, 5.0), (18.0, 5.0), PlanFault.NO_VALID_PATH),
    ],
)
def test_refusals_say_why(start: tuple[float, float], goal: tuple[float, float], fault: PlanFault) -> None:
    blocked = walled(20.0, 12.0)
    block(blocked, 10.0, 0.0, 14.0, 12.0)
    with pytest.raises(PlanError) as caught:
        planner_of(blocked).plan(start, goal)
    assert caught.value.fault is fault


def test_a_start_too_near_a_wall_is_left() -> None:
    path = planner_of(walled(10.0, 10.0)).plan((0.5, 5.0), (8.0, 5.0))
    assert path.points[0] == pytest.approx((0.5, 5.0))


def test_crooked_passage_that_the_coarse_graph_loses_is_found() -> None:
    blocked = np.ones((80, 80), np.bool_)
    for i in range(4, 76):
        wave = 40 + round(15 * np.sin(i / 9.0))
        blocked[max(0, wave - 8) : wave + 9, i] = False
    planner = planner_of(blocked, PlannerLimits(clearance_m=0.25, comfort_m=0.25, block_m=3.0))
    free = np.argwhere(planner.field >= steps(0.25))
    left, right = free[free[:, 1].argmin()], free[free[:, 1].argmax()]
    start, goal = planner.frame.center(*left), planner.frame.center(*right)
    assert planner.plan(start, goal).length_m > 6.0


def test_remembered_obstacle_changes_the_path_and_forgetting_brings_it_back() -> None:
    blocked = walled(20.0, 12.0)
    frame = Frame(*blocked.shape, 0.1)
    fixed = clearance_of(blocked, 0.1)
    live = LivePlanner(fixed, frame, LIMITS)
    straight = live.plan((2.0, 6.0), (18.0, 6.0)).length_m
    wall = np.array([(row, 100) for row in range(40, 110)])
    live.update(wall)
    assert live.plan((2.0, 6.0), (18.0, 6.0)).length_m > straight + 0.3
    live.update(np.empty((0, 2), np.int64))
    assert live.plan((2.0, 6.0), (18.0, 6.0)).length_m == pytest.approx(straight)
    assert (live.planner.field == fixed).all()


def test_memory_replaces_what_is_in_view_and_fades_the_rest() -> None:
    memory = ObstacleMemory(keep_s=60.0)
    seen = np.zeros((10, 10), np.bool_)
    seen[2, 3] = True
    memory.look(0.0, 100, 200, seen)
    memory.look(1.0, 400, 400, np.zeros((10, 10), np.bool_))
    assert memory.cells.tolist() == [[102, 203]]
    memory.look(2.0, 100, 200, np.zeros((10, 10), np.bool_))
    assert len(memory.cells) == 0
    memory.look(3.0, 100, 200, seen)
    memory.look(70.0, 400, 400, np.zeros((10, 10), np.bool_))
    assert len(memory.cells) == 0


def test_blocked_way_is_found_out_quickly() -> None:
    blocked = walled(60.0, 40.0)
    block(blocked, 30.0, 0.0, 31.0, 40.0)
    planner = planner_of(blocked)
    begin = time.thread_time()
    with pytest.raises(PlanError):
        planner.plan((5.0, 5.0), (55.0, 35.0))
    assert time.thread_time() - begin < 5.0
