"""``kill -9`` of random processes of a working city, and links that stall: what is lost, and what is done twice.

Two robots in the pilot's park, residents who call without a pause. Every process of the city is a target: broker,
backend, simulator, and each robot's two. A stalled link is a broker that is stopped for some seconds.
"""

import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "starter"), str(ROOT / "tests" / "e2e")]

from city_client import OPEN_CALLS, CityClient  # noqa: E402
from running_city.residents import Residents  # noqa: E402
from setup_time import free_port  # noqa: E402

from gangseo_starter.city import City, CityOptions  # noqa: E402
from gangseo_starter.layout import ROOT as LAYOUT  # noqa: E402

KILLS = int(os.environ.get("GANGSEO_CHAOS_KILLS", "200"))
STALL_EVERY = 10
"""Every tenth blow stalls the broker instead of killing something."""
PAUSE_S = (0.5, 6.0)
STALL_S = (2.0, 8.0)
SPEED = 4.0
RESIDENTS = 2
END_WITHIN_S = 900.0


def _blow(city: City, draw: random.Random, number: int) -> str:
    """One kill or stall; what was hit."""
    running = city.processes()
    if number % STALL_EVERY == STALL_EVERY - 1 and "broker" in running:
        os.kill(running["broker"], signal.SIGSTOP)
        time.sleep(draw.uniform(*STALL_S))
        os.kill(running["broker"], signal.SIGCONT)
        return "stalled link"
    name = draw.choice(sorted(running.keys() - {"launch"}))
    os.kill(running[name], signal.SIGKILL)
    return name.split("/")[-1]


def _twice(database: Path) -> int:
    """Calls for which more than one order was finished."""
    query = """
        SELECT missions.call_id FROM orders JOIN missions ON missions.id = orders.mission_id
        WHERE orders.state = 'finished' AND missions.kind = 'collect' GROUP BY missions.call_id HAVING count(*) > 1
    """
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return len(connection.execute(query).fetchall())


def run() -> list[dict[str, Any]]:
    """Strikes, waits until all calls have ended, counts."""
    draw = random.Random(7)
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        options = CityOptions(
            data=Path(folder), world=LAYOUT.world("magok_hanui"), robots=2, speed=SPEED, port=free_port(),
            mqtt_port=free_port(), audio=False,
        )  # fmt: skip
        city = City(LAYOUT, options)
        with city.running():
            city.wait_until_up()
            client = CityClient(city)
            residents = Residents(client, draw, RESIDENTS)
            blows: Counter[str] = Counter()
            for number in range(KILLS):
                residents.call_when_free()
                time.sleep(draw.uniform(*PAUSE_S))
                blows[_blow(city, draw, number)] += 1
                sys.stderr.write(f"\r{number + 1}/{KILLS} {dict(blows)}   ")
            deadline = time.monotonic() + END_WITHIN_S
            while residents.open() and time.monotonic() < deadline:
                time.sleep(1.0)
            sys.stderr.write("\n")
            calls = client.get("/api/recycling/calls?limit=500")
            incidents = Counter(item["kind"] for item in client.get("/api/fleet/incidents?limit=500"))
        twice = _twice(options.data / "gangseo.db")
    known = {call["id"] for call in calls}
    ends = Counter(call["state"] for call in calls)
    lost = sum(call_id not in known for call_id in residents.calls) + sum(ends[state] for state in OPEN_CALLS)
    reasons = Counter((call["reason"] or {}).get("key", "") for call in calls if call["state"] == "failed")
    sys.stderr.write(f"ends {dict(ends)}; failed for {dict(reasons)}; incidents {dict(incidents)}\n")
    return [
        {"name": f"kill -9 and stalls, by target: {_listed(blows)}", "value": sum(blows.values()), "unit": "blows"},
        {"name": "calls meanwhile, served", "value": ends["served"], "unit": f"of {len(calls)}"},
        {"name": "calls ended as failed, with their reason", "value": ends["failed"], "unit": _listed(reasons)},
        {"name": "calls lost", "value": lost, "unit": "", "target": "0", "anchor": "Open-RMF loses its queue"},
        {"name": "calls served twice", "value": twice, "unit": "", "target": "0"},
    ]


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())
