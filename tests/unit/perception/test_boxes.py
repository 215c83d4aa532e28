"""Letterbox, suppression and projection hold for all inputs."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangseo_perception.detector import Detection, DetectorError
from gangseo_perception.images import picture_of
from gangseo_perception.letterbox import GREY, Letterbox
from gangseo_perception.people import people_near
from gangseo_perception.projection import Camera, from_view_angle, ground_point, pixel
from gangseo_perception.suppression import best_of, overlaps
from gangseo_perception.yolox import decode, grid

SIDE = st.integers(1, 900)
SPOT = st.floats(0.0, 100.0, width=32)
BOXES = st.lists(st.tuples(SPOT, SPOT, SPOT, SPOT, st.floats(0.0, 1.0, width=32)), max_size=25)
CAMERA = from_view_angle(640, 480, 1.2, 0.46, 0.74, 0.10)


def boxes_of(rows: list[tuple[float, float, float, float, float]]) -> tuple[np.ndarray, np.ndarray]:
    array = np.array(rows, np.float32).reshape(-1, 5)
    boxes = np.column_stack((np.minimum(array[:, :2], array[:, 2:4]), np.maximum(array[:, :2], array[:, 2:4])))
    return boxes.astype(np.float32), array[:, 4]


@settings(deadline=None)
@given(SIDE, SIDE, st.floats(0, 1), st.floats(0, 1))
def test_letterbox_keeps_proportions_and_leads_back(width: int, height: int, u: float, v: float) -> None:
    box = Letterbox(width, height, 416)
    inner_width, inner_height = box.inner
    assert max(inner_width, inner_height) in (415, 416)
    assert box.scale == pytest.approx(min(416 / width, 416 / height))
    corner = np.array([[0.0, 0.0, u * width * box.scale, v * height * box.scale]], np.float32)
    back = box.back(corner)[0]
    assert back[2:] == pytest.approx((u * width, v * height), rel=1e-4, abs=1e-2)


@settings(deadline=None, max_examples=30)
@given(SIDE, SIDE)
def test_letterbox_fills_the_rest_with_grey(width: int, height: int) -> None:
    box = Letterbox(width, height, 64)
    square = box.fit(np.zeros((height, width, 3), np.uint8))
    inner_width, inner_height = box.inner
    assert square.shape == (64, 64, 3)
    assert not square[:inner_height, :inner_width].any()
    assert (square[inner_height:] == GREY).all()
    assert (square[:, inner_width:] == GREY).all()


@given(BOXES, st.floats(0.1, 0.9))
def test_kept_boxes_do_not_overlap_and_each_dropped_one_overlaps_a_better_one(
    rows: list[tuple[float, float, float, float, float]], most: float
) -> None:
    boxes, scores = boxes_of(rows)
    kept = best_of(boxes, scores, most)
    assert list(scores[kept]) == sorted(scores[kept], reverse=True)
    for place, k in enumerate(kept):
        assert (overlaps(boxes[k], boxes[kept[:place]]) <= most).all()
    for k in set(range(len(boxes))) - set(kept.tolist()):
        better = [i for i in kept if scores[i] >= scores[k]]
        assert (overlaps(boxes[k], boxes[better]) > most).any()


@given(BOXES)
def test_overlap_is_symmetric_within_0_and_1(rows: list[tuple[float, float, float, float, float]]) -> None:
    boxes, _ = boxes_of(rows)
    for i in range(len(boxes)):
        shares = overlaps(boxes[i], boxes)
        assert ((shares >= 0.0) & (shares <= 1.0 + 1e-5)).all()
        for j in range(len(boxes)):
            assert shares[j] == pytest.approx(overlaps(boxes[j], boxes)[i], abs=1e-5)


def test_decoding_places_cells_of_all_three_grids() -> None:
    places, strides = grid(416)
    assert len(places) == 52 * 52 + 26 * 26 + 13 * 13
    output = np.zeros((len(places), 85), np.float32)
    output[:, 4] = output[:, 5] = 0.5
    boxes, scores = decode(output, places, strides)
    assert boxes[0] == pytest.approx((-4.0, -4.0, 4.0, 4.0))
    assert boxes[-1] == pytest.approx((12 * 32 - 16, 12 * 32 - 16, 12 * 32 + 16, 12 * 32 + 16))
    assert scores[:, 0] == pytest.approx(0.25)


@given(st.floats(0.8, 15.0), st.floats(-4.0, 4.0), st.floats(-0.3, 0.5))
def test_a_point_on_the_ground_is_found_again_from_its_pixel(x: float, y: float, pitch: float) -> None:
    camera = from_view_angle(640, 480, 1.2, 0.46, 0.74, pitch)
    seen = pixel(camera, x, y)
    assert seen is not None
    assert ground_point(camera, *seen) == pytest.approx((x, y), rel=1e-6, abs=1e-6)


def test_nothing_on_the_ground_is_above_the_horizon_or_behind() -> None:
    level = Camera(500.0, 500.0, 320.0, 240.0, 0.0, 1.0, 0.0)
    assert ground_point(level, 320.0, 200.0) is None
    assert pixel(level, -1.0, 0.0) is None


def person(x: float, y: float, height_m: float = 1.7) -> Detection:
    """The box of a person who stands there, cut off at the picture's borders."""
    foot, head = pixel(CAMERA, x, y), pixel(CAMERA, x, y, height_m)
    assert foot is not None
    assert head is not None
    half = 0.25 * CAMERA.focal_x / x
    return Detection(foot[0] - half, max(0.0, head[1]), foot[0] + half, min(480.0, foot[1]), 0.9, "person")


def test_people_are_told_nearest_first_within_reach_and_things_are_not() -> None:
    bench = Detection(300, 300, 340, 400, 0.9, "bench")
    found = people_near([person(6.0, 1.0), person(3.0, -1.0), person(30.0, 0.0), bench], CAMERA, 480, 12.0)
    assert [(p.x, p.y) for p in found] == [pytest.approx((3.0, -1.0), abs=1e-3), pytest.approx((6.0, 1.0), abs=1e-3)]
    assert all(p.place_known for p in found)


def test_a_person_whose_feet_are_outside_the_picture_is_nearer_than_told() -> None:
    (found,) = people_near([person(1.2, 0.0)], CAMERA, 480, 12.0)
    assert not found.place_known
    assert math.hypot(found.x, found.y) > 1.2


@pytest.mark.parametrize(("encoding", "pixel_bytes"), [
    ("rgb8", (1, 2, 3)), ("bgr8", (3, 2, 1)), ("rgba8", (1, 2, 3, 9)), ("bgra8", (3, 2, 1, 9)),
])  # fmt: skip
def test_pictures_of_known_encodings_become_red_green_blue(encoding: str, pixel_bytes: tuple[int, ...]) -> None:
    row = bytes(pixel_bytes) * 2 + b"\x00\x00"
    picture = picture_of(row * 3, 3, 2, len(row), encoding)
    assert picture.shape == (3, 2, 3)
    assert (picture == (1, 2, 3)).all()


def test_grey_pictures_get_three_channels() -> None:
    assert (picture_of(bytes((7, 8)), 1, 2, 2, "mono8") == [[[7, 7, 7], [8, 8, 8]]]).all()


@pytest.mark.parametrize(
    ("data", "height", "width", "step", "encoding"),
    [
        (b"", 0, 0, 0, "rgb8"), (b"123", 1, 2, 6, "rgb8"), (b"123456", 1, 2, 3, "rgb8"), (b"123456", 1, 2, 6, "16UC1"),
        (b"123456", -1, 2, 6, "rgb8"), (b"123456", 1, 2, 6, ""),
    ],
)  # fmt: skip
def test_pictures_that_cannot_be_are_refused(data: bytes, height: int, width: int, step: int, encoding: str) -> None:
    with pytest.raises(DetectorError, match=r"pictures? of"):
        picture_of(data, height, width, step, encoding)
