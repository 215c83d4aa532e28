"""What is delivered: light, same-origin only, and in step with the backend."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from park_under_test import ROOT

CONSOLE = ROOT / "backend" / "console"
PEOPLE = ("call.html", "shop.html", "delivery.html")
PEOPLE_JS_LIMIT = 80_000


def scripts_of(page: str, folder: Path) -> list[Path]:
    return [folder / path.lstrip("/") for path in re.findall(r'(?:src|href)="(/assets/[^"]+\.js)"', page)]


@pytest.mark.parametrize("name", PEOPLE)
def test_pages_of_people_stay_light(console_dir: Path, name: str) -> None:
    scripts = scripts_of((console_dir / name).read_text(encoding="utf-8"), console_dir)
    assert scripts
    size = sum(len(gzip.compress(script.read_bytes())) for script in scripts)
    assert size < PEOPLE_JS_LIMIT, f"{size} bytes gzipped"


@pytest.mark.parametrize("name", ["index.html", *PEOPLE])
def test_pages_have_a_policy_and_nothing_inline(console_dir: Path, name: str) -> None:
    page = (console_dir / name).read_text(encoding="utf-8")
    assert 'http-equiv="Content-Security-Policy"' in page
    assert "'self'" in page.replace("&#39;", "'")
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert "<style" not in page
    assert not re.search(r"\son\w+=", page)


def test_nothing_is_loaded_from_other_hosts(console_dir: Path) -> None:
    pages = [*console_dir.glob("*.html"), *console_dir.glob("assets/*.css")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in pages)
    assert not re.findall(r"(?:url\(|src=|href=)[\"']?(?:https?:)?//[^\"')\s]+", text)


def test_generated_types_match_the_backend(node_modules: Path) -> None:
    done = subprocess.run(
        ["node", "api-types.mjs", "--check"], cwd=CONSOLE, env={**os.environ, "PYTHON": sys.executable},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_lock_file_names_no_registry_and_pins_hashes() -> None:
    lock = json.loads((CONSOLE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name and not entry.get("link")}
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert not [name for name, entry in packages.items() if "integrity" not in entry]


def test_mantine_packages_share_one_version() -> None:
    lock = json.loads((CONSOLE / "package-lock.json").read_text(encoding="utf-8"))
    versions = {
        entry["version"] for name, entry in lock["packages"].items() if name.startswith("node_modules/@mantine/")
    }
    assert len(versions) == 1


def test_unit_tests_pass(node_modules: Path) -> None:
    done = subprocess.run(["npm", "run", "test"], capture_output=True, text=True, cwd=CONSOLE, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
