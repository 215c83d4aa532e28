"""Texts people read, from message files: Korean first, then English."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

LANGUAGES = ("ko", "en")


class LocalText(BaseModel):
    """A name or sentence in both languages."""

    model_config = ConfigDict(frozen=True)

    ko: str
    en: str


class KeyedText(LocalText):
    """A sentence of a message file with its key."""

    key: str


class _Keep(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Catalog:
    """The message files of one folder, ``ko.json`` and ``en.json`` with the same keys."""

    def __init__(self, folder: Path) -> None:
        self._texts: dict[str, dict[str, str]] = {
            language: json.loads((folder / f"{language}.json").read_text(encoding="utf-8")) for language in LANGUAGES
        }

    @property
    def keys(self) -> frozenset[str]:
        """Every key of the Korean file."""
        return frozenset(self._texts["ko"])

    def keys_of(self, language: str) -> frozenset[str]:
        """Every key of one language's file."""
        return frozenset(self._texts[language])

    def text(self, key: str, values: Mapping[str, Any] | None = None) -> KeyedText:
        """The sentence behind a key; a key that is in no file is shown as it is."""
        return KeyedText(key=key, ko=self._fill("ko", key, values), en=self._fill("en", key, values))

    def _fill(self, language: str, key: str, values: Mapping[str, Any] | None) -> str:
        shown = {name: _in_language(value, language) for name, value in (values or {}).items()}
        return self._texts[language].get(key, key).format_map(_Keep(shown))


def _in_language(value: object, language: str) -> object:
    if isinstance(value, Mapping):
        return value.get(language, "")
    return value
