"""A world of plain Python around the brain: a point that drives, time by hand, everything counted."""

import json
import math
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta

from gangseo_protocol.drive import DriveMessage
from gangseo_protocol.vda5050 import (
    ActionParameter,
    GrantType,
    InstantAction,
    InstantActions,
    Order,
    Response,
    Responses,
    State,
)
from gangseo_robot.brain import Brain
from gangseo_robot.factsheet import make_factsheet
from gangseo_robot.guards import Limits
from gangseo_robot.identity import Identity, Ports
from gangseo_robot.journal import Journal
from gangseo_robot.ports import Outcome
from gangseo_robot.report import Build
from gangseo_robot.senses import Battery, BinLevel, Compartment, Pose, Senses, Signal, SignalColor
from gangseo_robot.steps import SHARED_STEPS
from gangseo_service.roles import combine
from unit.robot.little_park import NOW, ROBOT, little_park

SITE = little_park()
ROLE = combine(("recycling", "delivery", "patrol"))
STEPS = {**SHARED_STEPS, **ROLE.steps}


@dataclass
class Task:
    outcome: Outcome | None = None
    poses_remaining: int | None = None
    goal: list[Pose] = field(default_factory=list)
    kind: str = "drive"


@dataclass
class ToyEyes:
    """A camera whose pictures come when a test says so; what is seen while nobody looks is lost."""

    camera: bool = False
    shown: bytes | None = None
    counted: int | None = None
    is_open: bool = False
    times_opened: int = 0

    def open(self):
        self.times_opened += not self.is_open
        self.is_open = True

    def close(self):
        self.is_open = False

    @property
    def seen(self):
        return self.is_open and self.shown is not None

    def picture(self):
        return self.shown if self.is_open else None

    @property
    def people(self):
        return self.counted if self.is_open else None


class ToyWorld:
    """Robot body, navigation and fleet wire in one; survives the brain."""

    def __init__(self, folder, schema=None, limits=None):
        self.folder, self.schema, self.limits = folder, schema, limits or Limits()
        self.x, self.y, self.speed = 0.0, 0.0, 2.0
        self.now_s = 1000.0
        self.task: Task | None = None
        self.steered, self.hand = (0.0, 0.0), 0
        self.done: Counter[str] = Counter()
        self.log: list[tuple[str, object]] = []
        self.charge, self.charging, self.open, self.fill = 0.8, True, False, 0.2
        self.lids = dict.fromkeys(range(1, 5), False)
        self.goods: dict[int, float | None] = dict.fromkeys(range(1, 5), 0.0)
        self.touching: tuple[str, ...] = ()
        self.held = self.blocked = self.button = False
        self.ready = self.linked = True
        self.limit = None
        self.missing = ""
        self.signals = {}
        self.sent: list[tuple[str, dict]] = []
        self.grants = True
        self.audible, self.trouble = False, ""
        self.refuse: set[str] = set()
        self.brain: Brain | None = None
        self._ids = 0
        self.eyes = ToyEyes()
        self.boot()

    def boot(self):
        """A fresh process on the same journal."""
        self.brain = Brain(
            Identity(ROBOT, SITE, self.limits, Build("0", "toy", simulated=True), STEPS, ROLE.listens),
            Ports(self, self, self, self.send, self.new_id, self.eyes),
            Journal(self.folder / "journal.db"),
            lambda number, utc: make_factsheet(ROBOT, self.limits, ROLE, number, utc),
            self.schema,
        )

    def crash(self):
        """kill -9: the brain is gone, navigation stops when its client is swept."""
        self.brain._journal.close()
        self.task = None
        self.eyes.close()
        self.boot()

    def disk(self, *, writable):
        """Takes the right to write from the journal, or gives it back."""
        self.brain._journal._db.execute(f"PRAGMA query_only = {'OFF' if writable else 'ON'}")

    def new_id(self):
        self._ids += 1
        return f"request-{self._ids}"

    # --- navigator ---

    @property
    def path(self):
        return tuple(self.task.goal) if self.task else ()

    def go_through(self, poses):
        self.log.append(("drive", tuple(round(p.x) for p in poses)))
        self.task = Task(goal=list(poses), poses_remaining=len(poses))
        if not self.ready:
            self.task.outcome = Outcome(ok=False, lost=True)
        elif self.blocked:
            self.task.outcome = Outcome(ok=False, code=208, blocked=True, reason="no path")
        return self.task

    def dock(self, station_id):
        self.done[f"dock {station_id}"] += 1
        station = next(s for s in SITE.stations if s.station_id == station_id)
        self.task = Task(goal=[Pose(station.x, station.y)], kind="dock")
        if "dock" in self.refuse:
            self.task.outcome = Outcome(ok=False, code=905, reason="cannot control")
        return self.task

    def undock(self):
        self.done["undock"] += 1
        self.task = Task(goal=[Pose(self.x + 1.0, 0.0)], kind="undock")
        return self.task

    def by_hand(self):
        self.done["by hand"] += 1
        self.task = Task(kind="hand")
        if not self.ready:
            self.task.outcome = Outcome(ok=False, lost=True)
        return self.task

    def steer(self, v_mps, w_radps):
        self.steered = (v_mps, w_radps)
        self.log.append(("steer", self.steered))

    def cancel(self):
        self.log.append(("cancel", round(self.x, 1)))
        self.task = None

    # --- body and voice ---

    def set_bins(self, *, opened):
        self.done["open" if opened else "close"] += 1
        if "set_bins" in self.refuse:
            return Task(Outcome(ok=False, reason="lid is stuck"))
        self.open = opened
        return Task(Outcome(ok=True))

    def set_compartment(self, number, *, opened, announced_kg=0.0):
        self.done[f"{'open' if opened else 'close'} {number}"] += self.lids[number] != opened
        self.log.append(("lid", (number, opened, announced_kg)))
        if "set_compartment" in self.refuse:
            return Task(Outcome(ok=False, reason="lid is stuck"))
        self.lids[number] = opened
        return Task(Outcome(ok=True))

    def unload(self):
        self.done["unload"] += 1
        self.fill = 0.0
        return Task(Outcome(ok=True))

    def set_charging(self, *, enabled):
        self.done["plug" if enabled else "unplug"] += 1
        self.charging = enabled
        return Task(Outcome(ok=True))

    def hold(self, *, stopped):
        self.held = stopped

    def limit_speed(self, speed_mps):
        self.limit = speed_mps

    def caption(self, text_key, _language, text, **_):
        self.done[f"said {text_key}"] += 1
        self.log.append(("said", text))

    def say(self, _text, _language):
        self.saying = Task(None if self.audible else Outcome(ok=True))
        return self.saying

    # --- time ---

    def senses(self, moved=0.0):
        return Senses(
            now_s=self.now_s,
            wall_s=self.now_s,
            # It faces its charger while it stands on it.
            pose=Pose(self.x, self.y, math.pi if abs(self.x) < 0.5 else 0.0),
            speed_mps=moved / 0.1,
            battery=Battery(self.charge, self.charging, 48.0, 0.0),
            bins=tuple(BinLevel(s, self.fill, 40.0) for s in ("plastic", "paper", "can", "other")),
            bins_open=self.open,
            compartments=tuple(Compartment(n, self.lids[n], self.goods[n]) for n in self.lids),
            touching=self.touching,
            signals=dict(self.signals),
            linked=self.linked,
            button_pressed=self.button,
        )

    @property
    def utc(self):
        return NOW + timedelta(seconds=self.now_s)

    def signal(self, color: SignalColor, remaining_s: float):
        self.signals["cw_1"] = Signal(color, remaining_s, self.now_s)

    def tick(self, times=1, **changes):
        for _ in range(times):
            self.now_s += 0.1
            moved = self._move()
            self.brain.tick(replace(self.senses(moved), **changes), self.utc)

    def _move(self):
        task = self.task
        if task is not None and task.kind == "hand" and not self.held:
            self.x += self.steered[0] * 0.1
            return self.steered[0] * 0.1
        if task is None or task.outcome or self.held or not task.goal:
            return 0.0
        left = task.goal[0].x - self.x
        step = math.copysign(min(abs(left), self.speed * 0.1), left)
        self.x += step
        if abs(task.goal[0].x - self.x) < 1e-9:
            task.goal.pop(0)
            if task.kind == "drive":
                task.poses_remaining = len(task.goal)
            if not task.goal:
                task.outcome = Outcome(ok=True)
        return step

    def until(self, condition, limit_s=120.0):
        for _ in range(int(limit_s * 10)):
            if condition():
                return
            self.tick()
        raise AssertionError(f"not within {limit_s} s: {self.state.to_json()}")

    # --- wire ---

    def send(self, name, payload):
        self.sent.append((name, json.loads(payload)))
        if name == "state" and self.grants:
            for request in self.state.zone_requests or ():
                if request.request_status == "REQUESTED":
                    self.grant(request.request_id)

    def grant(self, request_id, grant_type="GRANTED", lease_s=None):
        expiry = self.utc + timedelta(seconds=lease_s) if lease_s else None
        response = Response(request_id=request_id, grant_type=GrantType(grant_type), lease_expiry=expiry)
        self.put("responses", Responses(header_id=0, timestamp=NOW, serial_number=ROBOT, responses=(response,)))

    def put(self, name, message):
        payload = message if isinstance(message, bytes) else message.to_json().encode()
        self.brain.receive(name, payload, self.utc)

    def order(self, order: Order):
        self.put("order", order)

    def instant(self, action_type, action_id, **parameters):
        values = tuple(ActionParameter(key=key, value=value) for key, value in parameters.items())
        action = InstantAction(action_type=action_type, action_id=action_id, action_parameters=values or None)
        self.put("instantActions", InstantActions(header_id=0, timestamp=NOW, serial_number=ROBOT, actions=(action,)))

    def press(self, v, w=0.0, lease="lease-1", late_s=0.0, sequence=None):
        """A word of the holder, sent now and heard ``late_s`` later; without ``v`` it only renews."""
        self.hand += 1
        number = self.hand if sequence is None else sequence
        message = DriveMessage(lease_id=lease, sequence=number, sent_at=self.utc - timedelta(seconds=late_s), v=v, w=w)
        self.brain.takeover.hear(message.to_json().encode(), self.now_s)

    @property
    def state(self) -> State:
        return State.model_validate_json(json.dumps(next(m for n, m in reversed(self.sent) if n == "state")))

    @property
    def phase(self):
        return self.brain.book.phase.value

    @property
    def waiting(self):
        return self.brain.executor.waiting.key

    def errors(self):
        return {error.error_type for error in self.state.errors}

    def instant_state(self, action_id):
        return next(s.action_status.value for s in self.state.instant_action_states if s.action_id == action_id)
