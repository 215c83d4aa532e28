"""Goods driven through the park by the real fleet and the real robot: handed over, or brought back to the shop."""

from dataclasses import dataclass, field

import pytest
from sqlmodel import Session

from gangseo_backend.core.domain_events import Leg, MissionChanged, MissionRequested, Work
from gangseo_backend.fleet.models import RobotRow
from gangseo_protocol.actions import NOT_COLLECTED, HandOver, LoadGoods, ReturnGoods
from gangseo_protocol.vda5050 import ActionParameter, InstantAction, InstantActions, State
from gangseo_sim.engine.state import RobotState
from lockstep.city import LockstepCity
from scenarios.conftest import assert_well

pytestmark = pytest.mark.parametrize("make_engine", ["embedded"], indirect=True)
"""What these show is decided by fleet and robot; the ground under the wheels is the subject of other scenarios."""

SHOP, RECIPIENT = "bench_02", "bench_12"
GOODS = {"delivery_id": "d-1", "compartment": 3}
ALONE = {"robots": 1, "people": 0}


@dataclass
class Delivery:
    """One delivery, its shop and its recipient."""

    park: LockstepCity
    patience_s: float = 200.0
    words: int = 0
    results: list[tuple[int, str | None]] = field(default_factory=list)
    """Legs that have ended, and how."""

    def __post_init__(self) -> None:
        self.park.fleet.backend.outbox.subscribe(MissionChanged, self._note)

    def _note(self, _session: Session, event: MissionChanged) -> None:
        if event.stage == "leg_done":
            self.results.append((event.leg, event.result))

    def ask(self) -> None:
        """A shop asks for a robot."""
        nodes = {spot.spot_id: spot.node_id for spot in self.park.site.spots}
        load, hand = LoadGoods(**GOODS, mass_kg=12.0), HandOver(**GOODS, duration_s=self.patience_s)
        legs = (
            Leg(node_id=nodes[SHOP], work=(Work.of(load),)),
            Leg(node_id=nodes[RECIPIENT], work=(Work.of(hand),), goods=True),
            Leg(node_id=nodes[SHOP], work=(Work.of(ReturnGoods(**GOODS)),), goods=True, only_after=NOT_COLLECTED),
        )
        backend = self.park.fleet.backend
        self.park.recorder.asked(self.park.engine.time_s, "d-1", SHOP)
        with backend.db.write() as session:
            backend.outbox.publish(session, MissionRequested(call_id="d-1", purpose="deliver", legs=legs))
        self.park.fleet.wake()

    @property
    def robot(self) -> RobotState:
        return self.park.engine.robot("robot_01")

    def waits(self, key: str, limit_s: float = 200.0) -> None:
        """Lives until the robot says this."""
        brain = self.park.robots["robot_01"]
        assert self.park.until(lambda: brain.brain.executor.waiting.key == f"waiting.{key}", limit_s), key

    def say(self, word: str) -> None:
        """What shop or recipient say on their screens."""
        self.words += 1
        said = InstantAction(
            action_type=word,
            action_id=f"word-{self.words}",
            action_parameters=(ActionParameter(key="deliveryId", value="d-1"),),
        )
        now = self.park.clock.now()
        message = InstantActions(header_id=self.words, timestamp=now, serial_number="robot_01", actions=(said,))
        self.park.robots["robot_01"].receive("instantActions", message.to_json().encode(), now)

    def load(self) -> float:
        """At the shop; mass of the goods."""
        self.waits("goods")
        assert self.park.until(lambda: self.robot.goods_kg[2] > 0.0, 10.0)
        self.say("closeCompartment")
        assert self.park.until(lambda: self.robot.speed_mps > 0.5, 60.0)
        assert not any(self.robot.lids_open)
        return self.robot.goods_kg[2]

    def told(self) -> list[tuple[str | None, str | None]]:
        """Goods on board as the fleet knows them."""
        with self.park.fleet.backend.db.read() as session:
            row = session.get(RobotRow, "robot_01")
        assert row is not None
        assert row.state_json is not None
        loads = State.model_validate_json(row.state_json).loads or ()
        return [(load.load_id, load.load_position) for load in loads if load.load_type == "goods"]


@pytest.fixture
def delivery(open_city, vda5050_schemas) -> Delivery:
    return Delivery(open_city(**ALONE, schema_dir=vda5050_schemas))


@pytest.mark.slow
def test_goods_come_to_the_recipient_though_the_robot_dies_on_the_way(delivery: Delivery) -> None:
    park, robot = delivery.park, delivery.park.robots["robot_01"]
    delivery.ask()
    mass_kg = delivery.load()
    assert 10.8 <= mass_kg <= 13.2
    assert delivery.robot.mass_kg == pytest.approx(90.0 + mass_kg)
    robot.crash()
    delivery.waits("recipient")
    assert delivery.told() == [("d-1", "compartment_3")]
    robot.crash()
    delivery.waits("recipient", 5.0)
    delivery.say("openCompartment")
    robot.crash()
    delivery.waits("goods_taken", 10.0)
    assert delivery.robot.lids_open == (False, False, True, False)
    assert park.until(lambda: not park.recorder.open_calls, 60.0)
    assert delivery.results == [(0, "loaded"), (1, "handed_over")]
    assert delivery.robot.goods_kg == (0.0,) * 4
    assert_well(park, served=1)


@pytest.mark.slow
def test_goods_that_nobody_collects_come_back_to_the_shop(delivery: Delivery) -> None:
    park = delivery.park
    delivery.patience_s = 20.0
    delivery.ask()
    delivery.load()
    delivery.waits("recipient")
    delivery.waits("goods_taken")
    assert park.until(lambda: not park.recorder.open_calls, 60.0)
    assert delivery.results == [(0, "loaded"), (1, "not_collected"), (2, "returned")]
    assert not any(delivery.robot.lids_open)
    assert delivery.told() == []
    assert_well(park, served=1)
