"""Errors of a robot with the words people read about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from gangseo_protocol import info
from gangseo_protocol.messages import text, translations
from gangseo_protocol.vda5050 import Error, ErrorLevel, ErrorReference


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: VDA 5050 error type, level, what it is about, values for its text."""

    error_type: str
    level: ErrorLevel
    references: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    def to_wire(self) -> Error:
        """The VDA 5050 error in English with Korean and English translations."""
        key, hint = f"error.{self.error_type}", f"hint.{self.error_type}"
        return Error(
            error_type=self.error_type,
            error_level=self.level,
            error_references=tuple(
                ErrorReference(reference_key=k, reference_value=v) for k, v in (*self.references, *self.values.items())
            )
            or None,
            error_description=text(key, "en", **self.values),
            error_description_translations=translations(key, self.values),
            error_hint=text(hint, "en"),
            error_hint_translations=translations(hint, {}),
        )


def unreadable(message: str, error: ValidationError) -> Fault:
    """A message of the fleet that is not what its topic promises."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "payload"
    values = {"message": message, "reason": f"{where}: {first['msg']}"}
    return Fault(info.VALIDATION_FAILURE, ErrorLevel.WARNING, (("topic", message),), values)


class FaultBoard:
    """The faults that stand now, by slot: a condition raises and clears its own slot."""

    def __init__(self) -> None:
        self._slots: dict[str, Fault] = {}

    def set(self, slot: str, fault: Fault | None) -> None:
        """Raises or clears the fault of one slot."""
        if fault is None:
            self._slots.pop(slot, None)
        else:
            self._slots[slot] = fault

    def note(self, kind: str, fault: Fault, keep: int = 5) -> None:
        """Adds a fault to a short list of its kind; the oldest beyond ``keep`` are dropped."""
        if any(known == fault for slot, known in self._slots.items() if slot.startswith(f"{kind}#")):
            return
        numbers = sorted(int(slot.partition("#")[2]) for slot in self._slots if slot.startswith(f"{kind}#"))
        for number in numbers[: len(numbers) + 1 - keep]:
            del self._slots[f"{kind}#{number}"]
        self._slots[f"{kind}#{numbers[-1] + 1 if numbers else 0}"] = fault

    def clear(self, kinds: Iterable[str]) -> None:
        """Drops slots and lists by kind."""
        gone = set(kinds)
        self._slots = {slot: fault for slot, fault in self._slots.items() if slot.partition("#")[0] not in gone}

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that stand, oldest first."""
        return tuple(self._slots.values())
