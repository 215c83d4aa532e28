"""Maps as map_server writes them; costs as Nav2 counts them."""

import math
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangseo_navigation.clearance import clearance_of, cost_table, occupancy_of, steps
from gangseo_navigation.ground import read_ground
from gangseo_navigation.map_file import MapFileError, read_map
from gangseo_navigation.stations import StationsFileError, read_stations


def write_map(folder: Path, name: str, pixels: np.ndarray, mode: str = "trinary", more: str = "") -> Path:
    cv2.imwrite(str(folder / f"{name}.pgm"), pixels)
    file = folder / f"{name}.yaml"
    file.write_text(
        f"image: {name}.pgm\nmode: {mode}\nresolution: 0.1\norigin: [-1.0, 2.0, 0.0]\nnegate: 0\n"
        f"occupied_thresh: 0.65\nfree_thresh: 0.25\n{more}"
    )
    return file


def test_trinary_map_is_read_bottom_up(tmp_path: Path) -> None:
    pixels = np.full((3, 4), 254, np.uint8)
    pixels[0, 1], pixels[2, 3] = 0, 205
    read = read_map(write_map(tmp_path, "map", pixels))
    assert read.cells[2, 1] == 100
    assert read.cells[0, 3] == 0 or read.cells[0, 3] == -1
    assert read.cells[1, 1] == 0
    assert (read.frame.origin_x, read.frame.origin_y, read.frame.resolution) == (-1.0, 2.0, 0.1)
    assert read.frame.center(0, 0) == pytest.approx((-0.95, 2.05))


def test_raw_mask_keeps_its_numbers(tmp_path: Path) -> None:
    pixels = np.array([[0, 50, 100, 255]], np.uint8)
    assert read_map(write_map(tmp_path, "mask", pixels, "raw")).cells.tolist() == [[0, 50, 100, -1]]


def test_scale_map_gives_the_values_between(tmp_path: Path) -> None:
    pixels = np.array([[255, 140, 0]], np.uint8)
    cells = read_map(write_map(tmp_path, "map", pixels, "scale")).cells[0]
    assert cells[0] == 0
    assert cells[2] == 100
    assert 0 < cells[1] < 100


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        (None, "absent", "no such map file"),
        ("image: [\n", "metadata", ":2:"),
        ("- 1\n", "metadata", "expected the fields"),
        ("image: a.pgm\nresolution: 0.1\norigin: [0, 0, 0]\n", "image", "is not there"),
        ("image: a.pgm\norigin: [0, 0, 0]\n", "metadata", "'resolution' is missing"),
        ("image: a.pgm\nresolution: big\norigin: [0, 0, 0]\n", "metadata", "expected a number"),
        ("image: a.pgm\nresolution: 0.1\norigin: [0, 0]\n", "metadata", "[x, y, yaw]"),
        ("image: a.pgm\nresolution: 0.1\norigin: [0, 0, 1.0]\n", "metadata", "yaw 0"),
        ("image: m.yaml\nresolution: 0.1\norigin: [0, 0, 0]\n", "image", "not an image"),
    ],
)
def test_bad_map_gives_one_clear_message(tmp_path: Path, text: str | None, kind: str, says: str) -> None:
    file = tmp_path / "m.yaml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(MapFileError) as caught:
        read_map(file)
    assert caught.value.kind == kind
    assert says in str(caught.value)
    assert "m.yaml" in str(caught.value)


def test_mask_of_another_size_is_refused(tmp_path: Path) -> None:
    base = write_map(tmp_path, "map", np.full((5, 5), 254, np.uint8))
    mask = write_map(tmp_path, "keepout", np.zeros((5, 6), np.uint8), "raw")
    with pytest.raises(MapFileError, match="the mask has 6 x 5 cells"):
        read_ground(base, mask, None, 0.33)


def test_speed_mask_is_in_per_cent_of_two_metres_per_second(tmp_path: Path) -> None:
    base = write_map(tmp_path, "map", np.full((10, 10), 254, np.uint8))
    percent = np.zeros((10, 10), np.uint8)
    percent[:, 5:] = 40
    ground = read_ground(base, None, write_map(tmp_path, "speed", percent, "raw"), 0.33)
    assert ground.speed_limit(-0.3, 2.5) == pytest.approx(0.8)
    assert math.isinf(ground.speed_limit(-0.9, 2.5))


def test_keep_out_is_closed_to_paths_but_lets_a_robot_at_its_edge_move(tmp_path: Path) -> None:
    base = write_map(tmp_path, "map", np.full((80, 80), 254, np.uint8))
    closed = np.zeros((80, 80), np.uint8)
    closed[:, 40:] = 100
    ground = read_ground(base, write_map(tmp_path, "keepout", closed, "raw"), None, 0.33)
    assert ground.plan[40, 37] < steps(0.45)
    assert ground.drive[40, 37] >= steps(0.43)
    assert ground.drive[40, 45] == 0


def test_costs_are_those_of_nav2() -> None:
    table = cost_table(0.33, 0.9, 3.0)
    assert table[0] == 254
    assert table[steps(0.2)] == 253
    assert table[steps(0.5)] == int(252 * math.exp(-3.0 * (0.5 - 0.33)))
    assert table[steps(1.0)] == 0
    assert occupancy_of(np.array([0, 1, 252, 253, 254, 255], np.uint8)).tolist() == [0, 1, 98, 99, 100, -1]


@given(st.integers(0, 10_000), st.integers(1, 30))
def test_clearance_never_exceeds_the_true_distance(seed: int, obstacles: int) -> None:
    random = np.random.default_rng(seed)
    blocked = np.zeros((40, 40), np.bool_)
    blocked[random.integers(0, 40, obstacles), random.integers(0, 40, obstacles)] = True
    field = clearance_of(blocked, 0.1) * 0.02
    cells = np.argwhere(blocked)
    for row, col in random.integers(0, 40, (10, 2)):
        true = np.hypot(cells[:, 0] - row, cells[:, 1] - col).min() * 0.1
        assert field[row, col] <= max(0.0, true - 0.05) + 1e-6
        assert field[row, col] >= min(5.1, true - 0.05) - 0.021


def test_stations_file_errors_are_clear(tmp_path: Path) -> None:
    with pytest.raises(StationsFileError, match="generate the world first"):
        read_stations(tmp_path / "site.json")
    (tmp_path / "site.json").write_text('{"stations": [\n')
    with pytest.raises(StationsFileError, match=r"site\.json:"):
        read_stations(tmp_path / "site.json")
    (tmp_path / "site.json").write_text('{"stations": [{"stationId": "a"}]}')
    with pytest.raises(StationsFileError, match="with stationId"):
        read_stations(tmp_path / "site.json")
