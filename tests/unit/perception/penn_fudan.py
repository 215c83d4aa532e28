"""Penn-Fudan's street pictures, and how well a detector finds their pedestrians."""

import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gangseo_perception.detector import Detection, Image
from gangseo_perception.suppression import overlaps

Street = list[tuple[Image, NDArray[np.float32]]]
"""Pictures, red green blue, each with the boxes (left, top, right, bottom) of its labelled pedestrians."""


def read_street(folder: Path) -> Street:
    """All pictures of a folder."""
    pictures: Street = []
    for file in sorted(folder.glob("*.jpg")):
        boxes = json.loads(file.with_suffix(".json").read_text())["boxes_xyxy"]
        pictures.append((cv2.imread(str(file))[:, :, ::-1], np.array(boxes, np.float32)))
    return pictures


def average_precision(
    found: Sequence[Sequence[Detection]], truth: Sequence[NDArray[np.float32]]
) -> tuple[float, float]:
    """AP50 (area under the interpolated curve) and recall at 0.25, each labelled box matched once, best score first."""
    ranked = sorted(((d.score, k, d) for k, ds in enumerate(found) for d in ds), key=lambda row: -row[0])
    free = [np.ones(len(boxes), np.bool_) for boxes in truth]
    hits, at_quarter = [], 0
    for score, k, d in ranked:
        iou = overlaps(np.array((d.left, d.top, d.right, d.bottom), np.float32), truth[k]) * free[k]
        best = int(np.argmax(iou))
        hits.append(bool(iou[best] >= 0.5))
        if hits[-1]:
            free[k][best] = False
            at_quarter += score >= 0.25
    total = sum(len(boxes) for boxes in truth)
    true = np.cumsum(hits)
    precision = np.maximum.accumulate((true / np.arange(1, len(true) + 1))[::-1])[::-1]
    steps = np.diff(np.concatenate(((0.0,), true / total)))
    return float((precision * steps).sum()), at_quarter / total
