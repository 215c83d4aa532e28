"""The one error of this package."""

from pathlib import Path


class LaunchError(Exception):
    """A launch file that cannot be run; the message names file and line."""

    def __init__(self, message: str, file: Path | None = None, line: int | None = None) -> None:
        where = f"{file}:{line}: " if file is not None and line is not None else f"{file}: " if file else ""
        super().__init__(where + message)
