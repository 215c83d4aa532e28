"""The law's table, and a robot's rules against it in 10,000 random states."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangseo_protocol.law import MAXIMUM_MASS_KG, fits_pavement, speed_limit_mps


@pytest.mark.parametrize(
    ("mass", "kmh"), [(90, 15), (100, 15), (100.1, 10), (230, 10), (230.1, 5), (500, 5), (500.1, 0)]
)
def test_speed_by_mass_is_the_law(mass, kmh):
    assert speed_limit_mps(mass) == pytest.approx(kmh / 3.6)


@pytest.mark.parametrize(
    ("width", "pavement", "fits"),
    [(0.66, 1.0, True), (0.8, 1.5, True), (0.8, 0.7, False), (0.81, 2.4, False), (1.2, 2.5, True), (1.21, 5.0, False)],
)
def test_width_against_pavement_is_the_law(width, pavement, fits):
    assert fits_pavement(width, pavement) == fits


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.floats(0, 700), st.floats(0, 700))
def test_a_heavier_robot_is_never_allowed_more(one, other):
    lighter, heavier = sorted((one, other))
    assert speed_limit_mps(heavier) <= speed_limit_mps(lighter)
    assert (speed_limit_mps(heavier) == 0.0) == (heavier > MAXIMUM_MASS_KG)
