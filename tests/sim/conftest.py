"""One generated world for the whole suite."""

from pathlib import Path

import pytest

from gangseo_sim.engine.world import World, read_world
from gangseo_sim.generate import generate

ROOT = Path(__file__).resolve().parents[2]
WORLD_FILE = ROOT / "sim" / "worlds" / "magok_hanui.yaml"


@pytest.fixture(scope="session")
def world_file() -> Path:
    return WORLD_FILE


@pytest.fixture(scope="session")
def world_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("world")
    generate(WORLD_FILE, out)
    return out


@pytest.fixture(scope="session")
def world(world_dir: Path) -> World:
    return read_world(world_dir)
