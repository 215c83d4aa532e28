"""Ways between places of tours, and what came into bins."""

import math

from hypothesis import given
from hypothesis import strategies as st

from backend.small_site import build_site
from gangseo_backend.fleet.bins import taken
from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.tour_travel import Ways

LANES = LaneGraph(build_site())
WAYS = Ways(LANES)
EDGES = sorted(LANES.edges)


@given(st.lists(st.sampled_from(sorted(LANES.nodes)), min_size=1, max_size=6), st.frozensets(st.sampled_from(EDGES)))
def test_ways_are_those_of_the_lanes_whatever_is_closed(nodes, closed):
    travel = WAYS.between(nodes, closed)
    assert set(travel.nodes) == set(nodes)
    for row, start in enumerate(travel.nodes):
        for column, goal in enumerate(travel.nodes):
            way = LANES.way(start, goal, closed)
            found = travel.seconds[row, column], travel.metres[row, column]
            if way is None:
                assert found == (math.inf, math.inf)
            else:
                assert math.isclose(found[0], way.time_s)
                assert found[1] > 0.0 or start == goal


def test_only_what_came_in_counts():
    assert taken({"can": 2.0, "paper": 1.0}, {"can": 3.5, "paper": 1.0, "other": 0.5}) == {"can": 1.5, "other": 0.5}
