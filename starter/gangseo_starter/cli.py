"""Command line of `./gangseo`."""

import argparse
import subprocess
import sys
from pathlib import Path

from gangseo_starter import machine
from gangseo_starter.environment import runtime_environment
from gangseo_starter.errors import StartError
from gangseo_starter.gazebo import ensure_gazebo
from gangseo_starter.layout import ROOT
from gangseo_starter.leftovers import down
from gangseo_starter.run import run, set_up
from gangseo_starter.suite import bench, test

_LOCKS = ("bootstrap", "run", "ros", "test", "node")


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value <= 100:
        raise argparse.ArgumentTypeError("must be above 0 and at most 100")
    return value


def _port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 65535:
        raise argparse.ArgumentTypeError("must be a port from 1 to 65535")
    return value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./gangseo", description="강서: service robots and the city backend of Gangseo-gu."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    start = commands.add_parser("run", help="set up what is missing and start everything")
    start.add_argument("--headless", action="store_true", help="do not open a browser")
    start.add_argument("--robots", type=int, default=2, metavar="N", help="robots in the park, 1 to 10 (default 2)")
    start.add_argument(
        "--speed", type=_positive, default=1.0, metavar="X", help="simulated seconds per second (default 1)"
    )
    start.add_argument("--port", type=_port, default=8080, help="port of the console (default 8080)")
    start.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1, this machine only)"
    )
    start.add_argument("--mqtt-port", type=_port, help="MQTT port (default: 1883, or a free one)")
    start.add_argument("--data", type=Path, metavar="DIR", help="data folder (default .gangseo/data)")
    start.add_argument("--world", default="magok_hanui", help="world of sim/worlds (default magok_hanui)")
    start.add_argument(
        "--people", type=int, default=-1, metavar="N", help="walking people (default: as the world says)"
    )
    start.add_argument("--seed", type=int, default=1, help="seed of the simulation (default 1)")
    start.add_argument(
        "--service-hours", default="always", metavar="HH:MM-HH:MM", help="when calls are taken (default always)"
    )
    start.add_argument("--schemas", type=Path, metavar="DIR", help="check every message against these VDA 5050 schemas")
    start.add_argument("--sim", choices=("embedded", "gazebo"), default="embedded", help="simulator (default embedded)")
    start.add_argument("--no-audio", action="store_true", help="robots do not speak aloud")
    start.set_defaults(action=run)
    check = commands.add_parser("test", help="run every check, and every test on the embedded simulator")
    which = check.add_mutually_exclusive_group()
    which.add_argument("--fast", action="store_true", help="leave out what takes over five seconds")
    which.add_argument("--all", action="store_true", help="the tests on Gazebo Classic too, where it is to be had")
    which.add_argument(
        "--gazebo", action="store_true", help="only the tests on Gazebo Classic; fails where it is not to be had"
    )
    check.add_argument("--coverage", action="store_true", help="measure coverage")
    check.add_argument(
        "pytest", nargs="*", metavar="PYTEST", help="arguments for pytest; after -- when they begin with -"
    )
    check.set_defaults(action=test)
    measure = commands.add_parser("bench", help="measure and write docs/benchmarks.md")
    measure.add_argument("names", nargs="*", help="only these benches")
    measure.set_defaults(action=bench)
    stop = commands.add_parser("down", help="end a running system")
    stop.add_argument("--data", type=Path, metavar="DIR", help="data folder (default .gangseo/data)")
    stop.set_defaults(action=_down)
    commands.add_parser("doctor", help="what is missing and how to get it").set_defaults(
        action=lambda *_: machine.doctor()
    )
    commands.add_parser("setup", help="set up without starting").set_defaults(action=_set_up)
    commands.add_parser("gazebo", help="fetch Gazebo Classic 11 and compile its plugin").set_defaults(action=_gazebo)
    shell = commands.add_parser(
        "exec", help="run a command in the project's environment, such as ./gangseo exec python"
    )
    shell.add_argument("words", nargs=argparse.REMAINDER)
    shell.set_defaults(action=_exec)
    commands.add_parser("lock", help="renew the lock files from requirements/*.in").set_defaults(action=_lock)
    return parser


def _down(arguments: argparse.Namespace, *_: object) -> int:
    ended = down((arguments.data or ROOT.data).resolve())
    print("stopped" if ended else "nothing was running")
    return 0


def _set_up(*_: object) -> int:
    set_up(ROOT, "magok_hanui")
    return 0


def _gazebo(*_: object) -> int:
    print(f"Gazebo Classic 11 is in {ensure_gazebo(ROOT)}")
    return 0


def _exec(arguments: argparse.Namespace, *_: object) -> int:
    set_up(ROOT, "magok_hanui")
    environment = runtime_environment(ROOT)
    # So that `python -m lockstep` finds its package.
    environment["PYTHONPATH"] += f":{ROOT.root / 'tests'}"
    return subprocess.run(arguments.words or ["bash"], env=environment, check=False).returncode


def _lock(*_: object) -> int:
    folder, uv = ROOT.root / "requirements", ROOT.venv / "bin" / "uv"
    options = ["-q", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
    fixed: list[str] = []
    for name in _LOCKS:
        constraints = [word for lock in fixed for word in ("-c", lock)] if name in {"ros", "test"} else []
        command = [str(uv), "pip", "compile", *options, f"{name}.in", *constraints, "-o", f"{name}.lock"]
        subprocess.run(command, cwd=folder, check=True)
        if name in {"run", "ros"}:
            fixed.append(f"{name}.lock")
    return 0


def main() -> int:
    """Runs one command; errors a person can mend are printed with their remedy."""
    arguments = _parser().parse_args()
    try:
        return int(arguments.action(arguments, ROOT))
    except StartError as err:
        sys.stderr.write(f"\n✗ {err}\n")
        if err.remedy:
            sys.stderr.write(f"  → {err.remedy}\n")
        return 1
    except KeyboardInterrupt:
        return 130
