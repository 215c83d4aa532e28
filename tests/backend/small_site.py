# ruff: noqa: E501 - a table of places reads best as one
"""A small park for tests: a loop of wide lanes, spurs to spots, chargers, shops and a depot, one crosswalk."""

import math

from gangseo_protocol.site import (
    Crosswalk,
    LocalName,
    Origin,
    RobotHome,
    Site,
    SiteEdge,
    SiteNode,
    SiteZone,
    Spot,
    Station,
)

LOOP = (
    ("n0", 0, 0),
    ("n1", 10, 0),
    ("n2", 20, 0),
    ("n3", 30, 0),
    ("n4", 30, 10),
    ("n5", 20, 10),
    ("n6", 10, 10),
    ("n7", 0, 10),
)


def name(text: str) -> LocalName:
    return LocalName(ko=f"{text} 자리", en=text)


def edges_between(a: SiteNode, b: SiteNode, width_m: float, crosswalk_id: str | None = None) -> list[SiteEdge]:
    length_m = math.hypot(a.x - b.x, a.y - b.y)
    return [
        SiteEdge(
            edge_id=f"{start.node_id}-{end.node_id}", start_node_id=start.node_id, end_node_id=end.node_id,
            length_m=length_m, maximum_speed_mps=1.5, width_m=width_m, crosswalk_id=crosswalk_id,
        )
        for start, end in ((a, b), (b, a))
    ]  # fmt: skip


def build_site(robots: int = 2, spots: int = 6, lane_width_m: float = 4.0) -> Site:
    nodes = {node_id: SiteNode(node_id=node_id, x=float(x), y=float(y)) for node_id, x, y in LOOP}
    edges: list[SiteEdge] = []
    ring = [nodes[node_id] for node_id, _, _ in LOOP]
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        edges += edges_between(a, b, lane_width_m)
    spot_list = []
    for number in range(spots):
        base = ring[number % len(ring)]
        out = -1.0 if base.y == 0 else 1.0
        shift = 0.5 * (number // len(ring))
        node = SiteNode(node_id=f"s{number}", x=base.x + shift, y=base.y + out * (3.0 + shift), kind="spot")
        nodes[node.node_id] = node
        edges += edges_between(base, node, 2.0)
        spot_list.append(
            Spot(spot_id=f"bench_{number:02}", node_id=node.node_id, x=node.x, y=node.y, name=name(f"bench {number}"))
        )
    stations, homes = [], []
    for number in range(robots):
        base = ring[(number % 2) * 7]
        node = SiteNode(
            node_id=f"c{number}", x=-4.0 - number // 2, y=base.y + 1.5 * (number // 2), theta=0.0, kind="charger"
        )
        nodes[node.node_id] = node
        edges += edges_between(base, node, 2.0)
        stations.append(
            Station(
                station_id=f"charger_{number:02}",
                kind="charger",
                node_id=node.node_id,
                x=node.x,
                y=node.y,
                theta=0.0,
                name=name(f"charger {number}"),
            )
        )
        homes.append(
            RobotHome(
                robot_id=f"robot_{number + 1:02}", charger_id=f"charger_{number:02}", name=name(f"robot {number + 1}")
            )
        )
    for number, base in enumerate((nodes["n6"], nodes["n5"]), start=1):
        node = SiteNode(node_id=f"k{number}", x=base.x, y=base.y - 3.0, theta=0.0, kind="shop")
        nodes[node.node_id] = node
        edges += edges_between(base, node, 2.0)
        stations.append(
            Station(
                station_id=f"shop_{number:02}", kind="shop", node_id=node.node_id, x=node.x, y=node.y, theta=0.0,
                name=name(f"shop {number}"),
            )
        )  # fmt: skip
    depot = SiteNode(node_id="d0", x=45.0, y=0.0, theta=0.0, kind="depot")
    wait_in = SiteNode(node_id="w_in", x=35.0, y=0.0, kind="crosswalk")
    wait_out = SiteNode(node_id="w_out", x=41.0, y=0.0, kind="crosswalk")
    for node in (depot, wait_in, wait_out):
        nodes[node.node_id] = node
    edges += edges_between(nodes["n3"], wait_in, 3.0)
    edges += edges_between(wait_in, wait_out, 3.0, "crosswalk_01")
    edges += edges_between(wait_out, depot, 3.0)
    stations.append(
        Station(station_id="depot_01", kind="depot", node_id="d0", x=45.0, y=0.0, theta=0.0, name=name("depot"))
    )
    road = ((36.0, -3.0), (40.0, -3.0), (40.0, 3.0), (36.0, 3.0))
    box = (-20.0, -20.0, 60.0, 40.0)
    corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
    return Site(
        site_id="small", map_id="small", map_version="1", name=name("small park"), timezone="Asia/Seoul",
        origin=Origin(latitude_deg=37.56, longitude_deg=126.83), bounds=box, geofence=corners,
        nodes=tuple(nodes.values()), edges=tuple(edges),
        zones=(SiteZone(zone_id="zone_crosswalk_01", zone_type="RELEASE", vertices=road, crosswalk_id="crosswalk_01", name=name("crosswalk")),),
        spots=tuple(spot_list), stations=tuple(stations),
        crosswalks=(Crosswalk(crosswalk_id="crosswalk_01", vertices=road, length_m=4.0, green_s=20, flashing_s=5, red_s=20, name=name("crosswalk")),),
        features=(), robots=tuple(homes),
    )  # fmt: skip
