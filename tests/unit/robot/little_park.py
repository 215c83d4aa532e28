"""A strip of park for tests: charger - w1 - w2 - bench 12 - w3 =crosswalk= w4 - depot, on one line."""

from datetime import UTC, datetime
from itertools import pairwise

from gangseo_protocol.actions import (
    CloseBins,
    Dock,
    NodeAction,
    OpenBins,
    Say,
    StartCharging,
    Unload,
    WaitForResident,
    to_action,
)
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
from gangseo_protocol.vda5050 import NodePosition, Order, OrderEdge, OrderNode

ROBOT = "robot_01"
PLACES = {
    "charger_1": (0.0, "charger"),
    "w1": (4.0, "waypoint"),
    "w2": (8.0, "waypoint"),
    "spot_12": (12.0, "spot"),
    "w3": (16.0, "waypoint"),
    "w4": (24.0, "waypoint"),
    "depot_1": (28.0, "depot"),
}
LINE = tuple(PLACES)
TO_BENCH = ["charger_1", "w1", "w2", "spot_12"]
NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
ROAD = ((17.0, -5.0), (23.0, -5.0), (23.0, 5.0), (17.0, 5.0))


def name(text: str) -> LocalName:
    return LocalName(ko=text, en=text)


def little_park() -> Site:
    edges = []
    for a, b in pairwise(LINE):
        length = PLACES[b][0] - PLACES[a][0]
        crosswalk = "cw_1" if (a, b) == ("w3", "w4") else None
        for start, end in ((a, b), (b, a)):
            edges.append(
                SiteEdge(
                    edge_id=f"{start}-{end}", start_node_id=start, end_node_id=end, length_m=length,
                    maximum_speed_mps=1.5, width_m=2.0, crosswalk_id=crosswalk,
                )
            )  # fmt: skip
    return Site(
        site_id="little_park",
        map_id="little_park",
        map_version="1",
        name=name("작은 공원"),
        timezone="Asia/Seoul",
        origin=Origin(latitude_deg=37.56, longitude_deg=126.83),
        bounds=(-10.0, -10.0, 40.0, 10.0),
        geofence=((-10.0, -10.0), (40.0, -10.0), (40.0, 10.0), (-10.0, 10.0)),
        nodes=tuple(SiteNode(node_id=key, x=x, y=0.0, kind=kind) for key, (x, kind) in PLACES.items()),
        edges=tuple(edges),
        zones=(
            SiteZone(
                zone_id="zone_cw_1", zone_type="RELEASE", vertices=ROAD, crosswalk_id="cw_1", name=name("횡단보도")
            ),
        ),
        spots=(Spot(spot_id="bench_12", node_id="spot_12", x=12.0, y=1.5, name=name("벤치 12")),),
        stations=(
            Station(
                station_id="charger_1",
                kind="charger",
                node_id="charger_1",
                x=0.0,
                y=0.0,
                theta=3.14,
                name=name("충전소"),
            ),
            Station(
                station_id="depot_1", kind="depot", node_id="depot_1", x=28.0, y=0.0, theta=0.0, name=name("집하장")
            ),
        ),
        crosswalks=(
            Crosswalk(
                crosswalk_id="cw_1",
                vertices=ROAD,
                length_m=6.0,
                green_s=15.0,
                flashing_s=5.0,
                red_s=20.0,
                name=name("횡단보도 1"),
            ),
        ),
        features=(),
        robots=(RobotHome(robot_id=ROBOT, charger_id="charger_1", name=name("하늬")),),
    )


def serving(tag: str, seconds: float = 2.0) -> list[tuple[NodeAction, str]]:
    return [
        (Say(text_key="recycling.offer"), f"{tag}-say"),
        (OpenBins(), f"{tag}-open"),
        (WaitForResident(duration_s=seconds), f"{tag}-wait"),
        (CloseBins(), f"{tag}-close"),
    ]


def unloading(tag: str) -> list[tuple[NodeAction, str]]:
    return [(Dock(station_id="depot_1"), f"{tag}-dock"), (Unload(), f"{tag}-unload")]


def charging(tag: str) -> list[tuple[NodeAction, str]]:
    return [(Dock(station_id="charger_1"), f"{tag}-dock"), (StartCharging(), f"{tag}-charge")]


def make_order(
    nodes: list[str],
    *,
    order_id: str = "order-1",
    update_id: int = 0,
    released: int | None = None,
    first_sequence: int = 0,
    actions: dict[str, list[tuple[NodeAction, str]]] | None = None,
    header_id: int = 0,
    speeds: dict[str, float] | None = None,
) -> Order:
    """An order along nodes of the park; the first ``released`` of them are the base, default all."""
    base = len(nodes) if released is None else released
    return Order(
        header_id=header_id,
        timestamp=NOW,
        serial_number=ROBOT,
        order_id=order_id,
        order_update_id=update_id,
        nodes=tuple(
            OrderNode(
                node_id=node,
                sequence_id=first_sequence + 2 * i,
                released=i < base,
                node_position=NodePosition(x=PLACES.get(node, (0.0, ""))[0], y=0.0, map_id="little_park"),
                actions=tuple(to_action(a, action_id) for a, action_id in (actions or {}).get(node, [])),
            )
            for i, node in enumerate(nodes)
        ),
        edges=tuple(
            OrderEdge(
                edge_id=f"{a}-{b}",
                sequence_id=first_sequence + 2 * i + 1,
                released=i + 1 < base,
                maximum_speed=(speeds or {}).get(f"{a}-{b}"),
            )
            for i, (a, b) in enumerate(pairwise(nodes))
        ),
    )


def bench_order(**changes) -> Order:
    """From the charger to the bench, with a stop to serve there."""
    return make_order(TO_BENCH, actions={"spot_12": serving("a")}, **changes)
