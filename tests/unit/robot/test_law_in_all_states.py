"""The law of robots outdoors, held in 10,000 random states each: speed by mass, the crosswalk's signal, the fence."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from gangseo_protocol.law import speed_limit_mps
from gangseo_protocol.polygon import inside
from gangseo_robot.crossing import MARGIN_S, PLANNED_SPEED_MPS, SIGNAL_STALE_S, signal_obstacle
from gangseo_robot.guards import Limits, mass_kg
from gangseo_robot.orders import OrderBook, receive
from gangseo_robot.senses import BinLevel, Pose, Senses, Signal, SignalColor
from gangseo_robot.speed import LEAST_MPS, SpeedRule
from unit.robot.little_park import PLACES, little_park, make_order

ALL_STATES = settings(max_examples=10_000, deadline=None)
SITE = little_park()
WAY = ["charger_1", "w1", "w2", "spot_12"]
BOOK = receive(OrderBook(last_node_id="charger_1"), make_order(WAY), starts_here=True).book
BINS = st.lists(st.builds(BinLevel, st.just("paper"), st.floats(0, 1), st.floats(10, 400)), max_size=4)
FENCE = Polygon(SITE.geofence)


@pytest.mark.slow
@ALL_STATES
@given(
    st.floats(50, 520), st.floats(0, 1), BINS, st.floats(0, 240), st.floats(-5, 40), st.floats(0.1, 8.0), st.booleans()
)
def test_no_robot_may_drive_faster_than_its_mass_allows(empty_kg, load, bins, goods_kg, x, drive_mps, ordered):
    limits = Limits(empty_mass_kg=empty_kg, load_kg_per_l=load, maximum_speed_mps=drive_mps)
    rule = SpeedRule(limits, lambda node: Pose(PLACES[node.node_id][0], 0.0), lambda: None, lambda _: goods_kg)
    told = rule.limit_mps(BOOK if ordered else OrderBook(), Senses(pose=Pose(x, 0.0), bins=tuple(bins)))
    lawful = speed_limit_mps(mass_kg(limits, bins) + goods_kg)
    assert told <= max(lawful, LEAST_MPS)
    assert rule.overloaded == (lawful == 0.0)


@pytest.mark.slow
@ALL_STATES
@given(st.sampled_from([*SignalColor]), st.floats(0, 60), st.floats(0, 10), st.floats(0, 30), st.floats(-4, 4))
def test_nobody_enters_a_crosswalk_but_on_green_with_time_to_reach_the_other_side(color, left_s, age_s, away_m, side_m):
    (crosswalk,) = SITE.crosswalks
    end = (30.0, 0.0)
    pose = Pose(end[0] - away_m, side_m)
    senses = Senses(pose=pose, now_s=100.0, signals={crosswalk.crosswalk_id: Signal(color, left_s, 100.0 - age_s)})
    if signal_obstacle(crosswalk, senses, end) is not None:
        return
    assert color is SignalColor.GREEN
    assert age_s <= SIGNAL_STALE_S
    needed_s = max(math.hypot(away_m, side_m), crosswalk.length_m) / PLANNED_SPEED_MPS
    assert left_s - age_s + crosswalk.flashing_s >= needed_s + MARGIN_S


@pytest.mark.slow
@ALL_STATES
@given(st.floats(-20, 60), st.floats(-40, 40))
def test_the_fence_is_where_the_site_says(x, y):
    if FENCE.exterior.distance(Point(x, y)) > 1e-6:
        assert inside(SITE.geofence, x, y) == FENCE.contains(Point(x, y))
