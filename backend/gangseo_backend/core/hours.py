"""When the service runs. Pure."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """From and until in local time; None for always. Hours may go over midnight."""

    begin: time | None
    end: time | None
    timezone: str

    @staticmethod
    def parse(text: str, timezone: str) -> "ServiceHours":
        """From ``10:00-19:00`` or ``always``."""
        if text == "always":
            return ServiceHours(None, None, timezone)
        begin, _, end = text.partition("-")
        return ServiceHours(time.fromisoformat(begin), time.fromisoformat(end), timezone)

    def open_at(self, moment: datetime) -> bool:
        """Whether calls are taken at a moment."""
        if self.begin is None or self.end is None:
            return True
        local = moment.astimezone(ZoneInfo(self.timezone)).time()
        if self.begin <= self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end

    @property
    def text(self) -> str:
        """As people read it."""
        if self.begin is None or self.end is None:
            return "24시간"
        return f"{self.begin:%H:%M}–{self.end:%H:%M}"
