"""From a box in a picture to a place on the ground before the robot."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera without distortion: focal lengths and centre in pixels, and how it is mounted.

    ``x_m`` before and ``height_m`` above base_link's ground point, looking forward, ``pitch_rad`` down.
    """

    focal_x: float
    focal_y: float
    center_x: float
    center_y: float
    x_m: float
    height_m: float
    pitch_rad: float


def ground_point(camera: Camera, column: float, row: float) -> tuple[float, float] | None:
    """Where the ray through a pixel meets level ground: x, y in base_link, metres; None above the horizon."""
    across, down = (column - camera.center_x) / camera.focal_x, (row - camera.center_y) / camera.focal_y
    c, s = math.cos(camera.pitch_rad), math.sin(camera.pitch_rad)
    forward, sinking = c - s * down, s + c * down
    if sinking <= 1e-6 or forward <= 0.0:
        return None
    reach = camera.height_m / sinking
    return camera.x_m + reach * forward, -reach * across


def pixel(camera: Camera, x_m: float, y_m: float, z_m: float = 0.0) -> tuple[float, float] | None:
    """Column and row at which a point in base_link is seen; None behind the camera."""
    dx, dz = x_m - camera.x_m, camera.height_m - z_m
    c, s = math.cos(camera.pitch_rad), math.sin(camera.pitch_rad)
    depth, down = c * dx + s * dz, -s * dx + c * dz
    if depth <= 1e-6:
        return None
    return camera.center_x - camera.focal_x * y_m / depth, camera.center_y + camera.focal_y * down / depth


def from_view_angle(width: int, height: int, view_rad: float, x_m: float, height_m: float, pitch_rad: float) -> Camera:
    """A camera of square pixels known by its horizontal angle of view."""
    focal = width / 2.0 / math.tan(view_rad / 2.0)
    return Camera(focal, focal, width / 2.0, height / 2.0, x_m, height_m, pitch_rad)
