"""Of boxes that cover the same thing, keeps the best."""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]
"""Rows left, top, right, bottom."""


def overlaps(box: Boxes, boxes: Boxes) -> NDArray[np.float32]:
    """Intersection over union of one box with each of many; 0 where both are empty."""
    width = np.minimum(box[2], boxes[:, 2]) - np.maximum(box[0], boxes[:, 0])
    height = np.minimum(box[3], boxes[:, 3]) - np.maximum(box[1], boxes[:, 1])
    shared = np.maximum(width, 0.0) * np.maximum(height, 0.0)
    union = (box[2] - box[0]) * (box[3] - box[1]) + (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]) - shared
    return np.asarray(np.divide(shared, union, out=np.zeros_like(shared), where=union > 0.0), np.float32)


def best_of(boxes: Boxes, scores: NDArray[np.float32], most_overlap: float) -> NDArray[np.int64]:
    """Indices of the kept boxes, best first: none overlaps a better one by more than ``most_overlap``."""
    order = np.argsort(-scores, kind="stable")
    kept: list[int] = []
    while order.size:
        first = int(order[0])
        kept.append(first)
        rest = order[1:]
        order = rest[overlaps(boxes[first], boxes[rest]) <= most_overlap]
    return np.array(kept, np.int64)
