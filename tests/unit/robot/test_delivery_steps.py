"""Goods on their way: loaded at the shop, handed over or taken back, whatever happens between."""

import pytest

from gangseo_protocol.actions import HandOver, LoadGoods, ReturnGoods
from unit.robot.delivering import BACK, GOODS, HAND, LOAD, WAY, at, goods, lid_told, result, say, trip
from unit.robot.little_park import make_order


def loaded(world):
    """A robot with the goods on board, standing at the shop."""
    world.order(make_order(WAY[:2], actions={"w1": [LOAD]}))
    world.until(lambda: world.lids[2])
    world.goods[2] = 4.1
    assert say(world, "closeCompartment") == ("FINISHED", "")
    world.until(lambda: world.phase == "FINISHED")
    assert result(world, "load") == "loaded"


def handing_over(world):
    """At the recipient's with the goods, nobody there yet."""
    loaded(world)
    world.order(make_order(WAY[1:], order_id="order-2", actions={"spot_12": [HAND]}))
    world.until(lambda: world.waiting == "waiting.recipient")


def test_goods_are_loaded_driven_and_handed_over(world):
    world.order(trip(w1=[LOAD], spot_12=[HAND]))
    world.until(lambda: world.waiting == "waiting.goods")
    assert world.lids == {1: False, 2: True, 3: False, 4: False}
    assert ("lid", (2, True, 4.0)) in world.log
    assert ("said", "2번 칸을 열었습니다. 물건을 넣고 화면에서 닫기를 눌러 주세요") in world.log
    assert world.brain.executor.countdown_s == 60
    world.tick(100)
    assert world.brain.executor.countdown_s == 50
    assert not goods(world)
    world.goods[2] = 4.1
    world.tick()
    assert (goods(world), lid_told(world)) == (
        {"d-1": ("compartment_2", 4.1)}, {"number": "2", "open": "true", "occupied": "true", "loadId": "d-1"},
    )  # fmt: skip
    assert say(world, "closeCompartment") == ("FINISHED", "")
    world.until(lambda: world.x > 9.0)
    assert not world.lids[2]
    assert result(world, "load") == "loaded"
    assert lid_told(world)["open"] == "false"
    world.until(lambda: world.waiting == "waiting.recipient")
    assert not world.lids[2]
    assert goods(world) == {"d-1": ("compartment_2", 4.1)}
    assert say(world, "openCompartment") == ("FINISHED", "")
    world.until(lambda: world.waiting == "waiting.goods_taken")
    assert world.lids[2]
    assert ("said", "2번 칸을 열었습니다. 물건을 꺼내 가세요") in world.log
    world.goods[2] = 0.0
    assert say(world, "closeCompartment") == ("FINISHED", "")
    world.until(lambda: world.phase == "FINISHED", 3.0)
    assert result(world, "hand") == "handed_over"
    assert not any(world.lids.values())
    assert not goods(world)
    assert world.done["open 2"] == world.done["close 2"] == 2


def test_goods_that_nobody_says_are_in_are_not_loaded(world):
    world.order(trip(w1=[LOAD]))
    world.until(lambda: world.lids[2])
    world.until(lambda: world.phase == "FINISHED", 80.0)
    assert result(world, "load") == "not_loaded"
    assert world.done["close 2"] == 1
    world.order(at("spot_12", (LoadGoods(delivery_id="d-2", compartment=2, mass_kg=1.0), "load-2"), order_id="order-2"))
    world.until(lambda: world.lids[2])


def test_goods_left_in_by_a_shop_that_says_nothing_are_told_by_their_name(world):
    world.order(trip(w1=[LOAD]))
    world.until(lambda: world.lids[2])
    world.goods[2] = 3.0
    world.until(lambda: world.phase == "FINISHED", 80.0)
    assert result(world, "load") == "not_loaded"
    assert goods(world) == {"d-1": ("compartment_2", 3.0)}
    world.order(at("spot_12", (LoadGoods(delivery_id="d-2", compartment=2, mass_kg=1.0), "load-2"), order_id="order-2"))
    world.until(lambda: world.phase == "FAILED")
    assert result(world, "load-2") == "compartment 2 holds d-1"
    assert not world.lids[2]
    world.instant("cancelOrder", "c-1")
    world.order(at("spot_12", BACK, order_id="order-3"))
    world.until(lambda: world.lids[2])
    world.goods[2] = 0.0
    world.until(lambda: world.phase == "FINISHED")
    assert result(world, "back") == "returned"


@pytest.mark.parametrize("comes", [True, False])
def test_somebody_who_closes_an_empty_compartment_gets_a_moment_more(world, comes):
    world.order(trip(w1=[LOAD]))
    world.until(lambda: world.lids[2])
    world.tick(20)
    assert say(world, "closeCompartment") == ("FINISHED", "")
    world.tick(50)
    assert world.lids[2]
    assert world.waiting == "waiting.goods_not_seen"
    world.goods[2] = 4.0 if comes else 0.0
    world.until(lambda: not world.lids[2], 7.0)
    world.until(lambda: world.phase == "FINISHED")
    assert result(world, "load") == ("loaded" if comes else "not_loaded")
    assert bool(goods(world)) == comes


def test_nobody_comes_and_the_compartment_stays_closed(world):
    handing_over(world)
    world.until(lambda: world.phase == "FINISHED", 95.0)
    assert result(world, "hand") == "not_collected"
    assert world.done["open 2"] == 1
    assert goods(world) == {"d-1": ("compartment_2", 4.1)}


def test_goods_that_are_left_in_are_locked_in_after_a_minute(world):
    handing_over(world)
    world.tick(800)
    assert say(world, "openCompartment") == ("FINISHED", "")
    began = world.now_s
    world.until(lambda: world.lids[2])
    world.until(lambda: not world.lids[2])
    assert world.now_s - began == pytest.approx(60.0, abs=1.5)
    world.until(lambda: world.phase == "FINISHED", 3.0)
    assert result(world, "hand") == "not_collected"
    assert goods(world)


def test_taken_goods_close_the_compartment_without_a_word(world):
    handing_over(world)
    say(world, "openCompartment")
    world.until(lambda: world.lids[2])
    world.goods[2] = 0.0
    world.tick(20)
    world.goods[2] = 2.0
    world.tick(40)
    assert world.lids[2]
    world.goods[2] = 0.01
    began = world.now_s
    world.until(lambda: world.phase == "FINISHED")
    assert 5.0 <= world.now_s - began < 7.0
    assert result(world, "hand") == "handed_over"


def test_a_recipient_who_says_done_with_the_goods_inside_gets_a_moment_more(world):
    handing_over(world)
    say(world, "openCompartment")
    world.until(lambda: world.lids[2])
    say(world, "closeCompartment")
    world.tick(50)
    assert world.waiting == "waiting.goods_still_seen"
    world.until(lambda: world.phase == "FINISHED", 8.0)
    assert result(world, "hand") == "not_collected"


@pytest.mark.parametrize("taken", [True, False])
def test_uncollected_goods_go_back_to_the_shop(world, taken):
    loaded(world)
    world.order(at("w1", BACK, order_id="order-2"))
    world.until(lambda: world.waiting == "waiting.goods_taken")
    assert world.log.count(("said", "찾아가지 않은 물건을 가져왔습니다. 2번 칸에서 꺼내 주세요")) == 1
    world.tick(100)
    world.goods[2] = 0.0 if taken else 4.1
    world.until(lambda: world.phase == "FINISHED", 60.0)
    assert result(world, "back") == ("returned" if taken else "not_returned")
    assert bool(goods(world)) != taken
    assert not world.lids[2]


def test_words_about_goods_that_are_not_at_hand_fail_with_a_reason(world):
    assert say(world, "openCompartment") == ("FAILED", "delivery d-1 is not at hand")
    loaded(world)
    assert say(world, "closeCompartment") == ("FAILED", "delivery d-1 is not at hand")
    world.order(make_order(WAY[1:], order_id="order-2", actions={"spot_12": [HAND]}))
    world.tick(5)
    assert say(world, "openCompartment") == ("FAILED", "delivery d-1 is not at hand")
    world.until(lambda: world.waiting == "waiting.recipient")
    assert say(world, "openCompartment", delivery="d-2") == ("FAILED", "delivery d-2 is not at hand")
    assert say(world, "openCompartment", delivery="") == ("FAILED", "parameter deliveryId is missing")
    assert say(world, "closeCompartment") == ("FAILED", "handOver waits for openCompartment first")
    world.tick(20)
    assert not world.lids[2]
    assert say(world, "openCompartment", "o-1") == ("FINISHED", "")
    world.until(lambda: world.lids[2])
    world.tick(300)
    assert say(world, "openCompartment", "o-1") == ("FINISHED", "")
    assert say(world, "openCompartment", "o-2") == ("FINISHED", "")
    # Said again, it gives no second minute.
    world.until(lambda: not world.lids[2], 32.0)


def test_a_recipient_may_speak_as_soon_as_the_robot_is_there(world):
    loaded(world)
    world.order(make_order(WAY[1:], order_id="order-2", actions={"spot_12": [HAND]}))
    world.until(lambda: world.brain.book.last_node_id == "spot_12")
    assert world.brain.book.actions["hand"].status == "WAITING"
    assert say(world, "openCompartment") == ("FINISHED", "")
    world.until(lambda: world.lids[2], 2.0)


def test_a_shop_cannot_open_what_opens_by_itself(world):
    world.order(trip(w1=[LOAD]))
    world.until(lambda: world.lids[2])
    assert say(world, "openCompartment") == ("FAILED", "loadGoods does not wait for openCompartment")
    world.goods[2] = 4.0
    say(world, "closeCompartment")
    world.until(lambda: world.phase == "FINISHED")


@pytest.mark.parametrize(
    ("action", "says"),
    [
        (HandOver(delivery_id="d-9", compartment=2), "delivery d-9 is not on board"),
        (HandOver(delivery_id="d-1", compartment=3), "delivery d-1 is in compartment 2"),
        (ReturnGoods(delivery_id="d-9", compartment=1), "delivery d-9 is not on board"),
        (LoadGoods(delivery_id="d-9", compartment=2, mass_kg=1.0), "compartment 2 holds d-1"),
    ],
)
def test_nobody_is_shown_the_goods_of_another(world, action, says):
    loaded(world)
    world.order(at("w1", (action, "a"), order_id="order-2"))
    world.until(lambda: world.phase == "FAILED")
    assert result(world, "a") == says
    assert "actionFailed" in world.errors()
    assert world.done["open 2"] == 1
    assert not world.done["open 3"]


def test_what_was_done_before_is_not_done_again_in_a_new_order(world):
    loaded(world)
    world.order(at("w1", LOAD, order_id="order-2"))
    world.until(lambda: world.phase == "FINISHED")
    assert result(world, "load") == "loaded"
    assert world.done["open 2"] == 1
    world.order(at("w1", HAND, order_id="order-3"))
    world.until(lambda: world.waiting == "waiting.recipient")
    say(world, "openCompartment")
    world.until(lambda: world.lids[2])
    world.goods[2] = 0.0
    world.until(lambda: world.phase == "FINISHED")
    world.crash()
    world.order(at("w1", HAND, order_id="order-4"))
    world.until(lambda: world.phase == "FINISHED")
    assert result(world, "hand") == "handed_over"
    assert world.done["open 2"] == 2
    world.order(at("w1", BACK, order_id="order-5"))
    world.until(lambda: world.phase == "FAILED")
    assert result(world, "back") == "delivery d-1 has left the robot: handed_over"


def test_a_canceled_loading_closes_the_lid_and_keeps_the_name_of_what_is_in(world):
    world.order(trip(w1=[LOAD]))
    world.until(lambda: world.lids[2])
    world.goods[2] = 4.0
    world.instant("cancelOrder", "c-1")
    world.until(lambda: not world.lids[2])
    world.tick(3)
    assert world.phase == "CANCELED"
    assert goods(world) == {"d-1": ("compartment_2", 4.0)}


def test_the_robot_does_not_drive_with_a_compartment_open(world):
    world.charging = False
    world.x = 4.0
    world.tick(30)
    world.lids[3] = True
    world.order(make_order(WAY[1:]))
    world.tick()
    assert world.waiting == "waiting.closing_compartment"
    world.until(lambda: world.phase == "FINISHED")
    assert world.done["close 3"] == 1


def test_where_a_scale_says_nothing_people_are_believed(world):
    world.goods[2] = None
    world.order(trip(w1=[LOAD], spot_12=[HAND]))
    world.until(lambda: world.lids[2])
    say(world, "closeCompartment")
    world.until(lambda: world.waiting == "waiting.recipient")
    assert goods(world) == {"d-1": ("compartment_2", 4.0)}
    say(world, "openCompartment")
    world.until(lambda: world.lids[2])
    world.tick(100)
    assert world.lids[2]
    say(world, "closeCompartment")
    world.until(lambda: world.phase == "FINISHED")
    assert result(world, "hand") == "handed_over"
    assert not goods(world)


def test_a_letter_too_light_for_the_scale_is_believed_to_be_there(world):
    world.order(trip(w1=[(LoadGoods(**GOODS, mass_kg=0.02), "load")]))
    world.until(lambda: world.lids[2])
    say(world, "closeCompartment")
    world.until(lambda: world.phase == "FINISHED")
    assert result(world, "load") == "loaded"
    assert goods(world) == {"d-1": ("compartment_2", 0.02)}


def test_a_lid_that_is_stuck_fails_the_order(world):
    world.refuse.add("set_compartment")
    world.order(trip(w1=[LOAD]))
    world.until(lambda: world.phase == "FAILED")
    assert result(world, "load") == "lid is stuck"


def test_a_pause_keeps_the_lid_and_what_was_said(world):
    handing_over(world)
    world.instant("startPause", "p-1")
    world.tick(10)
    assert say(world, "openCompartment") == ("FINISHED", "")
    world.tick(50)
    assert not world.lids[2]
    world.instant("stopPause", "p-2")
    world.until(lambda: world.lids[2])


def test_heavy_goods_lower_the_speed_by_law(world):
    world.goods = {1: 60.0, 2: 60.0, 3: 60.0, 4: None}
    world.tick(2)
    assert world.limit == pytest.approx(5 / 3.6)


def test_goods_too_heavy_to_drive_with_are_taken_out_again(world):
    world.order(trip(w1=[LOAD]))
    world.until(lambda: world.lids[2])
    world.goods[2] = 480.0
    world.tick(2)
    assert world.waiting == "waiting.overloaded"
    assert dict(world.brain.executor.waiting.values)["mass"] == "575"
    assert say(world, "closeCompartment") == ("FINISHED", "")
    world.tick(50)
    assert world.lids[2]
    world.goods[2] = 4.0
    world.until(lambda: world.phase == "FINISHED")
    assert result(world, "load") == "loaded"


def test_goods_of_nobody_known_are_told_without_a_name(world):
    world.goods[4] = 7.0
    world.tick(2)
    assert goods(world) == {None: ("compartment_4", 7.0)}
    assert lid_told(world, 4)["loadId"] == ""
