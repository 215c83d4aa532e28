"""Planning all ways: robots on a grid of lanes with about 500 nodes, from nothing, for one new goal, and each step."""

import math
import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.network import Network
from gangseo_backend.fleet.plans import Plan, Vehicle
from gangseo_backend.fleet.traffic import Site, update
from gangseo_backend.fleet.turns import grant
from gangseo_protocol.site import LocalName, Origin, SiteEdge, SiteNode
from gangseo_protocol.site import Site as SiteLayout

SIDE = 17
GAP_M = 15.0
TARGET = "< 100"
ANCHOR = "Open-RMF: negotiation times out after 15 s"


def layout() -> SiteLayout:
    """A grid of wide lanes; every second crossing has a spur with a home or a spot."""
    nodes, edges = [], []

    def connect(a: SiteNode, b: SiteNode, width_m: float) -> None:
        length_m = math.hypot(a.x - b.x, a.y - b.y)
        for start, end in ((a, b), (b, a)):
            edges.append(
                SiteEdge(
                    edge_id=f"{start.node_id}-{end.node_id}", start_node_id=start.node_id, end_node_id=end.node_id,
                    length_m=length_m, maximum_speed_mps=1.8, width_m=width_m,
                )
            )  # fmt: skip

    grid = {(i, j): SiteNode(node_id=f"n{i}_{j}", x=i * GAP_M, y=j * GAP_M) for i in range(SIDE) for j in range(SIDE)}
    nodes += grid.values()
    for (i, j), node in grid.items():
        for beside in (grid.get((i + 1, j)), grid.get((i, j + 1))):
            if beside is not None:
                connect(node, beside, 4.0)
    for number, node in enumerate(list(grid.values())[: 2 * 100 + 11]):
        spur = SiteNode(node_id=f"e{number}", x=node.x + 2.0, y=node.y + 2.0, kind="spot")
        nodes.append(spur)
        connect(node, spur, 2.0)
    name = LocalName(ko="격자", en="grid")
    return SiteLayout(
        site_id="grid", map_id="grid", map_version="1", name=name, timezone="Asia/Seoul",
        origin=Origin(latitude_deg=37.5, longitude_deg=126.8), bounds=(0, 0, 300, 300),
        geofence=((0, 0), (300, 0), (300, 300)), nodes=tuple(nodes), edges=tuple(edges), zones=(), spots=(),
        stations=(), crosswalks=(), features=(), robots=(),
    )  # fmt: skip


def _vehicles(robots: int, draw: random.Random) -> list[Vehicle]:
    ends = [f"e{number}" for number in range(200)]
    draw.shuffle(ends)
    found = []
    for number in range(robots):
        home, goal = ends[2 * number], ends[2 * number + 1]
        place = frozenset({f"node:{home}"})
        found.append(Vehicle(f"r{number:03}", home, place, place, 0.0, (goal, home), 40.0, home=home))
    return found


def _timed(function: Callable[[], Any], turns: int = 5) -> float:
    """Milliseconds of CPU, the median of some turns."""
    took = []
    for _ in range(turns):
        begin = time.process_time()
        function()
        took.append(time.process_time() - begin)
    return sorted(took)[turns // 2] * 1e3


def run() -> list[dict[str, Any]]:
    """Figures for 10, 50 and 100 robots."""
    figures: list[dict[str, Any]] = []
    network = Network(LaneGraph(layout()))
    known: dict[str, Mapping[str, float]] = {}

    def times(goal: str) -> Mapping[str, float]:
        if goal not in known:
            known[goal] = network.lanes.times_to(goal)
        return known[goal]

    site = Site(network, times)
    for robots in (10, 50, 100):
        vehicles = _vehicles(robots, random.Random(1))
        plans: dict[str, Plan] = update({}, vehicles, site, 0.0)
        waits = sum(
            plan.first_stop_s - times(plan.stops[0])[plan.node] for plan in plans.values()
        ) / len(plans)  # fmt: skip
        moved = [*vehicles[:-1], _elsewhere(vehicles[-1])]
        from_nothing_ms = _timed(lambda v=vehicles: update({}, v, site, 0.0))
        one_goal_ms = _timed(lambda p=plans, m=moved: update(p, m, site, 1.0))
        step_ms = _timed(lambda p=plans, v=vehicles: _step(p, v, site))
        of = f"{robots} robots, {len(network.lanes.nodes)} nodes"
        figures += [
            {"name": f"all ways from nothing, {of}", "value": from_nothing_ms, "unit": "ms",
             "target": TARGET if robots == 50 else None, "anchor": ANCHOR if robots == 50 else None},
            {"name": f"one robot to another goal, {of}", "value": one_goal_ms, "unit": "ms",
             "target": TARGET if robots == 50 else None},
            {"name": f"a step without news (times, turns, grants), {of}", "value": step_ms, "unit": "ms"},
            {"name": f"robots with a way, {of}", "value": len(plans), "unit": f"of {robots}", "target": f"{robots}"},
            {"name": f"waiting for others on the way, mean, {of}", "value": waits, "unit": "s"},
        ]  # fmt: skip
    return figures


def _elsewhere(vehicle: Vehicle) -> Vehicle:
    return Vehicle(
        vehicle.robot_id, vehicle.node, vehicle.places, vehicle.held, 0.0, ("e205", vehicle.stops[-1]), 40.0,
        home=vehicle.home,
    )  # fmt: skip


def _step(plans: Mapping[str, Plan], vehicles: list[Vehicle], site: Site) -> None:
    current = update(plans, vehicles, site, 1.0)
    grant(current, vehicles, {vehicle.robot_id: 3 for vehicle in vehicles})


if __name__ == "__main__":
    for figure in run():
        print(figure)  # noqa: T201
