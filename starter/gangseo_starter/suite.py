"""`./gangseo test` and `./gangseo bench`."""

import argparse
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from gangseo_starter.console import ensure_modules, node_environment
from gangseo_starter.environment import runtime_environment
from gangseo_starter.errors import StartError
from gangseo_starter.gazebo import ensure_gazebo
from gangseo_starter.layout import Layout
from gangseo_starter.run import set_up

_PYTHON = ("gangseo", "starter", "backend/gangseo_backend", "sim", "ros_ws/src", "tests", "setup.py")


def test(arguments: argparse.Namespace, layout: Layout) -> int:
    """Checks and tests; 0 when everything holds."""
    begin = time.monotonic()
    set_up(layout, "magok_hanui", test=True)
    ensure_modules(layout)
    if arguments.all or arguments.gazebo:
        _prepare_gazebo(layout, needed=arguments.gazebo)
    failed = [] if arguments.pytest or arguments.gazebo else _check(layout)
    coverage = ["--cov", "--cov-report=xml:.gangseo/coverage.xml", "--cov-report=term:skip-covered"]
    for marks in _parts(arguments):
        reports = coverage if arguments.coverage else []
        command = [str(layout.python), "-m", "pytest", *marks, *reports, *arguments.pytest]
        if _run(" ".join(["pytest", *marks]), command, layout):
            failed.append(" ".join(["pytest", *marks]))
    print(
        f"\n{'failed: ' + ', '.join(failed) if failed else 'all checks passed'} after {time.monotonic() - begin:.0f} s"
    )
    return int(bool(failed))


_SIDE_BY_SIDE = ("-n", "3", "--dist", "worksteal")
_FILE_BY_FILE = ("-n", "3", "--dist", "loadfile")
"""Real robots mostly wait for their wheels, and the tests of one file share them."""


def _parts(arguments: argparse.Namespace) -> Sequence[Sequence[str]]:
    """The arguments of each run of pytest: all tests take several, chosen ones one."""
    if arguments.fast:
        return (("-m", "not slow and not gazebo", *_SIDE_BY_SIDE),)
    if arguments.pytest:
        return ((),)
    append = ["--cov-append"] if arguments.coverage else []
    embedded = (
        ("-m", "not ros and not gazebo", *_SIDE_BY_SIDE),
        ("-m", "ros and not alone and not gazebo", *_FILE_BY_FILE, *append),
        ("-m", "alone", *append),
    )
    # A test on Gazebo is two processes that both work.
    gazebo = (
        ("-m", "gazebo and not ros", "-n", "2", "--dist", "worksteal", *append),
        ("-m", "gazebo and ros", *append),
    )
    return gazebo if arguments.gazebo else (*embedded, *gazebo) if arguments.all else embedded


def _prepare_gazebo(layout: Layout, *, needed: bool) -> None:
    """Fetches Gazebo; where it is not to be had, the tests that need it say why they are skipped."""
    try:
        ensure_gazebo(layout)
    except StartError as err:
        if needed:
            raise
        os.environ["GANGSEO_GAZEBO_PROBLEM"] = " ".join(str(err).split())[:300]
        print(f"✗ Gazebo Classic is not to be had, its tests are skipped: {err}\n  → {err.remedy}", flush=True)


def _check(layout: Layout) -> list[str]:
    binaries = layout.venv / "bin"
    packages = [str(path) for path in sorted((layout.root / "ros_ws/src").glob("*/*/__init__.py"))]
    modules = [str(Path(path).parent) for path in packages if Path(path).parent.name == Path(path).parents[1].name]
    checks: dict[str, Sequence[str]] = {
        "ruff check": (f"{binaries}/ruff", "check", *_PYTHON),
        "ruff format": (f"{binaries}/ruff", "format", "--check", *_PYTHON),
        "mypy": (
            f"{binaries}/mypy",
            "starter/gangseo_starter",
            "backend/gangseo_backend",
            "sim/gangseo_sim/gangseo_sim",
            *modules,
        ),
        "import-linter": (f"{binaries}/lint-imports",),
        "console": ("npm", "run", "check", "--prefix", "backend/console"),
    }
    return [name for name, command in checks.items() if _run(name, command, layout)]


def _run(name: str, command: Sequence[str], layout: Layout) -> int:
    print(f"\n== {name}", flush=True)
    environment = node_environment(layout) if name == "console" else runtime_environment(layout)
    if name == "import-linter":
        environment["PYTHONPATH"] = f"{layout.root / 'starter'}:{environment['PYTHONPATH']}"
    return subprocess.run(list(command), cwd=layout.root, env=environment, check=False).returncode


def bench(arguments: argparse.Namespace, layout: Layout) -> int:
    """Measures and writes docs/benchmarks.md."""
    set_up(layout, "magok_hanui", test=True)
    command = [str(layout.python), "tests/bench/report.py", *arguments.names]
    return subprocess.run(command, cwd=layout.root, env=runtime_environment(layout), check=False).returncode
