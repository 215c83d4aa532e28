"""Rules between the values of a world: names that exist once, places that can be reached."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shapely.geometry import Point as Shape
from shapely.geometry import Polygon

from gangseo_sim.lane_graph import LaneGraph, build_lane_graph, lane_line
from gangseo_sim.world_spec import LaneSpec, SpotSpec, StationSpec, WorldSpec

Problem = tuple[tuple[str | int, ...], str]
SPOT_DISTANCE_M = (2.5, 6.0)
STATION_DISTANCE_M = (1.5, 8.0)


def check_world(spec: WorldSpec) -> list[Problem]:
    """All broken rules with the path of the value to blame; later rules only when the names are right."""
    problems = [*_duplicates(spec), *_references(spec)]
    if not problems:
        problems = [*_outlines(spec), *_distances(spec)]
    if not problems:
        problems = [*_reachability(spec, build_lane_graph(spec))]
    return problems


def _duplicates(spec: WorldSpec) -> Iterator[Problem]:
    seen: dict[str, str] = dict.fromkeys(spec.junctions, "junctions")
    for section in (
        "lanes", "spots", "stations", "crosswalks", "areas", "buildings", "canopies", "walls", "rounds", "robots",
        "patrols",
    ):  # fmt: skip
        for index, item in enumerate(getattr(spec, section)):
            if item.id in seen:
                yield (
                    (section, index, "id"),
                    f"the name {item.id!r} is taken already in {seen[item.id]}, expected a new one",
                )
            seen[item.id] = section


def _references(spec: WorldSpec) -> Iterator[Problem]:
    lanes = {lane.id for lane in spec.lanes}
    crosswalks = {crosswalk.id for crosswalk in spec.crosswalks}
    for index, lane in enumerate(spec.lanes):
        for step, point in enumerate(lane.through):
            if isinstance(point, str) and point not in spec.junctions:
                yield ("lanes", index, "through", step), _unknown("junction", point, set(spec.junctions))
        if lane.crosswalk is not None and lane.crosswalk not in crosswalks:
            yield ("lanes", index, "crosswalk"), _unknown("crosswalk", lane.crosswalk, crosswalks)
    for section, places in _places(spec):
        for index, place in enumerate(places):
            if place.lane not in lanes:
                yield (section, index, "lane"), _unknown("lane", place.lane, lanes)
    yield from _robot_references(spec)
    yield from _patrol_references(spec)
    areas = {area.id for area in spec.areas}
    for index, area_id in enumerate(spec.people.areas):
        if area_id not in areas:
            yield ("people", "areas", index), _unknown("area", area_id, areas)


def _places(spec: WorldSpec) -> tuple[tuple[str, Sequence[SpotSpec | StationSpec]], ...]:
    return (("spots", spec.spots), ("stations", spec.stations))


def _robot_references(spec: WorldSpec) -> Iterator[Problem]:
    chargers = {station.id for station in spec.stations if station.kind == "charger"}
    taken: dict[str, str] = {}
    for index, robot in enumerate(spec.robots):
        if robot.charger not in chargers:
            yield ("robots", index, "charger"), _unknown("charger", robot.charger, chargers)
        elif robot.charger in taken:
            yield (
                ("robots", index, "charger"),
                f"{robot.charger} belongs to {taken[robot.charger]}, expected a free charger",
            )
        taken[robot.charger] = robot.id


def _patrol_references(spec: WorldSpec) -> Iterator[Problem]:
    named = {place.id for _, places in _places(spec) for place in places}
    for index, patrol in enumerate(spec.patrols):
        for field in ("starts", "days"):
            for step, value in enumerate(getattr(patrol, field)):
                if value in getattr(patrol, field)[:step]:
                    yield ("patrols", index, field, step), f"{value} stands here twice, expected one"
        seen: set[str] = set()
        for step, point in enumerate(patrol.points):
            path = ("patrols", index, "points", step)
            if point.id in seen:
                yield (*path, "id"), f"the point {point.id!r} is taken already in {patrol.id}, expected a new one"
            seen.add(point.id)
            if point.at not in named | set(spec.junctions):
                yield (*path, "at"), _unknown("junction, spot or station", point.at, named | set(spec.junctions))
            elif point.name is None and point.at not in named:
                yield path, f"a junction has no name of its own, expected a name for {point.id}"
    if spec.patrols:
        yield from _time_zone(spec)


def _time_zone(spec: WorldSpec) -> Iterator[Problem]:
    try:
        ZoneInfo(spec.site.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield ("site", "timezone"), f"unknown zone {spec.site.timezone!r}, expected an IANA name such as Asia/Seoul"


def _unknown(kind: str, given: str, known: set[str]) -> str:
    names = sorted(known)
    return f"unknown {kind} {given!r}, expected one of {', '.join(names[:12])}{' …' if len(names) > 12 else ''}"


def _outlines(spec: WorldSpec) -> Iterator[Problem]:
    for index, area in enumerate(spec.areas):
        if (area.outline is None) == (area.ellipse is None):
            yield ("areas", index), "expected exactly one of outline and ellipse"
        elif area.outline is not None and not Polygon(area.outline).is_valid:
            yield ("areas", index, "outline"), "crosses itself, expected a simple polygon"
    width, height = spec.site.size
    for name, point in spec.junctions.items():
        if not (0 <= point[0] <= width and 0 <= point[1] <= height):
            yield ("junctions", name), f"lies outside the world, expected 0..{width:g} and 0..{height:g}"


def _distances(spec: WorldSpec) -> Iterator[Problem]:
    lanes = {lane.id: lane for lane in spec.lanes}
    for index, spot in enumerate(spec.spots):
        yield from _distance(spec, ("spots", index, "at"), spot.at, lanes[spot.lane], SPOT_DISTANCE_M)
    for index, station in enumerate(spec.stations):
        yield from _distance(spec, ("stations", index, "at"), station.at, lanes[station.lane], STATION_DISTANCE_M)


def _distance(
    spec: WorldSpec, path: tuple[str | int, ...], at: tuple[float, float], lane: LaneSpec, limits: tuple[float, float]
) -> Iterator[Problem]:
    distance = lane_line(spec, lane).distance(Shape(at))
    if not limits[0] <= distance <= limits[1]:
        yield path, f"lies {distance:.1f} m from lane {lane.id}, expected {limits[0]:g} to {limits[1]:g} m"


def _reachability(spec: WorldSpec, graph: LaneGraph) -> Iterator[Problem]:
    home = next(s for s in spec.stations if s.kind == "charger")
    out, back = graph.reachable(home.id), graph.reversed().reachable(home.id)
    fence = Polygon(spec.geofence)
    for section, places in _places(spec):
        for index, place in enumerate(places):
            node = graph.nodes[place.id]
            if place.id not in out:
                yield (section, index), f"{place.id} cannot be reached from {home.id}, expected lanes that lead there"
            elif place.id not in back:
                yield (section, index), f"no way back from {place.id} to {home.id}, expected lanes that lead back"
            elif not fence.contains(Shape(node.x, node.y)):
                yield (section, index), f"{place.id} lies outside the geofence, expected it inside"
    for index, patrol in enumerate(spec.patrols):
        for step, point in enumerate(patrol.points):
            path = ("patrols", index, "points", step, "at")
            if point.at not in out or point.at not in back:
                yield path, f"no way from {home.id} to {point.at} and back, expected lanes that lead there and back"
            elif not fence.contains(Shape(graph.nodes[point.at].x, graph.nodes[point.at].y)):
                yield path, f"{point.at} lies outside the geofence, expected it inside"
