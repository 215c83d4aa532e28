"""Small worlds for engine tests."""

import numpy as np

from gangseo_protocol.site import Crosswalk, LocalName, Station
from gangseo_sim.engine.world import PeopleLayout, World

NAME = LocalName(ko="곳", en="place")
NOBODY = PeopleLayout(0, (), (), ())


def small_world(
    segments: list[tuple[float, float, float, float]] | None = None,
    circles: list[tuple[float, float, float]] | None = None,
    people: PeopleLayout = NOBODY,
    stations: tuple[Station, ...] = (),
    crosswalks: tuple[Crosswalk, ...] = (),
) -> World:
    """A world of bare shapes; bodies are wall_0, wall_1, … and post_0, post_1, …"""
    segments, circles = segments or [], circles or []
    names = [f"wall_{k}" for k in range(len(segments))] + [f"post_{k}" for k in range(len(circles))]
    return World(
        "small",
        np.array(segments, dtype=np.float64).reshape(-1, 4),
        np.arange(len(segments), dtype=np.int64),
        np.array(circles, dtype=np.float64).reshape(-1, 3),
        np.arange(len(segments), len(names), dtype=np.int64),
        tuple(names),
        people,
        stations,
        crosswalks,
        {},
    )


def station(kind: str, x: float, y: float, theta: float = 0.0) -> Station:
    return Station.model_validate(
        {"station_id": f"{kind}_01", "kind": kind, "node_id": "n", "x": x, "y": y, "theta": theta, "name": NAME}
    )
