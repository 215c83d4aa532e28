"""Texts that people read: ``messages/{ko,en}.json`` beside this module."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from gangseo_protocol.vda5050 import Translation

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")


class UnknownTextError(KeyError):
    """No such key in the message files, or a field without a value."""


@cache
def catalog(language: Language) -> Mapping[str, str]:
    """All texts of one language by key."""
    # Beside the module, not inside a package of the same name: "messages" is a folder of data.
    raw = files("gangseo_protocol").joinpath("messages", f"{language}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(raw)
    return texts


def text(key: str, language: Language = "ko", **values: object) -> str:
    """The text behind a key with its ``{name}`` fields filled in.

    Raises UnknownTextError for an unknown key or a missing field.
    """
    try:
        return catalog(language)[key].format(**values)
    except KeyError as error:
        raise UnknownTextError(f"message {key!r} in {language}: {error} is missing") from error


def is_known(key: str) -> bool:
    """Whether the message files have this key."""
    return key in catalog("ko")


def translations(key: str, values: Mapping[str, object]) -> tuple[Translation, ...]:
    """The text in every language, as VDA 5050 translations (ISO 639-1)."""
    return tuple(
        Translation(translation_key=language, translation_value=text(key, language, **values)) for language in LANGUAGES
    )
