"""The speed limit: the lowest of law, edges and zones, there where it applies."""

import math
from dataclasses import replace

import pytest

from gangseo_protocol.vda5050 import Vertex, Zone, ZoneSet, ZoneSetMessage
from gangseo_robot.guards import Limits
from gangseo_robot.orders import OrderBook, receive
from gangseo_robot.senses import BinLevel, Pose, Senses
from gangseo_robot.speed import LEAST_MPS, SpeedRule
from unit.robot.little_park import NOW, PLACES, ROBOT, make_order
from unit.robot.toy_world import ToyWorld

WAY = ["charger_1", "w1", "w2", "spot_12"]
SPEEDS = {"charger_1-w1": 0.8, "w1-w2": 0.4, "w2-spot_12": 1.2}


def place_of(node):
    return Pose(PLACES[node.node_id][0], 0.0)


def zone(speed, west, east, kind="SPEED_LIMIT"):
    corners = ((west, -2.0), (east, -2.0), (east, 2.0), (west, 2.0))
    return Zone(
        zone_id=f"{kind} {west}", zone_type=kind, vertices=tuple(Vertex(x=x, y=y) for x, y in corners),
        maximum_speed=speed, release_loss_behavior="CONTINUE" if kind == "RELEASE" else None,
    )  # fmt: skip


def zones(*values):
    return ZoneSet(map_id="little_park", zone_set_id="z", zones=values)


def limit(book, x, zone_set=None, *, theta=0.0, limits=None, bins=()):
    rule = SpeedRule(limits or Limits(), place_of, lambda: zone_set, lambda _: 0.0)
    return rule.limit_mps(book, Senses(pose=Pose(x, 0.0, theta), bins=bins))


@pytest.fixture
def book():
    order = make_order(WAY, speeds=SPEEDS)
    return receive(OrderBook(last_node_id="charger_1"), order, starts_here=True).book


def reached(book, times):
    for _ in range(times):
        book = book.reach(book.ahead[0])
    return book


def test_each_edge_has_its_limit(book):
    assert limit(book, 2.0) == 0.8
    assert limit(reached(book, 1), 6.0) == 0.4
    assert limit(reached(book, 2), 10.0) == 1.2


def test_a_slower_edge_counts_before_it_begins(book):
    assert limit(book, 2.4) == 0.8
    assert limit(book, 2.6) == 0.4


def test_a_faster_edge_counts_only_where_it_begins(book):
    """The node counts as reached a metre early; the slow edge is slow to its end."""
    on_last = reached(book, 2)
    assert limit(on_last, 7.2) == 0.4
    assert limit(on_last, 7.95) == 0.4
    assert limit(on_last, 8.05) == 1.2


def test_without_an_order_or_a_place_the_law_and_the_drive_count(book):
    assert limit(OrderBook(), 2.0) == 1.8
    assert limit(book.cancel(), 2.0) == 1.8
    assert SpeedRule(Limits(), place_of, lambda: None, lambda _: 0.0).limit_mps(book, Senses()) == 1.8
    unbound = receive(OrderBook(last_node_id="charger_1"), make_order(WAY), starts_here=True).book
    assert limit(unbound, 2.0) == 1.8


def test_speed_zones_count_inside_and_just_before(book):
    park = zones(zone(0.5, 5.0, 7.0), zone(0.1, 5.0, 7.0, "BLOCKED"), zone(0.2, 5.0, 7.0, "RELEASE"))
    none = OrderBook()
    assert limit(none, 3.4, park) == 1.8
    assert limit(none, 3.6, park) == 0.5
    assert limit(none, 6.0, park) == 0.5
    assert limit(none, 7.1, park) == 1.8
    assert limit(none, 7.1, park, theta=math.pi) == 0.5
    assert limit(reached(book, 1), 6.0, park) == 0.4
    assert limit(book, 2.0, zones(zone(1.0, 0.0, 4.0))) == 0.8


def test_the_lowest_of_law_edge_and_zone_counts(book):
    heavy = Limits(empty_mass_kg=231.0, maximum_speed_mps=3.0)
    assert limit(OrderBook(), 2.0, limits=heavy) == pytest.approx(5 / 3.6)
    assert limit(book, 2.0, limits=heavy) == 0.8
    too_heavy = replace(heavy, load_kg_per_l=10.0)
    bins = (BinLevel("paper", 1.0, 40.0),)
    assert limit(book, 2.0, limits=too_heavy, bins=bins) == LEAST_MPS


def test_navigation_is_told_each_limit_at_its_edge(tmp_path):
    world = ToyWorld(tmp_path)
    world.tick(3)
    world.order(make_order(WAY, speeds=SPEEDS))
    told = []
    while world.limit != 1.8 or not told:
        world.tick()
        if not told or told[-1][0] != world.limit:
            told.append((world.limit, world.x))
    assert [speed for speed, _ in told] == [0.8, 0.4, 1.2, 1.8]
    slower_at, faster_at = told[1][1], told[2][1]
    assert 2.4 < slower_at < 3.0
    assert 8.0 <= faster_at < 8.3


def test_a_robot_heavier_than_the_law_allows_stands_and_says_so(tmp_path):
    world = ToyWorld(tmp_path, limits=Limits(empty_mass_kg=501.0))
    world.tick(3)
    world.order(make_order(WAY))
    world.tick(50)
    assert world.x == 0.0
    assert world.waiting == "waiting.overloaded"
    assert "overloaded" in {error.error_type for error in world.state.errors}


def test_a_zone_set_of_the_fleet_changes_the_limit_at_once(tmp_path):
    world = ToyWorld(tmp_path)
    world.tick(3)
    message = ZoneSetMessage(header_id=0, timestamp=NOW, serial_number=ROBOT, zone_set=zones(zone(0.6, -2.0, 2.0)))
    world.put("zoneSet", message)
    world.tick()
    assert world.limit == 0.6


def test_an_edge_without_any_speed_is_refused(tmp_path):
    world = ToyWorld(tmp_path)
    world.tick(3)
    world.order(make_order(WAY, speeds={"w1-w2": 0.0}))
    (error,) = world.state.errors
    assert "maximumSpeed of edge w1-w2 is not above 0" in error.error_description
    assert world.phase == "NONE"


def test_zone_that_lies_wholly_between_the_robot_and_its_look_ahead_counts(book):
    assert limit(book, 2.0, zones(zone(0.3, 2.6, 3.1))) == 0.3
    assert limit(book, 2.0, zones(zone(0.3, 0.9, 1.4)), theta=math.pi) == 0.3
    assert limit(book, 2.0, zones(zone(0.3, 0.9, 1.4))) == limit(book, 2.0)


def test_rule_takes_another_zone_set_when_there_is_one(book):
    sets = [zones(zone(0.3, 0.0, 4.0)), zones(zone(0.4, 0.0, 4.0)), None]
    rule = SpeedRule(Limits(), place_of, lambda: sets[0], lambda _: 0.0)
    seen = []
    while sets:
        seen.append(rule.limit_mps(book, Senses(pose=Pose(2.0, 0.0, 0.0))))
        sets.pop(0)
    assert seen[:2] == [0.3, 0.4]
