"""The district with many robots, in short; ``./gangseo bench city_district`` is the hour."""

import math
from pathlib import Path

import pytest
from shapely import Point, Polygon

from gangseo_sim.engine.state import EngineState
from gangseo_sim.generate import generate
from lockstep.city import CityOptions, city
from lockstep.closest import Closest
from lockstep.district import SOURCE, Load, live
from lockstep.test_lockstep import standing


@pytest.fixture(scope="session")
def district_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("district")
    generate(SOURCE, out)
    return out


@pytest.mark.slow
def test_robots_serve_residents_without_touching_anybody(tmp_path, district_world):
    options = CityOptions(district_world, tmp_path, robots=5, people=10)
    with city(options) as park:
        record = live(park, Load(seconds=30.0, residents=4, shop_pause_s=math.inf))
    assert set(record.ends) == {"served"}
    assert len(record.calls) == 4
    assert not record.contacts
    assert not record.breaches
    assert not record.stand_offs


def test_closest_is_the_gap_between_bodies():
    a, b = standing(0.0, 0.0), standing(0.0, 1.5)
    expected = Polygon(a.corners()).distance(Polygon(b.corners()))
    closest = Closest()
    closest.look(EngineState(0.0, (a, b), (), ()))
    assert closest.least_m == {"robot": pytest.approx(expected, abs=1e-3)}
    assert Polygon(a.corners()).distance(Point(0.0, 1.5)) > expected
