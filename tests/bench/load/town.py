"""A town as one site: parks of a grid of lanes each, joined by signalled crossings."""

import math

from backend.small_site import edges_between, name
from gangseo_protocol.site import Crosswalk, Origin, RobotHome, Site, SiteEdge, SiteNode, SiteZone, Spot, Station

ROBOTS_OF_PARK = 10
SIDE = 7
GAP_M = 20.0
PARK_M = SIDE * GAP_M + 10.0
"""From one park to the next; between them lies a road of 30 m with its crosswalk."""
LANE_M = 4.0
SPUR_M = 2.0
CROSSWALK_M = 3.0
DEPOTS = ((0, 0), (SIDE - 1, SIDE - 1))


class _Town:
    """What has been built so far."""

    def __init__(self, robots: int) -> None:
        self.robots = robots
        self.nodes: dict[str, SiteNode] = {}
        self.edges: list[SiteEdge] = []
        self.spots: list[Spot] = []
        self.stations: list[Station] = []
        self.homes: list[RobotHome] = []
        self.crosswalks: list[Crosswalk] = []
        self.zones: list[SiteZone] = []

    def node(self, node_id: str, x: float, y: float, kind: str = "waypoint") -> SiteNode:
        """One more node."""
        theta = 0.0 if kind in {"charger", "depot"} else None
        self.nodes[node_id] = SiteNode.model_validate(
            {"node_id": node_id, "x": x, "y": y, "kind": kind, "theta": theta}
        )
        return self.nodes[node_id]

    def join(self, a: SiteNode, b: SiteNode, width_m: float, crosswalk_id: str | None = None) -> None:
        """A lane in both directions."""
        self.edges += edges_between(a, b, width_m, crosswalk_id)

    def add_park(self, park: int, left: float, low: float) -> None:
        """A grid of wide lanes with spurs to spots, one at every second crossing, chargers and two depots."""
        grid = {
            (i, j): self.node(f"p{park}_{i}_{j}", left + i * GAP_M, low + j * GAP_M)
            for i in range(SIDE)
            for j in range(SIDE)
        }
        for (i, j), crossing in grid.items():
            for beside in (grid.get((i + 1, j)), grid.get((i, j + 1))):
                if beside is not None:
                    self.join(crossing, beside, LANE_M)
            if (i + j) % 2 == 1:
                self._add_spot(f"{park}_{i}_{j}", crossing)
        for i in range(ROBOTS_OF_PARK):
            row, column = divmod(i, 2)
            self._add_home(f"{park}_{i}", grid[2 + 2 * column, row + 1])
        for number, (i, j) in enumerate(DEPOTS):
            crossing = grid[i, j]
            end = self.node(f"d{park}_{number}", crossing.x - 4.0, crossing.y - 4.0, "depot")
            self.join(crossing, end, SPUR_M)
            self._add_station(f"depot_{park}_{number}", "depot", end)

    def _add_home(self, key: str, crossing: SiteNode) -> None:
        number = len(self.homes) + 1
        if number > self.robots:
            return
        end = self.node(f"c{key}", crossing.x - 3.0, crossing.y + 3.0, "charger")
        self.join(crossing, end, SPUR_M)
        self._add_station(f"charger_{key}", "charger", end)
        robot_id = f"robot_{number:02}"
        self.homes.append(RobotHome(robot_id=robot_id, charger_id=f"charger_{key}", name=name(robot_id)))

    def _add_spot(self, key: str, crossing: SiteNode) -> None:
        end = self.node(f"s{key}", crossing.x + 3.0, crossing.y + 3.0, "spot")
        self.join(crossing, end, SPUR_M)
        self.spots.append(
            Spot(spot_id=f"bench_{key}", node_id=end.node_id, x=end.x, y=end.y, name=name(f"bench {key}"))
        )

    def _add_station(self, station_id: str, kind: str, node: SiteNode) -> None:
        self.stations.append(
            Station.model_validate(
                {
                    "station_id": station_id, "kind": kind, "node_id": node.node_id, "x": node.x, "y": node.y,
                    "theta": 0.0, "name": name(station_id),
                }
            )
        )  # fmt: skip

    def add_crossing(self, a: SiteNode, b: SiteNode) -> None:
        """A road between two parks: wait, cross when the fleet says so, go on."""
        number = len(self.crosswalks) + 1
        crosswalk_id = f"crosswalk_{number:02}"
        first, second = (
            self.node(f"w{number}_{end}", a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share, "crosswalk")
            for end, share in ((0, 0.3), (1, 0.7))
        )
        self.join(a, first, LANE_M)
        self.join(first, second, CROSSWALK_M, crosswalk_id)
        self.join(second, b, LANE_M)
        middle_x, middle_y = (a.x + b.x) / 2.0, (a.y + b.y) / 2.0
        corners = tuple((middle_x + dx, middle_y + dy) for dx, dy in ((-5, -5), (5, -5), (5, 5), (-5, 5)))
        self.crosswalks.append(
            Crosswalk(
                crosswalk_id=crosswalk_id, vertices=corners, length_m=10.0, green_s=20, flashing_s=5, red_s=20,
                name=name(crosswalk_id),
            )
        )  # fmt: skip
        self.zones.append(
            SiteZone(
                zone_id=f"zone_{crosswalk_id}", zone_type="RELEASE", vertices=corners, crosswalk_id=crosswalk_id,
                name=name(crosswalk_id),
            )
        )  # fmt: skip


def build_town(robots: int) -> Site:
    """As many parks as the robots need, 24 spots and two depots in each."""
    town = _Town(robots)
    parks = -(-robots // ROBOTS_OF_PARK)
    columns = math.ceil(math.sqrt(parks))
    for park in range(parks):
        column, row = park % columns, park // columns
        town.add_park(park, column * PARK_M, row * PARK_M)
        middle, last = SIDE // 2, SIDE - 1
        if column > 0:
            town.add_crossing(
                town.nodes[f"p{park - 1}_{last}_{middle}"], town.nodes[f"p{park}_0_{middle}"]
            )  # fmt: skip
        if row > 0:
            town.add_crossing(
                town.nodes[f"p{park - columns}_{middle}_{last}"], town.nodes[f"p{park}_{middle}_0"]
            )  # fmt: skip
    size_m = columns * PARK_M
    box = (-20.0, -20.0, size_m + 20.0, size_m + 20.0)
    corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
    return Site(
        site_id="town", map_id="town", map_version="1", name=name("town"), timezone="Asia/Seoul",
        origin=Origin(latitude_deg=37.56, longitude_deg=126.83), bounds=box, geofence=corners,
        nodes=tuple(town.nodes.values()), edges=tuple(town.edges), zones=tuple(town.zones),
        spots=tuple(town.spots), stations=tuple(town.stations), crosswalks=tuple(town.crosswalks),
        features=(), robots=tuple(town.homes),
    )  # fmt: skip
