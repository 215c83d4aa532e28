"""Goods from a shop to a person and back, with the real application, a real broker and scripted robots."""

from backend.conftest import wait_until
from backend.deliveries import Shop


def done_types(vehicle) -> list[str]:
    return [action.split(":")[0] for action in vehicle.memory.done]


def events(city) -> list[str]:
    return [event["kind"] for event in city.get("/api/fleet/events?limit=200")]


def test_goods_are_handed_over_for_the_pin(start_city):
    city = start_city()
    vehicle = city.robot(1)
    shop = Shop.open(city)
    sent = shop.send()
    shop.load(sent)
    arrived = sent.recipient.await_state("arrived")
    assert (arrived["door"], arrived["tries_left"], arrived["goods"]) == ("closed", 5, "김밥 2줄")
    assert vehicle.memory.goods == {1: sent.id}
    assert sent.recipient.enter(sent.pin).status_code == 202
    sent.recipient.await_door("open")
    assert sent.recipient.taken().status_code == 202
    sent.recipient.await_state("handed_over")
    assert vehicle.memory.goods == {}
    assert done_types(vehicle) == ["say", "loadGoods", "say", "handOver"]
    assert vehicle.compartments.heard == [
        ("closeCompartment", sent.id), ("openCompartment", sent.id), ("closeCompartment", sent.id),
    ]  # fmt: skip
    proof = shop.delivery(sent)["proof"]
    assert proof["robot_id"] == "robot_01"
    assert proof["pin_verified_at"] <= proof["at"]
    told = [notice["text"]["key"] for notice in sent.recipient.look()["notices"]]
    assert told == ["notice.loaded", "notice.near", "notice.arrived"]
    kinds = events(city)
    for kind in ("delivery_created", "delivery_loaded", "delivery_near", "delivery_arrived", "delivery_handed_over"):
        assert kinds.count(kind) == 1, kind
    assert wait_until(lambda: city.call("bench_00"), what="free for calls again")
