"""Looking round at a point: taken once, sent until it is received, whatever dies in between."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangseo_protocol.actions import OBSERVED, Observe
from gangseo_protocol.observation import Observation, ObservationReceived
from gangseo_robot.journal import KEPT_OBSERVED, Journal
from gangseo_robot.observing import KEPT, Observer
from unit.robot.little_park import NOW, make_order
from unit.robot.toy_world import ToyWorld

WAY = ["charger_1", "w1", "w2"]
JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"


def observe(point: str, seconds: float = 2.0) -> tuple[Observe, str]:
    return Observe(round_id="round-1", point_id=point, duration_s=seconds), f"look-{point}"


def patrol(**changes):
    return make_order(WAY, actions={"w1": [observe("gate")], "w2": [observe("pond")]}, **changes)


@pytest.fixture
def world(tmp_path):
    world = ToyWorld(tmp_path)
    world.eyes.camera, world.eyes.shown, world.eyes.counted = True, JPEG, 3
    world.tick(3)
    return world


def sent(world) -> list[Observation]:
    return [Observation.model_validate_json(json.dumps(m)) for name, m in world.sent if name == "observation"]


def confirm(world, observation_id: str, refused: str | None = None) -> None:
    world.put("observationReceived", ObservationReceived(observation_id=observation_id, refused=refused))


def results(world) -> dict[str, str]:
    return {state.action_id: state.action_result for state in world.state.action_states}


def test_a_point_is_looked_at_and_what_is_seen_is_sent(world):
    world.order(patrol())
    world.until(lambda: world.phase == "FINISHED")
    assert results(world) == {"look-gate": OBSERVED, "look-pond": OBSERVED}
    world.until(lambda: sent(world))
    first = sent(world)[0]
    assert (first.round_id, first.point_id, first.jpeg, first.people_seen) == ("round-1", "gate", JPEG, 3)
    assert abs(first.taken_at - world.utc) < timedelta(minutes=1)
    assert not world.eyes.is_open
    assert world.eyes.times_opened == 2


def test_it_stands_for_its_duration_and_says_so(world):
    world.order(make_order(["charger_1", "w1"], actions={"w1": [observe("gate", 6.0)]}))
    world.until(lambda: world.waiting == "waiting.observing")
    begun_s = world.now_s
    world.until(lambda: world.phase == "FINISHED")
    assert 5.5 <= world.now_s - begun_s <= 6.5


def test_without_a_camera_it_goes_on_at_once_and_sends_no_picture(world):
    world.eyes.camera, world.eyes.shown, world.eyes.counted = False, None, None
    world.order(make_order(["charger_1", "w1"], actions={"w1": [observe("gate", 4.0)]}))
    world.until(lambda: world.waiting == "waiting.observing")
    begun_s = world.now_s
    world.until(lambda: world.phase == "FINISHED")
    assert world.now_s - begun_s < 4.5
    world.until(lambda: sent(world))
    assert (sent(world)[0].jpeg, sent(world)[0].people_seen) == (None, None)


def test_a_camera_that_is_slow_gets_a_little_time_and_a_dead_one_does_not_hold_the_round(world):
    world.eyes.shown = None
    world.order(patrol())
    world.until(lambda: world.waiting == "waiting.observing")
    world.tick(40)
    world.eyes.shown = JPEG
    world.until(lambda: sent(world))
    assert sent(world)[0].jpeg == JPEG
    world.eyes.shown = None
    confirm(world, sent(world)[0].observation_id)
    world.until(lambda: world.phase == "FINISHED", 60)
    world.until(lambda: len(sent(world)) == 2)
    assert sent(world)[1].jpeg is None


def test_it_is_sent_again_until_it_is_received_one_at_a_time_and_less_and_less_often(world):
    world.order(patrol())
    world.until(lambda: world.phase == "FINISHED")
    world.tick(1200)
    tries = [seen.point_id for seen in sent(world)]
    assert set(tries) == {"gate", "pond"}, "one that nobody takes must not hold back the other"
    assert 6 <= len(tries) <= 14
    first, second = dict.fromkeys(seen.observation_id for seen in sent(world))
    confirm(world, first)
    before = len(sent(world))
    world.tick(1200)
    assert {seen.observation_id for seen in sent(world)[before:]} == {second}
    confirm(world, second)
    before = len(sent(world))
    world.tick(1200)
    assert len(sent(world)) == before


def test_nothing_is_sent_while_the_link_is_down_and_at_once_when_it_is_up(world):
    world.linked = False
    world.order(make_order(["charger_1", "w1"], actions={"w1": [observe("gate")]}))
    world.until(lambda: world.phase == "FINISHED")
    world.tick(100)
    assert sent(world) == []
    world.linked = True
    world.brain.linked()
    world.tick()
    assert len(sent(world)) == 1
    world.brain.linked()
    world.tick()
    assert len(sent(world)) == 2, "what was under way is lost with the link"


def test_what_is_refused_is_not_sent_again(world, caplog):
    world.order(make_order(["charger_1", "w1"], actions={"w1": [observe("gate")]}))
    world.until(lambda: sent(world))
    confirm(world, sent(world)[0].observation_id, "there is no round round-1")
    world.tick(300)
    assert len(sent(world)) == 1
    assert "observation_refused" in caplog.text


@pytest.mark.slow
@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_crashes_at_any_moment_lose_none_and_make_none_twice(tmp_path_factory, pauses):
    world = ToyWorld(tmp_path_factory.mktemp("crash"))
    world.eyes.camera, world.eyes.shown = True, JPEG
    world.tick(3)
    world.order(patrol())
    for pause in pauses:
        world.tick(pause)
        world.crash()
        world.brain.linked()
    world.until(lambda: world.phase == "FINISHED", 240)
    received: dict[str, str] = {}
    while len(received) < 2:
        world.until(lambda: any(seen.observation_id not in received for seen in sent(world)), 240)
        for seen in sent(world):
            received[seen.observation_id] = seen.point_id
            confirm(world, seen.observation_id)
        world.crash()
        world.brain.linked()
    world.tick(700)
    assert sorted(received.values()) == ["gate", "pond"]
    assert {seen.observation_id for seen in sent(world)} == set(received)


def test_a_full_disk_sends_nothing_that_a_crash_would_make_twice(world):
    world.order(patrol())
    world.until(lambda: world.waiting == "waiting.observing")
    world.disk(writable=False)
    world.tick(60)
    assert sent(world) == []
    world.disk(writable=True)
    world.until(lambda: len({seen.point_id for seen in sent(world)}) == 2, 120)
    assert len({seen.observation_id for seen in sent(world)}) == 2


def test_what_nobody_takes_is_forgotten_after_a_week(tmp_path, caplog):
    journal = Journal(tmp_path / "journal.db")
    out = []
    observer = Observer(journal, lambda _name, payload: out.append(payload))
    observer.tick(0.0, NOW, linked=False)
    observer.take("a-1", observe("gate")[0], people_seen=1, jpeg=JPEG)
    observer.tick(1.0, NOW + KEPT - timedelta(hours=2), linked=False)
    assert len(journal.unsent_observations()) == 1
    observer.tick(2.0, NOW + KEPT + timedelta(hours=2), linked=True)
    assert journal.unsent_observations() == ()
    assert out == []
    assert observer.has("a-1"), "it is not looked for again"
    assert "observation_never_taken" in caplog.text


def test_the_journal_does_not_grow_for_ever(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    observer = Observer(journal, lambda *_: None)
    observer.tick(0.0, NOW, linked=False)
    for number in range(KEPT_OBSERVED + 20):
        observer.take(f"a-{number}", observe("gate")[0], people_seen=None, jpeg=JPEG)
        observer.received(ObservationReceived(observation_id=journal.unsent_observations()[0]))
    count = journal._db.execute("SELECT COUNT(*), COUNT(body) FROM observation").fetchone()
    assert count == (KEPT_OBSERVED, 0)
    assert observer.has(f"a-{KEPT_OBSERVED + 19}")
