"""The default detector: real model on real pictures, and every kind of bad input."""

import hashlib
import sys
from pathlib import Path

import numpy as np
import pytest

from gangseo_perception.detector import DetectorError
from gangseo_perception.model_file import YOLOX_NANO_SHA256, read_model
from gangseo_perception.ultralytics_detector import UltralyticsDetector
from gangseo_perception.yolox import YoloxDetector
from unit.perception.penn_fudan import average_precision, read_street

PUBLISHED_AP50, PUBLISHED_RECALL = 0.961, 0.988


@pytest.fixture(scope="module")
def model_file(shared_data: Path) -> Path:
    file = shared_data / "models" / "yolox_nano_416.onnx"
    if not file.is_file():
        pytest.skip(f"the detector's model is not here: {file}")
    return file


@pytest.fixture(scope="module")
def street(shared_data: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """Pictures of Penn-Fudan with the boxes of their pedestrians."""
    folder = shared_data / "vision" / "pennfudan" / "dev"
    if not folder.is_dir():
        pytest.skip(f"Penn-Fudan is not here: {folder}")
    return read_street(folder)


@pytest.mark.slow
def test_real_model_on_real_pictures_is_as_good_as_measured(model_file: Path, street: list) -> None:
    detector = YoloxDetector(model_file, least_score=0.01)
    ap50, recall = average_precision([detector.detect(p) for p, _ in street], [boxes for _, boxes in street])
    assert ap50 == pytest.approx(PUBLISHED_AP50, abs=0.02)
    assert recall == pytest.approx(PUBLISHED_RECALL, abs=0.02)


def test_people_of_one_picture_are_found_inside_it_best_first(model_file: Path, street: list) -> None:
    picture, boxes = street[0]
    found = YoloxDetector(model_file).detect(picture)
    assert len(found) >= len(boxes)
    assert [d.score for d in found] == sorted((d.score for d in found), reverse=True)
    for d in found:
        assert d.label == "person"
        assert 0.0 <= d.left < d.right <= picture.shape[1]
        assert 0.0 <= d.top < d.bottom <= picture.shape[0]


def test_colours_matter_and_the_order_is_red_green_blue(model_file: Path, street: list) -> None:
    detector = YoloxDetector(model_file, least_score=0.01)
    right = sum(sum(d.score for d in detector.detect(p)) for p, _ in street[:12])
    swapped = sum(sum(d.score for d in detector.detect(p[:, :, ::-1])) for p, _ in street[:12])
    assert right != swapped


@pytest.mark.parametrize("shape", [(1, 1), (2000, 3), (3, 2000), (416, 416), (37, 911)])
def test_pictures_of_any_shape_are_taken(model_file: Path, shape: tuple[int, int]) -> None:
    assert YoloxDetector(model_file).detect(np.zeros((*shape, 3), np.uint8)) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((4, 4), np.uint8), np.zeros((4, 4, 4), np.uint8), np.zeros((0, 4, 3), np.uint8),
        np.zeros((4, 4, 3), np.float32), np.zeros((1, 4, 4, 3), np.uint8), None, [[1, 2, 3]],
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_with_what_was_expected(model_file: Path, wrong: object) -> None:
    with pytest.raises(DetectorError, match="a picture"):
        YoloxDetector(model_file).detect(wrong)  # type: ignore[arg-type]


def test_absent_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(DetectorError, match=r"no model at .*absent\.onnx.*YOLOX-Nano.*parameter model_file"):
        YoloxDetector(tmp_path / "absent.onnx")


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(DetectorError, match="no model at"):
        YoloxDetector(tmp_path)


def test_truncated_and_changed_models_are_refused_before_they_are_read(model_file: Path, tmp_path: Path) -> None:
    content = model_file.read_bytes()
    short, changed = tmp_path / "short.onnx", tmp_path / "changed.onnx"
    short.write_bytes(content[: len(content) // 2])
    changed.write_bytes(content[:-1] + bytes((content[-1] ^ 1,)))
    for file in (short, changed):
        with pytest.raises(DetectorError, match="not the model expected"):
            YoloxDetector(file)


@pytest.mark.parametrize("content", [b"", b"no model at all", b"\x08\x07\x12\x00" * 99])
def test_what_is_no_onnx_is_refused_though_its_digest_is_right(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.onnx"
    file.write_bytes(content)
    with pytest.raises(DetectorError, match="cannot use this model"):
        YoloxDetector(file, hashlib.sha256(content).hexdigest())


def test_truncated_model_with_its_own_digest_is_refused(model_file: Path, tmp_path: Path) -> None:
    content = model_file.read_bytes()[:-5000]
    file = tmp_path / "short.onnx"
    file.write_bytes(content)
    with pytest.raises(DetectorError):
        YoloxDetector(file, hashlib.sha384(content).hexdigest())


@pytest.mark.parametrize("digest", ["", "abc", "g" * 64, YOLOX_NANO_SHA256[:-1]])
def test_a_digest_that_is_none_is_said_so(tmp_path: Path, digest: str) -> None:
    with pytest.raises(DetectorError, match="expected 64"):
        read_model(tmp_path / "any", digest)


def test_both_kinds_of_digest_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "any"
    file.write_bytes(b"weights")
    for digest in (hashlib.sha256(b"weights").hexdigest(), hashlib.sha384(b"weights").hexdigest().upper()):
        assert read_model(file, digest) == b"weights"


@pytest.mark.parametrize("labels", [(), ("persons",)])
def test_unknown_labels_are_refused(model_file: Path, labels: tuple[str, ...]) -> None:
    with pytest.raises(DetectorError, match="unknown labels"):
        YoloxDetector(model_file, labels=labels)


def test_absent_ultralytics_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ultralytics", None)
    file = tmp_path / "model.pt"
    file.write_bytes(b"weights")
    with pytest.raises(DetectorError, match="AGPL"):
        UltralyticsDetector(file, hashlib.sha256(b"weights").hexdigest())


def test_ultralytics_is_imported_by_nothing_else() -> None:
    assert "ultralytics" not in sys.modules
