"""Who takes which mission."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gangseo_backend.fleet.dispatch import IMPOSSIBLE, Candidate, Expected, Wish, assign, cost_s, expect

NODES = tuple(f"n{number}" for number in range(6))


def candidates() -> st.SearchStrategy[list[Candidate]]:
    one = st.builds(
        Candidate,
        robot_id=st.uuids().map(str),
        times_s=st.dictionaries(st.sampled_from(NODES), st.floats(0, 600)),
        state_of_charge=st.floats(0, 100),
        range_m=st.none() | st.floats(0, 20_000),
        free_in_s=st.floats(0, 10),
    )
    return st.lists(one, max_size=8, unique_by=lambda candidate: candidate.robot_id)


def wishes() -> st.SearchStrategy[list[Wish]]:
    one = st.builds(
        Wish, mission_id=st.uuids().map(str), node_id=st.sampled_from(NODES), waited_s=st.floats(0, 3600),
        way_home_m=st.floats(0, 500),
    )  # fmt: skip
    return st.lists(one, max_size=8, unique_by=lambda wish: wish.mission_id)


@given(candidates(), wishes())
def test_nobody_gets_two_and_nobody_gets_what_it_cannot_do(robots, missions):
    given_out = assign(robots, missions)
    assert len(set(given_out.values())) == len(given_out)
    by_robot = {robot.robot_id: robot for robot in robots}
    by_mission = {mission.mission_id: mission for mission in missions}
    for mission_id, robot_id in given_out.items():
        assert cost_s(by_robot[robot_id], by_mission[mission_id]) < IMPOSSIBLE


@given(candidates(), wishes())
def test_no_possible_pair_is_left_over(robots, missions):
    given_out = assign(robots, missions)
    for mission in missions:
        for robot in robots:
            if mission.mission_id not in given_out and robot.robot_id not in given_out.values():
                assert cost_s(robot, mission) >= IMPOSSIBLE


def test_nearest_robot_goes():
    near = Candidate("near", {"n0": 10.0}, 80.0)
    far = Candidate("far", {"n0": 90.0}, 80.0)
    assert assign([far, near], [Wish("m", "n0", 0.0)]) == {"m": "near"}


def test_total_time_counts_not_the_first_come():
    a = Candidate("a", {"n0": 10.0, "n1": 12.0}, 80.0)
    b = Candidate("b", {"n0": 11.0, "n1": 60.0}, 80.0)
    assert assign([a, b], [Wish("m0", "n0", 0.0), Wish("m1", "n1", 0.0)]) == {"m0": "b", "m1": "a"}


def test_weak_robot_and_short_range_and_exclusion_are_respected():
    wish = Wish("m", "n0", 0.0, frozenset({"excluded"}), way_home_m=100.0)
    assert assign([Candidate("weak", {"n0": 1.0}, 10.0)], [wish]) == {}
    assert assign([Candidate("short", {"n0": 1.0}, 90.0, range_m=50.0)], [wish]) == {}
    assert assign([Candidate("excluded", {"n0": 1.0}, 90.0)], [wish]) == {}


@settings(max_examples=30)
@given(st.integers(1, 40), st.integers(2, 30))
def test_far_call_is_not_passed_over_for_ever(period_s, near_calls):
    """One robot, a far call, and near calls that keep coming: the far one's turn comes after a bounded time."""
    robot = Candidate("r", {"far": 300.0, "near": 5.0}, 90.0)
    waited_s = 0.0
    while waited_s <= 400.0:
        wishes = [Wish("far", "far", waited_s), Wish(f"near{waited_s}", "near", float(period_s % 3))]
        if assign([robot], wishes).get("far"):
            return
        waited_s += period_s
    raise AssertionError("the far call starves")


def test_every_mission_in_the_queue_is_told_when_it_begins():
    """One robot that is busy for a minute, and three missions of half a minute each, ten seconds from each other."""
    robot = Candidate("r", {"n0": 10.0, "n1": 10.0, "n2": 10.0}, 90.0, free_in_s=60.0)
    queue = [Wish(f"m{n}", f"n{n}", 0.0, busy_s=30.0, end_node_id=f"n{n}") for n in range(3)]
    found = expect([robot], queue, {"m0": "r"}, lambda _start, _goal: 10.0)
    assert found == {
        "m0": Expected("r", 60.0, 10.0), "m1": Expected("r", 100.0, 10.0), "m2": Expected("r", 140.0, 10.0),
    }  # fmt: skip


@given(candidates(), wishes(), st.none() | st.floats(0, 600))
def test_only_who_can_come_is_expected_and_robots_do_one_thing_after_the_other(robots, missions, between_s):
    taken = assign(robots, missions)
    found = expect(robots, missions, taken, lambda _start, _goal: between_s)
    assert taken.items() <= {key: item.robot_id for key, item in found.items()}.items()
    by_robot = {robot.robot_id: robot for robot in robots}
    by_mission = {mission.mission_id: mission for mission in missions}
    begun: dict[str, float] = {}
    for mission_id, item in found.items():
        assert cost_s(by_robot[item.robot_id], by_mission[mission_id]) < IMPOSSIBLE
        assert item.start_s >= begun.get(item.robot_id, by_robot[item.robot_id].free_in_s)
        begun[item.robot_id] = item.start_s + item.way_s
