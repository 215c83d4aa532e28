"""How people move: towards their goal, looking ahead to who is coming, and never through bodies.

The looking ahead follows the idea of Karamouzas, Skinner and Guy (2014): what counts is the time to a collision.
"""

import math

import numpy as np

from gangseo_sim.engine.compiled import compiled
from gangseo_sim.engine.drive import HALF_BODY
from gangseo_sim.engine.world import Floats

PERSON_RADIUS_M = 0.25
RELAX_S = 0.6
LOOK_AHEAD_S = 4.0
SIGHT_M = 6.0
MAX_FORCE_MPS2 = 4.0
ROBOT_RADIUS_M = 0.60
WALL_A_MPS2, WALL_B_M = 2.0, 0.25


@compiled
def _anticipation(rx: float, ry: float, vx: float, vy: float, radius: float) -> tuple[float, float]:
    """Push away from where two discs would meet; r and v are the other's place and velocity as seen from here."""
    distance = math.hypot(rx, ry)
    if distance > SIGHT_M or distance < 1e-6:
        return 0.0, 0.0
    gap = distance - radius
    near = 3.0 * math.exp(-gap / 0.25) if gap < 1.5 else 0.0
    fx, fy = -near * rx / distance, -near * ry / distance
    a, b, c = vx * vx + vy * vy, rx * vx + ry * vy, rx * rx + ry * ry - radius * radius
    under = b * b - a * c
    if gap <= 0.0 or b >= 0.0 or under <= 0.0 or a < 1e-6:
        return fx, fy
    meet = (-b - math.sqrt(under)) / a
    if meet <= 0.0 or meet > LOOK_AHEAD_S:
        return fx, fy
    mx, my = rx + vx * meet, ry + vy * meet
    reach = math.hypot(mx, my)
    strength = 1.5 * math.exp(-meet / 1.5) / max(meet, 0.3)
    side_x, side_y = -mx / reach, -my / reach
    across = rx * vy - ry * vx
    turn = 1.0 if across >= 0.0 else -1.0
    fx += strength * (side_x - 0.8 * turn * ry / distance)
    fy += strength * (side_y + 0.8 * turn * rx / distance)
    return fx, fy


@compiled
def _nearest(px: float, py: float, segment: Floats) -> tuple[float, float]:
    """Vector from the nearest point of a segment to p."""
    ex, ey = segment[2] - segment[0], segment[3] - segment[1]
    length2 = ex * ex + ey * ey
    t = ((px - segment[0]) * ex + (py - segment[1]) * ey) / length2 if length2 > 0.0 else 0.0
    t = min(1.0, max(0.0, t))
    return px - segment[0] - t * ex, py - segment[1] - t * ey


@compiled
def _wall_force(px: float, py: float, segments: Floats, circles: Floats) -> tuple[float, float]:
    fx, fy = 0.0, 0.0
    for k in range(segments.shape[0]):
        reach = abs(segments[k, 2] - segments[k, 0]) + abs(segments[k, 3] - segments[k, 1]) + 1.2
        if abs(px - segments[k, 0]) < reach and abs(py - segments[k, 1]) < reach:
            dx, dy = _nearest(px, py, segments[k])
            gap = math.hypot(dx, dy)
            if 1e-6 < gap < 1.2:
                push = WALL_A_MPS2 * math.exp((PERSON_RADIUS_M - gap) / WALL_B_M)
                fx, fy = fx + push * dx / gap, fy + push * dy / gap
    for k in range(circles.shape[0]):
        dx, dy = px - circles[k, 0], py - circles[k, 1]
        if abs(dx) < circles[k, 2] + 1.2 and abs(dy) < circles[k, 2] + 1.2:
            middle = math.hypot(dx, dy)
            if middle > 1e-6:
                push = WALL_A_MPS2 * math.exp((PERSON_RADIUS_M + circles[k, 2] - middle) / WALL_B_M)
                fx, fy = fx + push * dx / middle, fy + push * dy / middle
    return fx, fy


@compiled
def _out_of_robot(px: float, py: float, pose: Floats) -> tuple[float, float]:
    """The place moved out of a robot's body, one millimetre clear of it."""
    c, s = math.cos(pose[2]), math.sin(pose[2])
    qx, qy = c * (px - pose[0]) + s * (py - pose[1]), -s * (px - pose[0]) + c * (py - pose[1])
    nx, ny = min(HALF_BODY[0], max(-HALF_BODY[0], qx)), min(HALF_BODY[1], max(-HALF_BODY[1], qy))
    dx, dy = qx - nx, qy - ny
    gap, clear = math.hypot(dx, dy), PERSON_RADIUS_M + 1e-3
    if gap >= clear:
        return px, py
    if gap > 1e-9:
        qx, qy = nx + dx * clear / gap, ny + dy * clear / gap
    elif HALF_BODY[0] - abs(qx) < HALF_BODY[1] - abs(qy):
        qx = math.copysign(HALF_BODY[0] + clear, qx)
    else:
        qy = math.copysign(HALF_BODY[1] + clear, qy)
    return pose[0] + c * qx - s * qy, pose[1] + s * qx + c * qy


@compiled
def _out_of_solids(px: float, py: float, segments: Floats, circles: Floats) -> tuple[float, float]:
    for k in range(segments.shape[0]):
        reach = abs(segments[k, 2] - segments[k, 0]) + abs(segments[k, 3] - segments[k, 1]) + PERSON_RADIUS_M
        if abs(px - segments[k, 0]) < reach and abs(py - segments[k, 1]) < reach:
            dx, dy = _nearest(px, py, segments[k])
            gap = math.hypot(dx, dy)
            if 1e-9 < gap < PERSON_RADIUS_M:
                px, py = px + dx * (PERSON_RADIUS_M / gap - 1.0), py + dy * (PERSON_RADIUS_M / gap - 1.0)
    for k in range(circles.shape[0]):
        dx, dy = px - circles[k, 0], py - circles[k, 1]
        gap, clear = math.hypot(dx, dy), PERSON_RADIUS_M + circles[k, 2]
        if 1e-9 < gap < clear:
            px, py = px + dx * (clear / gap - 1.0), py + dy * (clear / gap - 1.0)
    return px, py


@compiled
def _force(
    k: int, wish: Floats, places: Floats, velocities: Floats, poses: Floats, truth: Floats
) -> tuple[float, float]:
    fx, fy = (wish[0] - velocities[k, 0]) / RELAX_S, (wish[1] - velocities[k, 1]) / RELAX_S
    for other in range(places.shape[0]):
        if other != k:
            ax, ay = _anticipation(
                places[other, 0] - places[k, 0],
                places[other, 1] - places[k, 1],
                velocities[other, 0] - velocities[k, 0],
                velocities[other, 1] - velocities[k, 1],
                2.0 * PERSON_RADIUS_M + 0.1,
            )
            fx, fy = fx + ax, fy + ay
    for robot in range(poses.shape[0]):
        ax, ay = _anticipation(
            poses[robot, 0] - places[k, 0],
            poses[robot, 1] - places[k, 1],
            truth[robot, 0] * math.cos(poses[robot, 2]) - velocities[k, 0],
            truth[robot, 0] * math.sin(poses[robot, 2]) - velocities[k, 1],
            PERSON_RADIUS_M + ROBOT_RADIUS_M,
        )
        fx, fy = fx + ax, fy + ay
    return fx, fy


@compiled
def walk_step(
    dt: float,
    wishes: Floats,
    places: Floats,
    velocities: Floats,
    limits: Floats,
    poses: Floats,
    truth: Floats,
    segments: Floats,
    circles: Floats,
) -> None:
    """Moves all people by `dt`, in place. `wishes` are the velocities they would have alone, `limits` top speeds."""
    forces = np.empty_like(places)
    for k in range(places.shape[0]):
        fx, fy = _force(k, wishes[k], places, velocities, poses, truth)
        wx, wy = _wall_force(places[k, 0], places[k, 1], segments, circles)
        fx, fy = fx + wx, fy + wy
        size = math.hypot(fx, fy)
        shrink = MAX_FORCE_MPS2 / size if size > MAX_FORCE_MPS2 else 1.0
        forces[k, 0], forces[k, 1] = fx * shrink, fy * shrink
    for k in range(places.shape[0]):
        vx, vy = velocities[k, 0] + forces[k, 0] * dt, velocities[k, 1] + forces[k, 1] * dt
        speed = math.hypot(vx, vy)
        if speed > limits[k]:
            vx, vy = vx * limits[k] / speed, vy * limits[k] / speed
        velocities[k, 0], velocities[k, 1] = vx, vy
    move_clear(dt, places, velocities, limits, poses, segments, circles)


@compiled
def move_clear(
    dt: float, places: Floats, velocities: Floats, limits: Floats, poses: Floats, segments: Floats, circles: Floats
) -> None:
    """Moves all people by `dt` at their velocities, in place, but not into walls or robots; corrects the velocities."""
    for k in range(places.shape[0]):
        vx, vy = velocities[k, 0], velocities[k, 1]
        px, py = _out_of_solids(places[k, 0] + vx * dt, places[k, 1] + vy * dt, segments, circles)
        for robot in range(poses.shape[0]):
            if abs(px - poses[robot, 0]) < 1.0 and abs(py - poses[robot, 1]) < 1.0:
                px, py = _out_of_robot(px, py, poses[robot])
        velocities[k, 0], velocities[k, 1] = (px - places[k, 0]) / dt, (py - places[k, 1]) / dt
        moved = math.hypot(velocities[k, 0], velocities[k, 1])
        if moved > 2.0 * limits[k]:
            velocities[k] *= 2.0 * limits[k] / moved
        places[k, 0], places[k, 1] = px, py
