"""The console in a real Chromium, against a real backend."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from park_under_test import PACE, ROOT, STROLL, Park
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

CONSOLE = ROOT / "backend" / "console"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
# Answers the pages themselves expect: no session yet, no such QR code, spot taken, line cut by a test.
_EXPECTED = ("Failed to load resource", "WebSocket connection to", "GL Driver Message", "net::ERR_")

PATIENCE_MS = 30_000
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The console's packages; the tests are skipped loudly where they are not installed."""
    modules = CONSOLE / "node_modules"
    if shutil.which("npm") is None or not modules.is_dir():
        pytest.skip("console packages not here: run `npm ci` in backend/console")
    return modules


@pytest.fixture(scope="session")
def console_dir(node_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console, built from the sources as they are now."""
    out = tmp_path_factory.mktemp("console")
    command = ["npm", "run", "build", "--", "--outDir", str(out), "--emptyOutDir"]
    done = subprocess.run(command, cwd=CONSOLE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return out


@pytest.fixture(scope="session")
def world_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Magok Hanui Park, generated from its one source."""
    from gangseo_sim.generate import generate

    out: Path = tmp_path_factory.mktemp("world")
    generate(ROOT / "sim" / "worlds" / "magok_hanui.yaml", out)
    return out


@pytest.fixture(scope="session")
def park(console_dir: Path, world_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Park]:
    """Two robots in the park, shared by all tests of this suite; each test uses spots of its own."""
    park = Park(tmp_path_factory.mktemp("park"), console_dir, world_dir, robots=2)
    try:
        park.start()
        yield park
    finally:
        park.stop()


@pytest.fixture
def strolling(park: Park) -> Iterator[None]:
    """Robots that take their time, so that a test can look at a call before the robot is there."""
    for vehicle in park.vehicles:
        vehicle.pace = STROLL
    yield
    for vehicle in park.vehicles:
        vehicle.pace = PACE


@pytest.fixture
def open_page(chromium: Browser, park: Park) -> Iterator[OpenPage]:
    """Opens pages of the console or of residents; fails the test on page errors, refused content and foreign hosts."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def watch(page: Page) -> None:
        def hear(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"} and not any(part in message.text for part in _EXPECTED):
                faults.append(f"{message.type}: {message.text}")

        page.on("console", hear)
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on("request", lambda request: None if _is_own(request.url, park.url) else faults.append(request.url))

    def open_it(path: str = "/", *, user: str | None = None, size: str = "desktop", language: str = "ko") -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="ko-KR", base_url=park.url)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if language != "ko":
            context.add_init_script(f"localStorage.setItem('gangseo.language', '{language}')")
        if user is not None:
            context.add_cookies([{"name": "gangseo_session", "value": park.session(user), "url": park.url}])
        page = context.new_page()
        watch(page)
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def _is_own(url: str, base: str) -> bool:
    return url.startswith((base, base.replace("http", "ws", 1), "data:", "blob:"))


@pytest.fixture(scope="session")
def axe(node_modules: Path) -> Callable[[Page], list[str]]:
    """Every violation axe-core finds on a page, with the elements."""
    source = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    script = """async source => {
        if (!window.axe) (0, eval)(source);
        const found = await axe.run(document, { resultTypes: ['violations'] });
        const where = each => each.nodes.map(node => node.html.slice(0, 160)).join(' | ');
        return found.violations.map(each => `${each.id}: ${where(each)}`);
    }"""

    def violations(page: Page) -> list[str]:
        # A page's content security policy binds scripts of the page, not what the debugger evaluates.
        return list(page.evaluate(script, source))

    return violations
