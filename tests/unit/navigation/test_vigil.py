"""A process born deaf ends by itself, one that hears lives on."""

import subprocess
import sys

import pytest

_PROGRAM = """
import time
from gangseo_navigation.vigil import keep_vigil
keep_vigil(lambda: {heard}, print, patience_s=0.3)
time.sleep(1.5)
print("lived on")
"""


@pytest.mark.parametrize(("heard", "last_words"), [(True, "lived on"), (False, "to be started afresh")])
def test_only_a_deaf_process_ends(heard, last_words):
    done = subprocess.run(
        [sys.executable, "-u", "-c", _PROGRAM.format(heard=heard)], capture_output=True, text=True, check=False
    )
    assert last_words in done.stdout
    assert (done.returncode == 0) is heard
