"""The robot with the real navigation and the real simulator: a call's order from charger to bench and home again."""

import heapq
import importlib.util

import pytest

from gangseo_protocol.actions import CloseBins, Dock, OpenBins, Say, StartCharging, WaitForResident, to_action
from gangseo_protocol.vda5050 import NodePosition, Order, OrderEdge, OrderNode
from ros.robot.fleet_double import action_status, finished, kill_hard
from ros.robot.true_stack import TrueStack
from unit.robot.little_park import NOW, ROBOT

pytestmark = [
    pytest.mark.ros,
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(importlib.util.find_spec(name) for name in ("gangseo_sim", "gangseo_navigation")),
        reason="simulator and navigation are not built",
    ),
]


def route(site, start, goal):
    """Shortest way: node ids and edge ids."""
    ahead = {}
    for edge in site.edges:
        ahead.setdefault(edge.start_node_id, []).append(edge)
    queue, seen = [(0.0, [start], [])], set()
    while queue:
        length, nodes, edges = heapq.heappop(queue)
        if nodes[-1] == goal:
            return nodes, edges
        if nodes[-1] in seen:
            continue
        seen.add(nodes[-1])
        for edge in ahead.get(nodes[-1], []):
            step = (length + edge.length_m, [*nodes, edge.end_node_id], [*edges, edge.edge_id])
            heapq.heappush(queue, step)
    raise AssertionError(f"no way from {start} to {goal}")


def order_to(site, order_id, start, goal, actions):
    nodes, edges = route(site, start, goal)
    places = {node.node_id: node for node in site.nodes}
    return Order(
        header_id=0,
        timestamp=NOW,
        serial_number=ROBOT,
        order_id=order_id,
        order_update_id=0,
        nodes=tuple(
            OrderNode(
                node_id=node,
                sequence_id=2 * i,
                released=True,
                node_position=NodePosition(x=places[node].x, y=places[node].y, map_id=site.map_id),
                actions=tuple(to_action(a, f"{order_id}-{a.action_type}") for a in actions) if node == goal else (),
            )
            for i, node in enumerate(nodes)
        ),
        edges=tuple(OrderEdge(edge_id=edge, sequence_id=2 * i + 1, released=True) for i, edge in enumerate(edges)),
    )


def test_a_call_is_served_by_the_true_stack_with_the_robot_killed_twice(
    tmp_path, start_process, free_port, ros_domain_id, vda5050_schemas
):
    stack = TrueStack(tmp_path, start_process, free_port, ros_domain_id, vda5050_schemas, speed=4.0)
    fleet, site, start_robot = stack.fleet, stack.site, stack.start_robot
    robot = start_robot()
    try:
        fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and s.last_node_id == "charger_01", 90, "robot ready")
        bench = next(spot for spot in site.spots if spot.spot_id == "bench_02").node_id
        serve = [Say(text_key="recycling.offer"), OpenBins(), WaitForResident(duration_s=20.0), CloseBins()]
        fleet.order(order_to(site, "out", "charger_01", bench, serve))
        fleet.seen(lambda s: s.driving and s.last_node_id != "charger_01", 60, "on the way")
        kill_hard(robot)
        robot = start_robot()
        fleet.seen(lambda s: action_status(s, "out-waitForResident") == "RUNNING", 120, "serving")
        kill_hard(robot)
        fleet.forget()
        robot = start_robot()
        fleet.seen(finished("out"), 60, "served")
        home = [Dock(station_id="charger_01"), StartCharging()]
        fleet.order(order_to(site, "home", bench, "charger_01", home))
        fleet.seen(lambda s: finished("home")(s) and s.power_supply.charging, 150, "charging again")
        assert not [error for error in fleet.state.errors if error.error_level != "WARNING"]
    finally:
        fleet.close()
    log = (tmp_path / "robot.log").read_text()
    assert "Traceback" not in log
    assert "invalid_message" not in log
