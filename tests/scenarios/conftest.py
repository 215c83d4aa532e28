"""Scenarios of the whole city in lockstep, on each simulator there is."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from gangseo_sim.engine.core import Engine
from gangseo_sim.engine.world import read_world
from lockstep.city import CityOptions, LockstepCity, MakeEngine, city, embedded, starts_of
from lockstep.record import CityRecord, table

ROOT = Path(__file__).resolve().parents[2]
GAZEBO_STEP_S = 0.01


def _gazebo_folder() -> Path:
    """Where Gazebo Classic was unpacked, or a loud skip."""
    from gangseo_starter.gazebo import gazebo_folder, gazebo_is_ready
    from gangseo_starter.layout import ROOT as LAYOUT

    if not gazebo_is_ready(LAYOUT):
        pytest.skip("GAZEBO CLASSIC IS NOT HERE: ./gangseo gazebo fetches it")
    return Path(os.environ.get("GANGSEO_GAZEBO_DIR") or gazebo_folder(LAYOUT))


@pytest.fixture(params=["embedded", pytest.param("gazebo_classic", marks=[pytest.mark.gazebo, pytest.mark.slow])])
def make_engine(request: pytest.FixtureRequest) -> Iterator[MakeEngine]:
    """Makes the engine of a city; each scenario runs on each of them."""
    if request.param == "embedded":
        yield embedded
        return
    folder = _gazebo_folder()
    with ExitStack() as ended:

        def on_gazebo(options: CityOptions, names: tuple[str, ...]) -> Engine:
            from gangseo_sim.gazebo.physics import GazeboPhysics

            world = read_world(options.world)
            starts = starts_of(options, world, names)
            people = world.people.count if options.people is None else options.people
            physics = GazeboPhysics(folder, options.world, starts, people)
            ended.callback(physics.close)
            return Engine(world, starts, options.seed, people=people, slip=options.slip, physics=physics)

        yield on_gazebo


OpenCity = Callable[..., LockstepCity]


@pytest.fixture
def open_city(make_engine: MakeEngine, park_folder: Path, tmp_path: Path) -> Iterator[OpenCity]:
    """Opens a city with these options; it is closed after the test."""
    with ExitStack() as ended:

        def open_(**options: object) -> LockstepCity:
            step_s = 0.025 if make_engine is embedded else GAZEBO_STEP_S
            return ended.enter_context(
                city(CityOptions(park_folder, tmp_path / "city", step_s=step_s, **options), make_engine)
            )

        yield open_


def assert_well(park: LockstepCity, *, served: int | None = None, lawful: bool = True) -> CityRecord:
    """No contact, no law broken, nobody stood without reason, every call ended well; else the whole record is shown."""
    record = park.record()
    story = table(record, 0.0, 1.0)
    assert not record.contacts, story
    assert not (lawful and record.breaches), story
    assert not record.stand_offs, story
    assert {call.end for call in record.calls} <= {"served"}, story
    if served is not None:
        assert len(record.calls) == served, story
    return record


def finish(park: LockstepCity, limit_s: float = 400.0) -> None:
    """Lives until every call has ended."""
    ended = park.until(lambda: not park.recorder.open_calls, limit_s)
    assert ended, f"calls still open after {limit_s:.0f} s:\n{table(park.record(), 0.0, 1.0)}"
