"""The node's parameters, with descriptions, and the detector they name."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rcl_interfaces.msg import ParameterDescriptor
from rclpy.node import Node

from gangseo_perception.detector import Detector
from gangseo_perception.model_file import HOW_TO_GET, YOLOX_NANO_SHA256


class SettingError(ValueError):
    """A parameter is missing or out of range."""


TEXTS = {
    "model_file": ("", "The detector's weights: an ONNX file for yolox, what ultralytics reads for ultralytics."),
    "model_sha256": (YOLOX_NANO_SHA256, "SHA-256 or SHA-384 the file must have, in hexadecimal."),
    "detector": ("yolox", "yolox (onnxruntime), or ultralytics where that is installed."),
}
NUMBERS = {
    "rate": (5.0, 0.1, 60.0, "Pictures looked at per second at most; the others are left out."),
    "least_score": (0.35, 0.01, 1.0, "What the detector is less sure of is left out, 0 to 1."),
    "within": (12.0, 0.5, 100.0, "People farther away than this many metres are left out."),
    "camera_x": (0.46, -5.0, 5.0, "Metres the camera is before base_link."),
    "camera_height": (0.74, 0.05, 10.0, "Metres the camera is above the ground."),
    "camera_pitch": (0.10, -1.5, 1.5, "Radians the camera looks down."),
    "view_angle": (1.2, 0.1, 3.0, "Horizontal angle of view in rad, used until camera/camera_info comes."),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the node was started with."""

    model_file: Path
    model_sha256: str
    detector: str
    rate: float
    least_score: float
    within: float
    camera_x: float
    camera_height: float
    camera_pitch: float
    view_angle: float


def declare(node: Node) -> Settings:
    """Declares all parameters and reads them.

    Raises:
        SettingError: ``model_file`` is not set, an unknown detector, or a number out of range.
    """
    values: dict[str, Any] = {}
    for name, (default, text) in TEXTS.items():
        descriptor = ParameterDescriptor(description=text, read_only=True)
        values[name] = str(node.declare_parameter(name, default, descriptor).value)
    for name, (usual, least, most, text) in NUMBERS.items():
        descriptor = ParameterDescriptor(description=f"{text} From {least:g} to {most:g}.", read_only=True)
        value = float(node.declare_parameter(name, usual, descriptor).value)
        if not math.isfinite(value) or not least <= value <= most:
            raise SettingError(f"parameter {name} is {value:g}; expected {least:g} to {most:g}")
        values[name] = value
    if not values["model_file"]:
        raise SettingError(f"parameter model_file is not set: {HOW_TO_GET}")
    if values["detector"] not in ("yolox", "ultralytics"):
        raise SettingError(f"parameter detector is {values['detector']!r}; expected yolox or ultralytics")
    return Settings(**(values | {"model_file": Path(values["model_file"])}))


def make_detector(settings: Settings) -> Detector:
    """The detector of the settings; its library is imported now.

    Raises:
        DetectorError: it cannot be made.
    """
    if settings.detector == "ultralytics":
        from gangseo_perception.ultralytics_detector import UltralyticsDetector  # noqa: PLC0415 - an extra

        return UltralyticsDetector(settings.model_file, settings.model_sha256, least_score=settings.least_score)
    from gangseo_perception.yolox import YoloxDetector  # noqa: PLC0415 - onnxruntime only where it is used

    return YoloxDetector(settings.model_file, settings.model_sha256, least_score=settings.least_score)
