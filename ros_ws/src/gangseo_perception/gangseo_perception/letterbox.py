"""Fits pictures of any shape into a square, and boxes back."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gangseo_perception.detector import Image

GREY = 114


@dataclass(frozen=True, slots=True)
class Letterbox:
    """A picture shrunk or grown to the upper left of a grey square of ``side`` pixels, keeping its proportions."""

    width: int
    height: int
    side: int

    @property
    def scale(self) -> float:
        """Pixels of the square per pixel of the picture."""
        return min(self.side / self.width, self.side / self.height)

    @property
    def inner(self) -> tuple[int, int]:
        """Width and height of the picture inside the square."""
        return max(1, int(self.width * self.scale)), max(1, int(self.height * self.scale))

    def fit(self, image: Image) -> Image:
        """The square."""
        width, height = self.inner
        square = np.full((self.side, self.side, 3), GREY, np.uint8)
        square[:height, :width] = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
        return square

    def back(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Boxes (n, 4) of the square in pixels of the picture, cut off at its borders."""
        limits = np.array((self.width, self.height, self.width, self.height), np.float32)
        return np.asarray(np.clip(boxes / np.float32(self.scale), 0.0, limits), np.float32)
