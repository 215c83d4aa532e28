"""One picture of planned paths and driven ways."""

from pathlib import Path as File
from typing import Any

import matplotlib as mpl
import numpy as np

from quality.drives import Drive
from quality.paths import PathQuality, Place
from quality.scenes import Scene

SHOWN_PATHS = 15


def draw(file: File, places: list[tuple[Place, list[PathQuality]]], drives: list[tuple[Scene, Drive]]) -> None:
    """Paths on every map above, ways driven among people below."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    shown = [pair for pair in drives if pair[0].name == "square"][:4]
    columns = max(len(places), len(shown), 1)
    columns = (columns + 1) // 2 if len(places) > 4 else columns
    rows = -(-len(places) // columns) + -(-len(shown) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(4.2 * columns, 3.6 * rows), squeeze=False)
    flat = list(axes.ravel())
    for axis in flat:
        axis.axis("off")
    for axis, (place, found) in zip(flat, places, strict=False):
        _paths(axis, place, found)
    below = flat[-(-len(places) // columns) * columns :]
    for axis, (scene, drive) in zip(below, shown, strict=False):
        _ways(axis, scene, drive)
    figure.tight_layout()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=60)
    plt.close(figure)


def _paths(axis: Any, place: Place, found: list[PathQuality]) -> None:
    frame = place.frame
    box = (frame.origin_x, frame.origin_x + frame.width_m, frame.origin_y, frame.origin_y + frame.height_m)
    axis.imshow(place.field == 0, origin="lower", extent=box, cmap="Greys", alpha=0.6)
    for quality in found[:SHOWN_PATHS]:
        if quality.path is not None:
            axis.plot(quality.path.points[:, 0], quality.path.points[:, 1], linewidth=1.0)
    axis.set_title(place.name, fontsize=10)


def _ways(axis: Any, scene: Scene, drive: Drive) -> None:
    for x0, y0, x1, y1 in scene.world.segments:
        axis.plot((x0, x1), (y0, y1), color="black", linewidth=1.0)
    for record in drive.records:
        trail = np.array(record.trail)
        axis.plot(trail[:, 0], trail[:, 1], linewidth=1.0)
    axis.set_aspect("equal")
    axis.set_title(f"{scene.name}, {drive.people} people, {drive.arrived} of {len(drive.records)} arrived", fontsize=10)
