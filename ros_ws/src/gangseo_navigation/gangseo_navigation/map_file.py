"""Reads maps and filter masks as Nav2's map_server writes them: a YAML file and an image."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import cv2
import numpy as np
import yaml
from numpy.typing import NDArray

from gangseo_navigation.grid import Frame

Mode = Literal["trinary", "scale", "raw"]
FREE, OCCUPIED, UNKNOWN = 0, 100, -1


class MapFileError(ValueError):
    """A map cannot be read; ``kind`` says which of LoadMap's results this is."""

    def __init__(self, message: str, kind: Literal["absent", "metadata", "image"]) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class MapFile:
    """An occupancy map: 0 free .. 100 occupied, -1 unknown; row 0 is the lowest y."""

    frame: Frame
    cells: NDArray[np.int8]


def read_map(yaml_file: Path) -> MapFile:
    """Reads a map.

    Raises:
        MapFileError: the file is absent or not as map_server writes it; the text names file, line and fix.
    """
    path = Path(str(yaml_file).removeprefix("file://"))
    fields = _fields(path)
    image_file = path.parent / str(_required(fields, "image", path))
    resolution = _number(fields, "resolution", path)
    if not 0.005 <= resolution <= 10.0:
        raise MapFileError(f"{path}: resolution is {resolution} m; expected 0.005 to 10 metres per cell", "metadata")
    origin = _origin(fields, path)
    pixels = _pixels(image_file, path)
    cells = _occupancy(pixels, fields, path)[::-1]
    frame = Frame(cells.shape[0], cells.shape[1], resolution, origin[0], origin[1])
    return MapFile(frame, np.ascontiguousarray(cells))


def same_place(mask: MapFile, base: MapFile, name: str) -> MapFile:
    """Checks that a mask covers the map cell by cell.

    Raises:
        MapFileError: size, resolution or origin differ.
    """
    a, b = mask.frame, base.frame
    near = all(
        math.isclose(p, q, abs_tol=b.resolution / 4)
        for p, q in ((a.origin_x, b.origin_x), (a.origin_y, b.origin_y), (a.resolution * a.cols, b.width_m))
    )
    if (a.rows, a.cols) != (b.rows, b.cols) or not near:
        raise MapFileError(
            f"{name}: the mask has {a.cols} x {a.rows} cells of {a.resolution} m from ({a.origin_x}, {a.origin_y}), "
            f"the map {b.cols} x {b.rows} of {b.resolution} m from ({b.origin_x}, {b.origin_y}); "
            "generate both from one world",
            "metadata",
        )
    return mask


def _fields(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as err:
        raise MapFileError(f"{path}: no such map file; give the map.yaml that the generator wrote", "absent") from err
    except (OSError, UnicodeDecodeError) as err:
        raise MapFileError(f"{path}: cannot be read: {err}", "metadata") from err
    try:
        loaded = yaml.safe_load(text)
    except yaml.MarkedYAMLError as err:
        line = err.problem_mark.line + 1 if err.problem_mark else 1
        raise MapFileError(f"{path}:{line}: not valid YAML: {err.problem}", "metadata") from err
    except yaml.YAMLError as err:
        raise MapFileError(f"{path}: not valid YAML: {err}", "metadata") from err
    if not isinstance(loaded, dict):
        raise MapFileError(f"{path}:1: expected the fields image, resolution and origin", "metadata")
    return loaded


def _required(fields: dict[str, Any], key: str, path: Path) -> object:
    if key not in fields:
        raise MapFileError(f"{path}: the field '{key}' is missing", "metadata")
    return fields[key]


def _number(fields: dict[str, Any], key: str, path: Path, default: float | None = None) -> float:
    value = fields.get(key, default) if default is not None else _required(fields, key, path)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise MapFileError(f"{path}: '{key}' is {value!r}; expected a number", "metadata")
    return float(value)


def _origin(fields: dict[str, Any], path: Path) -> tuple[float, float]:
    value = _required(fields, "origin", path)
    if not isinstance(value, list) or len(value) != 3 or not all(isinstance(v, int | float) for v in value):
        raise MapFileError(f"{path}: 'origin' is {value!r}; expected [x, y, yaw] in metres and radians", "metadata")
    if abs(value[2]) > 1e-6:
        raise MapFileError(
            f"{path}: the map is turned by {value[2]} rad; only maps with yaw 0 are supported", "metadata"
        )
    return float(value[0]), float(value[1])


def _pixels(image_file: Path, path: Path) -> NDArray[np.uint8]:
    if not image_file.is_file():
        raise MapFileError(f"{path}: its image {image_file} is not there", "image")
    pixels = cv2.imread(str(image_file), cv2.IMREAD_GRAYSCALE)
    if pixels is None or pixels.size == 0:
        raise MapFileError(f"{image_file}: not an image that can be read (expected PGM or PNG)", "image")
    return np.asarray(pixels, np.uint8)


def _occupancy(pixels: NDArray[np.uint8], fields: dict[str, Any], path: Path) -> NDArray[np.int8]:
    mode = fields.get("mode", "trinary")
    if mode not in get_args(Mode):
        raise MapFileError(f"{path}: 'mode' is {mode!r}; expected trinary, scale or raw", "metadata")
    if mode == "raw":
        return np.where(pixels <= OCCUPIED, pixels, UNKNOWN).astype(np.int8)
    occupied, free = _number(fields, "occupied_thresh", path, 0.65), _number(fields, "free_thresh", path, 0.25)
    if not 0.0 <= free < occupied <= 1.0:
        raise MapFileError(
            f"{path}: expected 0 <= free_thresh < occupied_thresh <= 1, got {free} and {occupied}", "metadata"
        )
    shade = np.arange(256) / 255.0
    darkness = shade if fields.get("negate", 0) else 1.0 - shade
    between = np.full(256, float(UNKNOWN))
    if mode == "scale":
        between = np.rint((darkness - free) / (occupied - free) * OCCUPIED)
    table = np.where(darkness > occupied, OCCUPIED, np.where(darkness < free, FREE, between)).astype(np.int8)
    return np.asarray(table[pixels], np.int8)
