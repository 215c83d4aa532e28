"""The robot of these tests in its world."""

import pytest

from gangseo_protocol.schema import SchemaChecker
from unit.robot.toy_world import ToyWorld


@pytest.fixture
def world(tmp_path, vda5050_schemas, caplog):
    """Ready for orders; every message it sends must be as the official schemas say."""
    world = ToyWorld(tmp_path, SchemaChecker(vda5050_schemas))
    world.tick(3)
    yield world
    assert "invalid_message" not in caplog.text
