"""The lockstep city: engine, robots, fleet and residents stepped one after another on one clock."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from gangseo_backend.core.clock import ManualClock
from gangseo_backend.fleet.policy import Policy
from gangseo_navigation.ground import read_ground
from gangseo_navigation.scan import Body
from gangseo_navigation.stations import read_stations
from gangseo_protocol.schema import SchemaChecker
from gangseo_protocol.site import Site
from gangseo_sim.engine.core import DriveCommand, Engine, starts_at_home
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.world import World, read_world
from lockstep.engine import SimEngine
from lockstep.fleet import LockstepFleet
from lockstep.link import Conditions
from lockstep.record import CityRecord
from lockstep.residents import Crowd
from lockstep.robot import LockstepRobot, RobotGround
from lockstep.watching import Recorder

CYCLE_S = 0.05
BEGIN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""A Monday, ten in the morning in Seoul."""


@dataclass(frozen=True, slots=True)
class CityOptions:
    """Everything a run depends on; equal options give equal records.

    ``people`` None is as the world says; ``step_s`` is the engine's step, ``slip`` scales the wheels' slip; robots in
    ``starts`` (x, y, heading) begin there, the others on their chargers.
    """

    world: Path
    folder: Path
    robots: int = 2
    seed: int = 1
    people: int | None = None
    starts: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    slip: float = 1.0
    step_s: float = 0.025
    policy: Policy | None = None
    conditions: Conditions | None = None
    schema_dir: Path | None = None


MakeEngine = Callable[[CityOptions, tuple[str, ...]], SimEngine]


def embedded(options: CityOptions, names: tuple[str, ...]) -> Engine:
    """The project's own engine."""
    world = read_world(options.world)
    return Engine(world, starts_of(options, world, names), options.seed, people=options.people, slip=options.slip)


def starts_of(options: CityOptions, world: World, names: Sequence[str]) -> list[RobotStart]:
    """Where the robots begin."""
    given = options.starts
    return [
        RobotStart(s.robot_id, *given[s.robot_id]) if s.robot_id in given else s for s in starts_at_home(world, names)
    ]


class LockstepCity:
    """Use ``city(...)``; then ``run``, or ``cycle`` for a scenario's own loop."""

    def __init__(self, options: CityOptions, make_engine: MakeEngine = embedded) -> None:
        self.options = options
        site_file = options.world / "site.json"
        self.site = Site.model_validate_json(site_file.read_bytes())
        names = tuple(home.robot_id for home in self.site.robots)[: options.robots]
        self.engine = make_engine(options, names)
        self.clock = ManualClock(BEGIN)
        self.fleet = LockstepFleet(
            options.folder, site_file, self.clock, seed=options.seed, policy=options.policy,
            conditions=options.conditions, schema_dir=options.schema_dir,
        )  # fmt: skip
        shared = RobotGround(
            self.site,
            read_ground(
                options.world / "map.yaml", options.world / "keepout.yaml", options.world / "speed.yaml",
                Body().inscribed_m,
            ),
            read_stations(site_file),
            SchemaChecker(options.schema_dir) if options.schema_dir else None,
        )  # fmt: skip
        self.robots: Mapping[str, LockstepRobot] = {
            name: LockstepRobot(name, self.engine, shared, options.folder / f"{name}.db", self.fleet.link.send)
            for name in names
        }
        self.recorder = Recorder(self.site, self.robots, self.engine.time_s)
        self._start_s = self.engine.time_s
        self._cycles = 0
        self._connect()

    def _connect(self) -> None:
        for name, robot in self.robots.items():
            self.fleet.link.attach(
                name, robot.receive, lambda on, robot=robot: robot.set_linked(linked=on), robot.hear_hands
            )
        for name in self.robots:
            self.fleet.link.connect(name)

    @property
    def now_s(self) -> float:
        """Simulated seconds since the start."""
        return self.engine.time_s - self._start_s

    def cycle(self) -> None:
        """0.05 s of the city's life."""
        commands: dict[str, DriveCommand] = {}
        second = self._cycles % 2
        for index, robot in enumerate(self.robots.values()):
            robot.roll()
            if index % 2 == second:
                robot.sense()
            commands[robot.robot_id] = robot.steer()
        for _ in range(round(CYCLE_S / self.options.step_s)):
            self.engine.advance(self.options.step_s, commands)
            commands = {}
        self.clock.advance(CYCLE_S)
        self._cycles += 1
        self.fleet.link.deliver()
        for index, robot in enumerate(self.robots.values()):
            if index % 2 != second:
                robot.think(self.clock.now())
        self.fleet.step()
        self._note_stages()
        if second:
            self.recorder.look(self.engine.state())

    def _note_stages(self) -> None:
        while self.fleet.stages:
            event = self.fleet.stages.pop(0)
            ended = self.recorder.came_to(self.engine.time_s, event)
            if ended and self.crowd is not None and self.recorder.is_of_resident(event.call_id):
                self.crowd.ended(self.now_s)

    crowd: Crowd | None = None

    def call(self, spot_id: str) -> str:
        """Somebody calls from a spot; id of the call."""
        call_id = self.fleet.call(spot_id).id
        self.recorder.asked(self.engine.time_s, call_id, spot_id)
        self.fleet.wake()
        return call_id

    def run(self, crowd: Crowd, limit_s: float, *, home_after: bool = False) -> CityRecord:
        """Lives until the crowd is over and every call has ended, or the limit has come."""
        self.crowd = crowd
        while self.now_s < limit_s:
            for spot_id in crowd.due(self.now_s, frozenset(self.recorder.open_calls.values())):
                self.call(spot_id)
            if crowd.over and not self.recorder.open_calls and not (home_after and self._somebody_works()):
                break
            self.cycle()
        return self.record()

    def until(self, condition: Callable[[], object], limit_s: float) -> bool:
        """Lives until something is so; whether it came to be within the limit."""
        end_s = self.now_s + limit_s
        while self.now_s < end_s:
            if condition():
                return True
            self.cycle()
        return bool(condition())

    def live(self, seconds: float) -> None:
        """Lives for a while."""
        self.until(lambda: False, seconds)

    def _somebody_works(self) -> bool:
        return any(robot.brain.book.active for robot in self.robots.values())

    def record(self) -> CityRecord:
        """Everything so far."""
        return self.recorder.record(self.fleet, self.engine.state(), self.options.seed)

    def close(self) -> None:
        """Ends robots and fleet."""
        for robot in self.robots.values():
            robot.close()
        self.fleet.close()


@contextmanager
def city(options: CityOptions, make_engine: MakeEngine = embedded) -> Iterator[LockstepCity]:
    """A city that is closed at the end."""
    made = LockstepCity(options, make_engine)
    try:
        yield made
    finally:
        made.close()
