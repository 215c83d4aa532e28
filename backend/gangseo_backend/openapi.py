"""Print the API's OpenAPI document: ``python -m gangseo_backend.openapi > openapi.json``."""

import json
import sys

from gangseo_backend.api import create_api


def main() -> None:
    """Write the document to standard output."""
    json.dump(create_api().openapi(), sys.stdout, ensure_ascii=False, indent=2, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
