"""Polygons, masses, battery."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from gangseo_protocol.polygon import inside, outside_m, segment_meets
from gangseo_robot.guards import BatteryClass, Limits, battery_class, full_bins, mass_kg
from gangseo_robot.senses import BinLevel

LIMITS = Limits()
KITE = ((0.0, 0.0), (4.0, -2.0), (6.0, 0.0), (4.0, 5.0), (3.0, 1.0))
PLACE = st.tuples(st.floats(-8, 8), st.floats(-8, 8))


def test_full_bins_weigh_the_robot_down():
    levels = [BinLevel("plastic", 1.0, 40.0), BinLevel("can", 0.5, 40.0)]
    assert mass_kg(LIMITS, levels) == pytest.approx(99.0)
    assert [level.stream for level in full_bins(LIMITS, levels)] == ["plastic"]


@given(PLACE)
def test_inside_agrees_with_shapely(place):
    polygon = Polygon(KITE)
    if polygon.exterior.distance(Point(place)) > 1e-6:
        assert inside(KITE, *place) == polygon.contains(Point(place))


@given(PLACE, PLACE)
@example((-8.0, 0.0), (8.0, 0.0))
@example((0.0, 0.0), (6.0, 0.0))
@example((4.0, -2.0), (4.0, 5.0))
def test_segments_agree_with_shapely(a, b):
    polygon, line = Polygon(KITE), LineString([a, b])
    apart = polygon.distance(line)
    if apart > 1e-6:
        assert not segment_meets(KITE, a, b)
    elif polygon.intersection(line).length > 1e-3:
        assert segment_meets(KITE, a, b)


@given(PLACE)
def test_the_way_out_of_a_polygon_agrees_with_shapely(place):
    polygon = Polygon(KITE)
    if polygon.exterior.distance(Point(place)) > 1e-6:
        assert outside_m(KITE, *place) == pytest.approx(polygon.distance(Point(place)), abs=1e-9)


def test_battery_classes_have_hysteresis_and_a_charger_heals():
    assert battery_class(LIMITS, 0.25, charging=False, was=BatteryClass.FINE) is BatteryClass.LOW
    assert battery_class(LIMITS, 0.27, charging=False, was=BatteryClass.LOW) is BatteryClass.LOW
    assert battery_class(LIMITS, 0.29, charging=False, was=BatteryClass.LOW) is BatteryClass.FINE
    assert battery_class(LIMITS, 0.10, charging=False, was=BatteryClass.LOW) is BatteryClass.CRITICAL
    assert battery_class(LIMITS, 0.12, charging=False, was=BatteryClass.CRITICAL) is BatteryClass.CRITICAL
    assert battery_class(LIMITS, 0.05, charging=True, was=BatteryClass.CRITICAL) is BatteryClass.LOW
