"""Reads a world YAML; every mistake is told with file, line and what was expected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from gangseo_sim.world_parts import PartError, expand
from gangseo_sim.world_rules import check_world
from gangseo_sim.world_spec import WorldSpec

Path_ = tuple[str | int, ...]


class WorldError(ValueError):
    """A world file cannot be used; one line of text per mistake."""


class _Lines:
    """Where each value of the file stands."""

    def __init__(self, file: Path, root: yaml.Node) -> None:
        self._file = file
        self._lines = dict(_positions(root, ()))

    def at(self, path: Path_, text: str) -> str:
        """The message with file, line and path in front; the nearest known parent where the value is missing."""
        known = path
        while known and known not in self._lines:
            known = known[:-1]
        return f"{self._file}:{self._lines.get(known, 1)}: {_dotted(path)}{text}"


def load_world(file: Path) -> WorldSpec:
    """Reads and checks a world.

    Raises:
        WorldError: file absent, broken YAML, wrong or missing value, or a rule of `check_world` broken.
    """
    root = _compose(file)
    lines = _Lines(file, root)
    repeated = [lines.at(path, "stands here twice, expected one") for path in _repeated_keys(root, ())]
    if repeated:
        raise WorldError("\n".join(repeated))
    try:
        root = expand(root)
    except PartError as error:
        raise WorldError(f"{file}:{error.node.start_mark.line + 1}: {error}") from error
    lines = _Lines(file, root)
    try:
        spec = WorldSpec.model_validate(yaml.SafeLoader("").construct_document(root))
    except ValidationError as error:
        found = [lines.at(_spec_path(e["loc"]), _expectation(dict(e))) for e in error.errors()]
        raise WorldError("\n".join(dict.fromkeys(found))) from error
    problems = [lines.at(path, text) for path, text in check_world(spec)]
    if problems:
        raise WorldError("\n".join(problems))
    return spec


def _compose(file: Path) -> yaml.MappingNode:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError(f"{file}:1: cannot be read ({error}); expected a world file in UTF-8 YAML") from error
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        context = f" {error.context}" if error.context else ""
        raise WorldError(f"{file}:{line}: broken YAML{context}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise WorldError(f"{file}:1: broken YAML: {error}") from error
    if not isinstance(root, yaml.MappingNode):
        raise WorldError(f"{file}:1: expected a mapping with site, lanes, spots, stations, robots and more")
    return root


def _positions(node: yaml.Node, path: Path_) -> Iterator[tuple[Path_, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _positions(value, (*path, key.value))
            yield (*path, key.value), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _positions(value, (*path, index))


def _repeated_keys(node: yaml.Node, path: Path_) -> Iterator[Path_]:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        yield from ((*path, key) for key in dict.fromkeys(keys) if keys.count(key) > 1)
        for key, value in node.value:
            yield from _repeated_keys(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _repeated_keys(value, (*path, index))


def _spec_path(location: tuple[int | str, ...]) -> Path_:
    """Pydantic's location without the names of union branches and key markers."""
    return tuple(part for part in location if isinstance(part, int) or _is_key(part))


def _is_key(part: str) -> bool:
    return part != "[key]" and not part.startswith(("tuple[", "constrained-str"))


def _expectation(error: dict[str, Any]) -> str:
    if error["type"] == "missing":
        return "is missing, expected a value here"
    if error["type"] == "extra_forbidden":
        return "is not a known key; expected one of those in docs (see world_spec.py), check the spelling"
    given = repr(error["input"])
    shown = given if len(given) <= 60 else given[:57] + "…"
    message = str(error["msg"]).removeprefix("Input should be ").removeprefix("Value error, ")
    return f"expected {message}, got {shown}"


def _dotted(path: Path_) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return f"{text}: " if text else ""
