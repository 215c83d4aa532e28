"""Runs the benches and writes docs/benchmarks.md. A bench is a module here with ``run() -> list[figure]``.

A figure is a dict: name, value, unit, and optionally target (a text) and anchor (who is there today).
"""

import importlib
import json
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
KEPT = ROOT / ".gangseo" / "bench"
NOT_BENCHES = {"report"}


def names() -> list[str]:
    """All benches."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in NOT_BENCHES)


def measure(name: str) -> dict[str, Any]:
    """Runs one bench and keeps its figures."""
    begin = time.monotonic()
    figures = importlib.import_module(name).run()
    result = {
        "name": name,
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        "took_s": round(time.monotonic() - begin, 1),
        "load": os.getloadavg()[0],
        "figures": figures,
    }
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1))
    return result


def _row(figure: dict[str, Any]) -> str:
    value = figure["value"]
    if isinstance(value, float):
        value = f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    cells = (
        figure["name"],
        f"{value} {figure.get('unit', '')}",
        figure.get("target") or "",
        figure.get("anchor") or "",
    )
    return f"| {' | '.join(cells)} |"


PICTURES = {
    "city district": ("city_district.png", "Ways of all robots:"),
    "planner speed": ("paths.png", "Paths on its park of 300 × 200 m:"),
    "navigation quality": ("navigation_quality.png", "Planned paths, and ways driven among people in the square:"),
}


def _section(result: dict[str, Any]) -> str:
    title = result["name"].replace("_", " ")
    lines = [
        f"## {title}",
        "",
        f"{result['at']} UTC, took {result['took_s']} s, load before the end {result['load']:.1f}.",
        "",
        "| figure | measured | reach | today elsewhere |",
        "|---|---|---|---|",
        *(_row(figure) for figure in result["figures"]),
    ]
    picture, words = PICTURES.get(title, ("", ""))
    if picture and (ROOT / "docs" / "pictures" / picture).is_file():
        lines += ["", words, "", f"![{title}](pictures/{picture})"]
    return "\n".join(lines)


def write(results: list[dict[str, Any]]) -> Path:
    """Writes the report from the newest figures of every bench; what was not measured here stays as it was."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    head = (
        "# Benchmarks\n\n"
        f"Written by `./gangseo bench` on {machine}. The machine is shared; ratios travel better than times."
    )
    file = ROOT / "docs" / "benchmarks.md"
    before = file.read_text(encoding="utf-8") if file.is_file() else head
    old_head, *old = before.strip().split("\n## ")
    sections = {text.split("\n", 1)[0].strip(): "## " + text.strip() for text in old}
    sections |= {result["name"].replace("_", " "): _section(result) for result in results}
    body = [sections[title] for title in sorted(sections)]
    file.write_text("\n\n".join([old_head.strip() if old else head, *body]) + "\n", encoding="utf-8")
    return file


def main() -> int:
    """Runs the benches named on the command line, or all."""
    sys.path.insert(0, str(FOLDER))
    sys.path.insert(0, str(FOLDER.parent))
    wanted = sys.argv[1:] or names()
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        sys.stderr.write(f"no such bench: {', '.join(unknown)}; benches: {', '.join(names())}\n")
        return 2
    for name in wanted:
        sys.stdout.write(f"… {name}\n")
        sys.stdout.flush()
        result = measure(name)
        for figure in result["figures"]:
            sys.stdout.write(_row(figure) + "\n")
    kept = [json.loads(path.read_text()) for path in sorted(KEPT.glob("*.json")) if path.stem in names()]
    sys.stdout.write(f"wrote {write(kept)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
