"""First start from nothing, and the second start: a fresh clone, an empty home, an empty environment."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from claims import free_port

ROOT = Path(__file__).resolve().parents[2]
_UP = re.compile(r"up after ([\d.]+) s")


def _environment(home: Path) -> dict[str, str]:
    kept = {
        "PATH",
        "LANG",
        *(name for name in os.environ if re.match(r"(PIP|UV|NPM|NODE|SSL|HTTPS?|NO)_|npm_config", name)),
    }
    values = {name: value for name, value in os.environ.items() if name in kept}
    values["PATH"] = os.pathsep.join(part for part in values["PATH"].split(os.pathsep) if ".gangseo" not in part)
    return values | {"HOME": str(home), "UV_CACHE_DIR": str(home / "uv"), "XDG_CACHE_HOME": str(home / "cache")}


def _start(clone: Path, home: Path) -> float:
    command = ["python3", str(clone / "gangseo"), "run", "--headless", "--no-audio"]
    command += ["--port", str(free_port()), "--mqtt-port", str(free_port())]
    process = subprocess.Popen(
        command, cwd=clone, env=_environment(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines: list[str] = []
    try:
        for line in process.stdout or ():
            lines.append(line)
            found = _UP.search(line)
            if found:
                return float(found[1])
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    raise RuntimeError("the clone did not come up:\n" + "".join(lines[-30:]))


def run() -> list[dict[str, Any]]:
    """Figures of both starts."""
    with tempfile.TemporaryDirectory(prefix="gangseo-setup-") as folder:
        clone, home = Path(folder) / "gangseo", Path(folder) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        first = _start(clone, home)
        time.sleep(1)
        second = _start(clone, home)
    return [
        {
            "name": "first start from nothing → robots on line", "value": first, "unit": "s",
            "target": "≤ 300", "anchor": "Open-RMF demo: 7 terminals",
        },
        {"name": "second start → robots on line", "value": second, "unit": "s", "target": "≤ 10"},
    ]  # fmt: skip


if __name__ == "__main__":
    for figure in run():
        sys.stdout.write(f"{figure}\n")
