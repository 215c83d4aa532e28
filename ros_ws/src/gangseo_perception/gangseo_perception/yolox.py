"""The default detector: YOLOX on onnxruntime."""

from collections.abc import Collection
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from gangseo_perception.coco import COCO
from gangseo_perception.detector import Detection, DetectorError, Image, checked, detection
from gangseo_perception.letterbox import Letterbox
from gangseo_perception.model_file import YOLOX_NANO_SHA256, read_model
from gangseo_perception.suppression import best_of

STRIDES = (8, 16, 32)
Rows = NDArray[np.float32]


def grid(side: int) -> tuple[Rows, Rows]:
    """Column and row of every cell of the three grids in turn, shape (n, 2), and the pixels per cell, shape (n, 1)."""
    places, strides = [], []
    for stride in STRIDES:
        cells = side // stride
        rows, cols = np.mgrid[:cells, :cells]
        places.append(np.column_stack((cols.ravel(), rows.ravel())))
        strides.append(np.full((cells * cells, 1), stride))
    return np.vstack(places).astype(np.float32), np.vstack(strides).astype(np.float32)


def decode(output: Rows, places: Rows, strides: Rows) -> tuple[Rows, Rows]:
    """Boxes (n, 4) in pixels of the square, and scores (n, classes), of the raw output (n, 5 + classes)."""
    middle = (output[:, :2] + places) * strides
    half = np.exp(np.minimum(output[:, 2:4], 10.0)) * strides / 2.0
    return np.hstack((middle - half, middle + half)), output[:, 4:5] * output[:, 5:]


class YoloxDetector:
    """Finds things of COCO's kinds with a YOLOX model of square input.

    Args:
        model_file: the ONNX file.
        digest: its SHA-256 or SHA-384.
        labels: kinds to report, COCO's names.
        least_score: what scores less is not reported.
        most_overlap: of two things of a kind that overlap more (intersection over union), the better is reported.
        threads: processor threads of one detection.

    Raises:
        DetectorError: the file is absent, another one, no model, or a label is unknown.
    """

    def __init__(
        self, model_file: Path, digest: str = YOLOX_NANO_SHA256, *, labels: Collection[str] = ("person",),
        least_score: float = 0.25, most_overlap: float = 0.65, threads: int = 1,
    ) -> None:  # fmt: skip
        unknown = sorted(set(labels) - set(COCO))
        if unknown or not labels:
            raise DetectorError(
                f"unknown labels {', '.join(unknown) or '(none given)'}; a detector knows {', '.join(COCO)}"
            )
        self._classes = np.array([COCO.index(label) for label in labels])
        self._least_score, self._most_overlap = least_score, most_overlap
        self._session = _session(read_model(model_file, digest), threads, model_file)
        taken, given = self._session.get_inputs()[0], self._session.get_outputs()[0]
        self._input, self._side = taken.name, taken.shape[2]
        self._places, self._strides = grid(self._side if isinstance(self._side, int) else 0)
        if taken.shape[1:] != [3, self._side, self._side] or given.shape[1:] != [len(self._places), 5 + len(COCO)]:
            raise DetectorError(
                f"{model_file}: {taken.shape} in and {given.shape} out are not those of a YOLOX for COCO"
            )

    def detect(self, image: Image) -> tuple[Detection, ...]:
        """See ``Detector``."""
        height, width = checked(image).shape[:2]
        box = Letterbox(width, height, self._side)
        square = box.fit(image)[:, :, ::-1].transpose(2, 0, 1).astype(np.float32)[None]
        output: Rows = self._session.run(None, {self._input: square})[0][0]
        boxes, scores = decode(output, self._places, self._strides)
        boxes = box.back(boxes)
        found = []
        for kind in self._classes:
            strong = np.flatnonzero(scores[:, kind] >= self._least_score)
            kept = strong[best_of(boxes[strong], scores[strong, kind], self._most_overlap)]
            found += [detection(boxes[k], scores[k, kind], COCO[kind]) for k in kept]
        return tuple(sorted(found, key=lambda one: -one.score))


def _session(content: bytes, threads: int, file: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as err:
        raise DetectorError(f"{file}: onnxruntime cannot use this model: {err}") from err
