"""What robots say, in people's words: ids become the site's names before a text is filled in."""

import re
from collections.abc import Mapping

from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.fleet.record import FLEET_TEXTS
from gangseo_protocol.messages import LANGUAGES, Language, UnknownTextError, is_known, text
from gangseo_protocol.site import Site
from gangseo_protocol.vda5050 import Error, Info

_NODE_FIELDS = {"node", "nodeId"}
_NOT_VALUES = {"key", "language"}


def references(item: Info | Error) -> dict[str, str]:
    """References of an information or error as a dictionary."""
    pairs = item.info_references if isinstance(item, Info) else item.error_references
    return {pair.reference_key: pair.reference_value for pair in pairs or ()}


class Wording:
    """Texts of robots with the names of one site."""

    def __init__(self, site: Site) -> None:
        self._names: dict[str, LocalText] = {}
        for robot in site.robots:
            self._names[robot.robot_id] = LocalText(ko=robot.name.ko, en=robot.name.en)
        for crosswalk in site.crosswalks:
            self._names[crosswalk.crosswalk_id] = LocalText(ko=crosswalk.name.ko, en=crosswalk.name.en)
        for station in site.stations:
            name = LocalText(ko=station.name.ko, en=station.name.en)
            self._names |= {station.station_id: name, station.node_id: name}
        for spot in site.spots:
            name = LocalText(ko=spot.name.ko, en=spot.name.en)
            self._names |= {spot.spot_id: name, spot.node_id: name}
        self._nodes = {node.node_id for node in site.nodes}

    def say(self, key: str, values: Mapping[str, object]) -> KeyedText:
        """A text of the robots' message files; an unknown key is shown as it is."""
        said = self._filled(key, values)
        return KeyedText(key=key, ko=said["ko"], en=said["en"]) if said else KeyedText(key=key, ko=key, en=key)

    def error(self, error: Error) -> KeyedText:
        """What an error says: from our own files where its values suffice, else in the robot's words with names."""
        key, values = f"error.{error.error_type}", references(error)
        said = self._filled(key, values)
        if said is None:
            given = {
                item.translation_key: item.translation_value for item in error.error_description_translations or ()
            }
            fallback = error.error_description or error.error_type
            said = {language: self._renamed(given.get(language, fallback), values, language) for language in LANGUAGES}
        return KeyedText(key=key, ko=said["ko"], en=said["en"])

    def hint(self, error: Error) -> LocalText | None:
        """What to do about an error, in the robot's words."""
        if error.error_hint is None:
            return None
        given = {item.translation_key: item.translation_value for item in error.error_hint_translations or ()}
        return LocalText(ko=given.get("ko", error.error_hint), en=given.get("en", error.error_hint))

    def name(self, field: str, value: str, language: Language) -> str:
        """What to call a value of a field; what has no name stays as it is."""
        known = self._names.get(value)
        if known is None and field in _NODE_FIELDS and value in self._nodes:
            known = FLEET_TEXTS.text("place.next_point")
        if known is not None:
            return known.ko if language == "ko" else known.en
        if field == "stream" and is_known(f"stream.{value}"):
            return text(f"stream.{value}", language)
        if field == "action" and f"step.{value}" in FLEET_TEXTS.keys:
            step = FLEET_TEXTS.text(f"step.{value}")
            return step.ko if language == "ko" else step.en
        if field == "bodies":
            return ", ".join(self.name("body", body, language) for body in value.split(", "))
        return value

    def _filled(self, key: str, values: Mapping[str, object]) -> dict[Language, str] | None:
        """The text in every language; None when the key or one of its values is missing."""
        said: dict[Language, str] = {}
        for language in LANGUAGES:
            fields = {
                field: self.name(field, str(value), language)
                for field, value in values.items()
                if field not in _NOT_VALUES
            }
            try:
                said[language] = text(key, language, **fields)
            except UnknownTextError:
                return None
        return said

    def _renamed(self, words: str, values: Mapping[str, str], language: Language) -> str:
        for field, value in values.items():
            name = self.name(field, value, language)
            if name != value and value:
                # Korean particles follow an id without a space, so only Latin signs bound it.
                whole = rf"(?<![A-Za-z0-9_-]){re.escape(value)}(?![A-Za-z0-9_-])"
                words = re.sub(whole, lambda _found, name=name: name, words)  # type: ignore[misc]
        return words
