"""Settings from the environment, prefix ``GANGSEO_``."""

import json
import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEVELOPMENT_SECRET = "development-only-do-not-use-in-production"  # noqa: S105 - refused in production below
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


class ConfigError(Exception):
    """A setting is missing or wrong; the message says which and what to do."""


class Secrets(BaseModel):
    """The keys of ``secrets.json``."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    session_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    qr_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    mqtt_password: SecretStr = SecretStr("")

    def weak_keys(self) -> list[str]:
        """Names of keys that are the development default or too short."""
        keys = {"session_key": self.session_key, "qr_key": self.qr_key}
        return [
            name
            for name, key in keys.items()
            if key.get_secret_value() == DEVELOPMENT_SECRET or len(key.get_secret_value()) < 32
        ]


class Settings(BaseSettings):
    """Everything a running backend needs to know."""

    model_config = SettingsConfigDict(env_prefix="GANGSEO_", frozen=True, extra="ignore")

    environment: Literal["development", "production"] = "development"
    data_dir: Path = Path(".gangseo/data")
    database_url: str = ""
    site_file: Path = Path(".gangseo/worlds/magok_hanui/site.json")
    secrets_file: Path | None = None
    mqtt_host: str = "127.0.0.1"
    mqtt_port: Annotated[int, Field(gt=0, lt=65536)] = 1883
    mqtt_username: str = "backend"
    mqtt_enabled: bool = True
    console_dir: Path | None = None
    public_url: str = "http://127.0.0.1:8000"
    speed_factor: Annotated[float, Field(gt=0)] = 1.0
    schema_dir: Path | None = None
    service_hours: str = "always"
    session_hours: Annotated[float, Field(gt=0)] = 12.0
    ticket_minutes: Annotated[float, Field(gt=0)] = 15.0
    pin_hours: Annotated[float, Field(gt=0)] = 24.0
    follow_hours: Annotated[float, Field(gt=0)] = 24.0
    robot_mass_kg: Annotated[float, Field(gt=0, lt=500)] = 114.0
    """Empty robot and full bins; what goods may weigh beside them is bounded by law."""
    retention_days: Annotated[int, Field(ge=1)] = 90
    picture_retention_days: Annotated[int, Field(ge=2, le=30)] = 30
    """The law allows 30 days at most."""
    picture_store: str = ""
    round_spot_litres: Annotated[float, Field(ge=0, le=400)] = 2.0
    """What a visit is expected to bring of each stream where no robot has been yet."""
    round_starts: Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d(,([01]\d|2[0-3]):[0-5]\d)*)?$")] = ""
    """When robots go round all spots each day, in the site's time zone: "10:00,15:30"; "" for never."""
    round_late_minutes: Annotated[float, Field(ge=0)] = 30.0
    round_lasts_minutes: Annotated[float, Field(gt=0, le=1440)] = 120.0
    """Nothing of a round is begun later than this after its start, unless somebody says otherwise."""
    patrol_late_minutes: Annotated[float, Field(ge=0)] = 30.0
    patrol_give_up_minutes: Annotated[float, Field(gt=0)] = 60.0
    audit_retention_years: Annotated[int, Field(ge=1)] = 5
    qr_key_version: Annotated[int, Field(ge=1)] = 1
    password_time_cost: Annotated[int, Field(ge=1)] = 3
    password_memory_kib: Annotated[int, Field(ge=8)] = 65536

    @field_validator("secrets_file", "console_dir", "schema_dir", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("service_hours")
    @classmethod
    def _hours_have_a_form(cls, value: str) -> str:
        if value != "always" and not _HOURS.fullmatch(value):
            raise ValueError('SERVICE_HOURS must be "always" or like "10:00-19:00"')
        return value

    @model_validator(mode="after")
    def _production_has_secrets(self) -> Self:
        if self.environment == "production" and self.secrets_file is None:
            raise ValueError("production needs GANGSEO_SECRETS_FILE with session_key and qr_key")
        return self

    @property
    def effective_database_url(self) -> str:
        """The database's URL; SQLite in the data folder when none is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'gangseo.db'}"

    def load_secrets(self) -> Secrets:
        """Read the secrets file.

        Raises:
            ConfigError: it is missing, unreadable, or weak in production.
        """
        if self.secrets_file is None:
            return Secrets()
        try:
            secrets = Secrets.model_validate(json.loads(self.secrets_file.read_text(encoding="utf-8")))
        except OSError as err:
            raise ConfigError(f"cannot read secrets file {self.secrets_file}: {err.strerror}") from err
        except (ValueError, ValidationError) as err:
            raise ConfigError(f"secrets file {self.secrets_file} is not JSON with session_key and qr_key") from err
        weak = secrets.weak_keys()
        if self.environment == "production" and weak:
            raise ConfigError(f"{', '.join(weak)} in {self.secrets_file} must be own random text of 32 or more signs")
        return secrets
