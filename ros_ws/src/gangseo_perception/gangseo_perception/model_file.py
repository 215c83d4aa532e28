"""Reads weights from a file and makes sure that they are the ones meant."""

import hashlib
from pathlib import Path

from gangseo_perception.detector import DetectorError

YOLOX_NANO_SHA256 = "e8af074932d4ed7e232278e3055cefcdea3edf178874a3694ae292649fb464dd"
"""YOLOX-Nano for 416 x 416 pixels (Megvii, Apache-2.0) as measured in docs/benchmarks.md."""
HOW_TO_GET = (
    "get YOLOX-Nano for 416 x 416 pixels as ONNX from its publisher (Megvii's YOLOX project, Apache-2.0) and give"
    " its place in the parameter model_file, and its SHA-256 in model_sha256 when that differs"
)
_ALGORITHMS = {64: "sha256", 96: "sha384"}


def read_model(file: Path, digest: str) -> bytes:
    """The file's content, when its digest (SHA-256 or SHA-384, in hexadecimal) is the one expected.

    Raises:
        DetectorError: no such file, it cannot be read, the digest is none, or the content is another.
    """
    algorithm = _ALGORITHMS.get(len(digest))
    if algorithm is None or not all(letter in "0123456789abcdefABCDEF" for letter in digest):
        raise DetectorError(f"model_sha256 is {digest!r}: expected 64 (SHA-256) or 96 (SHA-384) hexadecimal digits")
    try:
        content = file.read_bytes()
    except OSError as err:
        raise DetectorError(f"no model at {str(file)!r} ({err.strerror}): {HOW_TO_GET}") from err
    found = hashlib.new(algorithm, content).hexdigest()
    if found != digest.lower():
        raise DetectorError(
            f"{file} is not the model expected: {len(content)} bytes, {algorithm} {found} instead of {digest.lower()}; "
            f"it may be cut short: {HOW_TO_GET}"
        )
    return content
