"""The real robot process between a real broker and a stand-in world."""

import pytest

from ros.robot.fleet_double import finished
from unit.robot.little_park import make_order, serving

pytestmark = pytest.mark.ros


@pytest.mark.slow
def test_an_order_is_driven_and_its_actions_are_done(rig):
    rig.fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and s.last_node_id == "charger_1", what="robot ready")
    rig.fleet.order(make_order(["charger_1", "w1", "w2", "spot_12"], actions={"spot_12": serving("a")}))
    rig.fleet.seen(finished("order-1"), 40, "order finished")
    assert rig.fleet.state.last_node_id == "spot_12"
    assert [entry["open"] for entry in rig.asked("set_bins")] == [True, False]
    assert len(rig.asked("undock")) == 1
