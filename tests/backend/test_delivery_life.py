"""The pure parts of deliveries: states, doors, masses, PINs."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from gangseo_backend.core.domain_events import Leg, MissionStage
from gangseo_backend.delivery.models import DeliveryRow
from gangseo_backend.delivery.pins import Pins, new_pin, new_token
from gangseo_backend.delivery.sizes import COMPARTMENTS, Size, most_kg
from gangseo_backend.delivery.states import (
    BACK_TO_SHOP,
    FINAL,
    ON_BOARD,
    TO_RECIPIENT,
    TO_SHOP,
    DeliveryState,
    WishState,
    after,
    door,
)
from gangseo_backend.delivery.trip import legs
from gangseo_protocol.actions import (
    COMPARTMENTS as NUMBERS,
)
from gangseo_protocol.actions import (
    HANDED_OVER,
    LOADED,
    NODE_ACTIONS,
    NOT_COLLECTED,
    NOT_LOADED,
    NOT_RETURNED,
    RETURNED,
)
from gangseo_protocol.messages import is_known

S = DeliveryState
TOLD = st.tuples(
    st.sampled_from(get_args(MissionStage)),
    st.integers(0, 2),
    st.sampled_from([None, LOADED, NOT_LOADED, HANDED_OVER, NOT_COLLECTED, RETURNED, NOT_RETURNED, "nonsense"]),
    st.booleans(),
)


def run(*told: tuple[MissionStage, int, str | None], goods_in: bool = False) -> DeliveryState:
    state = S.REQUESTED
    for stage, leg, result in told:
        state = after(state, stage, leg, result, goods_in=goods_in).state
    return state


TO_THE_DOOR = (
    ("queued", 0, None), ("assigned", 0, None), ("arrived", 0, None), ("leg_done", 0, LOADED), ("near", 1, None),
    ("arrived", 1, None),
)  # fmt: skip


def test_way_of_a_delivery_that_is_handed_over():
    states = [run(*TO_THE_DOOR[: count + 1]) for count in range(len(TO_THE_DOOR))]
    assert states == [S.REQUESTED, S.ASSIGNED, S.AT_SHOP, S.LOADED, S.NEAR, S.ARRIVED]
    ended = (*TO_THE_DOOR, ("leg_done", 1, HANDED_OVER))
    assert run(*ended) is run(*ended, ("finished", 1, None)) is S.HANDED_OVER


def test_way_of_a_delivery_that_comes_back():
    back = (*TO_THE_DOOR, ("leg_done", 1, NOT_COLLECTED))
    assert run(*back) is S.RETURNING
    assert run(*back, ("arrived", 2, None)) is S.BACK_AT_SHOP
    assert run(*back, ("arrived", 2, None), ("leg_done", 2, RETURNED), ("finished", 2, None)) is S.RETURNED
    assert run(*back, ("arrived", 2, None), ("leg_done", 2, NOT_RETURNED), ("finished", 2, None)) is S.STRANDED


def test_a_cancel_with_goods_on_board_turns_the_robot_round():
    assert run(*TO_THE_DOOR[:4], ("assigned", BACK_TO_SHOP, None)) is S.RETURNING


@pytest.mark.parametrize("stage", ["queued", "canceled", "failed", "finished"])
def test_a_mission_that_ends_with_goods_on_board_needs_a_person(stage):
    assert run(*TO_THE_DOOR, (stage, 1, None)) is S.STRANDED


def test_goods_the_shop_says_are_in_are_never_taken_for_nothing():
    at_shop = TO_THE_DOOR[:3]
    assert run(*at_shop, ("leg_done", 0, NOT_LOADED)) is S.FAILED
    assert run(*at_shop, ("leg_done", 0, NOT_LOADED), goods_in=True) is S.STRANDED
    assert run(*at_shop, ("queued", 0, None)) is S.REQUESTED
    assert run(*at_shop, ("queued", 0, None), goods_in=True) is S.STRANDED


@given(st.sampled_from(S), TOLD)
def test_what_is_over_stays_over_and_goods_never_vanish(state, told):
    stage, leg, result, goods_in = told
    following = after(state, stage, leg, result, goods_in=goods_in).state
    if state in FINAL or state is S.STRANDED:
        assert following is state
    if state in ON_BOARD and following not in {*ON_BOARD, S.STRANDED} and stage != "leg_done":
        pytest.fail(f"{state} became {following} though goods were on board")


@given(st.lists(TOLD, max_size=12))
@run_with(max_examples=300)
def test_goods_that_were_loaded_end_in_somebodys_hands_or_with_a_person(told):
    state, loaded = S.REQUESTED, False
    for stage, leg, result, goods_in in told:
        state = after(state, stage, leg, result, goods_in=goods_in).state
        loaded = loaded or state is S.LOADED
        if loaded and state in {S.CANCELED, S.REQUESTED, S.LOST}:
            pytest.fail(f"{state} after loading")


def test_door_is_asked_for_by_the_recipient_and_open_at_the_shop():
    for state in (S.AT_SHOP, S.BACK_AT_SHOP):
        assert [door(state, None, opens=False, waits=waits) for waits in (False, True)] == ["opening", "open"]
    assert door(S.ARRIVED, None, opens=False, waits=True) == "closed"
    assert [door(S.ARRIVED, wish, opens=True, waits=True) for wish in WishState] == ["opening", "open", "no_answer"]
    assert [door(S.ARRIVED, wish, opens=False, waits=True) for wish in WishState] == ["closing", "closing", "no_answer"]
    assert door(S.LOADED, WishState.DONE, opens=True, waits=True) == "closed"


def test_masses_keep_board_and_law():
    assert [most_kg(size, 114.0) for size in Size] == [5.0, 10.0, 20.0, 40.0]
    assert most_kg(Size.EXTRA_LARGE, 480.0) == 20.0
    assert most_kg(Size.SMALL, 600.0) == 0.0
    assert sorted(COMPARTMENTS.values()) == list(range(1, NUMBERS + 1))


def test_pins_are_checked_by_hash_with_the_key_and_for_their_delivery():
    pins = Pins("k" * 32, time_cost=1, memory_kib=64)
    stored = pins.hash("a", "012345")
    assert "012345" not in stored
    assert pins.fits("a", "012345", stored)
    assert not pins.fits("a", "012346", stored)
    assert not pins.fits("b", "012345", stored)
    assert not Pins("x" * 32, time_cost=1, memory_kib=64).fits("a", "012345", stored)


def test_pins_have_six_digits_and_links_differ():
    made = {new_pin() for _ in range(200)}
    assert all(len(pin) == 6 and pin.isascii() and pin.isdigit() for pin in made)
    assert len(made) > 190
    assert len({new_token() for _ in range(50)}) == 50


def delivery(**changes: object) -> DeliveryRow:
    return DeliveryRow(**{"id": "d1", "language": "en", "mass_kg": 1.0, "compartment": 2} | changes)


def test_trip_is_work_that_robots_know_with_texts_they_can_say():
    found: tuple[Leg, ...] = legs(delivery(), "k1", "s3")
    assert [leg.node_id for leg in found] == ["k1", "s3", "k1"]
    assert [(leg.only_after, leg.goods, leg.after_cancel) for leg in found] == [
        (None, False, False), (LOADED, True, False), (NOT_COLLECTED, True, True),
    ]  # fmt: skip
    assert (TO_SHOP, TO_RECIPIENT, BACK_TO_SHOP) == (0, 1, 2)
    for leg in found:
        for work in leg.work:
            action = NODE_ACTIONS[work.kind].model_validate(work.parameters)
            if work.kind == "say":
                assert is_known(action.text_key)
                assert action.language == "en"
            else:
                assert (action.delivery_id, action.compartment) == ("d1", 2)
