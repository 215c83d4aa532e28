"""Worlds as SDF: one static model per solid, ground colours, sun; for our engine and for each Gazebo."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from gangseo_protocol.site import Site
from gangseo_sim.furniture import Cylinder, Prism, Solid, solids
from gangseo_sim.lane_graph import LaneGraph, lane_line
from gangseo_sim.people_layout import people_layout_text
from gangseo_sim.robot_model import robot_sdf
from gangseo_sim.site_layout import area_outline
from gangseo_sim.world_spec import Point, WorldSpec

NAMESPACE = "urn:gangseo:sim"
"""Of our own elements; other readers of SDF pass over them."""

LOOKS = {
    "bench": "0.55 0.38 0.22", "table": "0.60 0.45 0.28", "building": "0.72 0.72 0.74", "shelter": "0.35 0.50 0.60",
    "depot": "0.45 0.55 0.45", "shop": "0.82 0.66 0.50", "wall": "0.25 0.45 0.22", "tree": "0.36 0.26 0.16",
    "leaves": "0.30 0.52 0.26",
    "post": "0.40 0.42 0.45", "grass": "0.50 0.68 0.38", "water": "0.35 0.60 0.78", "road": "0.25 0.25 0.27",
    "plaza": "0.80 0.76 0.68", "path": "0.78 0.72 0.62",
}  # fmt: skip


SYSTEMS = {
    "gz-sim-physics-system": "gz::sim::systems::Physics",
    "gz-sim-user-commands-system": "gz::sim::systems::UserCommands",
    "gz-sim-scene-broadcaster-system": "gz::sim::systems::SceneBroadcaster",
    "gz-sim-contact-system": "gz::sim::systems::Contact",
    "gz-sim-sensors-system": "gz::sim::systems::Sensors",
}
"""A world that lists any system gets none by itself: all that are needed stand here."""


def world_sdf(spec: WorldSpec, graph: LaneGraph) -> str:
    """The world as our engine reads it: still things, and where people walk."""
    people = f"    <gangseo:people>{escape(people_layout_text(spec, graph))}</gangseo:people>"
    return _world(spec, f'version="1.9" xmlns:gangseo="{NAMESPACE}"', (), (people,))


def classic_world_sdf(spec: WorldSpec) -> str:
    """The world for Gazebo Classic 11: SDF 1.7, still things only; robots, people and plugin are added at the start."""
    return _world(spec, 'version="1.7"', (), ())


def harmonic_world_sdf(spec: WorldSpec, site: Site, robots: int) -> str:
    """The world for Gazebo Harmonic with the first robots of the site on their chargers."""
    systems = [_system(file, name) for file, name in SYSTEMS.items()]
    stations = {station.station_id: station for station in site.stations}
    bodies = []
    for home in site.robots[:robots]:
        station = stations[home.charger_id]
        text = robot_sdf("harmonic", home.robot_id, (station.x, station.y, station.theta))
        bodies.append("\n".join(f"  {line}" for line in text.splitlines()[2:-1]))
    return _world(spec, 'version="1.9"', systems, bodies)


def _system(file: str, name: str) -> str:
    engine = "<render_engine>ogre2</render_engine>" if file == "gz-sim-sensors-system" else ""
    return f'    <plugin filename="{file}" name="{name}">{engine}</plugin>'


def _world(spec: WorldSpec, head: str, first: Sequence[str], last: Sequence[str]) -> str:
    origin = spec.site.origin
    parts = [
        '<?xml version="1.0"?>',
        f"<sdf {head}>",
        f"  <world name={quoteattr(spec.site.id)}>",
        *first,
        _HEAD.format(latitude=origin.latitude_deg, longitude=origin.longitude_deg, bearing=origin.bearing_deg),
        *_ground(spec),
        *(_model(solid) for solid in solids(spec)),
        *last,
        "  </world>",
        "</sdf>",
    ]
    return "\n".join(parts) + "\n"


_HEAD = """    <physics name="step_1ms" type="ode">
      <max_step_size>0.001</max_step_size>
      <real_time_factor>1.0</real_time_factor>
    </physics>
    <spherical_coordinates>
      <surface_model>EARTH_WGS84</surface_model>
      <world_frame_orientation>ENU</world_frame_orientation>
      <latitude_deg>{latitude}</latitude_deg>
      <longitude_deg>{longitude}</longitude_deg>
      <elevation>0</elevation>
      <heading_deg>{bearing}</heading_deg>
    </spherical_coordinates>
    <scene>
      <ambient>0.55 0.55 0.55 1</ambient>
      <background>0.66 0.80 0.92 1</background>
    </scene>
    <light name="sun" type="directional">
      <pose>0 0 50 0 0 0</pose>
      <cast_shadows>true</cast_shadows>
      <diffuse>0.9 0.9 0.85 1</diffuse>
      <specular>0.2 0.2 0.2 1</specular>
      <direction>-0.4 0.3 -0.9</direction>
    </light>"""


def _ground(spec: WorldSpec) -> list[str]:
    width, depth = spec.site.size
    shape = f"<plane><normal>0 0 1</normal><size>{width:g} {depth:g}</size></plane>"
    lines = [
        '    <model name="ground">',
        "      <static>true</static>",
        f"      <pose>{width / 2:g} {depth / 2:g} 0 0 0 0</pose>",
        '      <link name="link">',
        f'        <collision name="collision"><geometry>{shape}</geometry></collision>',
        f'        <visual name="visual"><geometry>{shape}</geometry>{_material("path")}</visual>',
        "      </link>",
        "    </model>",
        '    <model name="ground_colours">',
        "      <static>true</static>",
        '      <link name="link">',
    ]
    for level, area in enumerate(area for area in spec.areas if area.drawn):
        lines.append(_paint(area.id, area_outline(area), 0.002 * (level + 1), area.kind))
    top = 0.002 * (len(spec.areas) + 2)
    for lane in spec.lanes:
        if lane.paved:
            ring = lane_line(spec, lane).buffer(lane.width / 2, 2).exterior.coords[:-1]
            lines.append(_paint(lane.id, tuple((round(x, 3), round(y, 3)) for x, y in ring), top, "path"))
    return [*lines, "      </link>", "    </model>"]


def _paint(name: str, outline: tuple[Point, ...], z: float, look: str) -> str:
    geometry = f"<geometry><polyline>{_points(outline)}<height>0.001</height></polyline></geometry>"
    return f'        <visual name="{name}"><pose>0 0 {z:.3f} 0 0 0</pose>{geometry}{_material(look)}</visual>'


def _model(solid: Solid) -> str:
    if isinstance(solid, Prism):
        pose = "0 0 0 0 0 0"
        geometry = f"<polyline>{_points(solid.outline)}<height>{solid.height:g}</height></polyline>"
    elif isinstance(solid, Cylinder):
        pose = f"{solid.x:g} {solid.y:g} {solid.height / 2:g} 0 0 0"
        geometry = f"<cylinder><radius>{solid.radius:g}</radius><length>{solid.height:g}</length></cylinder>"
    else:
        pose = f"{solid.x:g} {solid.y:g} {solid.size[2] / 2:g} 0 0 {solid.yaw!r}"
        geometry = f"<box><size>{' '.join(f'{side:.4f}' for side in solid.size)}</size></box>"
    return "\n".join(
        (
            f'    <model name="{solid.name}">',
            "      <static>true</static>",
            f"      <pose>{pose}</pose>",
            '      <link name="link">',
            f'        <collision name="collision"><geometry>{geometry}</geometry></collision>',
            f'        <visual name="visual"><geometry>{geometry}</geometry>{_material(solid.look)}</visual>',
            *(_crown(solid) if solid.look == "tree" else ()),
            "      </link>",
            "    </model>",
        )
    )


def _crown(solid: Solid) -> tuple[str, ...]:
    """Leaves, to look at only: nothing runs into them up there."""
    ball = "<geometry><sphere><radius>1.5</radius></sphere></geometry>"
    height = solid.height / 2 + 0.4 if isinstance(solid, Cylinder) else 3.0
    return (f'        <visual name="crown"><pose>0 0 {height:g} 0 0 0</pose>{ball}{_material("leaves")}</visual>',)


def _points(outline: tuple[Point, ...]) -> str:
    return "".join(f"<point>{x:g} {y:g}</point>" for x, y in outline)


def _material(look: str) -> str:
    colour = LOOKS[look]
    return f"<material><ambient>{colour} 1</ambient><diffuse>{colour} 1</diffuse></material>"
