"""``site.json``: the world as robots, fleet and console read it."""

import math

from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Shape
from shapely.geometry.polygon import orient

from gangseo_protocol.site import (
    Crosswalk,
    Feature,
    Origin,
    PatrolPoint,
    PatrolRoute,
    RobotHome,
    Site,
    SiteEdge,
    SiteNode,
    SiteZone,
    Spot,
    Station,
)  # fmt: skip
from gangseo_sim.furniture import furniture_outline
from gangseo_sim.lane_graph import LaneGraph, lane_line
from gangseo_sim.world_spec import AreaSpec, Point, WorldSpec

ELLIPSE_CORNERS = 32
TREE_CROWN_M = 1.6


def build_site(spec: WorldSpec, graph: LaneGraph) -> Site:
    """The site of a checked world."""
    width, height = spec.site.size
    origin = spec.site.origin
    return Site(
        site_id=spec.site.id,
        map_id=spec.site.id,
        map_version=spec.site.version,
        name=spec.site.name,
        timezone=spec.site.timezone,
        origin=Origin(
            latitude_deg=origin.latitude_deg, longitude_deg=origin.longitude_deg, bearing_deg=origin.bearing_deg
        ),
        bounds=(0.0, 0.0, width, height),
        geofence=spec.geofence,
        nodes=tuple(
            SiteNode(node_id=n.node_id, x=n.x, y=n.y, theta=n.theta, kind=n.kind) for n in graph.nodes.values()
        ),
        edges=_edges(graph),
        zones=_zones(spec),
        spots=tuple(Spot(spot_id=s.id, node_id=s.id, x=s.at[0], y=s.at[1], name=s.name) for s in spec.spots),
        stations=_stations(spec),
        crosswalks=_crosswalks(spec),
        features=_features(spec, graph),
        robots=tuple(RobotHome(robot_id=r.id, charger_id=r.charger, name=r.name) for r in spec.robots),
        patrols=_patrols(spec),
    )


def area_outline(area: AreaSpec) -> tuple[Point, ...]:
    """Corners of an area; an ellipse becomes a polygon."""
    if area.outline is not None:
        return area.outline
    if area.ellipse is None:
        raise ValueError(f"area {area.id} has neither outline nor ellipse")
    (cx, cy), (rx, ry) = area.ellipse.center, area.ellipse.radii
    angles = [2 * math.pi * k / ELLIPSE_CORNERS for k in range(ELLIPSE_CORNERS)]
    return tuple((round(cx + rx * math.cos(a), 3), round(cy + ry * math.sin(a), 3)) for a in angles)


def _edges(graph: LaneGraph) -> tuple[SiteEdge, ...]:
    return tuple(
        SiteEdge(
            edge_id=f"{e.start}-{e.end}",
            start_node_id=e.start,
            end_node_id=e.end,
            length_m=e.length_m,
            maximum_speed_mps=e.speed_mps,
            width_m=e.width_m,
            crosswalk_id=e.crosswalk_id,
        )
        for e in graph.edges
    )


def _zones(spec: WorldSpec) -> tuple[SiteZone, ...]:
    zones = []
    for area in spec.areas:
        outline = area_outline(area)
        if area.keep_out:
            zones.append(SiteZone(zone_id=area.id, zone_type="BLOCKED", vertices=outline, name=area.name))
        elif area.speed is not None:
            zones.append(
                SiteZone(
                    zone_id=area.id,
                    zone_type="SPEED_LIMIT",
                    vertices=outline,
                    maximum_speed_mps=area.speed,
                    name=area.name,
                )
            )
    zones += [
        SiteZone(zone_id=f"{c.id}_zone", zone_type="RELEASE", vertices=c.outline, crosswalk_id=c.id, name=c.name)
        for c in spec.crosswalks
    ]
    return tuple(zones)


def _stations(spec: WorldSpec) -> tuple[Station, ...]:
    return tuple(
        Station(
            station_id=s.id,
            kind=s.kind,
            node_id=s.id,
            x=s.at[0],
            y=s.at[1],
            theta=round(math.radians(s.heading_deg), 6),
            name=s.name,
        )
        for s in spec.stations
    )


def _crosswalks(spec: WorldSpec) -> tuple[Crosswalk, ...]:
    return tuple(
        Crosswalk(
            crosswalk_id=c.id,
            vertices=c.outline,
            length_m=c.length_m,
            green_s=c.green_s,
            flashing_s=c.flashing_s,
            red_s=c.red_s,
            name=c.name,
        )
        for c in spec.crosswalks
    )


def _patrols(spec: WorldSpec) -> tuple[PatrolRoute, ...]:
    names = {place.id: place.name for places in (spec.spots, spec.stations) for place in places}
    return tuple(
        PatrolRoute(
            route_id=patrol.id,
            name=patrol.name,
            points=tuple(
                PatrolPoint(
                    point_id=point.id, node_id=point.at, duration_s=point.duration, name=point.name or names[point.at]
                )
                for point in patrol.points
            ),
            starts=patrol.starts,
            days=patrol.days,
        )
        for patrol in spec.patrols
    )


def _features(spec: WorldSpec, graph: LaneGraph) -> tuple[Feature, ...]:
    found = [Feature(kind=area.kind, vertices=area_outline(area), name=area.name) for area in spec.areas if area.drawn]
    found += [_path(lane_line(spec, lane), lane.width) for lane in spec.lanes if lane.paved]
    found += [_bay(graph, spot.id, spot.at) for spot in spec.spots]
    found += [Feature(kind=b.kind, vertices=b.outline, name=b.name) for b in spec.buildings]
    found += [Feature(kind=c.kind, vertices=c.outline, name=c.name) for c in spec.canopies]
    found += [Feature(kind="bench", vertices=furniture_outline(spec, s), name=s.name) for s in spec.spots]
    for group in spec.rounds:
        radius = TREE_CROWN_M if group.kind == "tree" else group.radius
        found += [
            Feature(kind="tree" if group.kind == "tree" else "building", vertices=_corners(Shape(at).buffer(radius, 2)))
            for at in group.at
        ]
    return tuple(found)


def _path(line: LineString, width_m: float) -> Feature:
    return Feature(kind="path", vertices=_corners(line.buffer(width_m / 2, 4)))


def _bay(graph: LaneGraph, spot_id: str, at: Point) -> Feature:
    node = graph.nodes[spot_id]
    middle = LineString([at, (node.x, node.y), (2 * node.x - at[0], 2 * node.y - at[1])])
    return Feature(kind="path", vertices=_corners(middle.buffer(1.5, cap_style="flat")))


def _corners(shape: Polygon) -> tuple[Point, ...]:
    ring = orient(shape).exterior.coords[:-1]
    return tuple((round(x, 3), round(y, 3)) for x, y in ring)
