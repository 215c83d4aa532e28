"""Occupancy map and Nav2 filter masks as PGM and YAML, 0.1 m per cell."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gangseo_sim.furniture import Box, Cylinder, box_outline, solids
from gangseo_sim.site_layout import area_outline
from gangseo_sim.world_spec import Point, WorldSpec

RESOLUTION_M = 0.1
FULL_SPEED_MPS = 2.0
"""100 per cent of the speed mask."""
FREE, OCCUPIED = 254, 0
Image = NDArray[np.uint8]


def occupancy_image(spec: WorldSpec) -> Image:
    """Every cell that a solid touches is 0, all others 254; row 0 is the north edge."""
    image = _blank(spec, FREE)
    for solid in solids(spec):
        if isinstance(solid, Cylinder):
            _fill_circle(image, solid)
        else:
            _fill(image, box_outline(solid) if isinstance(solid, Box) else solid.outline, OCCUPIED)
    return image


def keepout_image(spec: WorldSpec) -> Image:
    """100 inside a keep-out area, 0 elsewhere."""
    image = _blank(spec, 0)
    for area in spec.areas:
        if area.keep_out:
            _fill(image, area_outline(area), 100)
    return image


def speed_image(spec: WorldSpec) -> Image:
    """Speed limit in per cent of 2.0 m/s, 0 where there is none; the lowest limit wins."""
    image = _blank(spec, 0)
    limited = [area for area in spec.areas if area.speed is not None and not area.keep_out]
    for area in sorted(limited, key=lambda a: -(a.speed or 0)):
        _fill(image, area_outline(area), round(100 * (area.speed or 0) / FULL_SPEED_MPS))
    return image


def write_map(folder: Path, name: str, image: Image, mode: str) -> None:
    """Writes NAME.pgm (binary, P5) and the NAME.yaml that nav2_map_server reads."""
    height, width = image.shape
    (folder / f"{name}.pgm").write_bytes(f"P5\n{width} {height}\n255\n".encode() + image.tobytes())
    (folder / f"{name}.yaml").write_text(
        f"image: {name}.pgm\nmode: {mode}\nresolution: {RESOLUTION_M}\norigin: [0.0, 0.0, 0.0]\n"
        "negate: 0\noccupied_thresh: 0.65\nfree_thresh: 0.25\n",
        encoding="utf-8",
    )


def _blank(spec: WorldSpec, value: int) -> Image:
    width, height = (round(side / RESOLUTION_M) for side in spec.site.size)
    return np.full((height, width), value, dtype=np.uint8)


def _fill(image: Image, outline: tuple[Point, ...], value: int) -> None:
    corners = np.array(outline, dtype=float) / RESOLUTION_M
    corners[:, 1] = image.shape[0] - corners[:, 1]
    cells = np.round((corners - 0.5) * 16).astype(np.int32)
    cv2.fillPoly(image, [cells], (value,), lineType=cv2.LINE_8, shift=4)


def _fill_circle(image: Image, solid: Cylinder) -> None:
    height, width = image.shape
    reach = solid.radius + RESOLUTION_M
    c0, c1 = (int(np.clip((solid.x + d) / RESOLUTION_M, 0, width)) for d in (-reach, reach + RESOLUTION_M))
    r0, r1 = (int(np.clip(height - (solid.y - d) / RESOLUTION_M, 0, height)) for d in (-reach, reach + RESOLUTION_M))
    x = (np.arange(c0, c1) + 0.5) * RESOLUTION_M
    y = (height - np.arange(r0, r1) - 0.5) * RESOLUTION_M
    half = RESOLUTION_M / 2
    dx = np.maximum(np.abs(x - solid.x) - half, 0.0)
    dy = np.maximum(np.abs(y - solid.y) - half, 0.0)
    image[r0:r1, c0:c1][dx[None, :] ** 2 + dy[:, None] ** 2 < solid.radius**2] = OCCUPIED
