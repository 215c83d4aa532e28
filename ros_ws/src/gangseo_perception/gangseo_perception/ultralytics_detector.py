"""A detector on ultralytics, for those who have it: AGPL-3.0, so it is an extra and imported only when asked for."""

import importlib
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from gangseo_perception.detector import Detection, DetectorError, Image, checked, detection
from gangseo_perception.model_file import read_model

OFFLINE = {"YOLO_OFFLINE": "true", "YOLO_AUTOINSTALL": "false"}


class UltralyticsDetector:
    """Runs a model file of ultralytics. Arguments as in ``YoloxDetector``.

    Raises:
        DetectorError: ultralytics is not installed or does not run here, the file is absent or another one.
    """

    def __init__(
        self, model_file: Path, digest: str, *, labels: Collection[str] = ("person",), least_score: float = 0.25,
        most_overlap: float = 0.65,
    ) -> None:  # fmt: skip
        read_model(model_file, digest)
        for name, value in OFFLINE.items():
            os.environ.setdefault(name, value)
        try:
            library: Any = importlib.import_module("ultralytics")
        except ImportError as err:
            raise DetectorError(
                f"ultralytics cannot be used ({err}): install gangseo_perception[ultralytics] (AGPL-3.0), "
                "or set the parameter detector to yolox"
            ) from err
        try:
            self._model: Any = library.YOLO(str(model_file))
        except Exception as err:
            raise DetectorError(f"{model_file}: ultralytics cannot use this model: {err}") from err
        names = {number: str(name) for number, name in self._model.names.items()}
        unknown = sorted(set(labels) - set(names.values()))
        if unknown or not labels:
            raise DetectorError(f"unknown labels {', '.join(unknown) or '(none given)'}; {model_file} has other ones")
        self._names = names
        self._wanted = [number for number, name in names.items() if name in labels]
        self._least_score, self._most_overlap = least_score, most_overlap

    def detect(self, image: Image) -> tuple[Detection, ...]:
        """See ``Detector``."""
        result = self._model.predict(
            checked(image)[:, :, ::-1].copy(), classes=self._wanted, conf=self._least_score, iou=self._most_overlap,
            verbose=False,
        )[0].boxes  # fmt: skip
        rows = zip(result.xyxy.tolist(), result.conf.tolist(), result.cls.tolist(), strict=True)
        found = [detection(box, score, self._names[int(kind)]) for box, score, kind in rows]
        return tuple(sorted(found, key=lambda one: -one.score))
