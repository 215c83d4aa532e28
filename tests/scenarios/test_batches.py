"""Several parcels on one robot, driven through the park by the real fleet and the real robot."""

import pytest

from gangseo_backend.delivery.states import DeliveryState
from lockstep.deliveries import Deliveries
from scenarios.conftest import assert_well

pytestmark = pytest.mark.parametrize("make_engine", ["embedded"], indirect=True)
"""What these show is decided by fleet and robot; the ground under the wheels is the subject of other scenarios."""


@pytest.mark.slow
def test_one_robot_brings_the_parcels_of_all_shops_together(open_city) -> None:
    park = open_city(robots=1, people=0)
    shops = [station.station_id for station in park.site.stations if station.kind == "shop"]
    deliveries = Deliveries(
        park.fleet.backend.delivery, park.engine, shops, park.fleet.spots, park.engine.time_s + 60.0,
        park.fleet.wake, park.recorder.asked, pause_s=30.0,
    )  # fmt: skip
    most = 0

    def over() -> bool:
        nonlocal most
        deliveries.look()
        most = max(most, sum(mass_kg > 0.0 for mass_kg in park.engine.robot("robot_01").goods_kg))
        return deliveries.over and not park.recorder.open_calls

    assert park.until(over, 1800.0)
    assert most >= 2
    sent = park.fleet.backend.delivery.operators.deliveries(state=None, limit=50, before=None)
    assert len(sent) >= len(shops)
    assert {item.state for item in sent} == {DeliveryState.HANDED_OVER}
    assert_well(park, served=len(sent))
