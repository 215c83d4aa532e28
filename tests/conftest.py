"""What every suite shares: own ROS domain, free ports, processes ended by their own handle."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings

from claims import claim, free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("gangseo", deadline=None)
settings.load_profile("gangseo")  # how long an example takes says more of the machine than of the code
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)  # the default draws every variable of every frame, for seconds

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data beside the project; the test is skipped loudly where it is absent."""
    data = SHARED / "data"
    if not data.is_dir():
        pytest.skip(f"real data not here: {data}")
    return data


@pytest.fixture(scope="session")
def vda5050_schemas(shared_data: Path) -> Path:
    """Folder of the official VDA 5050 3.0.0 JSON schemas."""
    return shared_data / "vda5050" / "3.0.0"


@pytest.fixture(scope="session")
def park_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The park as the generator makes it, once for all suites of one process."""
    from gangseo_sim.generate import generate

    out = tmp_path_factory.mktemp("park")
    generate(ROOT / "sim" / "worlds" / "magok_hanui.yaml", out)
    return out


@pytest.fixture
def ros_domain_id() -> Iterator[int]:
    """A ROS domain nobody else on this machine uses, held by a lock while the test runs."""
    domain, lock = claim("ros-domain", range(20, 100))
    with lock:
        yield domain


@pytest.fixture(name="free_port")
def _free_port() -> Callable[[], int]:
    """Gives TCP ports that are free and stay this process's."""
    return free_port


CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--no-first-run",
    "--metrics-recording-only",
]  # fmt: skip
PATIENCE_MS = 30_000
"""Generous, because a loaded machine is slow; nothing waits longer than it must."""


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Debian's Chromium, one for all suites: Playwright's loop can be started once per thread."""
    from playwright.sync_api import expect, sync_playwright

    found = os.environ.get("GANGSEO_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("no Chromium: apt-get install -y chromium")
    # Generous, because a loaded machine is slow; nothing waits longer than it must.
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


StartProcess = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start_process(tmp_path: Path) -> Iterator[StartProcess]:
    """Starts processes in their own session; output to tmp_path/NAME.log; all ended after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(
        name: str, command: Sequence[str], env: Mapping[str, str] | None = None, cwd: Path = ROOT
    ) -> subprocess.Popen[bytes]:
        log = (tmp_path / f"{name}.log").open("ab")
        process = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
        log.close()
        started.append(process)
        return process

    yield start
    for process in reversed(started):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in reversed(started):
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
