"""Pictures as arrays from sensor_msgs/Image's fields."""

import numpy as np

from gangseo_perception.detector import DetectorError, Image

CHANNELS = {"rgb8": 3, "bgr8": 3, "rgba8": 4, "bgra8": 4, "mono8": 1}


def picture_of(data: bytes | bytearray | memoryview, height: int, width: int, step: int, encoding: str) -> Image:
    """The picture, red green blue.

    Raises:
        DetectorError: an encoding that is not read, or sizes that do not fit the data.
    """
    channels = CHANNELS.get(encoding)
    if channels is None:
        raise DetectorError(f"pictures of encoding {encoding!r} are not read; known are {', '.join(CHANNELS)}")
    if width <= 0 or height <= 0 or step < width * channels or len(data) < step * height:
        raise DetectorError(
            f"a picture of {width} x {height} in {encoding} with {step} bytes a row does not fit {len(data)} bytes"
        )
    rows = np.frombuffer(data, np.uint8, step * height).reshape(height, step)
    pixels = rows[:, : width * channels].reshape(height, width, channels)
    if channels == 1:
        return np.repeat(pixels, 3, axis=2)
    return pixels[:, :, :3] if encoding.startswith("rgb") else pixels[:, :, 2::-1]
