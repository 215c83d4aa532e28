"""`python -m gangseo_launch FILE [name:=value …]`, the arguments of ros2 launch."""

import argparse
import os
import shlex
import signal
import sys
from pathlib import Path

from gangseo_launch.errors import LaunchError
from gangseo_launch.plan import prefixes_of, read_plan
from gangseo_launch.runner import Runner, print_event
from gangseo_launch.substitutions import find_prefix


def _locate(words: list[str]) -> tuple[Path, list[str]]:
    if len(words) > 1 and ":=" not in words[1]:
        share = find_prefix(words[0], prefixes_of(os.environ)) / "share" / words[0]
        return share / "launch" / words[1], words[2:]
    return Path(words[0]), words[1:]


def _arguments(words: list[str]) -> dict[str, str]:
    wrong = [word for word in words if ":=" not in word]
    if wrong:
        raise LaunchError(f"expected name:=value, found {wrong[0]!r}")
    return dict(word.split(":=", 1) for word in words)


def main() -> int:
    """Runs a launch file until Ctrl-C; 1 when the file is wrong."""
    parser = argparse.ArgumentParser(prog="gangseo_launch", description=__doc__)
    parser.add_argument("--print", action="store_true", dest="only_print", help="print the command lines and end")
    parser.add_argument("--log-dir", type=Path, help="one log file per process instead of the screen")
    parser.add_argument("--state-file", type=Path, help="keep the process ids of everything started in this file")
    parser.add_argument("words", nargs="+", metavar="FILE | PACKAGE FILE | name:=value")
    options = parser.parse_args()
    try:
        file, rest = _locate(options.words)
        plan = read_plan(file, _arguments(rest), os.environ)
    except LaunchError as err:
        sys.stderr.write(f"{err}\n")
        return 1
    if options.only_print:
        for process in plan.processes:
            sys.stdout.write(shlex.join(process.command) + "\n")
        return 0
    for message in plan.messages:
        sys.stderr.write(f"{message}\n")
    runner = Runner(plan, options.log_dir, print_event, options.state_file)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: runner.request_stop())
    return runner.run()


if __name__ == "__main__":
    sys.exit(main())
