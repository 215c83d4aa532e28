"""Places on Earth and on the map."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangseo_navigation.earth import EARTH_RADIUS_M, OffEarthError, Origin
from gangseo_navigation.stations import StationsFileError, read_origin

PARK = Origin(37.5653, 126.8247)


def test_origin_is_zero_and_north_is_up():
    assert PARK.on_map(37.5653, 126.8247) == (0.0, 0.0)
    x, y = PARK.on_map(37.5653 + math.degrees(100.0 / EARTH_RADIUS_M), 126.8247)
    assert (x, y) == (pytest.approx(0.0), pytest.approx(100.0))


@given(st.floats(-500, 500), st.floats(-500, 500), st.floats(-180, 180))
def test_bearing_turns_and_keeps_distances(east_m, north_m, bearing_deg):
    latitude = 37.5653 + math.degrees(north_m / EARTH_RADIUS_M)
    longitude = 126.8247 + math.degrees(east_m / EARTH_RADIUS_M / math.cos(math.radians(37.5653)))
    x, y = Origin(37.5653, 126.8247, bearing_deg).on_map(latitude, longitude)
    assert math.hypot(x, y) == pytest.approx(math.hypot(east_m, north_m), abs=1e-6)
    turned = math.remainder(math.atan2(y, x) - math.atan2(north_m, east_m) + math.radians(bearing_deg), 2 * math.pi)
    assert math.hypot(x, y) < 1e-3 or turned == pytest.approx(0.0, abs=1e-6)


def test_date_line_is_no_wall():
    assert Origin(0.0, 179.9999).on_map(0.0, -179.9999)[0] == pytest.approx(22.26, abs=0.01)


@pytest.mark.parametrize("place", [(math.nan, 126.8), (91.0, 126.8), (37.5, math.inf), (35.1, 129.0)])
def test_what_is_no_place_of_this_map_is_refused(place):
    with pytest.raises(OffEarthError):
        PARK.on_map(*place)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"stations": []}', None),
        ('{"origin": {"latitudeDeg": 1, "longitudeDeg": 2}}', Origin(1.0, 2.0)),
    ],
)
def test_origin_is_read_where_there_is_one(tmp_path, text, found):
    file = tmp_path / "site.json"
    file.write_text(text)
    assert read_origin(file) == found


@pytest.mark.parametrize("text", ['{"origin": {"latitudeDeg": "north"}}', '{"origin": 3}', "[]", "{"])
def test_broken_origin_is_told(tmp_path, text):
    file = tmp_path / "site.json"
    file.write_text(text)
    with pytest.raises(StationsFileError, match=r"site\.json"):
        read_origin(file)
