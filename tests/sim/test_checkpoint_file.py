"""The checkpoint file is whole or not there, and its reader says what is wrong."""

import json
import math
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangseo_sim.bridge_memory import (
    CheckpointError,
    CheckpointWriter,
    read_checkpoint,
    resume_skip_s,
    write_atomically,
)  # fmt: skip


def test_absent_file_means_a_new_world(tmp_path: Path) -> None:
    assert read_checkpoint(tmp_path / "none.json") is None


def test_what_was_written_is_read(tmp_path: Path) -> None:
    writer = CheckpointWriter(tmp_path / "state.json")
    for number in range(20):
        writer.write({"n": number}, 10.0 + number)
        assert writer.poll() is None
    writer.close({"n": 99})
    assert read_checkpoint(tmp_path / "state.json") == {"n": 99}
    assert [file.name for file in tmp_path.iterdir()] == ["state.json"]


def test_part_of_a_write_is_never_read(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    write_atomically(file, json.dumps({"n": 1}))
    (tmp_path / "state.json.part").write_text('{"n":', encoding="utf-8")
    assert read_checkpoint(file) == {"n": 1}


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", "\x00"])
def test_broken_file_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "state.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CheckpointError, match="not a checkpoint"):
        read_checkpoint(file)


def test_write_error_is_told_with_the_next_write(tmp_path: Path) -> None:
    writer = CheckpointWriter(tmp_path / "gone" / "state.json")
    writer.write({}, 5.0)
    told, end = None, time.monotonic() + 20
    while told is None and time.monotonic() < end:
        told = writer.poll()
        time.sleep(0.001)
    assert writer.horizon_s == math.inf
    assert told is not None
    assert "checkpoint not written" in told


@given(factor=st.floats(0.01, 100))
def test_clock_skips_more_than_can_pass_between_two_checkpoints(factor: float) -> None:
    assert resume_skip_s(factor) >= max(2.0, 2.0 * factor)


def test_time_may_go_on_only_as_far_as_the_checkpoint_on_disk_allows(tmp_path: Path) -> None:
    writer = CheckpointWriter(tmp_path / "state.json")
    writer.write_now({"n": 1}, 12.0)
    assert writer.horizon_s == 12.0
    writer.write({"n": 2}, 14.0)
    end = time.monotonic() + 20
    while writer.horizon_s == 12.0 and time.monotonic() < end:
        assert writer.poll() is None
        time.sleep(0.001)
    assert writer.horizon_s == 14.0
    writer.close({"n": 3})
