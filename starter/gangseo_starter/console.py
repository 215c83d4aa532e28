"""Builds the console with Node.js."""

from gangseo_starter.environment import base_environment
from gangseo_starter.layout import Layout
from gangseo_starter.machine import node_version
from gangseo_starter.progress import Step
from gangseo_starter.stamps import Stamp, fingerprint

_OLDEST_NODE = (20, 19)
_SKIPPED = {"node_modules", "dist", "coverage"}


def node_environment(layout: Layout) -> dict[str, str]:
    """Environment with a Node.js that is new enough: the machine's, or the one from PyPI."""
    environment = base_environment()
    if node_version() < _OLDEST_NODE:
        if not (layout.venv / "bin" / "node").exists():
            with Step("Install Node.js") as step:
                uv, lock = layout.venv / "bin/uv", layout.lock("node")
                step.run(
                    [uv, "pip", "install", "--python", layout.python, "--require-hashes", "-r", lock], env=environment
                )
        environment["PATH"] = f"{layout.venv / 'bin'}:{environment['PATH']}"
    return environment


def ensure_modules(layout: Layout) -> None:
    """Installs the console's npm packages from its lock file."""
    source = layout.root / "backend" / "console"
    stamp, value = (
        Stamp(layout.made, "npm"),
        fingerprint([source / "package.json", source / "package-lock.json"], str(source)),
    )
    if stamp.matches(value) and (source / "node_modules").is_dir():
        return
    environment = node_environment(layout)
    with Step("Install the console's packages") as step:
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        step.run(command, env=environment, cwd=source, remedy="Is there a network, and does npm reach its registry?")
    stamp.set(value)


def ensure_console(layout: Layout) -> None:
    """Builds the console when its sources have changed."""
    source = layout.root / "backend" / "console"
    files = [
        file for file in source.rglob("*") if file.is_file() and not _SKIPPED & set(file.relative_to(source).parts)
    ]
    stamp, value = Stamp(layout.made, "console"), fingerprint(files, str(source))
    if stamp.matches(value) and (layout.console / "index.html").is_file():
        return
    ensure_modules(layout)
    with Step("Build the console") as step:
        out = ["--", "--outDir", str(layout.console), "--emptyOutDir"]
        step.run(["npm", "run", "build", *out], env=node_environment(layout), cwd=source)
    stamp.set(value)
