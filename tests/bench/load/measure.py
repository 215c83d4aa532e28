"""One measurement: so many vehicles, a steady load, a window of time, and what was seen in it."""

import asyncio
import contextlib
import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
from running_city.machine import busy_s

from load import postgres
from load.people import People, Seen, while_running
from load.stage import Stage
from load.town import build_town

BURST = 50
BURST_WAIT_S = 20.0
COMMAND_EVERY_S = 0.5
CALLS_OF_ROBOT_HOUR = 15.0
ONLINE_S = 180.0


@dataclass(frozen=True)
class Load:
    """What is asked of the backend."""

    robots: int
    database: str = "sqlite"
    warm_s: float = 45.0
    window_s: float = 60.0
    calls_of_robot_hour: float = CALLS_OF_ROBOT_HOUR
    consoles: int = 1


@dataclass
class Sample:
    """Counters of one moment."""

    at: float
    cpu_s: dict[str, float]
    metrics: dict[str, float]
    broker: dict[str, float]
    written: dict[str, float]
    machine: Any


@dataclass
class Result:
    """What one measurement found; all delays in milliseconds, rates per second."""

    robots: int
    database: str
    delays_ms: dict[str, list[float]] = field(default_factory=dict)
    step_ms: dict[str, float] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    cores: dict[str, float] = field(default_factory=dict)
    memory_mb: dict[str, float] = field(default_factory=dict)
    written: dict[str, float] = field(default_factory=dict)
    calls: dict[str, float] = field(default_factory=dict)
    others_cores: float = 0.0
    problems: list[str] = field(default_factory=list)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies; not a number where there are none."""
    if not values:
        return float("nan")
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure(load: Load) -> Result:
    """Start everything, measure, end everything."""
    with (
        tempfile.TemporaryDirectory(prefix="gangseo-load-") as folder,
        _database(load.database) as database,
    ):
        stage = Stage(Path(folder), build_town(load.robots), database)
        try:
            stage.start()
            return asyncio.run(_measure(stage, load))
        finally:
            stage.stop()


@contextlib.contextmanager
def _database(kind: str) -> Iterator[postgres.Postgres | None]:
    if kind == "sqlite":
        yield None
        return
    with postgres.running() as server:
        yield server


async def _log_in(stage: Stage) -> httpx.AsyncClient:
    accounts = json.loads((stage.data / "demo-accounts.json").read_text(encoding="utf-8"))
    password = next(account["password"] for account in accounts if account["username"] == "admin")
    client = httpx.AsyncClient(base_url=stage.url, timeout=60, trust_env=False)
    answer = await client.post("/session", json={"username": "admin", "password": password})
    answer.raise_for_status()
    return client


async def _measure(stage: Stage, load: Load) -> Result:
    operator = await _log_in(stage)
    people = People(stage, operator)
    await people.prepare()
    stage.start_vehicles()
    await _all_online(stage, load.robots)
    works = [
        *(people.watch() for _ in range(1)),
        *(People(stage, operator).watch() for _ in range(load.consoles - 1)),
        people.call_steadily(load.robots * load.calls_of_robot_hour),
        people.command_steadily(COMMAND_EVERY_S),
        people.echo(),
        people.knock(),
    ]

    async def window() -> Result:
        await asyncio.sleep(load.warm_s)
        before = await asyncio.to_thread(_sample, stage)
        await asyncio.sleep(load.window_s)
        after = await asyncio.to_thread(_sample, stage)
        memory = await asyncio.to_thread(stage.memory_mb)
        burst = await people.call_at_once(BURST)
        await asyncio.sleep(BURST_WAIT_S)
        result = _result(load, people.seen, before, after, burst)
        result.memory_mb = memory
        result.delays_ms["command"] = await people.acknowledged_ms()
        return result

    result: Result = await while_running(works, window)
    sent = await asyncio.to_thread(stage.stop_vehicles)
    result.delays_ms |= _stream_ms(sent, people.seen)
    result.problems = _problems(stage)
    await people.close()
    await operator.aclose()
    return result


async def _all_online(stage: Stage, robots: int) -> None:
    deadline = time.monotonic() + ONLINE_S
    while (await asyncio.to_thread(stage.metrics)).get("gangseo_robots_online", 0.0) < robots:
        if time.monotonic() > deadline:
            raise RuntimeError(f"not all robots came on line: {stage.log()[-3000:]}")
        await asyncio.sleep(0.5)


def _sample(stage: Stage) -> Sample:
    return Sample(time.monotonic(), stage.cpu_s(), stage.metrics(), stage.broker(), stage.written(), psutil.cpu_times())


def _problems(stage: Stage) -> list[str]:
    """Kinds of warnings and errors in the logs, each once with its count."""
    counts: dict[str, int] = {}
    for line in stage.log().splitlines():
        if not line.startswith("{"):
            continue
        entry = json.loads(line)
        if entry.get("level") in {"warning", "error", "critical"}:
            counts[entry["event"]] = counts.get(entry["event"], 0) + 1
    return [f"{event}: {count}" for event, count in sorted(counts.items())]


def _stream_ms(sent: Sequence[Sequence[Any]], seen: Seen) -> dict[str, list[float]]:
    """From the sending of a pose to its frame at the console, by the topic that brought it.

    A pose that a newer one overtook before it was shown is left out: the stream shows the newest.
    """
    begin = min((at for at, *_ in seen.poses), default=0.0)
    waiting: dict[tuple[str, float, float], tuple[float, str]] = {}
    delays: dict[str, list[float]] = {"state": [], "visualization": []}
    told = [(at, robot, x, y, name) for at, robot, name, x, y in sent if at >= begin]
    shown = [(at, robot, x, y, "") for at, robot, x, y in seen.poses]
    for at, robot, x, y, name in sorted(told + shown, key=lambda item: item[0]):
        if name:
            waiting[robot, x, y] = (at, name)
        elif (found := waiting.pop((robot, x, y), None)) is not None:
            delays[found[1]].append((at - found[0]) * 1000.0)
    return delays


def _result(load: Load, seen: Seen, before: Sample, after: Sample, burst: Sequence[str]) -> Result:
    passed_s = after.at - before.at
    result = Result(load.robots, load.database)
    inside = [call for call, at in seen.asked.items() if before.at <= at < after.at - 5.0]
    for name, moments in (("decided", seen.decided), ("assigned", seen.assigned)):
        result.delays_ms[name] = [(moments[call] - seen.asked[call]) * 1000.0 for call in inside if call in moments]
    result.delays_ms["burst"] = [
        (seen.decided.get(call, seen.asked[call] + BURST_WAIT_S) - seen.asked[call]) * 1000.0 for call in burst
    ]
    result.delays_ms |= {"echo": seen.echo_ms, "answer": seen.answer_ms}
    result.calls = {
        "made": len(inside), "undecided": sum(call not in seen.decided for call in inside), "burst": len(burst),
        "served": sum(state == "served" for state in seen.ended.values()),
        "failed": sum(state == "failed" for state in seen.ended.values()), "refused": seen.refused,
    }  # fmt: skip
    result.cores = {name: (after.cpu_s[name] - spent) / passed_s for name, spent in before.cpu_s.items()}
    busy = busy_s(after.machine) - busy_s(before.machine)
    result.others_cores = busy / passed_s - sum(result.cores.values())
    result.step_ms = _steps(before.metrics, after.metrics, passed_s)
    result.rates = _rates(before, after, passed_s)
    result.written = {key: after.written[key] - value for key, value in before.written.items()}
    result.written |= {"size_bytes_end": after.written["size_bytes"], "passed_s": passed_s}
    return result


def _rates(before: Sample, after: Sample, passed_s: float) -> dict[str, float]:
    rates = {}
    for key, value in after.metrics.items():
        if key.startswith(("gangseo_link_messages_total{", "gangseo_link_published_total{")):
            way = "in" if "messages" in key else "out"
            name = key.split('"')[1]
            rates[f"{way} {name}"] = (value - before.metrics.get(key, 0.0)) / passed_s
    for key in ("in_msgs", "out_msgs", "in_bytes", "out_bytes"):
        rates[f"broker {key}"] = (after.broker[key] - before.broker[key]) / passed_s
    return rates


def _steps(before: Mapping[str, float], after: Mapping[str, float], passed_s: float) -> dict[str, float]:
    """Times of the planner's steps from the histogram, between bucket bounds by proportion."""
    prefix = 'gangseo_fleet_step_seconds_bucket{le="'
    buckets = sorted(
        (float(key[len(prefix) : -2]), value - before.get(key, 0.0))
        for key, value in after.items()
        if key.startswith(prefix)
    )
    count = buckets[-1][1]
    total_s, cpu_s = (
        after[key] - before[key] for key in ("gangseo_fleet_step_seconds_sum", "gangseo_fleet_step_cpu_seconds_total")
    )
    return {
        "p50": _share(buckets, 0.5) * 1000.0, "p99": _share(buckets, 0.99) * 1000.0,
        "mean": total_s / count * 1000.0 if count else float("nan"), "per_s": count / passed_s,
        "cpu": cpu_s / count * 1000.0 if count else float("nan"), "cores": cpu_s / passed_s,
    }  # fmt: skip


def _share(buckets: Sequence[tuple[float, float]], share: float) -> float:
    wanted = buckets[-1][1] * share
    low_s, below = 0.0, 0.0
    for bound_s, count in buckets:
        if count >= wanted:
            if bound_s == float("inf"):
                return low_s
            return low_s + (bound_s - low_s) * (wanted - below) / max(1e-9, count - below)
        low_s, below = bound_s, count
    return low_s
