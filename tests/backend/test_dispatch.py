"""Who takes which mission."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gangseo_backend.fleet.dispatch import IMPOSSIBLE, Candidate, Wish, assign, cost_s

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
