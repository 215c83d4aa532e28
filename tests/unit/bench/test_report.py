"""What `./gangseo bench` runs."""

import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench"


def test_every_bench_that_is_listed_can_be_run(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import report

    monkeypatch.delitem(sys.modules, "report")
    listed = report.names()
    assert "planner_speed" in listed
    assert [name for name in listed if "\ndef run(" not in (BENCH / f"{name}.py").read_text(encoding="utf-8")] == []
