"""Checks messages against the official VDA 5050 JSON schemas, where a folder with them is configured."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from gangseo_protocol.topics import AnyTopicName, TopicName


class SchemaFolderError(ValueError):
    """The folder lacks a schema or holds one that is not JSON."""


class SchemaChecker:
    """Official schemas of one folder: ``order.schema``, ``state.schema`` and so on."""

    def __init__(self, folder: Path) -> None:
        """Reads all schemas at once, so that a wrong folder is told at start.

        Raises SchemaFolderError.
        """
        # jsonschema is imported only where checking is switched on: a robot does not carry it otherwise.
        from jsonschema import Draft202012Validator  # noqa: PLC0415

        self._validators: dict[AnyTopicName, Draft202012Validator] = {
            name: Draft202012Validator(_read(folder, name)) for name in get_args(TopicName)
        }

    def problems(self, name: AnyTopicName, message: Mapping[str, Any] | str | bytes) -> tuple[str, ...]:
        """What is wrong with a message (as JSON or read), one line each with its place; empty when it is valid.

        Our own topics have no official schema: nothing is wrong with them here.
        """
        validator = self._validators.get(name)
        if validator is None:
            return ()
        if isinstance(message, str | bytes):
            try:
                message = json.loads(message)
            except ValueError as error:
                return (f"$: not JSON: {error}",)
        found = sorted(validator.iter_errors(message), key=lambda error: error.json_path)
        return tuple(f"{error.json_path}: {error.message}" for error in found)


def _read(folder: Path, name: TopicName) -> dict[str, Any]:
    path = folder / f"{name}.schema"
    try:
        schema = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SchemaFolderError(f"{path} is missing: set schema_dir to the folder of VDA 5050 3.0.0 schemas") from error
    except json.JSONDecodeError as error:
        raise SchemaFolderError(f"{path} is not JSON: {error}") from error
    if not isinstance(schema, dict):
        raise SchemaFolderError(f"{path} is not a JSON object")
    return schema
