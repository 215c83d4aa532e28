"""Gazebo Classic 11 from Debian bullseye: unpacked beside the project, its plugin compiled in it, never half-made."""

import contextlib
import fcntl
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from gangseo_starter.errors import StartError
from gangseo_starter.layout import Layout
from gangseo_starter.machine import ensure
from gangseo_starter.progress import Step
from gangseo_starter.stamps import fingerprint

SUITE = "bullseye"
_SCRIPTS = ("enter.sh", "with_display.sh")
_UNUSED = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/info", "usr/share/gtk-doc", "var/cache/apt")
_FREE_GIB = 4.0
_NAME_A_MIRROR = "Name a Debian mirror that has it: GANGSEO_DEBIAN_MIRROR=URL ./gangseo gazebo"
_PASSWD, _GROUP = "root:x:0:0:root:/tmp:/bin/sh\n", "root:x:0:\n"


def gazebo_folder(layout: Layout) -> Path:
    """Where it is kept: GANGSEO_GAZEBO_DIR, or under `.gangseo/`; made anew only for another package list."""
    return Path(os.environ.get("GANGSEO_GAZEBO_DIR") or layout.made / "gazebo")


def gazebo_is_ready(layout: Layout) -> bool:
    """True when tree and plugin are there and current."""
    folder, source = gazebo_folder(layout), _source(layout)
    return _matches(folder / "tree" / "packages.stamp", _tree_value(source)) and _matches(
        folder / "tree" / "opt" / "gangseo" / "plugin.stamp", _plugin_value(source)
    )


def ensure_gazebo(layout: Layout) -> Path:
    """Unpacks Gazebo and compiles the plugin where that is not done; gives the folder.

    Raises StartError with what to do where it cannot be had.
    """
    folder = gazebo_folder(layout)
    if gazebo_is_ready(layout):
        return folder
    if platform.machine() != "x86_64":
        raise StartError(
            f"Gazebo Classic is unpacked for x86_64 only, this is {platform.machine()}", "Use --sim embedded."
        )
    print("Gazebo Classic 11 is not here yet: it is fetched once (about 0.5 GB) and kept, some minutes", flush=True)
    ensure("gazebo")
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        source = _source(layout)
        if not _matches(folder / "tree" / "packages.stamp", _tree_value(source)):
            _unpack(folder, source)
        if not _matches(folder / "tree" / "opt" / "gangseo" / "plugin.stamp", _plugin_value(source)):
            _compile(folder, source)
    return folder


def _source(layout: Layout) -> Path:
    return layout.root / "sim" / "gazebo_classic"


def _tree_value(source: Path) -> str:
    return fingerprint([], (source / "packages.txt").read_text(), SUITE, *_UNUSED, _PASSWD)


def _plugin_value(source: Path) -> str:
    return fingerprint([], *((source / name).read_text() for name in ("lockstep.cc", "build.sh", *_SCRIPTS)))


def _matches(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text() == value


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two starts at once: the second waits for the first."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another ./gangseo is fetching Gazebo; waiting for it", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _unpack(folder: Path, source: Path) -> None:
    free_gib = shutil.disk_usage(folder).free / 2**30
    if free_gib < _FREE_GIB:
        raise StartError(f"{folder}: {free_gib:.1f} GiB free, Gazebo needs {_FREE_GIB:g}", "Free some space.")
    part, old = folder / "tree.part", folder / "tree.old"
    for rest in (part, old):
        shutil.rmtree(rest, ignore_errors=True)
    value, packages = _tree_value(source), ",".join((source / "packages.txt").read_text().split())
    mode = "root" if os.geteuid() == 0 else "chrootless"
    command = [
        "mmdebstrap", "--variant=extract", f"--mode={mode}", "--architectures=amd64", f"--include={packages}",
        '--aptopt=APT::Install-Recommends "false"', SUITE, str(part), f"deb {_mirror()} {SUITE} main",
    ]  # fmt: skip
    with Step("Unpack Gazebo Classic 11 (the first time takes two minutes or so)") as step:
        step.run(command, remedy=f"Is there a network, and does the mirror still have {SUITE}? {_NAME_A_MIRROR}")
        _finish(part)
        (part / "packages.stamp").write_text(value)
        with contextlib.suppress(FileNotFoundError):
            (folder / "tree").rename(old)
        part.rename(folder / "tree")
        shutil.rmtree(old, ignore_errors=True)


def _finish(tree: Path) -> None:
    """What the packages' scripts would have made, as far as Gazebo needs it."""
    for name in _UNUSED:
        shutil.rmtree(tree / name, ignore_errors=True)
    for name in ("dev", "proc", "tmp", "root", "gangseo", "opt/gangseo"):
        (tree / name).mkdir(parents=True, exist_ok=True)
    (tree / "etc" / "passwd").write_text(_PASSWD)
    (tree / "etc" / "group").write_text(_GROUP)


def _compile(folder: Path, source: Path) -> None:
    made = folder / "tree" / "opt" / "gangseo"
    for name in _SCRIPTS:
        shutil.copy(source / name, made / name)
    shutil.copy(source / "enter.sh", folder / "enter.sh")
    with Step("Compile Gazebo's lockstep plugin") as step:
        remedy = "Gazebo runs in namespaces of its own; ./gangseo doctor says whether this machine lets it."
        step.run(inside(folder, source, ["/bin/sh", "/gangseo/build.sh"]), remedy=remedy)
    (made / "plugin.stamp").write_text(_plugin_value(source))


def inside(folder: Path, shared: Path, command: Sequence[str]) -> list[str]:
    """Command line that runs a command inside the tree; `shared` is seen there as /gangseo."""
    return ["/bin/sh", str(folder / "enter.sh"), str(folder / "tree"), str(shared), *command]


def _mirror() -> str:
    """Address of a Debian mirror: as named in GANGSEO_DEBIAN_MIRROR, or the one this machine's apt uses."""
    named = os.environ.get("GANGSEO_DEBIAN_MIRROR")
    if named:
        return named
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    names = {release.get("VERSION_CODENAME", ""), "stable", "oldstable"}
    for line in listed.splitlines():
        address, suite, component = line.rsplit(" ", 2)
        if release.get("ID") == "debian" and suite in names and component == "main":
            return address
    raise StartError("no Debian mirror in this machine's apt configuration", _NAME_A_MIRROR)
