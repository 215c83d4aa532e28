"""Differential drive with limits and slip, and what bodies may not pass through."""

import math

import numpy as np

from gangseo_sim.engine.compiled import compiled
from gangseo_sim.engine.state import BODY_LENGTH_M, BODY_WIDTH_M
from gangseo_sim.engine.world import Floats, Ints

HALF_BODY = np.array([BODY_LENGTH_M / 2, BODY_WIDTH_M / 2])
REACH_M = math.hypot(BODY_LENGTH_M / 2, BODY_WIDTH_M / 2)
MAX_SPEED_MPS = 1.8
MAX_TURN_RPS = 1.2
SPEED_UP_MPS2 = 0.8
SLOW_DOWN_MPS2 = 1.5
CUT_MPS2 = 3.0
"""Brakes of the emergency stop."""
TURN_RPS2 = 2.5
TRACK_M = 0.52
WHEEL_RADIUS_M = 0.125
SLIP_TIME_S = 5.0
SLIP_SIGMA = (0.01, 0.02)
"""Share of speed and of turn rate lost or won by the wheels' slip."""
STATIC, ROBOT, PERSON = 0, 1, 2


@compiled
def ramp(now: float, wanted: float, up: float, down: float, dt: float) -> float:
    """Speed after `dt`, moving from `now` towards `wanted`; slowing may be quicker than speeding up."""
    if now * wanted < 0.0 or abs(wanted) < abs(now):
        floor = wanted if now * wanted > 0.0 else 0.0
        step = min(abs(now - floor), down * dt)
        return now - math.copysign(step, now)
    return now + math.copysign(min(abs(wanted - now), up * dt), wanted - now)


@compiled
def next_speeds(now: Floats, wanted: Floats, cut: int, dt: float) -> tuple[float, float]:
    """Speed and turn rate of the wheels after `dt`, within the limits; brakes hard where the drive is cut."""
    goal_v = 0.0 if cut else min(MAX_SPEED_MPS, max(-MAX_SPEED_MPS, wanted[0]))
    goal_w = 0.0 if cut else min(MAX_TURN_RPS, max(-MAX_TURN_RPS, wanted[1]))
    v = ramp(now[0], goal_v, SPEED_UP_MPS2, CUT_MPS2 if cut else SLOW_DOWN_MPS2, dt)
    return v, ramp(now[1], goal_w, TURN_RPS2, TURN_RPS2, dt)


@compiled
def arc(pose: Floats, v: float, w: float, dt: float) -> Floats:
    """Pose after driving the exact circular arc of speed `v` and turn rate `w`."""
    out = np.empty(3)
    turn = w * dt
    if abs(turn) < 1e-9:
        middle = pose[2] + turn / 2.0
        out[0] = pose[0] + v * dt * math.cos(middle)
        out[1] = pose[1] + v * dt * math.sin(middle)
    else:
        radius = v / w
        out[0] = pose[0] + radius * (math.sin(pose[2] + turn) - math.sin(pose[2]))
        out[1] = pose[1] - radius * (math.cos(pose[2] + turn) - math.cos(pose[2]))
    out[2] = math.atan2(math.sin(pose[2] + turn), math.cos(pose[2] + turn))
    return out


@compiled
def segment_clearance(pose: Floats, x1: float, y1: float, x2: float, y2: float) -> float:
    """Largest gap between a body and a segment along the axes of both; negative where they overlap, by how much."""
    c, s = math.cos(pose[2]), math.sin(pose[2])
    ax, ay = c * (x1 - pose[0]) + s * (y1 - pose[1]), -s * (x1 - pose[0]) + c * (y1 - pose[1])
    bx, by = c * (x2 - pose[0]) + s * (y2 - pose[1]), -s * (x2 - pose[0]) + c * (y2 - pose[1])
    gap_x = max(min(ax, bx), -max(ax, bx)) - HALF_BODY[0]
    gap_y = max(min(ay, by), -max(ay, by)) - HALF_BODY[1]
    length = math.hypot(bx - ax, by - ay)
    if length < 1e-9:
        return float(max(gap_x, gap_y))
    nx, ny = -(by - ay) / length, (bx - ax) / length
    gap_n = abs(nx * ax + ny * ay) - (HALF_BODY[0] * abs(nx) + HALF_BODY[1] * abs(ny))
    return float(max(gap_x, gap_y, gap_n))


@compiled
def robot_clearance(pose: Floats, other: Floats) -> float:
    """Largest gap between two bodies along the axes of both; negative where they overlap, by how much."""
    dx, dy, turn = other[0] - pose[0], other[1] - pose[1], other[2] - pose[2]
    c, s = abs(math.cos(turn)), abs(math.sin(turn))
    reach_x = HALF_BODY[0] + c * HALF_BODY[0] + s * HALF_BODY[1]
    reach_y = HALF_BODY[1] + s * HALF_BODY[0] + c * HALF_BODY[1]
    largest = -np.inf
    for heading in (pose[2], other[2]):
        ch, sh = math.cos(heading), math.sin(heading)
        largest = max(largest, abs(ch * dx + sh * dy) - reach_x, abs(-sh * dx + ch * dy) - reach_y)
    return largest


@compiled
def circle_clearance(pose: Floats, x: float, y: float, radius: float) -> float:
    """Distance from a body's outline to a circle, negative where they overlap."""
    c, s = math.cos(pose[2]), math.sin(pose[2])
    px = abs(c * (x - pose[0]) + s * (y - pose[1])) - HALF_BODY[0]
    py = abs(-s * (x - pose[0]) + c * (y - pose[1])) - HALF_BODY[1]
    outside = math.hypot(max(px, 0.0), max(py, 0.0))
    return float(outside + min(max(px, py), 0.0) - radius)


@compiled
def _segment_blocks(old: Floats, new: Floats, x1: float, y1: float, x2: float, y2: float) -> bool:
    gap = segment_clearance(new, x1, y1, x2, y2)
    return gap < 0.0 and gap < segment_clearance(old, x1, y1, x2, y2)


@compiled
def _circle_blocks(old: Floats, new: Floats, x: float, y: float, radius: float) -> bool:
    clearance = circle_clearance(new, x, y, radius)
    return clearance < 0.0 and clearance < circle_clearance(old, x, y, radius)


@compiled
def _robot_blocks(old: Floats, new: Floats, other: Floats) -> bool:
    gap = robot_clearance(new, other)
    return gap < 0.0 and gap < robot_clearance(old, other)


@compiled
def blockers(
    own: int,
    new: Floats,
    poses: Floats,
    segments: Floats,
    segment_bodies: Ints,
    circles: Floats,
    circle_bodies: Ints,
    people: Floats,
    hits: Ints,
    count: int,
) -> int:
    """Adds [robot, kind, body] to `hits` for everything the step from the old to the new pose runs into."""
    old = poses[own]
    for k in range(segments.shape[0]):
        mx, my = (segments[k, 0] + segments[k, 2]) / 2.0, (segments[k, 1] + segments[k, 3]) / 2.0
        reach = REACH_M + 0.2 + math.hypot(segments[k, 2] - segments[k, 0], segments[k, 3] - segments[k, 1]) / 2.0
        if (
            abs(mx - new[0]) < reach
            and abs(my - new[1]) < reach
            and _segment_blocks(old, new, segments[k, 0], segments[k, 1], segments[k, 2], segments[k, 3])
        ):
            count = _add(hits, count, own, STATIC, segment_bodies[k])
    for k in range(circles.shape[0]):
        reach = REACH_M + 0.2 + circles[k, 2]
        if (
            abs(circles[k, 0] - new[0]) < reach
            and abs(circles[k, 1] - new[1]) < reach
            and _circle_blocks(old, new, circles[k, 0], circles[k, 1], circles[k, 2])
        ):
            count = _add(hits, count, own, STATIC, circle_bodies[k])
    for k in range(people.shape[0]):
        if (
            abs(people[k, 0] - new[0]) < 2.0
            and abs(people[k, 1] - new[1]) < 2.0
            and _circle_blocks(old, new, people[k, 0], people[k, 1], people[k, 2])
        ):
            count = _add(hits, count, own, PERSON, k)
    for k in range(poses.shape[0]):
        if (
            k != own
            and abs(poses[k, 0] - new[0]) < 2.0
            and abs(poses[k, 1] - new[1]) < 2.0
            and _robot_blocks(old, new, poses[k])
        ):
            count = _add(hits, count, own, ROBOT, k)
    return count


@compiled
def _add(hits: Ints, count: int, robot: int, kind: int, body: int) -> int:
    if count < hits.shape[0]:
        hits[count, 0], hits[count, 1], hits[count, 2] = robot, kind, body
        return count + 1
    return count


@compiled
def drive_step(
    dt: float,
    wanted: Floats,
    cut: Ints,
    slip: Floats,
    poses: Floats,
    speeds: Floats,
    truth: Floats,
    odometry: Floats,
    segments: Floats,
    segment_bodies: Ints,
    circles: Floats,
    circle_bodies: Ints,
    people: Floats,
    hits: Ints,
) -> int:
    """Moves all robots in turn by `dt`, in place; returns how many rows of `hits` were filled.

    `wanted`, `speeds` (of the wheels) and `truth` (over ground) are [v, w]; a robot that would run into something
    stops where it is. Wheels drive exact arcs with the mean speed of the step; slip turns them into motion.
    """
    count = 0
    for k in range(poses.shape[0]):
        v, w = next_speeds(speeds[k], wanted[k], cut[k], dt)
        mean_v, mean_w = (speeds[k, 0] + v) / 2.0, (speeds[k, 1] + w) / 2.0
        if mean_v == 0.0 and mean_w == 0.0:
            speeds[k, 0], speeds[k, 1], truth[k, 0], truth[k, 1] = v, w, 0.0, 0.0
            continue
        true_v, true_w = mean_v * (1.0 + slip[k, 0]), mean_w * (1.0 + slip[k, 1])
        new = arc(poses[k], true_v, true_w, dt)
        before = count
        count = blockers(k, new, poses, segments, segment_bodies, circles, circle_bodies, people, hits, count)
        if count > before:
            speeds[k, 0], speeds[k, 1], truth[k, 0], truth[k, 1] = 0.0, 0.0, 0.0, 0.0
            continue
        speeds[k, 0], speeds[k, 1], truth[k, 0], truth[k, 1] = v, w, true_v, true_w
        odometry[k] = arc(odometry[k], mean_v, mean_w, dt)
        poses[k] = new
    return count
