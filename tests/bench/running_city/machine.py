"""What the whole machine is busy with."""

from typing import Any

import psutil


def busy_s(times: Any = None) -> float:
    """CPU seconds that all processes have spent so far; of ``psutil.cpu_times()``, now where none are given."""
    times = times or psutil.cpu_times()
    return float(times.user + times.system + times.nice + times.softirq + times.irq)
