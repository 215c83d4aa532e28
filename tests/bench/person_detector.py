"""The robot's person detector on Penn-Fudan's street pictures: how many it finds, and what a picture costs."""

import sys
import time
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from gangseo_perception.yolox import YoloxDetector  # noqa: E402
from unit.perception.penn_fudan import average_precision, read_street  # noqa: E402

DATA = TESTS.parents[1] / "shared" / "data"
MODEL, STREET = DATA / "models" / "yolox_nano_416.onnx", DATA / "vision" / "pennfudan" / "dev"


def run() -> list[dict[str, Any]]:
    """Measures on one thread; time is of the processor."""
    if not MODEL.is_file() or not STREET.is_dir():
        sys.stderr.write(f"SKIPPED: {MODEL} or {STREET} is not here\n")
        return []
    street, detector = read_street(STREET), YoloxDetector(MODEL, least_score=0.01)
    detector.detect(street[0][0])
    begin = time.process_time()
    found = [detector.detect(picture) for picture, _ in street]
    cost_ms = (time.process_time() - begin) / len(street) * 1000.0
    ap50, recall = average_precision(found, [boxes for _, boxes in street])
    name = f"YOLOX-Nano 416, {len(street)} pictures of Penn-Fudan"
    return [
        {"name": f"{name}: AP50", "value": ap50, "unit": "", "target": "", "anchor": "yolov8n (AGPL): .969"},
        {"name": "… recall at score 0.25", "value": recall, "unit": "", "target": "", "anchor": ""},
        {"name": "… processor time per picture, all of it", "value": cost_ms, "unit": "ms", "target": "", "anchor": ""},
    ]
