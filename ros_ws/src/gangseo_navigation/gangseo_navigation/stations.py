"""Stations a robot can dock at, and where the map lies, from ``site.json``."""

import json
from pathlib import Path
from typing import Any

from gangseo_navigation.earth import Origin
from gangseo_navigation.geometry import Pose


class StationsFileError(ValueError):
    """The stations file cannot be used."""


def read_stations(site_file: Path) -> dict[str, Pose]:
    """Pose of every station by its id; the robot stands there facing ``theta``.

    Raises:
        StationsFileError: the file is absent or not a site.
    """
    site = _read(site_file)
    try:
        return {str(s["stationId"]): Pose(float(s["x"]), float(s["y"]), float(s["theta"])) for s in site["stations"]}
    except (KeyError, TypeError, ValueError) as err:
        raise StationsFileError(
            f"{site_file}: expected a list 'stations' with stationId, x, y and theta ({err!r})"
        ) from err


def read_origin(site_file: Path) -> Origin | None:
    """Where the map lies on Earth; None where the file does not say.

    Raises:
        StationsFileError: the file is absent, or its origin is none.
    """
    found = _read(site_file).get("origin")
    if found is None:
        return None
    try:
        return Origin(float(found["latitudeDeg"]), float(found["longitudeDeg"]), float(found.get("bearingDeg", 0.0)))
    except (KeyError, TypeError, ValueError, AttributeError) as err:
        raise StationsFileError(f"{site_file}: expected 'origin' with latitudeDeg and longitudeDeg ({err!r})") from err


def _read(site_file: Path) -> dict[str, Any]:
    try:
        site = json.loads(site_file.read_text(encoding="utf-8"))
    except OSError as err:
        raise StationsFileError(f"{site_file}: cannot be read ({err.strerror}); generate the world first") from err
    except json.JSONDecodeError as err:
        raise StationsFileError(f"{site_file}:{err.lineno}: not valid JSON: {err.msg}") from err
    if not isinstance(site, dict):
        raise StationsFileError(f"{site_file}: expected an object with a list 'stations'")
    return site
