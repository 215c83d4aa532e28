"""Ticks the tree: e-stop > operator > place, contact, senses > speed > link > battery > mission > idle."""

from dataclasses import dataclass, field
from datetime import datetime

from gangseo_protocol import info
from gangseo_protocol.polygon import inside
from gangseo_protocol.site import Site
from gangseo_protocol.vda5050 import ErrorLevel
from gangseo_robot.departure import docked_at
from gangseo_robot.faults import Fault, FaultBoard
from gangseo_robot.guards import BatteryClass, Limits, battery_class, full_bins
from gangseo_robot.hands import Hands
from gangseo_robot.journal import Journal
from gangseo_robot.lids import open_lids
from gangseo_robot.mission import Mission
from gangseo_robot.orders import OrderBook, Phase
from gangseo_robot.ports import Body, Pending
from gangseo_robot.senses import Pose, Senses
from gangseo_robot.speed import SpeedRule
from gangseo_robot.steps import Waiting
from gangseo_robot.switches import Switches
from gangseo_robot.tree import Branch, build_tree, show

CONTACT_HOLD_S = 2.0
JUMP_M, JUMP_HOLD_S = 1.0, 2.0
"""A pose that jumps further than this between two ticks means that somebody carried the robot, or it was lost."""
JUMP_TOLD_S = 10.0
JOURNAL_RETRY_S = 1.0
JOURNAL_CHECK_S = 10.0
"""A full disk is found before there is an order to lose."""


@dataclass(slots=True)
class _Memory:
    battery: BatteryClass = BatteryClass.FINE
    touched_at_s: float | None = None
    place: Pose | None = None
    jumped_at_s: float | None = None
    held: bool | None = None
    speed_mps: float | None = None
    closing: tuple[Pending, ...] = ()
    journal_tried_s: float = 0.0
    senses: Senses = field(default_factory=Senses)
    utc: datetime = datetime.min  # noqa: DTZ901 - replaced by the first tick


class Executor:
    """Decides ten times a second what the robot does, and says why."""

    def __init__(
        self, mission: Mission, body: Body, site: Site, limits: Limits, speed: SpeedRule, faults: FaultBoard,
        switches: Switches, journal: Journal, hands: Hands,
    ) -> None:  # fmt: skip
        """A changed book is in the journal before its effects are told."""
        self._mission, self._body, self._site, self._limits, self._speed = mission, body, site, limits, speed
        self._faults, self.switches, self._journal, self._hands = faults, switches, journal, hands
        self._memory = _Memory()
        self.book = OrderBook()
        self.waiting = Waiting("waiting.starting")
        self.countdown_s: float | None = None
        self._tree = build_tree(
            [
                Branch("emergency stop", self._emergency_stop),
                Branch("operator takeover", self._takeover, leave=hands.let_go),
                Branch("paused", self._paused),
                Branch("geofence", self._geofence),
                Branch("contact", self._contact),
                Branch("senses", self._blind),
                Branch("place lost", self._carried_away),
                Branch("speed class", self._speed_class),
                Branch("link lost", self._link_lost),
                Branch("battery", self._battery),
                Branch("journal", self._forgetful),
                Branch("mission", self._work, leave=mission.stop),
                Branch("idle", self._idle),
            ]
        )

    def tick(self, senses: Senses, utc: datetime) -> None:
        """One decision."""
        self._memory.senses, self._memory.utc = senses, utc
        self.countdown_s = None
        self._watch_bins()
        self._tree.tick()
        self._watch_journal()
        self.hold_or_free()

    def hold_or_free(self) -> None:
        """Cuts the drive or gives it back as switches and bumper ask; also between ticks, for a stop is never late."""
        held = bool(self.switches.stops) or self._memory.touched_at_s is not None
        if held != self._memory.held:
            self._body.hold(stopped=held)
            self._memory.held = held

    @property
    def pose(self) -> Pose | None:
        """Where the robot was at the last tick."""
        return self._memory.senses.pose

    def halt(self) -> None:
        """Stops what the mission does now, as before a cancel or the end of the process."""
        self._mission.stop()

    def describe(self) -> str:
        """The tree with the state of each branch."""
        return show(self._tree)

    def _says(self, key: str, **values: str) -> bool:
        self.waiting = Waiting(key, values)
        return True

    # --- branches, most urgent first ---

    def _emergency_stop(self) -> bool:
        on = self.switches.stops
        about = (("kind", "MANUAL" if self.switches.manual_stop else "REMOTE"), ("sources", ",".join(on)))
        fault = Fault(info.EMERGENCY_STOP, ErrorLevel.CRITICAL, about) if on else None
        self._faults.set("emergency_stop", fault)
        return bool(on) and self._says("waiting.fleet_stop" if on == ("fleet",) else "waiting.emergency_stop")

    def _takeover(self) -> bool:
        """What keeps the robot from driving by itself keeps people from it too, but for the fence: they bring it back.

        A lapsed lease leaves it standing: nobody must think that somebody else looks after it.
        """
        lapsed = Fault(info.TAKEOVER_LAPSED, ErrorLevel.CRITICAL) if self.switches.lapsed else None
        self._faults.set("takeover", lapsed)
        if not self.switches.lease:
            return False
        self._geofence()
        self._battery()
        held = [check() for check in (self._speed_class, self._carried_away, self._blind, self._contact)]
        waiting = self._hands.tick(self._memory.senses, free=not any(held) and not self.switches.lapsed)
        if self.switches.lapsed:
            return self._says("waiting.takeover_lapsed")
        self.waiting = self.waiting if any(held) else waiting
        return True

    def _paused(self) -> bool:
        return self.switches.paused and self._says("waiting.paused")

    def _geofence(self) -> bool:
        pose = self._memory.senses.pose
        out = pose is not None and not inside(self._site.geofence, pose.x, pose.y)
        self._faults.set("geofence", Fault(info.OUTSIDE_GEOFENCE, ErrorLevel.CRITICAL) if out else None)
        return out and self._says("waiting.geofence")

    def _contact(self) -> bool:
        senses = self._memory.senses
        if senses.touching:
            self._memory.touched_at_s = senses.now_s
            bodies = ", ".join(sorted(senses.touching))
            self._faults.set("contact", Fault(info.COLLISION, ErrorLevel.CRITICAL, (), {"bodies": bodies}))
        elif self._memory.touched_at_s is not None and senses.now_s - self._memory.touched_at_s >= CONTACT_HOLD_S:
            self._memory.touched_at_s = None
            self._faults.set("contact", None)
        return self._memory.touched_at_s is not None and self._says("waiting.collision")

    def _blind(self) -> bool:
        senses = self._memory.senses
        missing = [name for name, gone in (("pose", senses.pose is None), ("battery", senses.battery is None)) if gone]
        stale = [name for name, old in (("pose", senses.pose_stale), ("battery", senses.battery_stale)) if old]
        for name in ("pose", "battery"):
            lost = name in stale and name not in missing
            about = (("sensor", name),)
            fault = Fault(info.SENSOR_LOST, ErrorLevel.CRITICAL, (), dict(about)) if lost else None
            self._faults.set(f"sensor_{name}", fault)
        if missing:
            return self._says("waiting.starting")
        self._tell_missing(senses.missing)
        if "pose" in stale or senses.missing == "position":
            return self._says("waiting.localization")
        if senses.missing:
            return self._says("waiting.sensor", sensor=senses.missing)
        return bool(stale) and self._says("waiting.sensor", sensor="battery")

    def _carried_away(self) -> bool:
        """After a jump of the pose the robot stands a moment, then starts over from where it is now."""
        memory, senses = self._memory, self._memory.senses
        before, memory.place = memory.place, senses.pose
        if before is not None and senses.pose is not None and before.distance_to(senses.pose.x, senses.pose.y) > JUMP_M:
            memory.jumped_at_s = senses.now_s
            metres = f"{before.distance_to(senses.pose.x, senses.pose.y):.0f}"
            self._faults.set("jump", Fault(info.POSE_JUMPED, ErrorLevel.WARNING, (), {"metres": metres}))
        if memory.jumped_at_s is None:
            return False
        since_s = senses.now_s - memory.jumped_at_s
        if since_s >= JUMP_TOLD_S:
            memory.jumped_at_s = None
            self._faults.set("jump", None)
        return since_s < JUMP_HOLD_S and self._says("waiting.localization")

    def _tell_missing(self, lacking: str) -> None:
        for name in ("odometry", "position", "lidar"):
            fault = Fault(info.SENSOR_LOST, ErrorLevel.CRITICAL, (), {"sensor": name}) if name == lacking else None
            self._faults.set(f"sensor_{name}", fault)

    def _speed_class(self) -> bool:
        speed = self._speed.limit_mps(self.book, self._memory.senses)
        if speed != self._memory.speed_mps:
            self._body.limit_speed(speed)
            self._memory.speed_mps = speed
        mass = f"{self._speed.mass_kg:.0f}"
        fault = Fault(info.OVERLOADED, ErrorLevel.CRITICAL, (), {"mass": mass}) if self._speed.overloaded else None
        self._faults.set("mass", fault)
        return fault is not None and self._says("waiting.overloaded", mass=mass)

    def _link_lost(self) -> bool:
        stranded = self.book.at_end_of_base and bool(self.book.ahead) and not self.book.open_actions()
        return not self._memory.senses.linked and stranded and self._says("waiting.link_lost")

    def _battery(self) -> bool:
        battery = self._memory.senses.battery
        if battery is None:
            return False
        judged = battery_class(self._limits, battery.charge, charging=battery.charging, was=self._memory.battery)
        self._memory.battery = judged
        percent = f"{battery.charge * 100:.0f}"
        self._faults.set(
            "battery",
            {
                BatteryClass.FINE: None,
                BatteryClass.LOW: Fault(info.BATTERY_LOW, ErrorLevel.WARNING, (), {"percent": percent}),
                BatteryClass.CRITICAL: Fault(info.BATTERY_CRITICAL, ErrorLevel.CRITICAL, (), {"percent": percent}),
            }[judged],
        )
        stop = judged is BatteryClass.CRITICAL and not self.book.is_for("startCharging")
        self._mission.driver.halt_at_next_node = stop or bool(self._journal.trouble)
        if not stop or self._mission.between_nodes or self.book.open_actions():
            return False
        return self._says("waiting.battery_critical", percent=percent)

    def _forgetful(self) -> bool:
        """What is not on disk is lost in a restart: nothing new is begun, what was begun at a node is ended."""
        stop = bool(self._journal.trouble) and self.book.active
        if not stop or self._mission.between_nodes or self.book.amid_actions:
            return False
        return self._says("waiting.journal")

    def _work(self) -> bool:
        if not self.book.active:
            return False
        report = self._mission.tick(self.book, self._memory.senses, self._memory.utc)
        self.update_book(report.book)
        self._faults.set("drive", report.fault)
        self.waiting, self.countdown_s = report.waiting, report.countdown_s
        return True

    def _idle(self) -> bool:
        senses = self._memory.senses
        under_way = tuple(each for each in self._memory.closing if each.outcome is None)
        if not self._memory.closing:
            under_way = tuple(lid.close() for lid in open_lids(self._body, senses))
        self._memory.closing = under_way
        if self.book.phase is Phase.FAILED:
            return self._says("waiting.order_failed")
        if senses.battery and senses.battery.charging:
            return self._says("waiting.charging", percent=f"{senses.battery.charge * 100:.0f}")
        return self._says("waiting.idle")

    # --- beside the tree ---

    def _watch_journal(self) -> None:
        wall_s, tried_s = self._memory.senses.wall_s, self._memory.journal_tried_s
        if wall_s - tried_s >= (JOURNAL_RETRY_S if self._journal.trouble else JOURNAL_CHECK_S):
            self._memory.journal_tried_s = wall_s
            self._journal.set_flag("alive_at", self._memory.utc.isoformat())
        reason = self._journal.trouble
        fault = Fault(info.JOURNAL_FAILED, ErrorLevel.CRITICAL, (), {"reason": reason}) if reason else None
        self._faults.set("journal", fault)

    def _watch_bins(self) -> None:
        full = {level.stream: level for level in full_bins(self._limits, self._memory.senses.bins)}
        for level in self._memory.senses.bins:
            values = {"stream": level.stream, "percent": f"{level.fill * 100:.0f}"}
            fault = Fault(info.BIN_FULL, ErrorLevel.WARNING, (), values) if level.stream in full else None
            self._faults.set(f"bin_{level.stream}", fault)

    def update_book(self, book: OrderBook) -> None:
        """Takes a changed book: journal first."""
        self._journal.save_book(book)
        self.book = book

    def place(self, within_m: float = 3.0) -> str:
        """Id of the nearest node of the site, "" when none is near enough; a docked robot is at its station."""
        pose = self._memory.senses.pose
        if pose is None:
            return ""
        station = docked_at(self._site, pose)
        if station:
            return station.node_id
        near = min(self._site.nodes, key=lambda node: pose.distance_to(node.x, node.y))
        return near.node_id if pose.distance_to(near.x, near.y) <= within_m else ""
