"""Pictures and other files, in a local folder or in an object store such as S3. Served only by the API."""

from collections.abc import Iterator
from pathlib import Path

from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from gangseo_backend.core.config import ConfigError

_HALF_WRITTEN = "*#[0-9]*"
"""Names of files that a killed process had begun to write; the store itself passes over them."""


class Blobs:
    """Files by key, such as ``pictures/2026-11-22/0193….jpg``. Use from any thread.

    A key that is written twice holds what was written last. Raises OSError where the store cannot be reached.
    """

    def __init__(self, where: str, folder: Path) -> None:
        """``where``: URL of a store, set up by the environment as its own tools are; "" for ``folder``.

        Raises:
            ConfigError: there is no such store.
        """
        try:
            if where:
                self._store = from_url(where)
                return
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for part in folder.rglob(_HALF_WRITTEN):
                part.unlink(missing_ok=True)
            self._store = LocalStore(prefix=folder)
        except (BaseError, ValueError, OSError) as err:
            raise ConfigError(f"GANGSEO_PICTURE_STORE {where or folder}: {str(err).splitlines()[0]}") from err

    def put(self, key: str, content: bytes) -> None:
        """Write a file whole or not at all."""
        self._store.put(key, content)

    def get(self, key: str) -> bytes | None:
        """A file's content; None when there is no such file."""
        try:
            return bytes(self._store.get(key).bytes())
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        """Delete a file; one that is gone is as good."""
        try:
            self._store.delete(key)
        except FileNotFoundError:
            return

    def keys(self, under: str) -> Iterator[str]:
        """Every key below a folder."""
        for found in self._store.list(under):
            yield from (item["path"] for item in found)
