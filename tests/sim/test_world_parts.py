"""Parts stand where they are placed, turned and renamed; mistakes in them are told with their line."""

from pathlib import Path

import pytest
from shapely import LineString, Polygon, unary_union
from shapely import Point as Shape

from gangseo_sim.engine.world import read_world
from gangseo_sim.furniture import Box, Prism, box_outline, solids
from gangseo_sim.generate import generate
from gangseo_sim.lane_graph import build_lane_graph
from gangseo_sim.world_loader import WorldError, load_world
from gangseo_sim.world_parts import turn
from gangseo_sim.world_spec import WorldSpec

WORLDS = Path(__file__).resolve().parents[2] / "sim" / "worlds"
TEXT = """\
site:
  id: small
  version: "1"
  name: {ko: "작은 곳", en: "Small place"}
  timezone: Asia/Seoul
  origin: {latitude_deg: 37.5, longitude_deg: 126.8}
  size: [100, 100]
geofence: [[0, 0], [100, 0], [100, 100], [0, 100]]
parts:
  empty:
    areas: []
  street:
    placed:
      - {part: stand, id: first, at: [0, 0]}
    junctions: {a: [-20, 0], b: [20, 0]}
    lanes:
      - {id: way, width: 4, through: [a, [0, 1], b]}
    areas:
      - {id: green, kind: grass, ellipse: {center: [0, 10], radii: [6, 3]}, name: {ko: "{place} 풀밭", en: "{place} green"}}
  stand:
    stations:
      - {id: charger, kind: charger, at: [0, -3], heading_deg: -90, lane: way, name: {ko: "{place} 충전소", en: "{place} charger"}}
placed:
  - {part: street, id: south, at: [50, 20], name: {ko: "남쪽", en: "South"}}
  - {part: street, id: east, at: [80, 50], turn_deg: 90, name: {ko: "동쪽", en: "East"}}
lanes:
  - {id: link, width: 4, through: [south_b, east_a]}
spots: []
stations: []
people: {count: 0}
robots:
  - {id: robot_01, charger: east_first_charger, name: {ko: "가온", en: "Gaon"}}
"""  # noqa: E501


def small(tmp_path: Path, text: str = TEXT) -> WorldSpec:
    file = tmp_path / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return load_world(file)


def test_copies_are_moved_turned_and_renamed(tmp_path):
    spec = small(tmp_path)
    assert {key: spec.junctions[key] for key in ("south_a", "east_a", "east_b")} == {
        "south_a": (30.0, 20.0), "east_a": (80.0, 30.0), "east_b": (80.0, 70.0),
    }  # fmt: skip
    station = next(s for s in spec.stations if s.id == "east_first_charger")
    assert (station.at, station.heading_deg) == ((83.0, 50.0), 0.0)
    assert (station.lane, station.name.ko) == ("east_way", "동쪽 충전소")
    green = next(a for a in spec.areas if a.id == "east_green")
    assert green.ellipse is not None
    assert (green.ellipse.center, green.ellipse.radii) == ((70.0, 50.0), (3.0, 6.0))
    assert "south_first_charger" in build_lane_graph(spec).reachable("east_a")


@pytest.mark.parametrize(("quarters", "expected"), [(0, (2, 1)), (1, (-1, 2)), (2, (-2, -1)), (3, (1, -2))])
def test_quarters_turn_counter_clockwise(quarters, expected):
    assert turn((2, 1), quarters) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("part: street, id: south", "part: stret, id: south", r":\d+: unknown part 'stret', expected one of empty, st"),
        ("turn_deg: 90", "turn_deg: 45", r"turn_deg: expected one of 0, 90, 180, 270, got 45"),
        ("part: stand, id: first", "part: street, id: first", "nested too deep"),
        ("  empty:\n    areas:", "  empty:\n    robots:", "a part cannot hold 'robots'"),
        ("through: [a, [0, 1], b]", "through: [a, [0, 1], c]", "unknown junction 'c'"),
        ("id: south, at: [50, 20]", "id: south", "at: Field required"),
        ("id: east, at", "id: south, at", "the name 'south_way' is taken already|stands here twice"),
    ],
)
def test_mistake_in_a_part_is_told_with_its_line(tmp_path, old, new, expected):
    assert old in TEXT
    with pytest.raises(WorldError, match=expected) as caught:
        small(tmp_path, TEXT.replace(old, new, 1))
    line = int(str(caught.value).split(":")[1])
    assert 1 <= line <= TEXT.count("\n") + 1


@pytest.fixture(scope="module")
def district() -> WorldSpec:
    return load_world(WORLDS / "magok_district.yaml")


def test_district_has_room_for_fifty_robots_and_every_place_can_be_reached(district):
    graph = build_lane_graph(district)
    chargers = [s.id for s in district.stations if s.kind == "charger"]
    assert len(district.robots) == 50
    assert len(chargers) >= 50
    assert 300 <= len(graph.nodes) <= 500
    assert graph.reachable(chargers[0]) == graph.nodes.keys()
    assert graph.reversed().reachable(chargers[0]) == graph.nodes.keys()


def test_robots_have_room_on_every_lane_of_the_district(district):
    ground = unary_union([
        Polygon(s.outline) if isinstance(s, Prism)
        else Polygon(box_outline(s)) if isinstance(s, Box) else Shape(s.x, s.y).buffer(s.radius)
        for s in solids(district)
    ])  # fmt: skip
    graph = build_lane_graph(district)
    ends = {place.id for place in (*district.spots, *district.stations)}
    for edge in graph.edges:
        if not {edge.start, edge.end} & ends:
            a, b = graph.nodes[edge.start], graph.nodes[edge.end]
            assert LineString([(a.x, a.y), (b.x, b.y)]).distance(ground) >= 1.3, edge


def test_all_files_of_the_district_come_out(tmp_path):
    generate(WORLDS / "magok_district.yaml", tmp_path)
    names = {file.name for file in tmp_path.iterdir()}
    assert {"world.sdf", "map.pgm", "keepout.pgm", "speed.pgm", "route_graph.geojson", "site.json"} <= names
    assert len(read_world(tmp_path).homes) == 50
