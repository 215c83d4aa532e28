"""People near the robot, from what a detector found."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from gangseo_perception.detector import Detection
from gangseo_perception.projection import Camera, ground_point

CUT_OFF_PX = 2.0


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person: place on the ground in base_link (m), whether that is sure, and the detection itself.

    ``place_known`` is False where the feet are outside the picture: then (x, y) is the farthest it can be.
    """

    x: float
    y: float
    place_known: bool
    detection: Detection


def people_near(found: Iterable[Detection], camera: Camera, image_height: int, within_m: float) -> list[PersonSeen]:
    """People within a distance of base_link, nearest first; feet stand at the middle of a box's lower edge."""
    near = []
    for detection in found:
        if detection.label != "person":
            continue
        place = ground_point(camera, (detection.left + detection.right) / 2.0, detection.bottom)
        if place is not None and math.hypot(*place) <= within_m:
            near.append(PersonSeen(*place, detection.bottom < image_height - CUT_OFF_PX, detection))
    return sorted(near, key=lambda person: math.hypot(person.x, person.y))
