"""The generated files agree with the source and with each other."""

import json
import math
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import yaml
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polygonize, unary_union

from gangseo_protocol.site import Site
from gangseo_sim.engine.world import World
from gangseo_sim.generate import generate

FILES = {
    "world.sdf", "world_classic.sdf", "world_gz.sdf", "robot_classic.sdf", "robot.urdf", "bridge.yaml", "docks.yaml",
    "map.yaml", "map.pgm", "keepout.yaml", "keepout.pgm", "speed.yaml", "speed.pgm", "route_graph.geojson",
    "site.json",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(world_dir: Path) -> Site:
    return Site.model_validate_json((world_dir / "site.json").read_text(encoding="utf-8"))


def image(world_dir: Path, name: str) -> np.ndarray:
    return cv2.imread(str(world_dir / name), cv2.IMREAD_UNCHANGED)


def cell(array: np.ndarray, x: float, y: float) -> int:
    return int(array[array.shape[0] - 1 - math.floor(y / 0.1), math.floor(x / 0.1)])


def distances(site: Site, start: str) -> dict[str, float]:
    found, todo = {start: 0.0}, [start]
    while todo:
        node = todo.pop()
        for edge in site.edges:
            if edge.start_node_id == node:
                length = found[node] + edge.length_m
                if length < found.get(edge.end_node_id, math.inf) - 1e-9:
                    found[edge.end_node_id] = length
                    todo.append(edge.end_node_id)
    return found


def test_exactly_the_promised_files_are_written(world_dir: Path) -> None:
    assert {file.name for file in world_dir.iterdir()} == FILES


def test_same_source_gives_same_bytes(world_file: Path, world_dir: Path, tmp_path: Path) -> None:
    generate(world_file, tmp_path)
    assert all((tmp_path / name).read_bytes() == (world_dir / name).read_bytes() for name in FILES)


def test_site_holds_what_the_story_needs(site: Site) -> None:
    assert {"bench_12", "bench_01", "bench_24"} <= {spot.spot_id for spot in site.spots}
    assert len(site.spots) == 24
    chargers = sorted(s.station_id for s in site.stations if s.kind == "charger")
    assert chargers == [f"charger_{k:02d}" for k in range(1, 11)]
    assert [robot.robot_id for robot in site.robots] == [f"robot_{k:02d}" for k in range(1, 11)]
    assert [crosswalk.crosswalk_id for crosswalk in site.crosswalks] == ["crosswalk_01"]
    assert any(s.station_id == "depot_01" for s in site.stations)


def test_names_in_the_site_exist_once(site: Site) -> None:
    for names in (
        [n.node_id for n in site.nodes], [e.edge_id for e in site.edges], [z.zone_id for z in site.zones],
        [s.spot_id for s in site.spots],
    ):  # fmt: skip
        assert len(set(names)) == len(names)


def test_every_spot_is_within_110_seconds_of_every_charger(site: Site) -> None:
    for charger in (s for s in site.stations if s.kind == "charger"):
        reach = distances(site, charger.node_id)
        late = {spot.spot_id: reach[spot.node_id] for spot in site.spots if reach[spot.node_id] / 1.8 > 110}
        assert not late


def test_every_node_can_be_reached_and_left(site: Site) -> None:
    home = site.stations[0].node_id
    assert set(distances(site, home)) == {node.node_id for node in site.nodes}
    assert all(home in distances(site, spot.node_id) for spot in site.spots)


def test_every_way_to_the_depot_crosses_the_crosswalk(site: Site) -> None:
    without = site.model_copy(update={"edges": tuple(e for e in site.edges if e.crosswalk_id is None)})
    assert "depot_01" in distances(site, "charger_01")
    assert "depot_01" not in distances(without, "charger_01")


def test_spacing_of_nodes_suits_base_and_horizon(site: Site) -> None:
    assert max(edge.length_m for edge in site.edges) <= 17.0 + 1e-6
    assert min(edge.length_m for edge in site.edges) >= 1.9


def test_a_robot_at_a_spot_leaves_the_main_lane_free(site: Site) -> None:
    nodes = {node.node_id: node for node in site.nodes}
    spots = {spot.node_id for spot in site.spots}
    lanes = [
        LineString(
            [(nodes[e.start_node_id].x, nodes[e.start_node_id].y), (nodes[e.end_node_id].x, nodes[e.end_node_id].y)]
        )
        for e in site.edges
        if not {e.start_node_id, e.end_node_id} & spots
    ]
    for name in spots:
        nearest = min(lane.distance(Point(nodes[name].x, nodes[name].y)) for lane in lanes)
        assert nearest - math.hypot(0.45, 0.33) - 0.33 > 0.5, name


def test_lanes_are_free_of_obstacles_and_of_keep_out_zones(site: Site, world_dir: Path) -> None:
    occupied, keepout = image(world_dir, "map.pgm") == 0, image(world_dir, "keepout.pgm") > 0
    nodes = {node.node_id: node for node in site.nodes}
    stations = {s.node_id for s in site.stations}
    reach = np.ones((13, 13), np.uint8)
    blocked = cv2.dilate(occupied.astype(np.uint8), reach) + keepout
    for edge in site.edges:
        a, b = nodes[edge.start_node_id], nodes[edge.end_node_id]
        if stations & {a.node_id, b.node_id}:
            continue
        for share in np.linspace(0, 1, 40):
            assert not cell(blocked, a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share), edge.edge_id


def test_nodes_lie_inside_the_geofence(site: Site) -> None:
    fence = Polygon(site.geofence)
    assert [n.node_id for n in site.nodes if not fence.contains(Point(n.x, n.y))] == []


@pytest.mark.parametrize("mask", ["keepout", "speed"])
def test_masks_agree_with_zones(site: Site, world_dir: Path, mask: str) -> None:
    pixels = image(world_dir, f"{mask}.pgm")
    kind = "BLOCKED" if mask == "keepout" else "SPEED_LIMIT"
    zones = [(Polygon(z.vertices), z.maximum_speed_mps or 0) for z in site.zones if z.zone_type == kind]
    edges = unary_union([zone.boundary for zone, _ in zones]).buffer(0.15)
    random = np.random.default_rng(1)
    for x, y in random.uniform((0, 0), (240, 160), (3000, 2)):
        if edges.contains(Point(x, y)):
            continue
        limits = [speed for zone, speed in zones if zone.contains(Point(x, y))]
        inside = 100 if mask == "keepout" else round(min(limits, default=0) / 2.0 * 100)
        expected = inside if limits else 0
        assert cell(pixels, x, y) == expected, (x, y)


def test_map_metadata_is_what_map_server_reads(world_dir: Path) -> None:
    for name, mode in (("map", "trinary"), ("keepout", "raw"), ("speed", "raw")):
        meta = yaml.safe_load((world_dir / f"{name}.yaml").read_text(encoding="utf-8"))
        assert (meta["image"], meta["mode"], meta["resolution"], meta["origin"]) == (
            f"{name}.pgm",
            mode,
            0.1,
            [0, 0, 0],
        )
        assert image(world_dir, f"{name}.pgm").shape == (1600, 2400)


def test_route_graph_has_the_nodes_and_edges_of_the_site(site: Site, world_dir: Path) -> None:
    graph = json.loads((world_dir / "route_graph.geojson").read_text(encoding="utf-8"))
    points = [f for f in graph["features"] if f["geometry"]["type"] == "Point"]
    lines = [f for f in graph["features"] if f["geometry"]["type"] == "MultiLineString"]
    names = {p["properties"]["id"]: p["properties"]["metadata"]["node_id"] for p in points}
    assert set(names.values()) == {node.node_id for node in site.nodes}
    pairs = {(names[e["properties"]["startid"]], names[e["properties"]["endid"]]) for e in lines}
    assert pairs == {(edge.start_node_id, edge.end_node_id) for edge in site.edges}
    ids = [f["properties"]["id"] for f in graph["features"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["world.sdf", "world_classic.sdf", "world_gz.sdf", "robot_classic.sdf", "robot.urdf"])
def test_the_real_sdf_parser_accepts_the_file(world_dir: Path, name: str) -> None:
    if shutil.which("ign") is None:
        pytest.skip("`ign sdf` is not here: apt-get install ignition-tools libsdformat-dev to check SDF files")
    command = ["ign", "sdf", "-p" if name.endswith(".urdf") else "-k", str(world_dir / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ("<model name='gangseo_robot'>" if name.endswith(".urdf") else "Valid.") in done.stdout, (
        done.stdout + done.stderr
    )
    assert "Error" not in done.stdout + done.stderr.replace("Library error", "")


def test_command_line_tells_a_wrong_source_in_one_line(tmp_path: Path) -> None:
    wrong = tmp_path / "w.yaml"
    wrong.write_text("site: [\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "gangseo_sim.generate", str(wrong), str(tmp_path / "out")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(f"{wrong}:2: broken YAML")
    assert not (tmp_path / "out").exists()


def test_map_agrees_with_the_solids_of_the_sdf(world_dir: Path, world: World) -> None:
    occupied = image(world_dir, "map.pgm") == 0
    shapes = [Point(x, y).buffer(r, 32).exterior for x, y, r in world.circles]
    shapes += [LineString([s[:2], s[2:]]) for s in world.segments]
    near = cv2.dilate(occupied.astype(np.uint8), np.ones((3, 3), np.uint8))
    for shape in shapes:
        for share in np.linspace(0, 1, 12):
            point = shape.interpolate(share, normalized=True)
            assert cell(near, min(max(point.x, 0.05), 239.9), min(max(point.y, 0.05), 159.9)), shape
    solid = unary_union([*(shape.buffer(0.16) for shape in shapes), *polygonize(shapes)])
    for x, y in np.random.default_rng(3).uniform((0, 0), (240, 160), (3000, 2)):
        if not solid.contains(Point(x, y)):
            assert not cell(occupied, x, y), (x, y)
