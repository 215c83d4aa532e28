"""What attributes of a launch file say, in the place where they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from gangseo_launch.document import Element
from gangseo_launch.errors import LaunchError
from gangseo_launch.substitutions import Scope, parse_bool, substitute


@dataclass(frozen=True)
class Process:
    """One process to keep running."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    cwd: Path | None = None
    output: str = "log"
    respawn: bool = False
    respawn_delay_s: float = 0.0
    respawn_max_retries: int = -1
    shutdown_on_exit: bool = False
    is_node: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Written to a file and given with --params-file, as ros2 launch does."""


@dataclass
class Context:
    """What is in force where the reading is, and what was found so far."""

    variables: dict[str, str]
    environment: dict[str, str]
    prefixes: tuple[Path, ...]
    namespace: str = ""
    processes: list[Process] = field(default_factory=list)
    arguments: dict[str, str | None] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)


def text_of(element: Element, context: Context, text: str) -> str:
    """Text with its substitutions made; what is wrong with them is told with the place."""
    scope = Scope(element.file, context.variables, context.environment, context.prefixes)
    try:
        return substitute(text, scope)
    except LaunchError as err:
        raise element.error(str(err)) from err


def attribute(element: Element, context: Context, name: str, default: str | None = None) -> str | None:
    """An attribute that may be left out."""
    value = element.attributes.get(name)
    return default if value is None else text_of(element, context, value)


def needed(element: Element, context: Context, name: str) -> str:
    """An attribute that must be there."""
    return text_of(element, context, element.required(name))


def flag(element: Element, context: Context, name: str, *, default: bool) -> bool:
    """A true or false attribute."""
    text = attribute(element, context, name)
    if text is None:
        return default
    try:
        return parse_bool(text)
    except LaunchError as err:
        raise element.error(f"{name}: {err}") from err


def applies(element: Element, context: Context) -> bool:
    """What ``if`` and ``unless`` say."""
    if "if" in element.attributes and "unless" in element.attributes:
        raise element.error("give either if or unless, not both")
    return flag(element, context, "if", default=True) and not flag(element, context, "unless", default=False)


def number(element: Element, context: Context, name: str, default: float) -> float:
    """An attribute that is a number."""
    text = attribute(element, context, name)
    try:
        return default if text is None else float(text)
    except ValueError as err:
        raise element.error(f"{name} must be a number, found {text!r}") from err


def typed(element: Element, text: str) -> Any:  # noqa: ANN401 - a ROS parameter is any YAML value
    """The value of a parameter, of the type the element names or as YAML has it."""
    kind = element.attributes.get("type")
    converters: dict[str, Callable[[str], Any]] = {"str": str, "int": int, "float": float, "bool": parse_bool}
    try:
        return yaml.safe_load(text) if kind is None else converters[kind](text)
    except KeyError:
        raise element.error(f"type must be one of {', '.join(converters)}, found {kind!r}") from None
    except (ValueError, LaunchError, yaml.YAMLError) as err:
        raise element.error(f"value {text!r} is not a {kind or 'YAML value'}") from err
