"""The layout of one site as robots, fleet and console read it: ``site.json``.

Made by ``gangseo_sim`` from ``sim/worlds/*.yaml``. Coordinates are metres in the map frame
(REP-103: x east, y north before ``origin.bearing_deg``), angles radians.
"""

from typing import Annotated, Literal, get_args

from pydantic import Field

from gangseo_protocol.base import WireModel

Point = tuple[float, float]
Language = Literal["ko", "en"]


class LocalName(WireModel):
    """A name people read."""

    ko: str
    en: str


class Origin(WireModel):
    """Where (0, 0) of the map lies on Earth; bearing of the x axis east-to-north in degrees."""

    latitude_deg: float = Field(ge=-90, le=90)
    longitude_deg: float = Field(ge=-180, le=180)
    bearing_deg: float = 0.0


class SiteNode(WireModel):
    """A node of the lane graph. ``theta`` only where a robot must face one way."""

    node_id: str
    x: float
    y: float
    theta: float | None = None
    kind: Literal["waypoint", "spot", "charger", "depot", "shop", "crosswalk"] = "waypoint"


class SiteEdge(WireModel):
    """A directed lane; two-way lanes are two edges."""

    edge_id: str
    start_node_id: str
    end_node_id: str
    length_m: float = Field(gt=0)
    maximum_speed_mps: float = Field(gt=0)
    width_m: float = Field(gt=0)
    crosswalk_id: str | None = None


class SiteZone(WireModel):
    """A VDA 5050 zone. SPEED_LIMIT has a speed, RELEASE of a crosswalk its id."""

    zone_id: str
    zone_type: Literal["BLOCKED", "SPEED_LIMIT", "RELEASE"]
    vertices: tuple[Point, ...] = Field(min_length=3)
    maximum_speed_mps: float | None = None
    crosswalk_id: str | None = None
    name: LocalName


class Spot(WireModel):
    """A bench or table with a QR code; the robot serves it from ``node_id``."""

    spot_id: str
    node_id: str
    x: float
    y: float
    name: LocalName


class Station(WireModel):
    """A charger, depot or shop; the robot stops at ``node_id`` facing ``theta``."""

    station_id: str
    kind: Literal["charger", "depot", "shop"]
    node_id: str
    x: float
    y: float
    theta: float
    name: LocalName


class Crosswalk(WireModel):
    """A signalled crossing; ``vertices`` is the carriageway a robot may only be on by the signal."""

    crosswalk_id: str
    vertices: tuple[Point, ...] = Field(min_length=3)
    length_m: float = Field(gt=0)
    green_s: float = Field(gt=0)
    flashing_s: float = Field(ge=0)
    red_s: float = Field(gt=0)
    name: LocalName


class Feature(WireModel):
    """Something to draw on a map, nothing to drive by."""

    kind: Literal["path", "plaza", "grass", "water", "road", "building", "bench", "tree", "shelter", "depot", "shop"]
    vertices: tuple[Point, ...] = Field(min_length=3)
    name: LocalName | None = None


class RobotHome(WireModel):
    """A robot of the site and the charger it starts from."""

    robot_id: str
    charger_id: str
    name: LocalName


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
LocalTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""Hours and minutes of the site's time zone, such as 19:00."""


class PatrolPoint(WireModel):
    """A place where a round stops and looks for some seconds of robot time."""

    point_id: str = Field(min_length=1, max_length=64)
    node_id: str
    duration_s: float = Field(default=5.0, gt=0, le=120)
    name: LocalName


class PatrolRoute(WireModel):
    """A fixed way of looking after the site, and when it is gone."""

    route_id: str
    name: LocalName
    points: tuple[PatrolPoint, ...] = Field(min_length=1)
    starts: tuple[LocalTime, ...] = Field(min_length=1)
    days: tuple[Weekday, ...] = Field(default=WEEKDAYS, min_length=1)


class Site(WireModel):
    """Everything that is fixed about one place."""

    site_id: str
    map_id: str
    map_version: str
    name: LocalName
    timezone: str
    origin: Origin
    bounds: tuple[float, float, float, float]
    geofence: tuple[Point, ...] = Field(min_length=3)
    nodes: tuple[SiteNode, ...]
    edges: tuple[SiteEdge, ...]
    zones: tuple[SiteZone, ...]
    spots: tuple[Spot, ...]
    stations: tuple[Station, ...]
    crosswalks: tuple[Crosswalk, ...]
    features: tuple[Feature, ...]
    robots: tuple[RobotHome, ...]
    patrols: tuple[PatrolRoute, ...] = ()
