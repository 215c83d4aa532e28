"""From a launch file to the processes it asks for. Same command lines as ros2 launch gives."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gangseo_launch.document import Element, read_document
from gangseo_launch.errors import LaunchError
from gangseo_launch.reading import Context, Process, applies, attribute, flag, needed, number, typed
from gangseo_launch.substitutions import find_executable

_PROCESS_ATTRIBUTES = (
    "name",
    "output",
    "respawn",
    "respawn_delay",
    "respawn_max_retries",
    "on_exit",
    "launch-prefix",
    "cwd",
)


@dataclass(frozen=True)
class Plan:
    """Everything a launch file asks for."""

    processes: tuple[Process, ...]
    messages: tuple[str, ...]


def prefixes_of(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Install prefixes named by AMENT_PREFIX_PATH, nearest first."""
    return tuple(Path(part) for part in environment.get("AMENT_PREFIX_PATH", "").split(":") if part)


def read_plan(file: Path, arguments: Mapping[str, str], environment: Mapping[str, str]) -> Plan:
    """Processes of a launch file with its arguments.

    Raises LaunchError, with file and line, for anything outside the subset.
    """
    context = Context(dict(arguments), dict(environment), prefixes_of(environment))
    _include_file(file.resolve(), context)
    unknown = set(arguments) - set(context.arguments)
    if unknown:
        known = ", ".join(sorted(context.arguments)) or "none"
        raise LaunchError(f"no such launch argument: {', '.join(sorted(unknown))}; arguments: {known}", file)
    return Plan(tuple(context.processes), tuple(context.messages))


def _include_file(file: Path, context: Context) -> None:
    root = read_document(file)
    root.allow("version")
    for child in root.children:
        _visit(child, context)


def _visit(element: Element, context: Context) -> None:
    visit = _VISITORS.get(element.tag)
    if visit is None:
        raise element.error(f"<{element.tag}> is outside the supported subset: {' '.join(_VISITORS)}")
    if applies(element, context):
        visit(element, context)


def _visit_arg(element: Element, context: Context) -> None:
    element.allow("name", "default", "description")
    name = needed(element, context, "name")
    default = attribute(element, context, "default")
    context.arguments[name] = default
    if name in context.variables:
        return
    if default is None:
        described = attribute(element, context, "description") or "no description"
        raise element.error(f"launch argument {name!r} is required ({described}); give {name}:=VALUE")
    context.variables[name] = default


def _visit_let(element: Element, context: Context) -> None:
    element.allow("name", "value")
    context.variables[needed(element, context, "name")] = needed(element, context, "value")


def _visit_set_env(element: Element, context: Context) -> None:
    element.allow("name", "value")
    context.environment[needed(element, context, "name")] = needed(element, context, "value")


def _visit_unset_env(element: Element, context: Context) -> None:
    element.allow("name")
    context.environment.pop(needed(element, context, "name"), None)


def _visit_group(element: Element, context: Context) -> None:
    element.allow("scoped")
    saved = (dict(context.variables), dict(context.environment), context.namespace)
    for child in element.children:
        _visit(child, context)
    if flag(element, context, "scoped", default=True):
        context.variables, context.environment, context.namespace = saved


def _visit_namespace(element: Element, context: Context) -> None:
    element.allow("namespace")
    namespace = needed(element, context, "namespace")
    context.namespace = namespace if namespace.startswith("/") else f"{context.namespace}/{namespace}"


def _visit_include(element: Element, context: Context) -> None:
    element.allow("file")
    for child in element.children:
        if child.tag != "arg" or set(child.attributes) - {"name", "value"}:
            raise child.error('inside <include> only <arg name="…" value="…"/> is supported')
        context.variables[needed(child, context, "name")] = needed(child, context, "value")
    file = Path(needed(element, context, "file"))
    if not file.is_file():
        raise element.error(f"included file does not exist: {file}")
    _include_file(file, context)


def _visit_log(element: Element, context: Context) -> None:
    element.allow("message", "level")
    context.messages.append(needed(element, context, "message"))


def _visit_executable(element: Element, context: Context) -> None:
    element.allow("cmd", *_PROCESS_ATTRIBUTES)
    command = shlex.split(needed(element, context, "cmd"))
    if not command:
        raise element.error("cmd is empty")
    name = attribute(element, context, "name") or Path(command[0]).name
    _add(element, context, name, command, _child_environment(element, context), {})


def _visit_node(element: Element, context: Context) -> None:
    element.allow("pkg", "exec", "namespace", "args", "ros_args", *_PROCESS_ATTRIBUTES)
    package, executable = needed(element, context, "pkg"), needed(element, context, "exec")
    try:
        command = [str(find_executable(package, executable, context.prefixes))]
    except LaunchError as err:
        raise element.error(str(err)) from err
    command += shlex.split(attribute(element, context, "args") or "")
    command += ["--ros-args", *shlex.split(attribute(element, context, "ros_args") or "")]
    name = attribute(element, context, "name")
    namespace = attribute(element, context, "namespace")
    full_namespace = context.namespace
    if namespace:
        full_namespace = namespace if namespace.startswith("/") else f"{context.namespace}/{namespace}"
    if name:
        command += ["-r", f"__node:={name}"]
    if full_namespace:
        command += ["-r", f"__ns:={full_namespace}"]
    parameters, files = _parameters(element, context)
    for file in files:
        command += ["--params-file", file]
    remaps = [child for child in element.children if child.tag == "remap"]
    tail = [f"{needed(r, context, 'from')}:={needed(r, context, 'to')}" for r in remaps]
    label = "/".join(part for part in (full_namespace.strip("/"), name or executable) if part)
    environment = _child_environment(element, context)
    _add(element, context, label, command, environment, parameters, [word for t in tail for word in ("-r", t)])


def _parameters(element: Element, context: Context) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    files: list[str] = []
    for child in element.children:
        if child.tag == "param":
            child.allow("name", "value", "type", "from")
            if "from" in child.attributes:
                files.append(needed(child, context, "from"))
            else:
                values[needed(child, context, "name")] = typed(child, needed(child, context, "value"))
        elif child.tag not in {"remap", "env"}:
            raise child.error(f"<{child.tag}> is not supported inside <node>; use param, remap or env")
    return values, files


def _child_environment(element: Element, context: Context) -> dict[str, str]:
    environment = dict(context.environment)
    for child in element.children:
        if child.tag == "env":
            child.allow("name", "value")
            environment[needed(child, context, "name")] = needed(child, context, "value")
        elif element.tag == "executable":
            raise child.error(f"<{child.tag}> is not supported inside <executable>; use env")
    return environment


def _add(
    element: Element,
    context: Context,
    name: str,
    command: list[str],
    environment: dict[str, str],
    parameters: dict[str, Any],
    tail: list[str] | None = None,
) -> None:
    on_exit = attribute(element, context, "on_exit")
    if on_exit not in {None, "shutdown"}:
        raise element.error(f"on_exit can only be shutdown, found {on_exit!r}")
    cwd = attribute(element, context, "cwd")
    prefix = shlex.split(attribute(element, context, "launch-prefix") or "")
    parameter_words = ["--params-file", PARAMETERS] if parameters else []
    context.processes.append(
        Process(
            name=name,
            command=(*prefix, *command, *parameter_words, *(tail or [])),
            environment=environment,
            cwd=Path(cwd) if cwd else None,
            output=attribute(element, context, "output") or "log",
            respawn=flag(element, context, "respawn", default=False),
            respawn_delay_s=number(element, context, "respawn_delay", 0.0),
            respawn_max_retries=int(number(element, context, "respawn_max_retries", -1)),
            shutdown_on_exit=on_exit == "shutdown",
            is_node=element.tag == "node",
            parameters=parameters,
        )
    )


PARAMETERS = "\0parameters"
"""Stands in a command for the parameter file the runner writes."""

_VISITORS = {
    "arg": _visit_arg,
    "let": _visit_let,
    "set_env": _visit_set_env,
    "unset_env": _visit_unset_env,
    "group": _visit_group,
    "push_ros_namespace": _visit_namespace,
    "include": _visit_include,
    "log": _visit_log,
    "node": _visit_node,
    "executable": _visit_executable,
}
