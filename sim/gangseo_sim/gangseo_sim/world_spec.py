"""What a world YAML may say: frozen values, checked by pydantic. Metres, degrees and seconds."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gangseo_protocol.site import WEEKDAYS, LocalName, LocalTime, Weekday

Point = tuple[float, float]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class SpecModel(BaseModel):
    """Frozen and closed: an unknown key is a mistake in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class OriginSpec(SpecModel):
    """Where (0, 0) lies on Earth."""

    latitude_deg: float = Field(ge=-90, le=90)
    longitude_deg: float = Field(ge=-180, le=180)
    bearing_deg: float = 0.0


class SiteSpec(SpecModel):
    """Identity and size of the world."""

    id: Name
    version: str
    name: LocalName
    timezone: str
    origin: OriginSpec
    size: Point


class LaneSpec(SpecModel):
    """A path robots drive on: through junction names and bare points, two-way unless said otherwise."""

    id: Name
    through: tuple[Name | Point, ...] = Field(min_length=2)
    width: float = Field(gt=0.9, le=12)
    speed: float = Field(default=1.8, gt=0, le=4)
    one_way: bool = False
    crosswalk: Name | None = None
    people: bool = True
    paved: bool = True


class SpotSpec(SpecModel):
    """A bench or table with a QR code; the robot stops between it and its lane."""

    id: Name
    at: Point
    lane: Name
    furniture: Literal["bench", "table"] = "bench"
    name: LocalName


class StationSpec(SpecModel):
    """A place where a robot stops exactly: its own pose, reached by a spur from its lane."""

    id: Name
    kind: Literal["charger", "depot", "shop"]
    at: Point
    heading_deg: float
    lane: Name
    name: LocalName


class BuildingSpec(SpecModel):
    """A solid prism."""

    id: Name
    kind: Literal["building", "shelter", "depot", "shop"] = "building"
    outline: tuple[Point, ...] = Field(min_length=3)
    height: float = Field(default=3.0, gt=0)
    name: LocalName | None = None


class CanopySpec(SpecModel):
    """A roof to draw; what holds it up is in posts and walls."""

    id: Name
    kind: Literal["shelter", "depot"] = "shelter"
    outline: tuple[Point, ...] = Field(min_length=3)
    name: LocalName


class WallSpec(SpecModel):
    """A wall or hedge along points."""

    id: Name
    points: tuple[Point, ...] = Field(min_length=2)
    thickness: float = Field(default=0.4, gt=0)
    height: float = Field(default=0.9, gt=0.4)


class RoundSpec(SpecModel):
    """Posts, lamps, trunks or fountains of one radius."""

    id: Name
    kind: Literal["tree", "post"]
    radius: float = Field(gt=0)
    height: float = Field(default=3.0, gt=0.4)
    at: tuple[Point, ...] = Field(min_length=1)


class EllipseSpec(SpecModel):
    """An ellipse given by centre and half axes."""

    center: Point
    radii: Point


class AreaSpec(SpecModel):
    """Ground of one kind, with the rules that hold on it."""

    id: Name
    kind: Literal["plaza", "grass", "water", "road", "path"]
    outline: tuple[Point, ...] | None = Field(default=None, min_length=3)
    ellipse: EllipseSpec | None = None
    keep_out: bool = False
    speed: float | None = Field(default=None, gt=0, le=2)
    drawn: bool = True
    name: LocalName


class CrosswalkSpec(SpecModel):
    """A signalled crossing; the outline is the carriageway."""

    id: Name
    outline: tuple[Point, ...] = Field(min_length=3)
    length_m: float = Field(gt=0)
    green_s: float = Field(gt=0)
    flashing_s: float = Field(ge=0)
    red_s: float = Field(gt=0)
    name: LocalName


class PeopleSpec(SpecModel):
    """Who walks where: on the lanes, on walks of their own, and on some areas."""

    count: int = Field(ge=0, le=500)
    areas: tuple[Name, ...] = ()
    walks: tuple[Annotated[tuple[Point, ...], Field(min_length=2)], ...] = ()


class RobotSpec(SpecModel):
    """A robot and the charger it starts from."""

    id: Name
    charger: Name
    name: LocalName


class PatrolPointSpec(SpecModel):
    """A place to look round at: a junction, spot or station; those that have a name need no other."""

    id: Name
    at: Name
    duration: float = Field(default=5.0, gt=0, le=120)
    name: LocalName | None = None


class PatrolSpec(SpecModel):
    """A fixed route of looking round, and its timetable in the site's time zone."""

    id: Name
    name: LocalName
    starts: tuple[LocalTime, ...] = Field(min_length=1)
    days: tuple[Weekday, ...] = Field(default=WEEKDAYS, min_length=1)
    points: tuple[PatrolPointSpec, ...] = Field(min_length=1)


class WorldSpec(SpecModel):
    """One world file."""

    site: SiteSpec
    geofence: tuple[Point, ...] = Field(min_length=3)
    junctions: dict[Name, Point]
    lanes: tuple[LaneSpec, ...] = Field(min_length=1)
    spots: tuple[SpotSpec, ...]
    stations: tuple[StationSpec, ...]
    crosswalks: tuple[CrosswalkSpec, ...] = ()
    areas: tuple[AreaSpec, ...] = ()
    buildings: tuple[BuildingSpec, ...] = ()
    canopies: tuple[CanopySpec, ...] = ()
    walls: tuple[WallSpec, ...] = ()
    rounds: tuple[RoundSpec, ...] = ()
    people: PeopleSpec
    robots: tuple[RobotSpec, ...] = Field(min_length=1)
    patrols: tuple[PatrolSpec, ...] = ()
