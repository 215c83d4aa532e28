"""A delivery ends well wherever the robot's process dies on the way: between ticks, or before and after any write."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unit.robot.delivering import HAND, LOAD, People, ends_well, trip
from unit.robot.toy_world import ToyWorld


class KilledError(BaseException):
    """kill -9: nothing catches it."""


def ready(folder):
    world = ToyWorld(folder)
    world.tick(3)
    return world


def order():
    return trip(w1=[LOAD], spot_12=[HAND])


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(crashes=st.lists(st.integers(1, 60), min_size=1, max_size=5), repeat=st.booleans())
def test_crashes_between_ticks_lose_no_goods(tmp_path, crashes, repeat):
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    world = ready(folder)
    people = People(world)
    world.order(order())
    for ticks in crashes:
        for _ in range(ticks):
            world.tick()
            people.act()
        world.crash()
        if repeat:
            world.order(order())
    for _ in range(600):
        if world.phase == "FINISHED":
            break
        world.tick()
        people.act()
    ends_well(world, len(crashes))


def mortal(world, write, *, before):
    """Lets the process die at its n-th write; gives what counts the writes."""
    journal, written = world.brain._journal, []
    save = journal._save

    def saving(what, work):
        written.append(what)
        dies = len(written) == write
        if dies and before:
            raise KilledError
        save(what, work)
        if dies:
            raise KilledError

    journal._save = saving
    return written


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_process_killed_at_any_write_loses_no_goods(tmp_path, before):
    write, killed, died_at = 0, 1, set()
    while killed:
        write += 1
        killed = 0
        folder = tmp_path / str(write)
        folder.mkdir()
        world = ready(folder)
        people = People(world)
        written = mortal(world, write, before=before)
        for _ in range(800):
            if world.phase == "FINISHED":
                break
            try:
                if world.brain.book.order is None:
                    world.order(order())
                world.tick()
                people.act()
            except KilledError:
                killed += 1
                died_at.add(written[-1])
                world.crash()
        ends_well(world, killed)
    assert write > 20
    assert {"flag words", "flag cargo", "instant action open", "instant action loaded"} <= died_at
