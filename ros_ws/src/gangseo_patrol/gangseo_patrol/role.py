"""The patrol role."""

from gangseo_patrol.steps import PATROL_STEPS
from gangseo_robot.role import Role

PATROL = Role(PATROL_STEPS)
