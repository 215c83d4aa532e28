"""What the state message says of the robot stays inside the standard."""

import math

import pytest

from gangseo_protocol.vda5050 import MobileRobotPosition
from gangseo_robot.report import _wire_angle


@pytest.mark.parametrize("theta", [-math.pi, math.pi, math.nextafter(-math.pi, 0), 0.12345])
def test_heading_west_is_a_valid_position(theta):
    position = MobileRobotPosition(x=0.0, y=0.0, theta=_wire_angle(theta), map_id="park", localized=True)
    assert position.theta == pytest.approx(theta, abs=1e-4)
