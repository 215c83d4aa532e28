"""The site file."""

import json
from pathlib import Path

from pydantic import ValidationError

from gangseo_backend.core.config import ConfigError
from gangseo_protocol.site import Site


def load_site(file: Path) -> Site:
    """Read ``site.json``.

    Raises:
        ConfigError: it is not there or not a site; the message says where.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as err:
        raise ConfigError(
            f"cannot read the site file {file}: {err.strerror}; make it with "
            f"python -m gangseo_sim.generate sim/worlds/NAME.yaml {file.parent}, or set GANGSEO_SITE_FILE"
        ) from err
    try:
        return Site.model_validate_json(text)
    except json.JSONDecodeError as err:
        raise ConfigError(f"{file}:{err.lineno}: not JSON: {err.msg}") from err
    except ValidationError as err:
        first = err.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{file}: {where or 'file'}: {first['msg']}") from err
