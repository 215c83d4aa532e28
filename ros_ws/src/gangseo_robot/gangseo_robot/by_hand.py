"""What a robot refuses whoever steers it: to leave its place, and to step onto a road against the signal. Pure."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from gangseo_protocol.polygon import inside, outside_m
from gangseo_protocol.site import Crosswalk, Point, Site
from gangseo_robot.crossing import SIGNAL_STALE_S, on_carriageway, signal_obstacle
from gangseo_robot.senses import Pose, Senses
from gangseo_robot.steps import Waiting

REACTION_S, BRAKING_MPS2 = 0.5, 1.0
"""What passes until a stop begins when the link is gone, and the deceleration counted on."""
REACH_M = 0.45
"""From the middle of the robot to its front or rear."""
STEP_M = 0.1
SHARES = (1.0, 0.5, 0.25)


class Wish(NamedTuple):
    """What somebody wants of the wheels, m/s and rad/s."""

    v: float = 0.0
    w: float = 0.0


STILL = Wish()


def allowed(site: Site, senses: Senses, wish: Wish) -> tuple[Wish, Waiting | None]:
    """As much of a wish as may be, and why not all of it. Turning on the spot is always allowed."""
    pose = senses.pose
    if pose is None:
        return STILL, Waiting("waiting.localization")
    if wish.v == 0.0:
        return wish, None
    if (road := _road_ahead(site, senses, pose, wish)) is not None:
        obstacle = signal_obstacle(road, senses, (pose.x, pose.y))
        told = Waiting(obstacle.key, {"crosswalk": road.name.ko}) if obstacle else None
        if obstacle and _is_known(road, senses):
            return Wish(0.0, wish.w), told
        return wish, told
    slower = (Wish(share * wish.v, wish.w) for share in SHARES)
    fitting = next((slow for slow in slower if _stays(site.geofence, pose, slow)), None)
    if fitting is None:
        return Wish(0.0, wish.w), Waiting("waiting.by_hand_fence")
    return fitting, None


def _stays(fence: tuple[Point, ...], pose: Pose, wish: Wish) -> bool:
    """Whether the end that leads stays inside; from outside it may come nearer to the inside, not go further."""
    here, *way = _lead(pose, wish)
    out_m = outside_m(fence, *here)
    if out_m == 0.0:
        return all(inside(fence, *point) for point in way)
    return outside_m(fence, *way[-1]) < out_m


def _road_ahead(site: Site, senses: Senses, pose: Pose, wish: Wish) -> Crosswalk | None:
    """The road that the robot is about to step onto; none when it stands on one, for it must get off."""
    here, *way = _lead(pose, wish)
    for crosswalk in site.crosswalks:
        on_it = on_carriageway(crosswalk, senses.pose) or inside(crosswalk.vertices, *here)
        if not on_it and any(inside(crosswalk.vertices, *point) for point in way):
            return crosswalk
    return None


def _is_known(crosswalk: Crosswalk, senses: Senses) -> bool:
    signal = senses.signals.get(crosswalk.crosswalk_id)
    return signal is not None and senses.now_s - signal.received_s <= SIGNAL_STALE_S


def _lead(pose: Pose, wish: Wish) -> Iterator[Point]:
    """Where the leading end of the robot is now and on its way until it has stopped."""
    way_m = abs(wish.v) * REACTION_S + wish.v * wish.v / (2.0 * BRAKING_MPS2)
    steps = math.ceil(way_m / STEP_M)
    step_m = math.copysign(way_m / steps, wish.v)
    reach_m = math.copysign(REACH_M, wish.v)
    x, y, theta = pose
    yield x + reach_m * math.cos(theta), y + reach_m * math.sin(theta)
    for _ in range(steps):
        theta += wish.w / wish.v * step_m
        x, y = x + step_m * math.cos(theta), y + step_m * math.sin(theta)
        yield x + reach_m * math.cos(theta), y + reach_m * math.sin(theta)
