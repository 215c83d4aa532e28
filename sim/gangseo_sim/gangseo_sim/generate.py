"""``python -m gangseo_sim.generate WORLD.yaml OUT``: everything a running system reads about the world."""

import argparse
import sys
from pathlib import Path

from gangseo_protocol.site import Site
from gangseo_sim.docks import docks_yaml
from gangseo_sim.gz_bridge_config import bridge_yaml
from gangseo_sim.lane_graph import LaneGraph, build_lane_graph
from gangseo_sim.map_images import keepout_image, occupancy_image, speed_image, write_map
from gangseo_sim.robot_model import robot_sdf, robot_urdf
from gangseo_sim.route_graph import route_graph_text
from gangseo_sim.sdf_world import classic_world_sdf, harmonic_world_sdf, world_sdf
from gangseo_sim.site_layout import build_site
from gangseo_sim.world_loader import WorldError, load_world
from gangseo_sim.world_spec import WorldSpec

GZ_ROBOTS = 2


def generate(world_file: Path, out: Path, gz_robots: int = GZ_ROBOTS) -> None:
    """Writes the files of one world into a folder, the same bytes for the same source.

    Args:
        world_file: world source.
        out: folder to write to.
        gz_robots: robots in the world for Gazebo Harmonic; other simulators add theirs at the start.

    Raises:
        WorldError: the source is wrong, or the folder cannot be written.
    """
    spec = load_world(world_file)
    graph = build_lane_graph(spec)
    site = build_site(spec, graph)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in _texts(spec, graph, site, gz_robots).items():
            (out / name).write_text(text, encoding="utf-8")
        write_map(out, "map", occupancy_image(spec), "trinary")
        write_map(out, "keepout", keepout_image(spec), "raw")
        write_map(out, "speed", speed_image(spec), "raw")
    except OSError as error:
        raise WorldError(f"{out}: cannot be written ({error}); expected a folder of yours with free space") from error


def _texts(spec: WorldSpec, graph: LaneGraph, site: Site, gz_robots: int) -> dict[str, str]:
    return {
        "world.sdf": world_sdf(spec, graph),
        "world_classic.sdf": classic_world_sdf(spec),
        "world_gz.sdf": harmonic_world_sdf(spec, site, gz_robots),
        "robot_classic.sdf": robot_sdf("classic", "robot"),
        "robot.urdf": robot_urdf(),
        "bridge.yaml": bridge_yaml(home.robot_id for home in site.robots[:gz_robots]),
        "docks.yaml": docks_yaml(site),
        "route_graph.geojson": route_graph_text(graph),
        "site.json": site.model_dump_json(by_alias=True, exclude_none=True, indent=1) + "\n",
    }


def main() -> int:
    """Command line; 2 and one line per mistake when the source is wrong."""
    parser = argparse.ArgumentParser(prog="python -m gangseo_sim.generate", description=__doc__)
    parser.add_argument("world", type=Path, help="world source, for example sim/worlds/magok_hanui.yaml")
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("--gz-robots", type=int, default=GZ_ROBOTS, help="robots in the world for Gazebo Harmonic")
    arguments = parser.parse_args()
    try:
        generate(arguments.world, arguments.out, arguments.gz_robots)
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
