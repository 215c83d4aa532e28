"""The virtual environment, the ROS workspace, and the environment variables everything runs in."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from gangseo_starter.errors import StartError
from gangseo_starter.layout import Layout
from gangseo_starter.machine import system_ros
from gangseo_starter.progress import Step
from gangseo_starter.stamps import Stamp, fingerprint

_NO_NETWORK = "Is there a network, and does pip reach its package index? Then run the same command again."
_KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "AMENT_PREFIX_PATH", "CMAKE_PREFIX_PATH", "COLCON_PREFIX_PATH")
_DEFINING = {"package.xml", "setup.py", "setup.cfg", "CMakeLists.txt"}
_INTERFACES = {".msg", ".srv", ".action"}


def base_environment() -> dict[str, str]:
    """This process's environment without another Python's or another workspace's settings."""
    dropped = {
        "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE", "_ROS_WHEELS_BOOTSTRAP_COMPLETE",
    }  # fmt: skip
    if system_ros() is None:
        dropped |= {"AMENT_PREFIX_PATH", "CMAKE_PREFIX_PATH", "COLCON_PREFIX_PATH"}
    return {name: value for name, value in os.environ.items() if name not in dropped}


def ensure_packages(layout: Layout, *, test: bool) -> None:
    """Creates the virtual environment and installs the locked packages, each with its hash."""
    names = ["run"] + ([] if system_ros() else ["ros"]) + (["test"] if test else [])
    _ensure_venv(layout)
    for name in names:
        lock = layout.lock(name)
        stamp, value = Stamp(layout.made, f"packages-{name}"), fingerprint([lock], sys.version, str(layout.venv))
        if stamp.matches(value):
            continue
        with Step(f"Install Python packages: {name}") as step:
            step.run(
                [layout.venv / "bin/uv", "pip", "install", "--python", layout.python, "--require-hashes", "-r", lock],
                env=base_environment(),
                remedy=_NO_NETWORK,
            )
            if name == "ros":
                _point_rosidl_at_this_python(layout)
        stamp.set(value)


def _ensure_venv(layout: Layout) -> None:
    lock = layout.lock("bootstrap")
    stamp, value = Stamp(layout.made, "venv"), fingerprint([lock], sys.version, str(layout.venv))
    if stamp.matches(value) and layout.python.exists():
        return
    if not str(layout.root).isascii() or " " in str(layout.root):
        raise StartError(
            f"colcon cannot build in {layout.root}", "Move the checkout to a path of ASCII letters without spaces."
        )
    with Step("Create the virtual environment") as step:
        if layout.venv.exists():
            shutil.rmtree(layout.venv)
        for old in (layout.made / "stamps").glob("packages-*"):
            old.unlink()
        layout.made.mkdir(parents=True, exist_ok=True)
        (layout.made / "COLCON_IGNORE").touch()
        step.run([sys.executable, "-m", "venv", layout.venv], env=base_environment())
        step.run(
            [
                layout.python,
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                "--require-hashes",
                "-r",
                lock,
            ],
            env=base_environment(),
            remedy=_NO_NETWORK,
        )
    stamp.set(value)


def _point_rosidl_at_this_python(layout: Layout) -> None:
    """The wheels' CMake files name the Python and numpy they were made with."""
    script = "import numpy, sysconfig; print(numpy.get_include()); print(sysconfig.get_path('include'))"
    output = subprocess.run(
        [layout.python, "-c", script], env=base_environment(), capture_output=True, text=True, check=True
    )
    numpy_include, python_include = output.stdout.split()
    for file in layout.venv.glob("share/**/*rosidl_generator_pyExport.cmake"):
        point_includes(file, numpy_include=numpy_include, python_include=python_include)


def point_includes(file: Path, *, numpy_include: str, python_include: str) -> None:
    """Lets a CMake export file name these folders of headers, whichever it names now.

    The file is replaced, never written into: uv's installed files are hard links to its cache,
    and what is written through one is found by every later environment on the machine.
    """
    text = file.read_text()
    new = re.sub(r'[^";]+/site-packages/numpy/(_core|core)/include', lambda _: numpy_include, text)
    new = re.sub(r'[^";]+/include/python3\.\d+(?=[";])', lambda _: python_include, new)
    if new != text:
        beside = file.with_suffix(".new")
        beside.write_text(new)
        beside.replace(file)


def _workspace_files(layout: Layout) -> list[Path]:
    files = [layout.root / "package.xml", layout.root / "setup.py", *layout.root.glob("launch/*.launch.xml")]
    for folder in ("ros_ws", "sim"):
        files += [
            file for file in (layout.root / folder).rglob("*") if file.name in _DEFINING or file.suffix in _INTERFACES
        ]
    return files


def ensure_workspace(layout: Layout) -> None:
    """Builds the ROS packages; a no-op while nothing that defines them has changed."""
    ros = system_ros()
    value = fingerprint(_workspace_files(layout), sys.version, str(layout.root), str(ros))
    stamp = Stamp(layout.made, "workspace")
    if stamp.matches(value) and (layout.install / "setup.bash").is_file():
        return
    paths = [".", "ros_ws/src", "sim"] + ([] if ros else ["ros_ws/compat"])
    total = sum(1 for path in paths for _ in (layout.root / path).glob("*/package.xml")) + 1
    finished = 0

    def detail(line: str) -> str | None:
        nonlocal finished
        if line.startswith("Finished <<<"):
            finished += 1
            return f"{finished} of {total} packages: {line.split('<<<')[1].strip()}"
        return None

    command: list[str | Path] = [
        "colcon", "--log-base", layout.made / "log", "build", "--symlink-install",
        "--build-base", layout.made / "build", "--install-base", layout.install,
        "--base-paths", *paths,
    ]  # fmt: skip
    with Step("Build the ROS packages (the first time takes a minute or two)") as step:
        remedy = f"The whole log is under {layout.made / 'log'}; ./gangseo doctor shows what is missing."
        step.run(command, env=_build_environment(layout), cwd=layout.root, detail_of=detail, remedy=remedy)
    _environment_file(layout).unlink(missing_ok=True)
    stamp.set(value)


def _build_environment(layout: Layout) -> dict[str, str]:
    environment = base_environment()
    ros = system_ros()
    if ros is not None:
        environment = _sourced(ros / "setup.bash", environment)
        environment["PATH"] = f"{environment['PATH']}:{layout.venv / 'bin'}"
    else:
        environment |= {"AMENT_PREFIX_PATH": str(layout.venv), "CMAKE_PREFIX_PATH": str(layout.venv)}
        environment["PATH"] = f"{layout.venv / 'bin'}:{environment['PATH']}"
    return environment


def _sourced(script: Path, environment: Mapping[str, str]) -> dict[str, str]:
    command = ["bash", "-c", f'source "{script}" >/dev/null && env -0']
    output = subprocess.run(command, env=dict(environment), capture_output=True, check=True).stdout.decode()
    return dict(item.split("=", 1) for item in output.split("\0") if "=" in item)


def _environment_file(layout: Layout) -> Path:
    return layout.made / "environment.json"


def runtime_environment(layout: Layout) -> dict[str, str]:
    """Environment of everything we start: packages, workspace, loopback-only discovery."""
    file = _environment_file(layout)
    if not file.is_file():
        sourced = _sourced(layout.install / "setup.bash", _build_environment(layout))
        file.write_text(json.dumps({name: sourced[name] for name in _KEPT if name in sourced}))
    kept: dict[str, str] = json.loads(file.read_text())
    environment = base_environment()
    path = dict.fromkeys([*kept.pop("PATH").split(":"), *environment.get("PATH", "").split(":")])
    environment |= kept
    environment |= {
        "PATH": ":".join(path),
        "PYTHONPATH": f"{layout.root / 'backend'}:{kept.get('PYTHONPATH', '')}".rstrip(":"),
        "VIRTUAL_ENV": str(layout.venv),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPYCACHEPREFIX": str(layout.made / "pycache"),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "GANGSEO_GAZEBO_DIR": environment.get("GANGSEO_GAZEBO_DIR") or str(layout.made / "gazebo"),
        "NUMBA_CACHE_DIR": str(layout.made / "numba"),
        "FASTDDS_BUILTIN_TRANSPORTS": environment.get("FASTDDS_BUILTIN_TRANSPORTS", "UDPv4"),
        "ROS_AUTOMATIC_DISCOVERY_RANGE": environment.get("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST"),
    }
    return environment


def world_source(layout: Layout, name: str) -> Path:
    """The YAML file of a world; raises StartError when there is none."""
    source = layout.root / "sim" / "worlds" / f"{name}.yaml"
    if not source.is_file():
        known = ", ".join(sorted(path.stem for path in source.parent.glob("*.yaml")))
        raise StartError(f"there is no world {name!r}", f"Worlds: {known}")
    return source


def ensure_world(layout: Layout, name: str) -> Path:
    """Generates the files of one world; raises StartError when its YAML is wrong or absent."""
    source, folder = world_source(layout, name), layout.world(name)
    generator = (layout.root / "sim" / "gangseo_sim").rglob("*.py")
    models = (layout.root / "sim" / "models").rglob("*.*")
    value = fingerprint([source, *generator, *(path for path in models if path.is_file())])
    stamp = Stamp(layout.made, f"world-{name}")
    if stamp.matches(value) and (folder / "site.json").is_file():
        return folder
    with Step(f"Generate the world {name}") as step:
        command: list[str | Path] = [layout.python, "-m", "gangseo_sim.generate", source, folder]
        step.run(command, env=runtime_environment(layout), remedy=f"Mend {source}.")
    stamp.set(value)
    return folder


def ensure_compiled(layout: Layout) -> None:
    """Compiles the planner's inner loops once, so that the first robot does not wait for it."""
    sources = (layout.root / "ros_ws/src/gangseo_navigation").rglob("*.py")
    engine = (layout.root / "sim/gangseo_sim").rglob("*.py")
    value = fingerprint([*sources, *engine], sys.version, str(layout.root))
    stamp = Stamp(layout.made, "compiled")
    if stamp.matches(value):
        return
    with Step("Compile planner and simulator") as step:
        for module in ("gangseo_navigation.warm_up", "gangseo_sim.warm_up"):
            step.run([layout.python, "-m", module], env=runtime_environment(layout))
    stamp.set(value)
