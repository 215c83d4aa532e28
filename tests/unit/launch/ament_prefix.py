"""An install folder as a build leaves it, with empty executables."""

from collections.abc import Mapping, Sequence
from pathlib import Path


def installed(prefix: Path, executables: Mapping[str, Sequence[str]]) -> Path:
    """Fills the folder with these executables of each package, and gives it back."""
    for package, names in executables.items():
        marker = prefix / "share/ament_index/resource_index/packages" / package
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
        for name in names:
            program = prefix / "lib" / package / name
            program.parent.mkdir(parents=True, exist_ok=True)
            program.touch()
    return prefix
