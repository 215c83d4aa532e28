"""The harness itself: equal runs are equal, the wire is the real one, and what it counts is so."""

from dataclasses import replace

import pytest

from gangseo_sim.engine.state import RobotState, Signal, SignalState
from lockstep.activity import Timeline, spent_on
from lockstep.city import CityOptions, LockstepCity, city
from lockstep.law import Watch
from lockstep.link import Conditions
from lockstep.residents import ByTheClock, ClosedLoop, poisson

BAD = Conditions(delay_s=(0.02, 0.6), loss=0.15, doubled=0.15)


def short_run(folder, park_folder, **changes):
    folder.mkdir()
    with city(CityOptions(park_folder, folder, people=8, **changes)) as park:
        return park.run(ClosedLoop(park.fleet.spots, 2, residents=2, seed=3), 600.0)


@pytest.mark.slow
def test_same_seed_gives_the_same_record_whose_times_add_up_and_another_seed_another(tmp_path, park_folder):
    first = short_run(tmp_path / "a", park_folder, seed=5)
    again = short_run(tmp_path / "b", park_folder, seed=5)
    other = short_run(tmp_path / "c", park_folder, seed=6)
    assert first.to_json() == again.to_json()
    assert first.to_json() != other.to_json()
    assert first.ends == {"served": 2}
    for call in (*first.calls, *other.calls):
        assert sum(call.spent_s.values()) == pytest.approx(call.arrival_s, abs=0.3)


@pytest.mark.slow
def test_messages_that_are_late_lost_or_doubled_lose_no_call(tmp_path, park_folder, vda5050_schemas):
    record = short_run(tmp_path / "bad", park_folder, seed=2, conditions=BAD, schema_dir=vda5050_schemas)
    assert record.ends == {"served": 2}
    assert record.messages["lost"] > 20
    assert record.messages["doubled"] > 20
    assert "malformed_message" not in record.incidents
    assert not record.contacts
    assert not record.breaches


@pytest.mark.slow
def test_robot_that_crashes_goes_on_where_its_journal_says(tmp_path, park_folder):
    with city(CityOptions(park_folder, tmp_path, robots=1, people=0)) as park:
        call = park.call("bench_24")
        robot = park.robots["robot_01"]
        assert park.until(lambda: robot.brain.book.reached > 2, 120.0)
        robot.crash()
        assert park.until(lambda: not park.recorder.open_calls, 240.0)
        record = park.record()
    assert park.recorder.calls[call][-1][1] == "finished"
    assert record.calls[0].assignments == 1


def test_link_that_is_cut_keeps_what_was_sent_and_says_the_last_will(tmp_path, park_folder):
    with city(CityOptions(park_folder, tmp_path, robots=1, people=0)) as park:
        park.live(1.0)
        park.fleet.link.cut("robot_01")
        park.live(20.0)
        assert not park.fleet.backend.fleet.robot("robot_01").online
        park.fleet.link.connect("robot_01")
        park.live(2.0)
        assert park.fleet.backend.fleet.robot("robot_01").online


def standing(x: float, y: float, **changes) -> RobotState:
    still = RobotState(
        robot_id="robot_01", x=x, y=y, theta=0.0, speed_mps=0.0, turn_rps=0.0, odom_x=0.0, odom_y=0.0, odom_theta=0.0,
        odom_speed_mps=0.0, odom_turn_rps=0.0, state_of_charge=0.9, power_w=20.0, charging=False, emergency_stop=False,
        bins_open=False, fills=(0.0,) * 4, lids_open=(False,) * 4, goods_kg=(0.0,) * 4, mass_kg=90.0, touching=(),
    )  # fmt: skip
    return replace(still, **changes)


@pytest.fixture(scope="session")
def site(park_folder):
    from gangseo_protocol.site import Site

    return Site.model_validate_json((park_folder / "site.json").read_bytes())


@pytest.mark.parametrize(
    ("robot", "light", "kinds"),
    [
        (standing(120.0, 50.0), Signal.RED, set()),
        (standing(120.0, 50.0, speed_mps=5.0), Signal.RED, {"speed"}),
        (standing(120.0, 50.0, speed_mps=2.0, mass_kg=240.0), Signal.RED, {"speed"}),
        (standing(0.0, 0.0), Signal.RED, {"geofence"}),
        (standing(91.8, 71.6), Signal.RED, {"zone"}),
        (standing(130.0, 29.0), Signal.GREEN, set()),
        (standing(130.0, 29.0), Signal.FLASHING, {"entered the road"}),
        (standing(130.0, 29.0), Signal.RED, {"entered the road", "on the road in red"}),
    ],
)
def test_law_is_read_as_it_stands(site, robot, light, kinds):
    watch = Watch(site)
    for now_s in (1.0, 1.1):
        watch.look(now_s, robot, (SignalState("crosswalk_01", light, 5.0),))
    assert {breach.kind for breach in watch.breaches} == kinds
    assert len(watch.breaches) == len(kinds)


def test_every_kind_of_contact_is_counted_once_while_it_lasts(site):
    watch = Watch(site)
    touching = standing(120.0, 50.0, touching=("person_1", "robot_02", "tree_3"))
    for now_s in (1.0, 1.1, 1.2):
        watch.look(now_s, touching, (SignalState("crosswalk_01", Signal.GREEN, 5.0),))
    assert sorted(c.kind for c in watch.contacts) == ["contact with person", "contact with robot", "contact with thing"]


@pytest.mark.parametrize(
    ("phase", "seconds", "told"),
    [("people", 29.0, 0), ("people", 31.0, 1), ("signal", 300.0, 0), ("traffic", 90.0, 0), ("traffic", 130.0, 1)],
)
def test_stand_off_is_standing_without_a_lawful_reason(site, phase, seconds, told):
    watch = Watch(site)
    for tick in range(int(seconds * 10)):
        watch.stands(tick / 10.0, standing(120.0, 50.0), "collect", phase)
    assert len(watch.stand_offs) == told


@pytest.mark.parametrize(
    ("in_turn_s", "stuck_s", "told"), [(90.0, 20.0, 0), (100.0, 29.0, 0), (90.0, 31.0, 1), (121.0, 0.0, 1)]
)
def test_waiting_for_ones_turn_and_being_stuck_are_counted_apart(site, in_turn_s, stuck_s, told):
    watch = Watch(site)
    for tick in range(round((in_turn_s + stuck_s) * 10) + 1):
        phase = "traffic" if tick / 10.0 <= in_turn_s else "undock"
        watch.stands(tick / 10.0, standing(120.0, 50.0), "collect", phase)
    assert len(watch.stand_offs) == told
    assert watch.longest_s == pytest.approx(in_turn_s + stuck_s, abs=0.2)


def test_queue_is_told_by_what_the_robot_did_meanwhile():
    timeline = Timeline()
    for at_s, kind, phase in ((0.0, "collect", "drive"), (10.0, "unload", "drive"), (30.0, "collect", "drive")):
        timeline.note(at_s, kind, phase)
    stages = [(5.0, "asked", None), (28.0, "assigned", "robot_01"), (50.0, "arrived", "robot_01")]
    spent = spent_on(stages, {"robot_01": timeline})
    assert spent == {"queue: robot collect": 5.0, "queue: robot unload": 18.0, "order": 2.0, "drive": 20.0}


def test_residents_call_again_after_their_pause_and_stop_when_all_calls_are_made():
    crowd = ClosedLoop(("a", "b", "c"), calls=3, residents=2, pause_s=20.0)
    first = crowd.due(3.0, frozenset())
    assert len(set(first)) == 2
    crowd.ended(10.0)
    assert crowd.due(29.0, frozenset()) == []
    assert crowd.due(30.0, frozenset({"a", "b"})) == ["c"]
    assert crowd.over


def test_call_by_the_clock_waits_for_its_spot():
    crowd = ByTheClock((1.0, 2.0), ("a", "a"))
    assert crowd.due(3.0, frozenset()) == ["a"]
    assert crowd.due(4.0, frozenset({"a"})) == []
    assert crowd.due(5.0, frozenset()) == ["a"]
    assert crowd.over
    assert len(poisson(("a", "b"), 50, 10.0, 1).times_s) == 50


def test_city_takes_any_engine(tmp_path, park_folder):
    from lockstep.city import embedded

    asked = []

    def make(options, names):
        asked.append(names)
        return embedded(options, names)

    park = LockstepCity(CityOptions(park_folder, tmp_path, robots=1), make)
    park.live(0.5)
    park.close()
    assert asked == [("robot_01",)]
