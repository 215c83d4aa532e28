"""Stations a robot can dock at, from ``site.json``."""

import json
from pathlib import Path

from gangseo_navigation.geometry import Pose


class StationsFileError(ValueError):
    """The stations file cannot be used."""


def read_stations(site_file: Path) -> dict[str, Pose]:
    """Pose of every station by its id; the robot stands there facing ``theta``.

    Raises:
        StationsFileError: the file is absent or not a site.
    """
    try:
        site = json.loads(site_file.read_text(encoding="utf-8"))
    except OSError as err:
        raise StationsFileError(f"{site_file}: cannot be read ({err.strerror}); generate the world first") from err
    except json.JSONDecodeError as err:
        raise StationsFileError(f"{site_file}:{err.lineno}: not valid JSON: {err.msg}") from err
    try:
        return {str(s["stationId"]): Pose(float(s["x"]), float(s["y"]), float(s["theta"])) for s in site["stations"]}
    except (KeyError, TypeError, ValueError) as err:
        raise StationsFileError(
            f"{site_file}: expected a list 'stations' with stationId, x, y and theta ({err!r})"
        ) from err
