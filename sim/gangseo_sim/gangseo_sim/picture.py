"""``python -m gangseo_sim.picture WORLD_DIR OUT.png``: the world, its rules and its lanes for human eyes."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle

from gangseo_protocol.site import Crosswalk, Site
from gangseo_sim.engine.core import Engine, starts_at_home
from gangseo_sim.engine.state import EngineState
from gangseo_sim.engine.world import read_world

COLOURS = {
    "path": "#e6dcc3", "plaza": "#d9cbb0", "grass": "#a9c78a", "water": "#8fc1de", "road": "#6d6d73",
    "building": "#b9b9bf", "bench": "#8a5a33", "tree": "#6f9e5a", "shelter": "#7d9db3", "depot": "#8fae8f",
    "shop": "#dcb48c",
}  # fmt: skip
ZONES = {"BLOCKED": "#c0392b", "SPEED_LIMIT": "#e08e0b", "RELEASE": "#7d3cc8"}


def draw_world(site: Site, state: EngineState | None = None, *, rules: bool = True) -> Figure:
    """A figure of the site, and of robots and people where a state is given."""
    figure = Figure(figsize=(18, 12.4), layout="tight")
    axes = figure.add_subplot()
    axes.set_facecolor("#efece4")
    for feature in site.features:
        top = feature.kind in {"tree", "bench", "shop", "depot", "shelter", "building"}
        axes.add_patch(
            Polygon(
                feature.vertices,
                facecolor=COLOURS[feature.kind],
                edgecolor="#00000022" if top else "none",
                alpha=0.75 if feature.kind in {"tree", "shelter"} else 1.0,
                zorder=3 if top else 1,
            )
        )
    if rules:
        _draw_rules(axes, site)
    _draw_places(axes, site)
    for crosswalk in site.crosswalks:
        _draw_stripes(axes, crosswalk)
    if state is not None:
        _draw_bodies(axes, state)
    axes.set_xlim(site.bounds[0], site.bounds[2])
    axes.set_ylim(site.bounds[1], site.bounds[3])
    axes.set_aspect("equal")
    return figure


def _draw_stripes(axes: Axes, crosswalk: Crosswalk) -> None:
    xs, ys = zip(*crosswalk.vertices, strict=True)
    axes.add_patch(Polygon(crosswalk.vertices, facecolor=COLOURS["road"], zorder=1))
    for number in range(int(max(xs) - min(xs))):
        corner = (min(xs) + number + 0.25, min(ys) + 0.3)
        axes.add_patch(Rectangle(corner, 0.5, max(ys) - min(ys) - 0.6, color="w", zorder=2))


def _draw_rules(axes: Axes, site: Site) -> None:
    for zone in site.zones:
        colour = ZONES[zone.zone_type]
        axes.add_patch(Polygon(zone.vertices, fill=False, edgecolor=colour, linestyle="--", linewidth=1, zorder=4))
    axes.add_patch(Polygon(site.geofence, fill=False, edgecolor="#2c3e50", linewidth=1.5, linestyle=":", zorder=4))
    nodes = {node.node_id: node for node in site.nodes}
    both = {(edge.start_node_id, edge.end_node_id) for edge in site.edges}
    for edge in site.edges:
        a, b = nodes[edge.start_node_id], nodes[edge.end_node_id]
        if (b.node_id, a.node_id) in both:
            axes.plot([a.x, b.x], [a.y, b.y], color="#34495e", linewidth=0.7, zorder=5)
        else:
            axes.annotate("", (b.x, b.y), (a.x, a.y), arrowprops={"arrowstyle": "->", "color": "#7d3cc8"}, zorder=5)
    axes.scatter([n.x for n in nodes.values()], [n.y for n in nodes.values()], s=9, color="#34495e", zorder=6)


def _draw_places(axes: Axes, site: Site) -> None:
    for spot in site.spots:
        _label(axes, spot.x, spot.y, _short(spot.spot_id))
    for station in site.stations:
        _label(axes, station.x, station.y - 1.6, _short(station.station_id))


def _short(name: str) -> str:
    """A name without what it has in common with its neighbours."""
    for kind in ("bench_", "charger_"):
        name = name.rpartition(kind)[2]
    return name


def _label(axes: Axes, x: float, y: float, text: str) -> None:
    axes.text(
        x, y, text, fontsize=6, ha="center", va="center", zorder=9, bbox={"facecolor": "w", "alpha": 0.7, "pad": 1}
    )


def _draw_bodies(axes: Axes, state: EngineState) -> None:
    for robot in state.robots:
        axes.add_patch(Polygon(robot.corners(), facecolor="#1565c0", edgecolor="k", zorder=8))
    for person in state.people:
        axes.add_patch(Circle((person.x, person.y), person.radius_m, facecolor="#d81b60", edgecolor="k", zorder=8))


def save_picture(figure: Figure, out: Path) -> None:
    """Writes a PNG."""
    with mpl.rc_context({"savefig.dpi": 100}):
        figure.savefig(out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m gangseo_sim.picture", description=__doc__)
    parser.add_argument("world", type=Path, help="generated world folder")
    parser.add_argument("out", type=Path, help="PNG to write")
    parser.add_argument("--moving", action="store_true", help="with robots and people after a minute")
    parser.add_argument("--plain", action="store_true", help="without lanes and zones")
    given = parser.parse_args(arguments)
    try:
        text = (given.world / "site.json").read_text(encoding="utf-8")
    except OSError as error:
        sys.stderr.write(
            f"{given.world}: no generated world here ({error}); run python -m gangseo_sim.generate first\n"
        )
        return 2
    state = _after_a_minute(given.world) if given.moving else None
    save_picture(draw_world(Site.model_validate_json(text), state, rules=not given.plain), given.out)
    return 0


def _after_a_minute(folder: Path) -> EngineState:
    world = read_world(folder)
    engine = Engine(world, starts_at_home(world, tuple(world.homes)), seed=1)
    for _ in range(3000):
        engine.advance(0.02, {})
    return engine.state()


if __name__ == "__main__":
    sys.exit(main())
