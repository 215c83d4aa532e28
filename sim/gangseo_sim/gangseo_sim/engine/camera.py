"""What a robot's camera sees: columns of the picture cast over the plan, each shape as high as it is.

The picture is cast for a level camera, where what is upright stays in its column, and then turned down by the
camera's pitch: the two differ by a homography, so this is exact.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from gangseo_sim.engine.compiled import compiled
from gangseo_sim.engine.scene import GROUND_M, Colours, Scene
from gangseo_sim.engine.state import BODY_LENGTH_M, BODY_WIDTH_M
from gangseo_sim.engine.world import Floats

WIDTH, HEIGHT = 320, 240
VIEW_RAD = 1.2
CAMERA_X_M, CAMERA_Z_M, CAMERA_PITCH_RAD = 0.46, 0.74, 0.10
FOCAL = WIDTH / 2 / math.tan(VIEW_RAD / 2)
CENTER_X, CENTER_Y = WIDTH / 2, HEIGHT / 2
NEAREST_M, HAZE_M = 0.05, 120.0
_MARGIN = 14
_LEVEL_WIDTH, _LEVEL_HEIGHT = WIDTH + 2 * _MARGIN, HEIGHT + _MARGIN
_LEVEL_X, _LEVEL_Y = _LEVEL_WIDTH / 2, CENTER_Y - FOCAL * math.tan(CAMERA_PITCH_RAD) + _MARGIN / 2
_SUN = (0.8, -0.6)
"""Where the light comes from, in the plan."""

_ROBOT = ((1.0, 0.08, 0.62, (236, 238, 240)), (1.0, 0.62, 0.74, (38, 84, 124)), (0.82, 0.74, 0.82, (60, 66, 74)))
"""Share of the body's outline, from and to height, colour."""
_PERSON = ((0.15, 0.0, 0.82), (0.21, 0.82, 1.42), (0.11, 1.46, 1.70))
"""Radius, from and to height of legs, trunk and head."""
_CLOTHES = ((196, 64, 60), (52, 104, 168), (232, 178, 60), (72, 132, 96), (128, 84, 148), (88, 92, 100))
_TROUSERS, _SKIN = (52, 56, 72), (226, 184, 152)
_OBSTACLE_M, _OBSTACLE = 0.9, (236, 120, 36)


@compiled
def _blend(picture: Colours, depth: Floats, row: int, column: int, at_m: float, rgb: Floats, sky: Floats) -> None:
    if at_m >= depth[row, column]:
        return
    depth[row, column] = at_m
    haze = 1.0 - math.exp(-at_m / HAZE_M)
    for k in range(3):
        picture[row, column, k] = int(min(255.0, rgb[k] * (1.0 - haze) + sky[k] * haze))


@compiled
def _column(
    picture: Colours, depth: Floats, column: int, at_m: float, low_m: float, high_m: float, rgb: Floats, sky: Floats
) -> None:
    """An upright stretch at one depth."""
    if at_m < NEAREST_M:
        return
    first = max(0, math.ceil(_LEVEL_Y + FOCAL * (CAMERA_Z_M - high_m) / at_m))
    last = min(_LEVEL_HEIGHT - 1, math.floor(_LEVEL_Y + FOCAL * (CAMERA_Z_M - low_m) / at_m))
    for row in range(first, last + 1):
        _blend(picture, depth, row, column, at_m, rgb, sky)


@compiled
def _cast_ground(picture: Colours, depth: Floats, column: int, ray: Floats, ground: Colours, sky: Floats) -> None:
    rgb = np.empty(3)
    for row in range(_LEVEL_HEIGHT):
        below = row - _LEVEL_Y
        if below <= 0.0:
            share = min(1.0, -below / 160.0)
            for k in range(3):
                picture[row, column, k] = int(sky[k] + (255.0 - sky[k]) * 0.45 * (1.0 - share))
            continue
        at_m = FOCAL * CAMERA_Z_M / below
        x, y = ray[0] + ray[2] * at_m, ray[1] + ray[3] * at_m
        across, up = int(x / GROUND_M), int(y / GROUND_M)
        inside = x >= 0.0 and y >= 0.0 and up < ground.shape[0] and across < ground.shape[1]
        for k in range(3):
            rgb[k] = float(ground[up, across, k]) if inside else 112.0
        _blend(picture, depth, row, column, at_m, rgb, sky)


@compiled
def _cast_walls(picture: Colours, depth: Floats, column: int, ray: Floats, walls: Floats, colours: Colours,
                sky: Floats) -> None:  # fmt: skip
    rgb = np.empty(3)
    for n in range(walls.shape[0]):
        ax, ay = walls[n, 0] - ray[0], walls[n, 1] - ray[1]
        ex, ey = walls[n, 2] - walls[n, 0], walls[n, 3] - walls[n, 1]
        cross = ray[2] * ey - ray[3] * ex
        if cross == 0.0:
            continue
        at_m = (ax * ey - ay * ex) / cross
        share = (ax * ray[3] - ay * ray[2]) / cross
        if at_m < NEAREST_M or share < 0.0 or share > 1.0:
            continue
        length = math.sqrt(ex * ex + ey * ey)
        light = 0.78 + 0.22 * abs((ey * _SUN[0] - ex * _SUN[1]) / length)
        for k in range(3):
            rgb[k] = colours[n, k] * light
        _column(picture, depth, column, at_m, walls[n, 4], walls[n, 5], rgb, sky)
        if walls[n, 5] - walls[n, 4] > 5.0:
            _windows(picture, depth, column, at_m, share * length, walls[n], sky)


@compiled
def _windows(picture: Colours, depth: Floats, column: int, at_m: float, along_m: float, wall: Floats,
             sky: Floats) -> None:  # fmt: skip
    """Panes in rows, so that a house looks like one."""
    if not 0.25 < (along_m / 2.4) % 1.0 < 0.75:
        return
    pane = np.array((74.0, 96.0, 118.0))
    low_m = wall[4] + 1.0
    while low_m + 1.4 < wall[5]:
        _column(picture, depth, column, at_m - 0.02, low_m, low_m + 1.4, pane, sky)
        low_m += 3.0


@compiled
def _cast_posts(picture: Colours, depth: Floats, column: int, ray: Floats, posts: Floats, colours: Colours,
                sky: Floats) -> None:  # fmt: skip
    rgb = np.empty(3)
    slope2 = ray[2] * ray[2] + ray[3] * ray[3]
    for n in range(posts.shape[0]):
        ox, oy = posts[n, 0] - ray[0], posts[n, 1] - ray[1]
        middle = (ox * ray[2] + oy * ray[3]) / slope2
        miss2 = ox * ox + oy * oy - middle * middle * slope2
        under = posts[n, 2] * posts[n, 2] - miss2
        if middle < NEAREST_M or under <= 0.0:
            continue
        half = math.sqrt(under / slope2)
        shade = 0.7 + 0.3 * math.sqrt(under) / posts[n, 2]
        for k in range(3):
            rgb[k] = colours[n, k] * shade
        _column(picture, depth, column, middle - half, posts[n, 3], posts[n, 4], rgb, sky)
        # The far side of something lower than the camera is its top.
        _column(picture, depth, column, middle + half, posts[n, 3], posts[n, 4], rgb, sky)


@compiled
def _cast_balls(picture: Colours, depth: Floats, column: int, ray: Floats, balls: Floats, colours: Colours,
                sky: Floats) -> None:  # fmt: skip
    rgb = np.empty(3)
    slope2 = ray[2] * ray[2] + ray[3] * ray[3]
    for n in range(balls.shape[0]):
        ox, oy = balls[n, 0] - ray[0], balls[n, 1] - ray[1]
        middle = (ox * ray[2] + oy * ray[3]) / slope2
        under = balls[n, 3] * balls[n, 3] - (ox * ox + oy * oy - middle * middle * slope2)
        if middle < NEAREST_M or under <= 0.0:
            continue
        half = math.sqrt(under)
        for part in range(4):
            low_m, high_m = half * (part / 2.0 - 1.0), half * (part / 2.0 - 0.5)
            for k in range(3):
                rgb[k] = colours[n, k] * (0.7 + 0.12 * part)
            _column(picture, depth, column, middle, balls[n, 2] + low_m, balls[n, 2] + high_m, rgb, sky)


@compiled
def _cast(
    pose: Floats, walls: Floats, wall_colours: Colours, posts: Floats, post_colours: Colours, balls: Floats,
    ball_colours: Colours, ground: Colours, sky: Floats,
) -> Colours:  # fmt: skip
    picture = np.zeros((_LEVEL_HEIGHT, _LEVEL_WIDTH, 3), dtype=np.uint8)
    depth = np.full((_LEVEL_HEIGHT, _LEVEL_WIDTH), np.inf)
    c, s = math.cos(pose[2]), math.sin(pose[2])
    ray = np.empty(4)
    ray[0], ray[1] = pose[0] + CAMERA_X_M * c, pose[1] + CAMERA_X_M * s
    for column in range(_LEVEL_WIDTH):
        left = (_LEVEL_X - column) / FOCAL
        ray[2], ray[3] = c - s * left, s + c * left
        _cast_ground(picture, depth, column, ray, ground, sky)
        _cast_walls(picture, depth, column, ray, walls, wall_colours, sky)
        _cast_posts(picture, depth, column, ray, posts, post_colours, sky)
        _cast_balls(picture, depth, column, ray, balls, ball_colours, sky)
    return picture


def photograph(scene: Scene, own: int, poses: Floats, people: Floats, obstacles: Floats) -> NDArray[np.uint8]:
    """The picture of robot ``own``: HEIGHT x WIDTH x 3, RGB.

    Args:
        scene: the still world.
        own: row of the robot in ``poses``.
        poses: robots [x, y, theta].
        people: circles [x, y, r].
        obstacles: circles [x, y, r] that were placed for a scenario.
    """
    bodies, body_colours = _robots(np.delete(poses, own, axis=0))
    round_, round_colours = _round(people, obstacles)
    level = _cast(
        poses[own], np.vstack((scene.walls, bodies)), np.vstack((scene.wall_colours, body_colours)),
        np.vstack((scene.posts, round_)), np.vstack((scene.post_colours, round_colours)),
        scene.balls, scene.ball_colours, scene.ground, np.array(scene.sky, dtype=np.float64),
    )  # fmt: skip
    turned = cv2.warpPerspective(
        level, _TURN, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    return turned.astype(np.uint8)


def _turn() -> Floats:
    """From a pixel of the picture to one of the level picture."""
    c, s = math.cos(CAMERA_PITCH_RAD), math.sin(CAMERA_PITCH_RAD)
    inverse = np.array([[1 / FOCAL, 0, -CENTER_X / FOCAL], [0, 1 / FOCAL, -CENTER_Y / FOCAL], [0, 0, 1]])
    rotation = np.array([[1, 0, 0], [0, c, s], [0, -s, c]])
    level = np.array([[FOCAL, 0, _LEVEL_X], [0, FOCAL, _LEVEL_Y], [0, 0, 1]])
    return np.asarray(level @ rotation @ inverse, dtype=np.float64)


_TURN = _turn()


def _robots(poses: Floats) -> tuple[Floats, Colours]:
    walls, colours = [], []
    for x, y, theta in poses.tolist():
        c, s = math.cos(theta), math.sin(theta)
        for share, low_m, high_m, colour in _ROBOT:
            a, b = BODY_LENGTH_M / 2 * share, BODY_WIDTH_M / 2 * share
            ring = [(x + c * p - s * q, y + s * p + c * q) for p, q in ((a, b), (-a, b), (-a, -b), (a, -b))]
            for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
                walls.append((*start, *end, low_m, high_m))
                colours.append(colour)
    return np.array(walls, dtype=np.float64).reshape(-1, 6), np.array(colours, dtype=np.uint8).reshape(-1, 3)


def _round(people: Floats, obstacles: Floats) -> tuple[Floats, Colours]:
    posts, colours = [], []
    for number, (x, y, _) in enumerate(people.tolist()):
        for (radius, low_m, high_m), colour in zip(
            _PERSON, (_TROUSERS, _CLOTHES[number % len(_CLOTHES)], _SKIN), strict=True
        ):
            posts.append((x, y, radius, low_m, high_m))
            colours.append(colour)
    for x, y, radius in obstacles.tolist():
        posts.append((x, y, radius, 0.0, _OBSTACLE_M))
        colours.append(_OBSTACLE)
    return np.array(posts, dtype=np.float64).reshape(-1, 5), np.array(colours, dtype=np.uint8).reshape(-1, 3)
