"""Tries out many (speed, turn rate) targets: where each leads, what it would hit, how well it keeps to the path."""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled
from gangseo_navigation.sight import Field

Numbers = NDArray[np.float64]

STEP_S = 0.1
REACTION_S = 0.15
FOREVER = 1e9

# positions in the array of limits
SPEED_UP, SPEED_DOWN, TURN_UP, RADIUS, MARGIN, PERSON_GROWTH, HORIZON = range(7)


@compiled
def toward(now: float, target: float, up: float, down: float) -> float:
    """One step of speed from now to target with bounded change (``up`` away from zero, ``down`` towards it)."""
    if now * target < 0.0:
        target = 0.0
    bound = up if abs(target) > abs(now) else down
    return now + max(-bound, min(bound, target - now))


@compiled
def room_at(
    field: Field, frame: Numbers, offsets: Numbers, x: float, y: float, theta: float, floors: NDArray[np.int64]
) -> float:
    """Least clearance of the body's circles in bytes; negative where a circle is nearer than its floor allows.

    ``frame``: origin x, origin y, resolution. Outside the field there is nothing known, thus nothing in the way.
    """
    least = 255.0
    c, s = math.cos(theta), math.sin(theta)
    for i in range(offsets.size):
        col = math.floor((x + c * offsets[i] - frame[0]) / frame[2])
        row = math.floor((y + s * offsets[i] - frame[1]) / frame[2])
        if row < 0 or col < 0 or row >= field.shape[0] or col >= field.shape[1]:
            continue
        here = int(field[row, col])
        if here < floors[i]:
            return -1.0
        least = min(least, float(here))
    return least


@compiled
def near_people(
    people: Numbers, offsets: Numbers, limits: Numbers, x: float, y: float, theta: float, t: float
) -> float:
    """Gap between body and the nearest moving thing at time ``t``; rows of people: x, y, vx, vy, radius."""
    least = FOREVER
    c, s = math.cos(theta), math.sin(theta)
    for k in range(people.shape[0]):
        px, py = people[k, 0] + people[k, 2] * t, people[k, 1] + people[k, 3] * t
        for i in range(offsets.size):
            gap = math.hypot(x + c * offsets[i] - px, y + s * offsets[i] - py)
            least = min(least, gap - people[k, 4] - limits[RADIUS] - limits[PERSON_GROWTH] * t)
    return least


@compiled
def safe_to_stop(
    field: Field, frame: Numbers, offsets: Numbers, floors: NDArray[np.int64], people: Numbers, limits: Numbers,
    x: float, y: float, theta: float, v: float, w: float, target_v: float, target_w: float,
) -> bool:  # fmt: skip
    """Whether the robot can drive so for the reaction time and then brake to a stop without touching anything."""
    dt = 0.05
    gap_before = near_people(people, offsets, limits, x, y, theta, 0.0)
    t = 0.0
    while True:
        braking = t >= REACTION_S
        v = toward(v, 0.0 if braking else target_v, limits[SPEED_UP] * dt, limits[SPEED_DOWN] * dt)
        w = toward(w, 0.0 if braking else target_w, limits[TURN_UP] * dt, limits[TURN_UP] * dt)
        theta += w * dt
        x += v * math.cos(theta) * dt
        y += v * math.sin(theta) * dt
        t += dt
        if room_at(field, frame, offsets, x, y, theta, floors) < 0.0:
            return False
        gap = near_people(people, offsets, limits, x, y, theta, t)
        if gap < 0.0 and gap < gap_before - 0.01 and (abs(v) > 0.02 or t <= REACTION_S + dt):
            return False
        if braking and abs(v) < 1e-3 and abs(w) < 1e-3:
            return True


@compiled
def path_at(path: Numbers, s: float) -> tuple[float, float, float]:
    """Point and direction at arc length ``s``; path rows: x, y, s, direction."""
    n = path.shape[0]
    i = min(max(int(np.searchsorted(path[:, 2], s)), 1), n - 1)
    span = path[i, 2] - path[i - 1, 2]
    share = 0.0 if span < 1e-9 else min(1.0, max(0.0, (s - path[i - 1, 2]) / span))
    return (
        path[i - 1, 0] + share * (path[i, 0] - path[i - 1, 0]),
        path[i - 1, 1] + share * (path[i, 1] - path[i - 1, 1]),
        path[i, 3],
    )


@compiled
def judge(
    field: Field, frame: Numbers, offsets: Numbers, floors: NDArray[np.int64], people: Numbers, limits: Numbers,
    path: Numbers, s: float, state: Numbers, target_v: float, target_w: float, wanted_v: float,
) -> float:  # fmt: skip
    """Cost of one target: distance from the path along the way, lost progress, nearness, what it hits."""
    x, y, theta, v, w = state[0], state[1], state[2], state[3], state[4]
    driven, cost, t = 0.0, 0.0, 0.0
    steps = round(limits[HORIZON] / STEP_S)
    left = path[-1, 2] - s
    free_until, least_room, least_gap = limits[HORIZON], 255.0, 2.0
    for k in range(steps):
        in_time = math.sqrt(1.2 * limits[SPEED_DOWN] * max(0.0, left - driven))
        v = toward(v, min(target_v, in_time), limits[SPEED_UP] * STEP_S, limits[SPEED_DOWN] * STEP_S)
        w = toward(w, target_w, limits[TURN_UP] * STEP_S, limits[TURN_UP] * STEP_S)
        theta += w * STEP_S * (1.0 if in_time > 0.1 else 0.0)
        x += v * math.cos(theta) * STEP_S
        y += v * math.sin(theta) * STEP_S
        driven += abs(v) * STEP_S
        t += STEP_S
        room = room_at(field, frame, offsets, x, y, theta, floors)
        gap = near_people(people, offsets, limits, x, y, theta, t)
        if room < 0.0 or (gap < 0.0 and v > 0.05):
            free_until = t
            break
        least_room, least_gap = min(least_room, room), min(least_gap, gap)
        if k % 4 == 3:
            rx, ry, heading = path_at(path, s + driven)
            off = math.atan2(math.sin(theta - heading), math.cos(theta - heading))
            cost += 0.35 * math.hypot(x - rx, y - ry) + 0.06 * abs(off) * min(1.0, abs(v) * 2.0)
    lost = max(0.0, min(wanted_v * limits[HORIZON], left) - driven)
    tight = max(0.0, limits[MARGIN] - least_room * 0.02)
    shy = max(0.0, 0.5 - least_gap)
    total = cost + 0.55 * lost + 2.5 * (limits[HORIZON] - free_until) + 2.0 * tight + 1.2 * shy
    return float(total)


@compiled
def choose_target(
    field: Field, frame: Numbers, offsets: Numbers, floors: NDArray[np.int64], people: Numbers, limits: Numbers,
    path: Numbers, s: float, state: Numbers, speeds: Numbers, turns: Numbers, curvature: float, turn_max: float,
    wanted_v: float, last_w: float,
) -> tuple[float, float, float]:  # fmt: skip
    """The best target speed and turn rate that is safe to stop from, and its cost; cost 1e9 when none is."""
    best, best_v, best_w = FOREVER, 0.0, 0.0
    for i in range(speeds.size):
        for j in range(turns.size):
            w = max(-turn_max, min(turn_max, curvature * speeds[i] + turns[j]))
            change = 0.25 * abs(w - last_w) + 0.1 * abs(turns[j]) + 0.15 * abs(speeds[i] - state[3])
            if not safe_to_stop(field, frame, offsets, floors, people, limits,
                                state[0], state[1], state[2], state[3], state[4], speeds[i], w):  # fmt: skip
                continue
            cost = change + judge(field, frame, offsets, floors, people, limits, path, s, state, speeds[i], w, wanted_v)
            if cost < best:
                best, best_v, best_w = cost, speeds[i], w
    return best_v, best_w, best
