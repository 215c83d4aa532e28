"""Deliveries that do not go as they should, with real messages to scripted robots."""

from dataclasses import replace

import pytest

from backend.city import FAST
from backend.conftest import wait_until
from backend.deliveries import Shop
from backend.test_delivery_story import done_types, events

HASTY = replace(FAST, goods_silent_after_s=3.0, command_expires_s=2.0)


def patient(city, vehicle, robot_s: float) -> None:
    """How long the robot waits for people."""
    city.loop.call(lambda: setattr(vehicle.compartments, "patience_s", robot_s))


@pytest.mark.slow
def test_goods_nobody_collects_come_back_to_the_shop(start_city):
    city = start_city()
    vehicle = city.robot(1)
    shop = Shop.open(city)
    sent = shop.send()
    shop.load(sent)
    sent.recipient.await_state("arrived")
    patient(city, vehicle, 30.0)
    back = sent.recipient.await_state("returning", "back_at_shop")
    assert back["reason"]["key"] == "reason.not_collected"
    patient(city, vehicle, 3600.0)
    assert shop.post(f"shop/deliveries/{sent.id}/cancel").json()["code"] == "on_its_way_back"
    shop.take_back(sent)
    assert sent.recipient.await_state("returned")["reason"]["key"] == "reason.not_collected"
    assert done_types(vehicle) == ["say", "loadGoods", "say", "handOver", "say", "returnGoods"]
    assert vehicle.memory.goods == {}
    assert {"delivery_returning", "delivery_returned"} <= set(events(city))


def test_a_shop_that_does_not_load_lets_the_robot_go(start_city):
    city = start_city()
    vehicle = city.robot(1)
    patient(city, vehicle, 30.0)
    sent = Shop.open(city).send()
    failed = sent.recipient.await_state("failed")
    assert failed["reason"]["key"] == "reason.not_loaded"
    assert wait_until(lambda: city.call("bench_00"), what="free for calls again")
    assert "goods_on_board" not in city.incidents()


def test_cancel_before_loading_ends_it(start_city):
    city = start_city()
    vehicle = city.robot(1, pace=2.0)
    shop = Shop.open(city)
    sent = shop.send()
    sent.recipient.await_state("assigned")
    assert shop.post(f"shop/deliveries/{sent.id}/cancel").status_code == 202
    canceled = sent.recipient.await_state("canceled")
    assert canceled["reason"]["key"] == "reason.canceled_by_shop"
    assert not vehicle.active
    again = shop.post(f"shop/deliveries/{sent.id}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "delivery_over")


def test_cancel_after_loading_brings_the_goods_back(start_city):
    city = start_city()
    vehicle = city.robot(1)
    shop = Shop.open(city)
    sent = shop.send()
    sent.recipient.await_state("at_shop", timeout_s=20)
    city.loop.call(lambda: setattr(vehicle, "pace", 2.0))
    shop.load(sent)
    path = f"/api/delivery/deliveries/{sent.id}/cancel"
    assert city.client.post(path, json={"reason": "가게 요청"}).status_code == 202
    returning = sent.recipient.await_state("returning", "back_at_shop")
    assert returning["reason"]["key"] == "reason.canceled_by_operator"
    city.loop.call(lambda: setattr(vehicle, "pace", 60.0))
    shop.take_back(sent)
    sent.recipient.await_state("returned")
    assert "handOver" not in done_types(vehicle)
    assert vehicle.memory.goods == {}


@pytest.mark.slow
def test_a_robot_lost_with_goods_is_looked_for_and_gets_nothing_new(start_city):
    city = start_city(HASTY)
    vehicle = city.robot(1, pace=60.0)
    shop = Shop.open(city)
    sent = shop.send()
    shop.load(sent)
    sent.recipient.await_state("arrived")
    city.loop.call(vehicle.die)
    stranded = sent.recipient.await_state("stranded", timeout_s=40)
    assert stranded["robot_id"] == "robot_01"
    assert {"robot_silent_with_goods", "goods_on_board"} <= city.incidents()
    again = type(vehicle)(city.site, "robot_01", city.broker.port, node_id="c0", pace=60.0, memory=vehicle.memory)
    city.loop.spawn(again.run())
    wait_until(lambda: city.robots()["robot_01"]["online"] and not again.active, 20, "back and without its order")
    call = city.call("bench_00")
    waiting = wait_until(lambda: (now := city.call_state(call["id"]))["reason"] and now, what="reason")
    assert (waiting["state"], waiting["reason"]["key"]) == ("queued", "queue.goods_on_board")
    path = f"/api/delivery/deliveries/{sent.id}/resolve"
    city.client.post(path, json={"reason": "현장에서 전달", "outcome": "handed_over"}).raise_for_status()
    assert city.await_call(call["id"], "served", timeout_s=30)["robot_id"] == "robot_01"
    assert sent.recipient.look()["state"] == "handed_over"
    assert shop.delivery(sent)["proof"] is None, "only what the robot has seen is proved"


@pytest.mark.slow
def test_goods_that_are_not_taken_back_need_a_person(start_city):
    city = start_city()
    vehicle = city.robot(1)
    shop = Shop.open(city)
    sent = shop.send()
    shop.load(sent)
    patient(city, vehicle, 30.0)
    sent.recipient.await_state("back_at_shop", timeout_s=30)
    sent.recipient.await_state("stranded", timeout_s=30)
    assert vehicle.memory.goods == {1: sent.id}
    wait_until(lambda: "goods_on_board" in city.incidents(), what="incident")


@pytest.mark.slow
def test_a_robot_that_does_not_hear_the_pin_is_asked_again(start_city):
    city = start_city(HASTY)
    vehicle = city.robot(1)
    shop = Shop.open(city)
    sent = shop.send()
    shop.load(sent)
    sent.recipient.await_state("arrived")
    vehicle.behaviour.deaf = True
    assert sent.recipient.enter(sent.pin).json()["door"] == "opening"
    sent.recipient.await_door("no_answer")
    vehicle.behaviour.deaf = False
    assert sent.recipient.enter(sent.pin).json()["door"] == "opening"
    sent.recipient.await_door("open")
    sent.recipient.taken()
    sent.recipient.await_state("handed_over")
    assert vehicle.compartments.heard.count(("openCompartment", sent.id)) == 1


@pytest.mark.slow
def test_people_may_take_their_time_without_being_taken_for_trouble(start_city):
    city = start_city(replace(FAST, stuck_after_s=1.0))
    city.robot(1, pace=60.0)
    shop = Shop.open(city)
    sent = shop.send()
    sent.recipient.await_state("at_shop", timeout_s=20)
    wait_until(lambda: shop.delivery(sent)["state"] != "at_shop", 20, "the robot itself gives up after 300 s")
    assert sent.recipient.look()["reason"]["key"] == "reason.not_loaded"
    assert "no_progress" not in city.incidents()


@pytest.mark.slow
def test_a_stop_at_the_recipient_does_not_lose_the_hand_over(start_city):
    city = start_city()
    vehicle = city.robot(1)
    shop = Shop.open(city)
    sent = shop.send()
    shop.load(sent)
    sent.recipient.await_state("arrived")
    city.loop.call(lambda: vehicle.memory.stops.add("button"))
    assert sent.recipient.enter(sent.pin).status_code == 202
    sent.recipient.await_door("open")
    city.loop.call(vehicle.memory.stops.clear)
    sent.recipient.taken()
    sent.recipient.await_state("handed_over")


@pytest.mark.slow
def test_restart_of_the_application_goes_on(start_city):
    city = start_city()
    vehicle = city.robot(1)
    shop = Shop.open(city)
    sent = shop.send()
    shop.load(sent)
    sent.recipient.await_state("arrived")
    sent.recipient.enter(sent.wrong_pin)
    again = start_city()
    for person in (shop, sent.recipient):
        person.city = again
    assert sent.recipient.look()["tries_left"] == 4
    assert sent.recipient.enter(sent.pin).status_code == 202
    sent.recipient.await_door("open")
    sent.recipient.taken()
    sent.recipient.await_state("handed_over")
    assert vehicle.memory.done.count("handOver") <= 1
    assert done_types(vehicle).count("handOver") == 1


def test_a_delivery_in_the_queue_says_which_robot_comes_and_when(start_city):
    city = start_city()
    city.robot(1, pace=2.0)
    shop = Shop.open(city)
    first = shop.send()
    first.recipient.await_state("assigned")
    second = shop.send()

    def told_alike() -> dict | None:
        """What the recipient is told, once the console is told the same: it changes by the minute and by the plan."""
        told = second.recipient.look()
        queued = [mission["waiting"] for mission in city.get("/api/fleet/missions?state=queued")]
        in_sight = (told["reason"] or {}).get("key") in ("queue.robot_soon_free", "queue.taken_along")
        return told if in_sight and queued == [told["reason"]] else None

    waiting = wait_until(told_alike, what="a robot in sight")
    assert (waiting["state"], waiting["queue_position"]) == ("requested", 1)
    assert "robot 1" in waiting["reason"]["en"]
