"""Exact ranges of a spinning lidar over segments and circles."""

import math

import numpy as np

from gangseo_sim.engine.compiled import compiled
from gangseo_sim.engine.world import Floats

BEAMS = 360
STEP_RAD = 2 * math.pi / BEAMS
ANGLE_MIN_RAD = -math.pi
RANGE_MIN_M = 0.12
RANGE_MAX_M = 25.0
LIDAR_X_M = 0.30
NOISE_M = 0.01


@compiled
def _cast_segment(x: float, y: float, heading: float, segment: Floats, ranges: Floats) -> None:
    ax, ay, bx, by = segment[0] - x, segment[1] - y, segment[2] - x, segment[3] - y
    ex, ey = bx - ax, by - ay
    length2 = ex * ex + ey * ey
    t = min(1.0, max(0.0, -(ax * ex + ay * ey) / length2)) if length2 > 0.0 else 0.0
    nx, ny = ax + t * ex, ay + t * ey
    if nx * nx + ny * ny > RANGE_MAX_M * RANGE_MAX_M:
        return
    start = math.atan2(ay, ax)
    turn = math.atan2(ax * by - ay * bx, ax * bx + ay * by)
    if turn < 0.0:
        start, turn = start + turn, -turn
    first = math.floor((start - heading - ANGLE_MIN_RAD) / STEP_RAD)
    for offset in range(int(turn / STEP_RAD) + 3):
        beam = (first + offset) % BEAMS
        angle = heading + ANGLE_MIN_RAD + beam * STEP_RAD
        dx, dy = math.cos(angle), math.sin(angle)
        cross = dx * ey - dy * ex
        if cross == 0.0:
            continue
        along = (ax * ey - ay * ex) / cross
        share = (ax * dy - ay * dx) / cross
        if along >= 0.0 and -1e-12 <= share <= 1.0 + 1e-12 and along < ranges[beam]:
            ranges[beam] = along


@compiled
def _cast_circle(x: float, y: float, heading: float, cx: float, cy: float, radius: float, ranges: Floats) -> None:
    ox, oy = cx - x, cy - y
    distance2 = ox * ox + oy * oy
    reach = RANGE_MAX_M + radius
    if distance2 > reach * reach:
        return
    middle = math.atan2(oy, ox)
    distance = math.sqrt(distance2)
    half = math.asin(radius / distance) if distance > radius else math.pi
    first = math.floor((middle - half - heading - ANGLE_MIN_RAD) / STEP_RAD)
    for offset in range(min(BEAMS, int(2.0 * half / STEP_RAD) + 3)):
        beam = (first + offset) % BEAMS
        angle = heading + ANGLE_MIN_RAD + beam * STEP_RAD
        dx, dy = math.cos(angle), math.sin(angle)
        closest = ox * dx + oy * dy
        under = radius * radius - (distance2 - closest * closest)
        if under < 0.0:
            continue
        root = math.sqrt(under)
        along = closest - root if closest - root >= 0.0 else closest + root
        if 0.0 <= along < ranges[beam]:
            ranges[beam] = along


@compiled
def _cast_robot(x: float, y: float, heading: float, pose: Floats, half: Floats, ranges: Floats) -> None:
    dx, dy = pose[0] - x, pose[1] - y
    reach = RANGE_MAX_M + 1.0
    if dx * dx + dy * dy > reach * reach:
        return
    c, s = math.cos(pose[2]), math.sin(pose[2])
    corners = np.empty((5, 2))
    for k in range(5):
        a = half[0] if k in (0, 3, 4) else -half[0]
        b = half[1] if k in (0, 1, 4) else -half[1]
        corners[k, 0] = pose[0] + c * a - s * b
        corners[k, 1] = pose[1] + s * a + c * b
    edge = np.empty(4)
    for k in range(4):
        edge[0], edge[1], edge[2], edge[3] = corners[k, 0], corners[k, 1], corners[k + 1, 0], corners[k + 1, 1]
        _cast_segment(x, y, heading, edge, ranges)


@compiled
def scan(own: int, poses: Floats, half: Floats, segments: Floats, circles: Floats, people: Floats) -> Floats:
    """Noise-free ranges of robot `own`; inf where nothing stands within 25 m.

    Args:
        own: row of the scanning robot in `poses`.
        poses: robots [x, y, theta].
        half: half length and half width of a robot's body.
        segments: still segments [x1, y1, x2, y2].
        circles: still circles [x, y, r].
        people: circles of people.
    """
    heading = poses[own, 2]
    x = poses[own, 0] + LIDAR_X_M * math.cos(heading)
    y = poses[own, 1] + LIDAR_X_M * math.sin(heading)
    ranges = np.full(BEAMS, np.inf)
    for k in range(segments.shape[0]):
        _cast_segment(x, y, heading, segments[k], ranges)
    for k in range(circles.shape[0]):
        _cast_circle(x, y, heading, circles[k, 0], circles[k, 1], circles[k, 2], ranges)
    for k in range(people.shape[0]):
        _cast_circle(x, y, heading, people[k, 0], people[k, 1], people[k, 2], ranges)
    for k in range(poses.shape[0]):
        if k != own:
            _cast_robot(x, y, heading, poses[k], half, ranges)
    for beam in range(BEAMS):
        if ranges[beam] > RANGE_MAX_M:
            ranges[beam] = np.inf
    return ranges
