"""The Detector port: finds things in a picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Height x width x 3, red green blue."""


class DetectorError(RuntimeError):
    """A detector cannot be made, or was given what is no picture."""


@dataclass(frozen=True, slots=True)
class Detection:
    """One thing: its box in pixels (right and bottom excluded), score 0..1, and what it is."""

    left: float
    top: float
    right: float
    bottom: float
    score: float
    label: str


def detection(box: Iterable[float], score: float, label: str) -> Detection:
    """A detection from a row of left, top, right, bottom."""
    left, top, right, bottom = map(float, box)
    return Detection(left, top, right, bottom, float(score), label)


class Detector(Protocol):
    """Finds things in pictures."""

    def detect(self, image: Image) -> tuple[Detection, ...]:
        """What is in the picture, best first.

        Raises:
            DetectorError: the array is no picture of height x width x 3 bytes.
        """


def checked(image: Image) -> Image:
    """The picture, when it is one.

    Raises:
        DetectorError: wrong type, shape, or no pixels.
    """
    if not isinstance(image, np.ndarray) or image.dtype != np.uint8:
        found = getattr(image, "dtype", type(image).__name__)
        raise DetectorError(f"a picture is a numpy array of uint8, this is {found}")
    if image.ndim != 3 or image.shape[2] != 3 or not image.size:
        raise DetectorError(f"a picture has the shape (height, width, 3) and pixels, this is {image.shape}")
    return image
