"""The site as the fleet looks at it: indexed once, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from gangseo_backend.core.texts import LocalText
from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.network import Network
from gangseo_backend.fleet.wording import Wording
from gangseo_protocol.site import RobotHome, Site, Station


@dataclass(frozen=True)
class Place:
    """The site with what the fleet looks up in it."""

    site: Site
    lanes: LaneGraph
    network: Network
    wording: Wording
    homes: Mapping[str, RobotHome]
    stations: Mapping[str, Station]
    home_m: Mapping[str, float]
    narrowest_m: float

    @staticmethod
    def of(site: Site) -> "Place":
        """Index a site."""
        lanes = LaneGraph(site)
        chargers = [station.node_id for station in site.stations if station.kind == "charger"]
        return Place(
            site=site,
            lanes=lanes,
            network=Network(lanes),
            wording=Wording(site),
            home_m=lanes.metres_to(chargers),
            narrowest_m=min((edge.width_m for edge in site.edges), default=0.0),
            homes={home.robot_id: home for home in site.robots},
            stations={station.station_id: station for station in site.stations},
        )

    def name_of(self, robot_id: str) -> LocalText:
        """A robot's name."""
        home = self.homes.get(robot_id)
        return LocalText(ko=home.name.ko, en=home.name.en) if home else LocalText(ko=robot_id, en=robot_id)

    def depots(self) -> list[Station]:
        """Every depot."""
        return [station for station in self.stations.values() if station.kind == "depot"]
