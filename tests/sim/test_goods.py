"""Compartments of simulated robots: lids, scales, and people who put goods in or take them out."""

import json
import math

import pytest

from gangseo_sim.engine.core import DriveCommand, Engine
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import RobotStart
from sim.worlds import small_world

DT = 0.02
HERE = RobotStart("r", 0.0, 0.0, 0.0)


@pytest.fixture
def engine() -> Engine:
    return Engine(small_world(), [HERE, RobotStart("other", 0.0, 5.0, 0.0)], 3)


def live(engine: Engine, seconds: float) -> None:
    for _ in range(round(seconds / DT)):
        engine.advance(DT, {})


def scale(engine: Engine, number: int = 2) -> float:
    return engine.robot("r").goods_kg[number - 1]


def test_what_was_announced_is_put_in_after_some_seconds_and_weighs(engine: Engine) -> None:
    engine.set_compartment("r", 2, is_open=True, announced_kg=10.0)
    assert engine.robot("r").lids_open == (False, True, False, False)
    live(engine, 2.9)
    assert scale(engine) == 0.0
    live(engine, 5.2)
    kg = scale(engine)
    assert 9.0 <= kg <= 11.0
    assert engine.robot("r").goods_kg == (0.0, kg, 0.0, 0.0)
    assert engine.robot("r").mass_kg == pytest.approx(90.0 + kg)
    assert engine.robot("other").mass_kg == 90.0
    engine.set_compartment("r", 2, is_open=False)
    live(engine, 20.0)
    assert scale(engine) == kg


def test_what_is_in_is_taken_out_after_some_seconds(engine: Engine) -> None:
    engine.set_compartment("r", 2, is_open=True)
    engine.put_goods("r", 2, 5.0)
    engine.set_compartment("r", 2, is_open=False)
    assert engine.robot("r").mass_kg == 95.0
    engine.set_compartment("r", 2, is_open=True)
    live(engine, 2.9)
    assert scale(engine) == 5.0
    live(engine, 5.2)
    assert scale(engine) == 0.0
    assert engine.robot("r").mass_kg == 90.0


def test_nobody_reaches_into_a_closed_compartment(engine: Engine) -> None:
    engine.set_compartment("r", 2, is_open=True, announced_kg=10.0)
    live(engine, 2.0)
    engine.set_compartment("r", 2, is_open=False)
    live(engine, 20.0)
    assert scale(engine) == 0.0
    with pytest.raises(EngineError, match="compartment 2 is closed"):
        engine.put_goods("r", 2, 1.0)


def test_opening_an_open_compartment_again_changes_nothing(engine: Engine) -> None:
    engine.set_compartment("r", 2, is_open=True, announced_kg=10.0)
    for _ in range(9):
        live(engine, 1.0)
        engine.set_compartment("r", 2, is_open=True, announced_kg=10.0)
    assert scale(engine) > 0.0


def test_a_scenario_that_says_what_lies_in_it_has_the_last_word(engine: Engine) -> None:
    engine.set_compartment("r", 2, is_open=True, announced_kg=10.0)
    engine.put_goods("r", 2, 3.0)
    live(engine, 20.0)
    assert scale(engine) == 3.0
    engine.set_compartment("r", 2, is_open=False)
    engine.set_compartment("r", 2, is_open=True)
    engine.put_goods("r", 2, 3.0)
    live(engine, 20.0)
    assert scale(engine) == 3.0


@pytest.mark.parametrize("number", [0, 5, -1])
def test_there_are_four_compartments(engine: Engine, number: int) -> None:
    for is_open in (True, False):
        with pytest.raises(EngineError, match="there are 1 to 4"):
            engine.set_compartment("r", number, is_open=is_open)
    with pytest.raises(EngineError, match="there are 1 to 4"):
        engine.put_goods("r", number, 1.0)


@pytest.mark.parametrize("kg", [-1.0, math.nan, math.inf])
def test_a_mass_that_is_none_is_refused_and_changes_nothing(engine: Engine, kg: float) -> None:
    with pytest.raises(EngineError, match="is no mass"):
        engine.set_compartment("r", 2, is_open=True, announced_kg=kg)
    assert not any(engine.robot("r").lids_open)
    engine.set_compartment("r", 2, is_open=True)
    with pytest.raises(EngineError, match="is no mass"):
        engine.put_goods("r", 2, kg)
    assert scale(engine) == 0.0


def test_compartments_do_not_open_while_driving(engine: Engine) -> None:
    engine.set_compartment("r", 3, is_open=True)
    for _ in range(50):
        engine.advance(DT, {"r": DriveCommand(1.0, 0.0)})
    with pytest.raises(EngineError, match="moves"):
        engine.set_compartment("r", 2, is_open=True)
    engine.set_compartment("r", 3, is_open=False)


def test_goods_and_hands_go_on_bit_by_bit_from_a_checkpoint(engine: Engine) -> None:
    engine.set_compartment("r", 1, is_open=True, announced_kg=10.0)
    engine.set_compartment("r", 2, is_open=True)
    engine.put_goods("r", 2, 4.0)
    live(engine, 1.0)
    memory = json.loads(json.dumps(engine.checkpoint()))
    again = Engine(small_world(), [HERE, RobotStart("other", 0.0, 5.0, 0.0)], 99)
    again.restore(memory)
    assert again.robot("r").mass_kg == 94.0
    for each in (engine, again):
        live(each, 9.0)
        each.set_compartment("other", 1, is_open=True, announced_kg=2.0)
        live(each, 9.0)
    assert json.dumps(again.checkpoint()) == json.dumps(engine.checkpoint())
    assert scale(again, 1) > 0.0


def test_a_checkpoint_from_before_there_were_compartments_is_taken(engine: Engine) -> None:
    memory = json.loads(json.dumps(engine.checkpoint()))
    for name in ("lids_open", "goods_kg", "hand_at_s", "hand_leaves_kg"):
        del memory["fleet"][name]
    del memory["random"]["goods"]
    again = Engine(small_world(), [HERE], 1)
    again.restore(memory)
    assert again.robot("r").goods_kg == (0.0,) * 4
    again.set_compartment("r", 1, is_open=True, announced_kg=1.0)
    live(again, 9.0)
    assert scale(again, 1) > 0.0


def test_the_same_seed_gives_the_same_goods() -> None:
    masses = []
    for seed in (1, 1, 2):
        engine = Engine(small_world(), [HERE], seed)
        engine.set_compartment("r", 1, is_open=True, announced_kg=10.0)
        live(engine, 9.0)
        masses.append(scale(engine, 1))
    assert masses[0] == masses[1] != masses[2]
