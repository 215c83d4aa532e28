"""The same robots collect and patrol: a round of the whole park beside residents' calls, in lockstep."""

from collections.abc import Callable

import pytest

from gangseo_backend.patrol.public import RoundDetail, RoundState
from lockstep.city import LockstepCity
from lockstep.link import Conditions
from scenarios.conftest import OpenCity, assert_well, finish

pytestmark = pytest.mark.parametrize("make_engine", ["embedded"], indirect=True)
"""What these show is decided by fleet and robot; the ground under the wheels is the subject of other scenarios."""

OVER = {RoundState.DONE, RoundState.CANCELED, RoundState.FAILED, RoundState.MISSED}
ROUND_S = 1500.0


def begin_round(park: LockstepCity) -> str:
    round_id = park.fleet.backend.patrol.make_extra("evening", actor="scenario").id
    park.fleet.wake()
    return round_id


def look(park: LockstepCity, round_id: str) -> RoundDetail:
    return park.fleet.backend.patrol.round(round_id)


def until(park: LockstepCity, round_id: str, condition: Callable[[RoundDetail], bool], limit_s: float) -> RoundDetail:
    """The round when it is so; looked at every few seconds, for it is a question to the database."""
    end_s = park.now_s + limit_s
    while not condition(found := look(park, round_id)):
        assert park.now_s < end_s, found
        park.live(3.0)
    return found


def see_it_through(park: LockstepCity, round_id: str) -> RoundDetail:
    until(park, round_id, lambda found: found.state in OVER, ROUND_S)
    # The last observation may still be on its way.
    park.live(20.0)
    return look(park, round_id)


def assert_whole(found: RoundDetail) -> None:
    """Done, and something seen at each point, once."""
    assert found.state is RoundState.DONE, found
    assert [seen.point_id for seen in found.observations] == [point.point_id for point in found.points]


@pytest.mark.slow
def test_a_round_of_the_park_while_residents_call(open_city: OpenCity) -> None:
    park = open_city(robots=2)
    round_id = begin_round(park)
    walker = until(park, round_id, lambda found: found.state is RoundState.UNDER_WAY, 300.0).robot_id
    for spot in ("bench_12", "bench_20"):
        park.call(spot)
    finish(park)
    assert_whole(see_it_through(park, round_id))
    record = assert_well(park, served=2)
    assert {call.robot_id for call in record.calls} == {"robot_01", "robot_02"} - {walker}


@pytest.mark.slow
def test_a_round_over_a_bad_link_by_a_robot_that_is_killed_and_a_call_that_waits_for_it(open_city: OpenCity) -> None:
    park = open_city(robots=1, people=0, conditions=Conditions(delay_s=(0.02, 0.4), loss=0.1, doubled=0.2))
    round_id = begin_round(park)
    robot = park.robots["robot_01"]
    for seen in (1, 3, 6):
        until(park, round_id, lambda found, seen=seen: found.points_seen >= seen, 600.0)
        robot.crash()
        robot.set_linked(linked=True)
    park.call("bench_24")
    assert_whole(see_it_through(park, round_id))
    finish(park)
    assert_well(park, served=1)
