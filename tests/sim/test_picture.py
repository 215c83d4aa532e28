"""The picture of a world."""

from pathlib import Path

import cv2
import pytest

from gangseo_sim.picture import main


def test_picture_is_drawn_with_robots_and_people(world_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "park.png"
    assert main([str(world_dir), str(out), "--moving"]) == 0
    image = cv2.imread(str(out))
    assert image.shape[1] == 1800
    assert len({tuple(pixel) for pixel in image[::20, ::20].reshape(-1, 3).tolist()}) > 10


def test_folder_without_a_world_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), str(tmp_path / "x.png")]) == 2
    assert "run python -m gangseo_sim.generate first" in capsys.readouterr().err
