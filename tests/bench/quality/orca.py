"""A crowd that avoids by reciprocal velocity obstacles (van den Berg, Guy, Lin, Manocha: ORCA, ISRR 2009).

Each person takes the velocity nearest to the wished one that is allowed by a half-plane per neighbour. The nearest
point of an intersection of half-planes and a disc is the wish itself, its foot on one border, or a corner of two;
all are tried, which is exact and quick for the dozen neighbours that count. Where nothing is allowed, the half-planes
of people (not of walls) give way equally until something is.
"""

import math

import numpy as np

from gangseo_sim.engine.compiled import compiled
from gangseo_sim.engine.crowd import Crowd
from gangseo_sim.engine.crowd_forces import PERSON_RADIUS_M, move_clear
from gangseo_sim.engine.world import Floats

HORIZON_S, WALL_HORIZON_S = 3.0, 0.8
SIGHT_M = 5.0
NEIGHBOURS = 12
GAP_M = 0.10
ROBOT_RADIUS_M = 0.56
ACCELERATION_MPS2 = 4.0
FREE, NEVER = 1e-9, 1e18


@compiled
def half_plane(
    px: float, py: float, vx: float, vy: float, radius: float, horizon: float, dt: float
) -> tuple[float, float, float, float]:
    """Smallest change (ux, uy) of the relative velocity that leaves the velocity obstacle, and its outward normal.

    ``p``: place of the other relative to oneself, ``v``: own velocity relative to the other's.
    """
    distance2 = px * px + py * py
    if distance2 <= radius * radius:
        horizon = dt
    wx, wy = vx - px / horizon, vy - py / horizon
    along = wx * px + wy * py
    w2 = wx * wx + wy * wy
    if distance2 <= radius * radius or (along < 0.0 and along * along > radius * radius * w2):
        w = max(math.sqrt(w2), 1e-9)
        nx, ny = wx / w, wy / w
        reach = radius / horizon - w
        return reach * nx, reach * ny, nx, ny
    leg = math.sqrt(distance2 - radius * radius)
    if px * wy - py * wx > 0.0:
        dx, dy = (px * leg - py * radius) / distance2, (px * radius + py * leg) / distance2
        nx, ny = -dy, dx
    else:
        dx, dy = (px * leg + py * radius) / distance2, (-px * radius + py * leg) / distance2
        nx, ny = dy, -dx
    away = -(vx * nx + vy * ny)
    return away * nx, away * ny, nx, ny


@compiled
def _allowed(planes: Floats, count: int, slack: float, x: float, y: float, top: float) -> bool:
    if x * x + y * y > top * top * (1.0 + 1e-7):
        return False
    for i in range(count):  # noqa: SIM110 - compiled
        if planes[i, 0] * x + planes[i, 1] * y < planes[i, 2] - planes[i, 3] * slack - 1e-7:
            return False
    return True


@compiled
def nearest_allowed(
    planes: Floats, count: int, slack: float, wish_x: float, wish_y: float, top: float
) -> tuple[float, float, bool]:
    """The velocity nearest to the wish within all half-planes n.v >= c - give * slack and the top speed.

    Rows of ``planes``: nx, ny, c, give (1 where it may give way).
    """
    speed = math.hypot(wish_x, wish_y)
    if speed > top:
        wish_x, wish_y = wish_x * top / speed, wish_y * top / speed
    if _allowed(planes, count, slack, wish_x, wish_y, top):
        return wish_x, wish_y, True
    best, best_x, best_y = NEVER, 0.0, 0.0
    for i in range(count):
        nx, ny, c = planes[i, 0], planes[i, 1], planes[i, 2] - planes[i, 3] * slack
        short = c - nx * wish_x - ny * wish_y
        tries = [(wish_x + short * nx, wish_y + short * ny)]
        under = top * top - c * c
        if under >= 0.0:
            half = math.sqrt(under)
            tries.append((c * nx - half * ny, c * ny + half * nx))
            tries.append((c * nx + half * ny, c * ny - half * nx))
        for j in range(i):
            cross = nx * planes[j, 1] - ny * planes[j, 0]
            if abs(cross) > FREE:
                d = planes[j, 2] - planes[j, 3] * slack
                tries.append(((c * planes[j, 1] - d * ny) / cross, (d * nx - c * planes[j, 0]) / cross))
        for x, y in tries:
            away = (x - wish_x) ** 2 + (y - wish_y) ** 2
            if away < best and _allowed(planes, count, slack, x, y, top):
                best, best_x, best_y = away, x, y
    return best_x, best_y, best < NEVER


@compiled
def choose_velocity(planes: Floats, count: int, wish_x: float, wish_y: float, top: float) -> tuple[float, float]:
    """As ``nearest_allowed``, with as little slack as makes it possible; standing when nothing does."""
    x, y, found = nearest_allowed(planes, count, 0.0, wish_x, wish_y, top)
    if found:
        return x, y
    low, high = 0.0, 4.0 * top + 2.0
    x, y, found = nearest_allowed(planes, count, high, wish_x, wish_y, top)
    if not found:
        return 0.0, 0.0
    for _ in range(9):
        middle = 0.5 * (low + high)
        mx, my, found = nearest_allowed(planes, count, middle, wish_x, wish_y, top)
        if found:
            high, x, y = middle, mx, my
        else:
            low = middle
    return x, y


@compiled
def _wall_planes(planes: Floats, count: int, x: float, y: float, segments: Floats, circles: Floats) -> int:
    """Half-planes that keep off the nearest points of walls and posts."""
    for k in range(segments.shape[0] + circles.shape[0]):
        if count >= planes.shape[0]:
            break
        if k < segments.shape[0]:
            ax, ay, bx, by = segments[k, 0], segments[k, 1], segments[k, 2], segments[k, 3]
            length2 = max((bx - ax) ** 2 + (by - ay) ** 2, 1e-12)
            share = min(1.0, max(0.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2))
            dx, dy, radius = x - ax - share * (bx - ax), y - ay - share * (by - ay), 0.0
        else:
            c = k - segments.shape[0]
            dx, dy, radius = x - circles[c, 0], y - circles[c, 1], circles[c, 2]
        distance = math.hypot(dx, dy)
        if 1e-6 < distance < radius + PERSON_RADIUS_M + 2.0:
            room = distance - radius - PERSON_RADIUS_M - GAP_M
            planes[count] = (dx / distance, dy / distance, -max(room, 0.0) / WALL_HORIZON_S, 0.0)
            count += 1
    return count


@compiled
def _neighbour_planes(
    planes: Floats, count: int, k: int, places: Floats, velocities: Floats, others: Floats, shares: Floats, dt: float
) -> int:
    """Half-planes of the nearest people and robots; rows of ``others``: x, y, vx, vy, radius."""
    away = np.empty(others.shape[0])
    for i in range(others.shape[0]):
        away[i] = math.hypot(others[i, 0] - places[k, 0], others[i, 1] - places[k, 1]) - others[i, 4]
    taken = 0
    for i in np.argsort(away):
        if away[i] > SIGHT_M or taken >= NEIGHBOURS or count >= planes.shape[0]:
            break
        if i == k or shares[i] <= 0.0:
            continue
        taken += 1
        ux, uy, nx, ny = half_plane(
            others[i, 0] - places[k, 0], others[i, 1] - places[k, 1],
            velocities[k, 0] - others[i, 2], velocities[k, 1] - others[i, 3],
            PERSON_RADIUS_M + GAP_M + others[i, 4], HORIZON_S, dt,
        )  # fmt: skip
        base_x, base_y = velocities[k, 0] + shares[i] * ux, velocities[k, 1] + shares[i] * uy
        planes[count] = (nx, ny, base_x * nx + base_y * ny, 1.0)
        count += 1
    return count


@compiled
def orca_step(
    dt: float, wishes: Floats, places: Floats, velocities: Floats, limits: Floats, poses: Floats, truth: Floats,
    robot_share: float, segments: Floats, circles: Floats,
) -> None:  # fmt: skip
    """Velocities and places of all people after `dt`, in place; ``robot_share``: their part in avoiding robots."""
    people, robots = places.shape[0], poses.shape[0]
    others, shares = np.empty((people + robots, 5)), np.full(people + robots, 0.5)
    others[:people, :2], others[:people, 2:4], others[:people, 4] = places, velocities, PERSON_RADIUS_M
    for r in range(robots):
        vx, vy = truth[r, 0] * math.cos(poses[r, 2]), truth[r, 0] * math.sin(poses[r, 2])
        others[people + r] = (poses[r, 0], poses[r, 1], vx, vy, ROBOT_RADIUS_M)
        shares[people + r] = robot_share
    chosen = np.empty_like(places)
    planes = np.empty((40, 4))
    for k in range(people):
        count = _wall_planes(planes, 0, places[k, 0], places[k, 1], segments, circles)
        count = _neighbour_planes(planes, count, k, places, velocities, others, shares, dt)
        x, y = choose_velocity(planes, count, wishes[k, 0], wishes[k, 1], limits[k])
        change = math.hypot(x - velocities[k, 0], y - velocities[k, 1])
        part = min(1.0, ACCELERATION_MPS2 * dt / max(change, 1e-9))
        chosen[k, 0] = velocities[k, 0] + part * (x - velocities[k, 0])
        chosen[k, 1] = velocities[k, 1] + part * (y - velocities[k, 1])
    velocities[:] = chosen
    move_clear(dt, places, velocities, limits, poses, segments, circles)


class OrcaCrowd(Crowd):
    """People with the engine's goals who walk by ORCA and do half of the avoiding of robots.

    Everybody keeps a little to the right of the straight way, so that equals who meet head-on do not mirror each other.
    """

    robot_share = 0.5
    keep_right_rad = 0.06

    def walk(self, dt: float, wishes: Floats, poses: Floats, truth: Floats, segments: Floats, circles: Floats) -> None:
        """One step."""
        c, s = math.cos(-self.keep_right_rad), math.sin(-self.keep_right_rad)
        turned = np.column_stack((c * wishes[:, 0] - s * wishes[:, 1], s * wishes[:, 0] + c * wishes[:, 1]))
        orca_step(dt, turned, self.places, self.velocities, self._speeds * 1.3, poses, truth, self.robot_share,
                  segments, circles)  # fmt: skip


class UnseeingCrowd(OrcaCrowd):
    """People who avoid each other but take no notice of robots, as if all looked at their telephones."""

    robot_share = 0.0
