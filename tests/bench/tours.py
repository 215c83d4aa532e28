"""Tours: gap to the best known of public sets in one second, and rounds through the parks planned anew."""

import json
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gangseo_backend.core.site import load_site
from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.tour_insertion import with_inserted
from gangseo_backend.fleet.tour_problem import (
    End,
    Goal,
    TourDepot,
    TourProblem,
    TourRobot,
    TourShipment,
    TourStop,
    Travel,
)
from gangseo_backend.fleet.tour_walk import Book, Step
from gangseo_backend.fleet.tours import plan_tours
from gangseo_sim.generate import generate

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT.parent / "shared" / "data" / "routing" / "benchmarks" / "dev"
SECONDS = 1.0
ROUND_SECONDS = 0.5
SHORTEST = Goal(per_metre=1, per_second=0, evenly=False, stretch=1.0)
STREAMS = ("plastic", "paper", "can", "other")
ROUNDS = 20


def run() -> list[dict[str, Any]]:
    """Gaps and times; the public sets only where they are at hand."""
    figures = [*_rounds("magok_hanui", 2), *_rounds("magok_district", 10)]
    if not SETS.is_dir():
        sys.stderr.write(f"left out: no public sets in {SETS}\n")
        return figures
    return [*_solomon(), *_li_lim(), *figures]


# --- public sets ---


def _numbers(file: Path) -> list[list[float]]:
    rows = (line.split() for line in file.read_text().splitlines())
    return [[float(cell) for cell in row] for row in rows if row and row[0].isdigit()]


def _travel(rows: Sequence[Sequence[float]], x: int, y: int) -> Travel:
    """Straight ways; a metre takes a second, as the sets have it."""
    xy = np.array([(row[x], row[y]) for row in rows])
    metres = np.hypot(*np.moveaxis(xy[:, None] - xy[None], -1, 0))
    return Travel(tuple(f"{row[0]:.0f}" for row in rows), metres, metres)


def solomon(file: Path) -> TourProblem:
    """Solomon 1987: customers with windows, one capacity."""
    (vehicles, capacity), depot, *customers = _numbers(file)
    stops = tuple(
        TourStop(f"{row[0]:.0f}", End(f"{row[0]:.0f}", row[6], row[4], row[5]), {"load": row[3]}) for row in customers
    )
    return TourProblem(_travel([depot, *customers], 1, 2), _robots(vehicles, capacity), stops, goal=SHORTEST)


def li_lim(file: Path, vehicles: int) -> TourProblem:
    """Li & Lim 2003: goods to take at one place and to bring to another, with so many vehicles."""
    (_, capacity, _), depot, *places = _numbers(file)
    row_of = {int(row[0]): row for row in places}

    def end(row: Sequence[float]) -> End:
        return End(f"{row[0]:.0f}", row[6], row[4], row[5])

    shipments = tuple(
        TourShipment(f"{row[0]:.0f}", end(row), end(row_of[int(row[8])]), {"load": row[3]})
        for row in places
        if row[8] > 0
    )
    robots = _robots(vehicles, capacity)
    return TourProblem(_travel([depot, *places], 1, 2), robots, shipments=shipments, goal=SHORTEST)


def _robots(vehicles: float, capacity: float) -> tuple[TourRobot, ...]:
    return tuple(TourRobot(f"r{n:02}", "0", "0", {"load": capacity}) for n in range(int(vehicles)))


def _solomon() -> list[dict[str, Any]]:
    known = json.loads((SETS / "vrptw" / "BKS.json").read_text())
    gaps, floors, most_s = [], [], 0.0
    for file in sorted((SETS / "vrptw" / "solomon").glob("*.txt")):
        problem = solomon(file)
        best = known[f"{file.stem}_distance"]["best_known_cost"]
        gap, took_s = _gap(problem, best)
        gaps.append(gap)
        most_s = max(most_s, took_s)
        floors.append(_metres(problem, nearest_next(problem)) / best - 1)
    of = f"{len(gaps)} sets of Solomon-100 (dev), {SECONDS:g} s each"
    return [
        {"name": f"longer than the best known, mean of {of}", "value": _percent(gaps), "unit": "%", "target": "≤ 1",
         "anchor": "OR-Tools 6.25 %"},
        {"name": f"longer than the best known, worst of {of}", "value": max(gaps) * 100, "unit": "%"},
        {"name": f"nearest place next (the floor), mean of {len(floors)} sets", "value": _percent(floors), "unit": "%"},
        {"name": "longest time for one plan of Solomon-100", "value": most_s, "unit": "s"},
    ]  # fmt: skip


def _li_lim() -> list[dict[str, Any]]:
    known = json.loads((SETS / "pdptw" / "BKS.json").read_text())
    gaps, undone = [], 0
    for file in sorted((SETS / "pdptw" / "li_lim_100").glob("*.txt")):
        name = next(name for name in known if name.lower() == file.stem.lower())
        problem = li_lim(file, known[name]["solved_with_vehicles"])
        try:
            gaps.append(_gap(problem, known[name]["best_known_cost"])[0])
        except LookupError:
            undone += 1
    of = f"{len(gaps) + undone} sets of Li & Lim-100 (dev), fewest known vehicles, {SECONDS:g} s each"
    return [
        {"name": f"longer than the best known, mean of {of}", "value": _percent(gaps), "unit": "%"},
        {"name": f"left something out, of {of}", "value": undone, "unit": "sets"},
    ]


def _gap(problem: TourProblem, best: float) -> tuple[float, float]:
    begin = time.perf_counter()
    plan = plan_tours(problem, seconds=SECONDS)
    took_s = time.perf_counter() - begin
    if plan.unserved:
        raise LookupError(f"left out: {plan.unserved}")
    return plan.metres / best - 1, took_s


def _percent(gaps: Sequence[float]) -> float:
    return statistics.fmean(gaps) * 100


def nearest_next(problem: TourProblem) -> Mapping[str, list[Step]]:
    """Every robot in turn goes to the stop it can be at soonest, while it can."""
    book, left = Book(problem), {stop.stop_id for stop in problem.stops}
    found: dict[str, list[Step]] = {}
    for robot_id in book.robots:
        steps: list[Step] = []
        while True:
            ways = [(book.walk(robot_id, [*steps, Step("stop", stop_id)]), stop_id) for stop_id in left]
            ends = [(tour.visits[-1].leave_s, stop_id) for tour, stop_id in ways if not isinstance(tour, str)]
            if not ends:
                break
            stop_id = min(ends)[1]
            left.remove(stop_id)
            steps.append(Step("stop", stop_id))
        found[robot_id] = steps
    if left:
        raise LookupError(f"nearest-next leaves {len(left)} out")
    return found


def _metres(problem: TourProblem, orders: Mapping[str, Sequence[Step]]) -> float:
    book = Book(problem)
    tours = [book.walk(robot_id, steps) for robot_id, steps in orders.items() if steps]
    return sum(math.inf if isinstance(tour, str) else tour.metres for tour in tours)


# --- rounds in the parks ---


def park_round(world: str, robots: int, draw: random.Random) -> TourProblem:
    """Robots somewhere in the park, litres waiting at every spot; four bins of 36 litres, emptied at the depots."""
    with tempfile.TemporaryDirectory() as folder:
        generate(ROOT / "sim" / "worlds" / f"{world}.yaml", Path(folder))
        site = load_site(Path(folder) / "site.json")
    lanes = LaneGraph(site)
    homes = [station.node_id for station in site.stations if station.kind == "charger"]
    depots = [station.node_id for station in site.stations if station.kind == "depot"]
    spots = [spot.node_id for spot in site.spots]
    starts = draw.sample(spots, robots)
    nodes = list(dict.fromkeys([*homes, *depots, *spots]))
    times = {goal: lanes.times_to(goal) for goal in nodes}
    seconds = np.array([[times[goal].get(start, math.inf) for goal in nodes] for start in nodes])
    room = dict.fromkeys(STREAMS, 36.0)
    return TourProblem(
        Travel(tuple(nodes), seconds, seconds),
        tuple(
            TourRobot(f"r{n}", starts[n], homes[n], room, {s: draw.uniform(0, 20) for s in STREAMS})
            for n in range(robots)
        ),
        tuple(
            TourStop(f"s{n}", End(node, 30.0), {s: draw.uniform(0, 12) for s in STREAMS}, draw.uniform(0, 1800))
            for n, node in enumerate(spots)
        ),
        tuple(TourDepot(f"d{n}", node, 15.0) for n, node in enumerate(depots)),
    )


def _rounds(world: str, robots: int) -> list[dict[str, Any]]:
    took, ratios, floors = [], [], []
    for seed in range(ROUNDS):
        problem = park_round(world, robots, random.Random(seed))
        begin = time.perf_counter()
        plan = plan_tours(problem, seconds=ROUND_SECONDS)
        took.append(time.perf_counter() - begin)
        assert not plan.unserved, plan.unserved
        book = Book(problem)
        inserted = with_inserted(book, {}, [stop.stop_id for stop in problem.stops])
        walked = [book.walk(robot_id, steps) for robot_id, steps in inserted.items()]
        floors.append(max(tour.home_s for tour in walked if not isinstance(tour, str)) / plan.last_home_s)
        if seed < ROUNDS // 4:
            ratios.append(plan.last_home_s / plan_tours(problem, seconds=ROUND_SECONDS * 10).last_home_s - 1)
    took.sort()
    of = f"{world}: {len(problem.stops)} spots, {robots} robots"
    return [
        {"name": f"a round planned anew, p50, {of}", "value": took[len(took) // 2] * 1e3, "unit": "ms",
         "target": "< 1000"},
        {"name": f"a round planned anew, slowest of {len(took)}, {of}", "value": took[-1] * 1e3, "unit": "ms",
         "target": "< 1000"},
        {"name": f"last robot home later than with ten times the search, mean of {len(ratios)}, {of}",
         "value": _percent(ratios), "unit": "%"},
        {"name": f"last robot home with spots put in one by one (the floor), of {of}",
         "value": statistics.fmean(floors), "unit": "× as late"},
    ]  # fmt: skip


if __name__ == "__main__":
    for figure in run():
        print(figure)  # noqa: T201
