"""What the simulated camera sees lies where a camera of those measures would see it."""

import math
import xml.etree.ElementTree as ET
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangseo_perception.projection import Camera, from_view_angle, pixel
from gangseo_sim.engine import camera
from gangseo_sim.engine.camera import HEIGHT, WIDTH, photograph
from gangseo_sim.engine.core import Engine
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.physics import PlanarPhysics
from gangseo_sim.engine.scene import GROUND_M, Scene, read_scene
from gangseo_sim.generate import generate
from gangseo_sim.robot_model import robot_sdf
from gangseo_sim.world_loader import load_world
from sim.worlds import small_world

RED, GREEN = (255, 0, 0), (0, 255, 0)
NOBODY = np.zeros((0, 3))
HERE = np.zeros((1, 3))
EYE: Camera = from_view_angle(
    WIDTH, HEIGHT, camera.VIEW_RAD, camera.CAMERA_X_M, camera.CAMERA_Z_M, camera.CAMERA_PITCH_RAD
)


def scene(walls=(), posts=(), wall_rgb=RED, post_rgb=GREEN) -> Scene:
    return Scene(
        np.array(walls, dtype=np.float64).reshape(-1, 6),
        np.array([wall_rgb] * len(walls), dtype=np.uint8).reshape(-1, 3),
        np.array(posts, dtype=np.float64).reshape(-1, 5),
        np.array([post_rgb] * len(posts), dtype=np.uint8).reshape(-1, 3),
        np.zeros((0, 4)),
        np.zeros((0, 3), dtype=np.uint8),
        np.full((1, 1, 3), 128, dtype=np.uint8),
        (128, 128, 128),
    )


def extent(picture, rgb) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is mostly of one colour: the edges of its pixels, whose centres are whole."""
    strong = int(np.argmax(rgb))
    others = np.delete(picture.astype(int), strong, axis=2)
    rows, columns = np.nonzero(picture[:, :, strong].astype(int) - others.max(axis=2) > 40)
    return columns.min() - 0.5, rows.min() - 0.5, columns.max() + 0.5, rows.max() + 0.5


def expected(*points: tuple[float, float, float]) -> tuple[float, float, float, float]:
    seen = [pixel(EYE, *point) for point in points]
    assert all(seen)
    columns, rows = [column for column, _ in seen], [row for _, row in seen]
    return min(columns), min(rows), max(columns), max(rows)


@settings(deadline=None, max_examples=100)
@given(st.floats(4.0, 15.0), st.floats(-1.0, 1.0), st.floats(0.3, 1.2), st.floats(-math.pi, math.pi))
def test_a_wall_is_seen_where_the_perception_expects_it(ahead, left, height, heading):
    corners = [(ahead, left - 0.5), (ahead, left + 0.5)]
    c, s = math.cos(heading), math.sin(heading)
    turned = [(5.0 + c * x - s * y, 7.0 + s * x + c * y) for x, y in corners]
    picture = photograph(
        scene(walls=[(*turned[0], *turned[1], 0.0, height)]), 0, np.array([[5.0, 7.0, heading]]), NOBODY, NOBODY
    )
    wanted = expected(*((x, y, z) for x, y in corners for z in (0.0, height)))
    assert extent(picture, RED) == pytest.approx(wanted, abs=1.6)


def test_a_person_stands_on_the_ground_where_they_are(monkeypatch):
    monkeypatch.setattr(camera, "_CLOTHES", (RED,))
    monkeypatch.setattr(camera, "_TROUSERS", RED)
    monkeypatch.setattr(camera, "_SKIN", RED)
    picture = photograph(scene(), 0, HERE, np.array([[6.0, 1.0, 0.25]]), NOBODY)
    _, top, _, bottom = extent(picture, RED)
    _, wanted_top, _, wanted_bottom = expected((6.0, 1.0, 0.0), (6.0, 1.0, 1.70))
    assert (top, bottom) == pytest.approx((wanted_top, wanted_bottom), abs=2.5)
    left, _, right, _ = extent(picture, RED)
    assert (left + right) / 2 == pytest.approx(pixel(EYE, 6.0, 1.0, 1.0)[0], abs=1.5)


def test_what_is_near_hides_what_is_far_but_not_what_stands_out_above_it():
    low_and_high = scene(walls=[(4.0, -3.0, 4.0, 3.0, 0.0, 0.6)], posts=[(9.0, 0.0, 0.2, 0.0, 4.0)])
    picture = photograph(low_and_high, 0, HERE, NOBODY, NOBODY)
    _, _, _, post_bottom = extent(picture, GREEN)
    wall_top = pixel(EYE, 4.0, 0.0, 0.6)[1]
    assert post_bottom == pytest.approx(wall_top, abs=2.0)
    high = scene(walls=[(4.0, -3.0, 4.0, 3.0, 0.0, 5.0)], posts=[(9.0, 0.0, 0.2, 0.0, 4.0)])
    with pytest.raises(ValueError, match="zero-size"):
        extent(photograph(high, 0, HERE, NOBODY, NOBODY), GREEN)


def test_robots_see_each_other_and_placed_obstacles_and_not_themselves():
    poses = np.array([[0.0, 0.0, 0.0], [5.0, 0.0, 1.0]])
    alone, together = (photograph(scene(), 0, some, NOBODY, NOBODY) for some in (poses[:1], poses))
    assert (alone != together).any()
    box = photograph(scene(), 0, poses[:1], NOBODY, np.array([[5.0, 0.0, 0.5]]))
    assert extent(box, RED)[3] == pytest.approx(pixel(EYE, 4.5, 0.0)[1], abs=2.0)


def test_the_camera_is_mounted_as_the_robot_model_says():
    robot = ET.fromstring(robot_sdf("harmonic", "robot_01", (0.0, 0.0, 0.0)))
    sensor = robot.find("./model/link/sensor[@name='camera']")
    pose = [float(part) for part in sensor.findtext("pose").split()]
    assert pose == [camera.CAMERA_X_M, 0.0, camera.CAMERA_Z_M, 0.0, camera.CAMERA_PITCH_RAD, 0.0]
    assert float(sensor.findtext("camera/horizontal_fov")) == camera.VIEW_RAD


def test_the_park_is_read_as_high_and_coloured_as_it_is(tmp_path: Path, world_file: Path):
    generate(world_file, tmp_path)
    found, spec = read_scene(tmp_path), load_world(world_file)
    assert {building.height for building in spec.buildings} <= set(found.walls[:, 5])
    assert sum(len(group.at) for group in spec.rounds) == len(found.posts)
    trees = sum(len(group.at) for group in spec.rounds if group.kind == "tree")
    assert len(found.balls) == trees
    pond = next(area for area in spec.areas if area.id == "pond").ellipse.center
    red, _, blue = found.ground[round(pond[1] / GROUND_M), round(pond[0] / GROUND_M)].tolist()
    assert blue > red + 60
    assert found.ground.shape == (round(spec.site.size[1] / GROUND_M), round(spec.site.size[0] / GROUND_M), 3)


def test_an_engine_without_a_scene_has_no_camera():
    blind = Engine(small_world(), [RobotStart("a", 0, 0, 0)], 1)
    with pytest.raises(EngineError, match="switch parameter cameras on"):
        blind.camera("a")
    seeing = Engine(small_world(), [RobotStart("a", 0, 0, 0)], 1, physics=PlanarPhysics(scene()))
    picture = seeing.camera("a")
    assert (picture.shape, picture.dtype) == ((HEIGHT, WIDTH, 3), np.uint8)


def test_a_frame_is_small_as_a_jpeg(tmp_path: Path, world_file: Path):
    generate(world_file, tmp_path)
    picture = photograph(read_scene(tmp_path), 0, np.array([[130.0, 54.0, 2.2]]), NOBODY, NOBODY)
    done, file = cv2.imencode(".jpg", picture)
    assert done
    assert file.size < 40_000
