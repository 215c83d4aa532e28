"""A picture as a JPEG that the wire takes."""

import cv2
import numpy as np
from numpy.typing import NDArray

from gangseo_protocol.observation import LARGEST_PICTURE_BYTES

LONGEST_SIDE = 1280
_QUALITIES = (85, 70, 55, 40)
_SMALLEST_SIDE = 160


def jpeg_of(picture: NDArray[np.uint8], largest: int = LARGEST_PICTURE_BYTES) -> bytes:
    """The picture as JPEG of at most ``largest`` bytes: less quality first, then fewer pixels.

    Args:
        picture: height x width x 3, red green blue.
        largest: bytes.

    Raises:
        ValueError: it does not fit however small it is made.
    """
    side = min(LONGEST_SIDE, max(picture.shape[:2]))
    while side >= _SMALLEST_SIDE or side == max(picture.shape[:2]):
        pixels = cv2.cvtColor(_scaled(picture, side), cv2.COLOR_RGB2BGR)
        for quality in _QUALITIES:
            _, file = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if file.size <= largest:
                return file.tobytes()
        side = side * 2 // 3
    raise ValueError(f"a picture of {picture.shape[1]} x {picture.shape[0]} does not fit {largest} bytes")


def _scaled(picture: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    if scale >= 1.0:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
