"""Places on Earth and on the map: a plane that touches the Earth at the map's origin. Pure."""

import math
from dataclasses import dataclass

EARTH_RADIUS_M = 6_378_137.0
FURTHEST_M = 20_000.0
"""Further away the plane is wrong by decimetres; no map of ours is that large."""


class OffEarthError(ValueError):
    """No place on this map."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where (0, 0) of the map lies, degrees; ``bearing_deg`` turns east into the map's x axis, counter-clockwise."""

    latitude_deg: float
    longitude_deg: float
    bearing_deg: float = 0.0

    @property
    def bearing_rad(self) -> float:
        """The map's x axis as seen from east."""
        return math.radians(self.bearing_deg)

    def on_map(self, latitude_deg: float, longitude_deg: float) -> tuple[float, float]:
        """Metres in the map frame.

        Raises:
            OffEarthError: the numbers are no place, or one too far away.
        """
        if not (math.isfinite(latitude_deg) and math.isfinite(longitude_deg) and abs(latitude_deg) <= 90.0):
            raise OffEarthError(f"latitude {latitude_deg}, longitude {longitude_deg} is no place on Earth")
        turn_deg = math.remainder(longitude_deg - self.longitude_deg, 360.0)
        east_m = math.radians(turn_deg) * EARTH_RADIUS_M * math.cos(math.radians(self.latitude_deg))
        north_m = math.radians(latitude_deg - self.latitude_deg) * EARTH_RADIUS_M
        away_m = math.hypot(east_m, north_m)
        if away_m > FURTHEST_M:
            raise OffEarthError(f"latitude {latitude_deg}, longitude {longitude_deg} lies {away_m / 1e3:.0f} km away")
        c, s = math.cos(self.bearing_rad), math.sin(self.bearing_rad)
        return c * east_m + s * north_m, -s * east_m + c * north_m
