"""``python -m gangseo_sim.generate WORLD.yaml OUT``: everything a running system reads about the world."""

import argparse
import sys
from pathlib import Path

from gangseo_sim.lane_graph import build_lane_graph
from gangseo_sim.map_images import keepout_image, occupancy_image, speed_image, write_map
from gangseo_sim.route_graph import route_graph_text
from gangseo_sim.sdf_world import world_sdf
from gangseo_sim.site_layout import build_site
from gangseo_sim.world_loader import WorldError, load_world


def generate(world_file: Path, out: Path) -> None:
    """Writes the files of one world into a folder, the same bytes for the same source.

    Raises:
        WorldError: the source is wrong, or the folder cannot be written.
    """
    spec = load_world(world_file)
    graph = build_lane_graph(spec)
    site = build_site(spec, graph)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "world.sdf").write_text(world_sdf(spec, graph), encoding="utf-8")
        write_map(out, "map", occupancy_image(spec), "trinary")
        write_map(out, "keepout", keepout_image(spec), "raw")
        write_map(out, "speed", speed_image(spec), "raw")
        (out / "route_graph.geojson").write_text(route_graph_text(graph), encoding="utf-8")
        site_text = site.model_dump_json(by_alias=True, exclude_none=True, indent=1)
        (out / "site.json").write_text(site_text + "\n", encoding="utf-8")
    except OSError as error:
        raise WorldError(f"{out}: cannot be written ({error}); expected a folder of yours with free space") from error


def main() -> int:
    """Command line; 2 and one line per mistake when the source is wrong."""
    parser = argparse.ArgumentParser(prog="python -m gangseo_sim.generate", description=__doc__)
    parser.add_argument("world", type=Path, help="world source, for example sim/worlds/magok_hanui.yaml")
    parser.add_argument("out", type=Path, help="folder to write to")
    arguments = parser.parse_args()
    try:
        generate(arguments.world, arguments.out)
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
