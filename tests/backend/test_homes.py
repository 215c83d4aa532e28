"""A charger that does not charge: people are told, and the robot moves to one that is nobody's."""

from dataclasses import replace

import pytest

from backend.city import FAST
from backend.conftest import wait_until
from backend.small_site import build_site


@pytest.mark.slow
def test_a_robot_moves_to_a_spare_charger_when_its_own_is_broken(start_city, tmp_path):
    site = build_site(robots=4)
    site = site.model_copy(update={"robots": site.robots[:2]})
    (tmp_path / "four.json").write_text(site.to_json(), encoding="utf-8")
    city = start_city(policy=replace(FAST, idle_before_home_s=0.5), site_file=tmp_path / "four.json")
    city.site = site
    vehicle = city.robot(1)
    vehicle.memory.charging = False
    vehicle.behaviour.fail_action = "startCharging"
    call = city.call("bench_03")
    city.await_call(call["id"], "served", timeout_s=30)
    wait_until(lambda: "charger_broken" in city.incidents(), 60, "told")
    vehicle.behaviour.fail_action = ""
    wait_until(lambda: vehicle.memory.charging, 60, "charging elsewhere")
    assert vehicle.memory.last_node in {"c2", "c3"}
