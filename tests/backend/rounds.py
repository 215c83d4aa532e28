"""What tests of collecting rounds ask and look at."""

from collections import Counter

from backend.conftest import wait_until

SMALL = {"plastic": 2.0, "paper": 1.0}
OVER = ("done", "canceled")


def body(*spots: str, litres: dict[str, float] | None = None, **more: object) -> dict:
    """A round at these spots."""
    return {"spots": [{"spot_id": spot, "litres": litres or SMALL} for spot in spots], **more}


def begin(city, *spots: str, **more: object) -> str:
    """Begin a round; its id."""
    made = city.client.post("/api/recycling/rounds", json=body(*spots, **more))
    assert made.status_code == 201, made.text
    return made.json()["id"]


def detail(city, round_id: str) -> dict:
    return city.get(f"/api/recycling/rounds/{round_id}")


def stops(city, round_id: str) -> dict[str, dict]:
    """By spot."""
    return {stop["spot_id"]: stop for stop in detail(city, round_id)["stop_list"]}


def await_round(city, round_id: str, *states: str, timeout_s: float = 30.0) -> dict:
    return wait_until(
        lambda: (found := detail(city, round_id))["state"] in (states or OVER) and found, timeout_s, f"round {states}"
    )


def visits(*vehicles) -> Counter[str]:
    """How often the bins were closed after a visit, by the node where it was; shows what was done twice."""
    done = Counter()
    for vehicle in vehicles:
        orders = {order.order_id: order for order in vehicle.orders_seen}
        finished = {item.split(":", 1)[1] for item in vehicle.memory.done if item.startswith("closeBins:")}
        for order in orders.values():
            for node in order.nodes:
                done[node.node_id] += sum(action.action_id in finished for action in node.actions)
    return +done
