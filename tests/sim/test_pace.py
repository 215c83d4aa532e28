"""Simulated time follows the wall clock by the factor, slows where it must, and never jumps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangseo_sim.bridge_pace import STEP_S, Pace


@given(factor=st.floats(0.1, 20), ticks=st.lists(st.floats(0.005, 0.03), min_size=50, max_size=200))
def test_time_passes_at_the_factor_when_steps_are_cheap(factor: float, ticks: list[float]) -> None:
    pace, now, steps = Pace(factor, 0.0), 0.0, 0
    for tick in ticks:
        now += tick
        due = pace.due(now)
        steps += due
        pace.done(due, due * 1e-5, now)
    assert steps * STEP_S == pytest.approx(now * factor, abs=STEP_S * 1.01)


def test_slow_machine_slows_time_and_forgets_what_it_owes() -> None:
    pace, now, most = Pace(50.0, 0.0), 0.0, 0
    for _ in range(300):
        now += 0.01
        due = pace.due(now)
        most = max(most, due)
        now += due * 0.002
        pace.done(due, due * 0.002, now)
    assert pace.achieved() < 6
    assert most <= 100
    pace.idle(now + 100)
    assert pace.due(now + 100.01) * STEP_S <= 0.5 + 1e-9


def test_pause_adds_no_time() -> None:
    pace = Pace(1.0, 0.0)
    pace.idle(500.0)
    assert pace.due(500.0) == 0


@pytest.mark.parametrize(("factor", "tick_s"), [(1.0, 0.02), (2.5, 0.02), (5.0, 0.01), (100.0, 0.01)])
def test_clock_ticks_50_times_a_second_and_faster_for_fast_time(factor: float, tick_s: float) -> None:
    assert Pace(factor, 0.0).tick_s == pytest.approx(tick_s)
