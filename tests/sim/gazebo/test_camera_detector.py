"""Gazebo's camera frames through the person detector: pictures like any other, and nobody seen where nobody is.

Gazebo's people are cylinders with a head: no detector has to take them for people, so none is asked to.
"""

from pathlib import Path

import numpy as np
import pytest

from gangseo_perception.yolox import YoloxDetector
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.gazebo.world_file import CameraView

pytestmark = [pytest.mark.gazebo, pytest.mark.slow]


def test_nobody_is_seen_in_an_empty_park(gazebo_engine, shared_data: Path) -> None:
    model = shared_data / "models" / "yolox_nano_416.onnx"
    if not model.is_file():
        pytest.skip(f"the detector's model is not here: {model}")
    detector = YoloxDetector(model, least_score=0.5)
    places = [RobotStart("r", 79.0, 53.2, 0.35), RobotStart("other", 82.5, 54.8, 2.6)]
    engine = gazebo_engine(places, people=0, camera=CameraView(640, 480, 5.0))
    seen = []
    for heading in (0.35, 1.9, -2.0):
        engine.set_robot("r", pose=(79.0, 53.2, heading))
        for _ in range(60):
            engine.advance(0.01, {})
        picture = engine.camera("r")
        assert picture.shape == (480, 640, 3)
        assert picture.dtype == np.uint8
        assert picture.std() > 10.0
        seen += [found for found in detector.detect(picture) if found.label == "person"]
    assert seen == []
