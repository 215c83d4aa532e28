"""Where things lie."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """Folders of one checkout; everything made by us is under `.gangseo/`."""

    root: Path

    @property
    def made(self) -> Path:
        """Root of all that is made."""
        return self.root / ".gangseo"

    @property
    def venv(self) -> Path:
        """Virtual environment."""
        return self.made / "venv"

    @property
    def python(self) -> Path:
        """Python of the virtual environment."""
        return self.venv / "bin" / "python"

    @property
    def install(self) -> Path:
        """Install space of colcon."""
        return self.made / "install"

    @property
    def console(self) -> Path:
        """Built console."""
        return self.made / "console"

    @property
    def data(self) -> Path:
        """Default data folder."""
        return self.made / "data"

    def world(self, name: str) -> Path:
        """Folder generated from sim/worlds/NAME.yaml."""
        return self.made / "worlds" / name

    def lock(self, name: str) -> Path:
        """Lock file of one group of packages."""
        return self.root / "requirements" / f"{name}.lock"


ROOT = Layout(Path(__file__).resolve().parents[2])
