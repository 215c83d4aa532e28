"""`$(var x)` and its kin."""

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gangseo_launch.errors import LaunchError

_TRUE = {"true", "1"}
_FALSE = {"false", "0"}


def parse_bool(text: str) -> bool:
    """Reads true, false, 1 or 0 in any case; raises LaunchError otherwise."""
    if text.strip().lower() in _TRUE:
        return True
    if text.strip().lower() in _FALSE:
        return False
    raise LaunchError(f"expected true or false, found {text!r}")


@dataclass(frozen=True)
class Scope:
    """What substitutions can see."""

    file: Path
    variables: Mapping[str, str]
    environment: Mapping[str, str]
    prefixes: tuple[Path, ...] = field(default=())


def find_prefix(package: str, prefixes: tuple[Path, ...]) -> Path:
    """Install prefix of a package by the ament index."""
    for prefix in prefixes:
        if (prefix / "share/ament_index/resource_index/packages" / package).exists():
            return prefix
    raise LaunchError(f"package {package!r} is not installed; build it and source its workspace")


def find_executable(package: str, name: str, prefixes: tuple[Path, ...]) -> Path:
    """Executable of a package, such as lib/gangseo_sim/sim_bridge."""
    path = find_prefix(package, prefixes) / "lib" / package / name
    if not path.is_file():
        raise LaunchError(f"package {package!r} has no executable {name!r}")
    return path


def _var(scope: Scope, *args: str) -> str:
    name, default = args[0], args[1:] or None
    if name in scope.variables:
        return scope.variables[name]
    if default:
        return default[0]
    raise LaunchError(f"launch configuration {name!r} does not exist")


def _env(scope: Scope, *args: str) -> str:
    name, default = args[0], args[1:] or None
    if name in scope.environment:
        return scope.environment[name]
    if default:
        return default[0]
    raise LaunchError(f"environment variable {name!r} is not set and has no default")


def _text(value: bool) -> str:
    return "true" if value else "false"


_SUBSTITUTIONS: dict[str, tuple[tuple[int, ...], Callable[..., str]]] = {
    "var": ((1, 2), _var),
    "env": ((1, 2), _env),
    "dirname": ((0,), lambda scope: str(scope.file.parent)),
    "filename": ((0,), lambda scope: str(scope.file)),
    "find-pkg-prefix": ((1,), lambda scope, name: str(find_prefix(name, scope.prefixes))),
    "find-pkg-share": ((1,), lambda scope, name: str(find_prefix(name, scope.prefixes) / "share" / name)),
    "exec-in-pkg": ((2,), lambda scope, name, package: str(find_executable(package, name, scope.prefixes))),
    "not": ((1,), lambda _scope, a: _text(not parse_bool(a))),
    "and": ((2,), lambda _scope, a, b: _text(parse_bool(a) and parse_bool(b))),
    "or": ((2,), lambda _scope, a, b: _text(parse_bool(a) or parse_bool(b))),
    "equals": ((2,), lambda _scope, a, b: _text(a == b)),
}
_INNERMOST = re.compile(r"\$\(([^()$]*)\)")


def substitute(text: str, scope: Scope) -> str:
    """Text with every `$(…)` replaced, innermost first.

    Raises LaunchError for unknown substitutions, wrong argument counts and missing values.
    """
    done: list[str] = []

    def hold(match: re.Match[str]) -> str:
        done.append(_evaluate(match[1], scope, done))
        return f"\0{len(done) - 1}\0"

    while _INNERMOST.search(text):
        text = _INNERMOST.sub(hold, text)
    if "$(" in text:
        raise LaunchError(f"unbalanced substitution in {text!r}")
    return _release(text, done)


def _release(text: str, done: list[str]) -> str:
    return re.sub(r"\0(\d+)\0", lambda match: done[int(match[1])], text)


def _evaluate(inner: str, scope: Scope, done: list[str]) -> str:
    words = [_release(word, done) for word in shlex.split(inner)]
    if not words or words[0] not in _SUBSTITUTIONS:
        known = " ".join(_SUBSTITUTIONS)
        raise LaunchError(f"unknown substitution $({_release(inner, done)}); known: {known}")
    counts, function = _SUBSTITUTIONS[words[0]]
    if len(words) - 1 not in counts:
        raise LaunchError(f"$({words[0]} …) takes {' or '.join(map(str, counts))} arguments, found {len(words) - 1}")
    return function(scope, *words[1:])
