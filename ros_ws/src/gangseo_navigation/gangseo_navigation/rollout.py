"""Tries out many (speed, turn rate) targets: where each leads, what it would hit, how well it keeps to the path."""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled
from gangseo_navigation.pursuit import beside_path, curvature_towards
from gangseo_navigation.sight import Field

Numbers = NDArray[np.float64]

STEP_S = 0.1
REACTION_S = 0.15
FOREVER = 1e9
STRAY_ALONE, STRAY_MEETING, STRAY_AMONG_PEOPLE = 0.35, 0.30, 0.12
"""Cost of a metre beside the path: small among people, where going round is quicker than waiting."""

# positions in the array of limits
SPEED_UP, SPEED_DOWN, TURN_UP, RADIUS, MARGIN, PERSON_GROWTH, HORIZON, TURN, LEAN = range(9)


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
    """Whether the robot can drive so for the reaction time and then brake to a stop without touching anything.

    People who walk up to a standing robot are not its doing: only what is nearer to them than standing is refused.
    """
    dt = 0.05
    x0, y0, theta0 = x, y, theta
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
        if (
            gap < 0.0
            and (abs(v) > 0.02 or t <= REACTION_S + dt)
            and gap < near_people(people, offsets, limits, x0, y0, theta0, t) - 0.002
        ):
            return False
        if braking and abs(v) < 1e-3 and abs(w) < 1e-3:
            return True


@compiled
def judge(
    field: Field, frame: Numbers, offsets: Numbers, floors: NDArray[np.int64], people: Numbers, limits: Numbers,
    path: Numbers, s: float, state: Numbers, target_v: float, target_w: float, left_m: float, wanted_v: float,
) -> float:  # fmt: skip
    """Cost of one target: distance from the path along the way, lost progress, nearness, what it hits.

    The robot turns at ``target_w``, or where that is ``FOREVER`` pursues the line ``left_m`` beside the path.
    """
    x, y, theta, v, w = state[0], state[1], state[2], state[3], state[4]
    driven, cost, t, turn = 0.0, 0.0, 0.0, target_w
    left = path[-1, 2] - s
    stray = STRAY_ALONE if people.shape[0] == 0 else (STRAY_MEETING if limits[LEAN] != 0.0 else STRAY_AMONG_PEOPLE)
    free_until, least_room, least_gap = limits[HORIZON], 255.0, 2.0
    for k in range(round(limits[HORIZON] / STEP_S)):
        in_time = math.sqrt(1.2 * limits[SPEED_DOWN] * max(0.0, left - driven))
        if target_w >= FOREVER:
            turn = pursuing(path, s + driven, left_m, x, y, theta, max(v, 0.3), limits[TURN])
        v = toward(v, min(target_v, in_time), limits[SPEED_UP] * STEP_S, limits[SPEED_DOWN] * STEP_S)
        w = toward(w, turn, limits[TURN_UP] * STEP_S, limits[TURN_UP] * STEP_S)
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
            rx, ry, heading = beside_path(path, s + driven, limits[LEAN])
            off = math.atan2(math.sin(theta - heading), math.cos(theta - heading))
            cost += stray * math.hypot(x - rx, y - ry) + 0.06 * abs(off) * min(1.0, abs(v) * 2.0)
    lost = max(0.0, min(wanted_v * limits[HORIZON], left) - driven)
    tight = max(0.0, limits[MARGIN] - least_room * 0.02)
    shy = max(0.0, 0.5 - least_gap)
    return float(cost + 0.55 * lost + 2.5 * (limits[HORIZON] - free_until) + 2.0 * tight + 1.2 * shy)


@compiled
def pursuing(
    path: Numbers, s: float, left_m: float, x: float, y: float, theta: float, v: float, turn_max: float
) -> float:
    """Turn rate that pursues the line beside the path."""
    reach = min(max(0.7, 0.9 * v), 1.6)
    return max(-turn_max, min(turn_max, v * curvature_towards(path, s, reach, left_m, x, y, theta)))


@compiled
def choose_target(
    field: Field, frame: Numbers, offsets: Numbers, floors: NDArray[np.int64], people: Numbers, limits: Numbers,
    path: Numbers, s: float, state: Numbers, speeds: Numbers, turns: Numbers, sides: Numbers, curvature: float,
    last_w: float,
) -> tuple[float, float, float]:  # fmt: skip
    """The best target speed and turn rate that is safe to stop from, and its cost; cost 1e9 when none is.

    Tried are turn rates round the pursuit of the path (``turns``), and pursuits of lines beside it (``sides``, m).
    """
    best, best_v, best_w = FOREVER, 0.0, 0.0
    turn_max = limits[TURN]
    for i in range(speeds.size):
        for j in range(turns.size + sides.size):
            if j < turns.size:
                w = max(-turn_max, min(turn_max, curvature * speeds[i] + turns[j]))
                kept, left_m, change = w, 0.0, 0.1 * abs(turns[j])
            else:
                left_m = sides[j - turns.size]
                w = pursuing(path, s, left_m, state[0], state[1], state[2], max(state[3], 0.3), turn_max)
                kept, change = FOREVER, 0.0
            change += 0.25 * abs(w - last_w) + 0.15 * abs(speeds[i] - state[3])
            if not safe_to_stop(field, frame, offsets, floors, people, limits,
                                state[0], state[1], state[2], state[3], state[4], speeds[i], w):  # fmt: skip
                continue
            cost = change + judge(field, frame, offsets, floors, people, limits, path, s, state, speeds[i], kept,
                                  left_m, speeds[0])  # fmt: skip
            if cost < best:
                best, best_v, best_w = cost, speeds[i], w
    return best_v, best_w, best
