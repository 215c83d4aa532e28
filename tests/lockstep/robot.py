"""One robot of a lockstep city: the real navigation and the real brain on the engine's clock."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np

from gangseo_navigation.geometry import Pose as PlanePose
from gangseo_navigation.ground import Ground
from gangseo_navigation.pilot import Limits as PilotLimits
from gangseo_navigation.pilot import Pilot
from gangseo_navigation.route import Inline
from gangseo_navigation.scan import Scan
from gangseo_protocol.schema import SchemaChecker
from gangseo_protocol.site import Site
from gangseo_protocol.topics import TopicName
from gangseo_robot.brain import Brain
from gangseo_robot.factsheet import make_factsheet
from gangseo_robot.guards import Limits
from gangseo_robot.identity import Identity, Ports
from gangseo_robot.journal import Journal
from gangseo_robot.report import Build
from gangseo_robot.steps import SHARED_STEPS
from gangseo_service.roles import ROLES, combine
from gangseo_sim.engine.core import GNSS_SIGMA_M, GNSS_SIGMA_RAD, DriveCommand
from gangseo_sim.engine.lidar import ANGLE_MIN_RAD, LIDAR_X_M, RANGE_MAX_M, RANGE_MIN_M, STEP_RAD
from gangseo_voice.speaker import CaptionSpeaker
from lockstep.body import EngineBody
from lockstep.engine import SimEngine
from lockstep.navigator import PilotNavigator

ROLE = combine(tuple(ROLES))
STEPS = {**SHARED_STEPS, **ROLE.steps}
BUILD = Build("lockstep", "nav2", simulated=True)
FIX_NOISE = np.diag((GNSS_SIGMA_M**2, GNSS_SIGMA_M**2, GNSS_SIGMA_RAD**2))
LIDAR = PlanePose(LIDAR_X_M, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class RobotGround:
    """What all robots of a world share."""

    site: Site
    ground: Ground
    stations: Mapping[str, PlanePose]
    checker: SchemaChecker | None = None


class LockstepRobot:
    """Pilot at 20 Hz, sensors at 10 and 20 Hz, brain at 10 Hz; whoever owns it calls them in time."""

    def __init__(
        self,
        robot_id: str,
        engine: SimEngine,
        shared: RobotGround,
        journal_file: Path,
        send: Callable[[str, TopicName, str], None],
    ) -> None:
        self.robot_id, self._engine, self._shared = robot_id, engine, shared
        self._journal_file, self._send = journal_file, partial(send, robot_id)
        self._ids = itertools.count(1)
        self.pilot = Pilot(shared.ground, PilotLimits(), Inline())
        self.body = EngineBody(robot_id, engine, self.pilot)
        self.limits = Limits()
        self.command = DriveCommand(0.0, 0.0)
        self.boot()

    def boot(self) -> None:
        """A fresh brain on the journal there is."""
        self.navigator = PilotNavigator(self.pilot, self._shared.stations)
        self._journal = Journal(self._journal_file)
        self.brain = Brain(
            Identity(self.robot_id, self._shared.site, self.limits, BUILD, STEPS, ROLE.listens),
            Ports(self.navigator, self.body, CaptionSpeaker(), self._send, self._new_id),
            self._journal,
            partial(make_factsheet, self.robot_id, self.limits, ROLE),
            self._shared.checker,
        )

    def crash(self) -> None:
        """As ``kill -9`` of its process; navigation, swept by the next life, stands."""
        self._journal.close()
        self.pilot.task = None
        self.boot()

    def close(self) -> None:
        """Ends it in order."""
        self.brain.close()
        self._journal.close()

    def _new_id(self) -> str:
        return f"{self.robot_id}-request-{next(self._ids)}"

    def sense(self) -> None:
        """Position fix and lidar, at 10 Hz."""
        failing, now_s, localization = self.body.failing, self._engine.time_s, self.pilot.localization
        if not failing.gnss:
            localization.fix(now_s, PlanePose(*self._engine.gnss(self.robot_id)), FIX_NOISE)
        pose = localization.at(now_s)
        if failing.lidar or pose is None:
            return
        ranges = self._engine.scan(self.robot_id).astype(np.float32)
        seen_from = pose.compose(LIDAR)
        self.pilot.see(Scan(now_s, seen_from, ANGLE_MIN_RAD, STEP_RAD, ranges, RANGE_MIN_M, RANGE_MAX_M))

    def roll(self) -> None:
        """Wheel odometry, at 20 Hz."""
        if not self.body.failing.odometry:
            robot = self.body.hear_odometry()
            odometry = PlanePose(robot.odom_x, robot.odom_y, robot.odom_theta)
            self.pilot.localization.drive(self._engine.time_s, odometry)

    def steer(self) -> DriveCommand:
        """A control cycle, at 20 Hz."""
        twist, ended = self.pilot.step(self._engine.time_s)
        self.navigator.settle(ended)
        self.command = DriveCommand(twist.v, twist.w)
        return self.command

    def think(self, utc: datetime) -> None:
        """A tick of the brain, at 10 Hz."""
        self.brain.tick(self.body.senses(), utc)

    def receive(self, name: TopicName, payload: bytes, utc: datetime) -> None:
        """A message of the fleet."""
        self.brain.receive(name, payload, utc)

    def hear_hands(self, payload: bytes, wall_s: float) -> None:
        """A word of whoever has taken the robot over."""
        self.brain.takeover.hear(payload, wall_s)

    def set_linked(self, *, linked: bool) -> None:
        """The wire is up (again), or lost."""
        self.body.linked = linked
        if linked:
            self.brain.linked()
