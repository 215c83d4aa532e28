"""Knows whether something made is still current."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Hash of words and of the names and contents of files."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        digest.update(str(file).encode() + b"\0")
        digest.update(file.read_bytes())
    return digest.hexdigest()


class Stamp:
    """Remembers the fingerprint something was made from."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / "stamps" / name

    def matches(self, value: str) -> bool:
        """True when the thing was made from this fingerprint."""
        return self._file.is_file() and self._file.read_text() == value

    def set(self, value: str) -> None:
        """Remembers; call after the thing is whole."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(value)
