"""Several deliveries on one robot, with real messages to a scripted one."""

import pytest

from backend.conftest import wait_until
from backend.deliveries import Sent, Shop
from backend.test_delivery_story import done_types
from backend.test_delivery_trouble import HASTY


def hand_over(sent: Sent) -> None:
    sent.recipient.await_state("arrived")
    assert sent.recipient.enter(sent.pin).status_code == 202
    sent.recipient.await_door("open")
    assert sent.recipient.taken().status_code == 202
    sent.recipient.await_state("handed_over")


def both_on_board(city, shop: Shop, other_shop: Shop, **robot: object):
    """A robot that has fetched two parcels and is on its way to the first recipient; who comes first and second."""
    vehicle = city.robot(1, **robot)
    first = shop.send(spot_id="bench_03")
    first.recipient.await_state("at_shop", timeout_s=20)
    second = other_shop.send(spot_id="bench_02")
    wait_until(lambda: (second.recipient.look()["reason"] or {}).get("key") == "queue.taken_along", what="told so")
    shop.load(first)
    second.recipient.await_state("at_shop", timeout_s=20)
    told = first.recipient.look()
    assert (told["state"], told["reason"]["key"]) == ("loaded", "waiting.other_goods")
    assert told["eta_s"] > 0
    other_shop.load(second)
    assert vehicle.memory.goods == {1: first.id, 2: second.id}
    there = wait_until(
        lambda: [sent for sent in (first, second) if sent.recipient.look()["state"] == "arrived"], what="somebody's"
    )[0]
    return vehicle, there, second if there is first else first


def test_one_robot_fetches_two_parcels_before_it_brings_either(start_city):
    city = start_city()
    shop = Shop.open(city)
    vehicle, one, other = both_on_board(city, shop, shop)
    for sent in (one, other):
        hand_over(sent)
    assert vehicle.memory.goods == {}
    assert done_types(vehicle) == ["say", "loadGoods"] * 2 + ["say", "handOver"] * 2
    assert not city.incidents()
    assert wait_until(lambda: city.call("bench_00"), what="free for calls again")


def test_goods_called_off_while_others_are_being_brought_go_back_to_their_shop(start_city):
    city = start_city()
    shop = Shop.open(city)
    vehicle, one, other = both_on_board(city, shop, shop)
    assert shop.post(f"shop/deliveries/{other.id}/cancel").status_code == 202
    other.recipient.await_state("returning")
    hand_over(one)
    shop.take_back(other)
    other.recipient.await_state("returned")
    assert vehicle.memory.goods == {}
    assert done_types(vehicle) == ["say", "loadGoods"] * 2 + ["say", "handOver", "say", "returnGoods"]


def test_a_new_start_of_the_backend_forgets_nothing_on_board(start_city):
    city = start_city()
    shop = Shop.open(city)
    vehicle, one, other = both_on_board(city, shop, shop)
    again = start_city()
    for sent in (one, other):
        sent.recipient.city = again
        hand_over(sent)
    assert vehicle.memory.goods == {}
    assert done_types(vehicle) == ["say", "loadGoods"] * 2 + ["say", "handOver"] * 2


@pytest.mark.slow
def test_all_goods_of_a_robot_that_is_lost_are_looked_for(start_city):
    city = start_city(HASTY)
    shop = Shop.open(city)
    vehicle, one, other = both_on_board(city, shop, shop)
    city.loop.call(vehicle.die)
    for sent in (one, other):
        assert sent.recipient.await_state("stranded", timeout_s=40)["robot_id"] == "robot_01"
    held = [item for item in city.get("/api/fleet/incidents") if item["kind"] == "goods_on_board"]
    assert {item["call_id"] for item in held} == {one.id, other.id}
    for sent in (one, other):
        path = f"/api/delivery/deliveries/{sent.id}/resolve"
        city.client.post(path, json={"reason": "현장에서 전달", "outcome": "handed_over"}).raise_for_status()
    again = type(vehicle)(city.site, "robot_01", city.broker.port, node_id="c0", pace=60.0, memory=vehicle.memory)
    city.loop.spawn(again.run())
    assert city.await_call(city.call("bench_00")["id"], "served")["robot_id"] == "robot_01"


def test_who_has_waited_longer_for_the_robot_comes_before_further_goods(start_city):
    city = start_city()
    vehicle = city.robot(1)
    shop = Shop.open(city)
    first = shop.send(spot_id="bench_03")
    first.recipient.await_state("at_shop", timeout_s=20)
    call = city.call("bench_01")
    second = shop.send(spot_id="bench_02")
    wait_until(lambda: (second.recipient.look()["reason"] or {}).get("key") == "queue.robot_soon_free", what="told so")
    shop.load(first)
    hand_over(first)
    assert city.await_call(call["id"], "served")["robot_id"] == "robot_01"
    shop.load(second)
    hand_over(second)
    assert done_types(vehicle).index("handOver") < done_types(vehicle).index("openBins")
