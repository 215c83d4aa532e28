"""Many vehicles in one process, at the pace of real ones. ``python -m load.vehicles SITE DATA PORT FIRST COUNT OUT``.

States on every change, at most 10 Hz, and every 10 s; pose and path at 2 Hz while driving; messages as long as a
real robot's. On SIGTERM the moments at which poses were sent are written to OUT.
"""

import asyncio
import contextlib
import json
import math
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiomqtt
import uvloop

from backend.vehicle import Vehicle
from gangseo_protocol.site import RobotHome, Site
from gangseo_protocol.topics import TopicName, topic
from gangseo_protocol.vda5050 import (
    ControlPoint,
    MobileRobotPosition,
    NodeState,
    OrderNode,
    PlannedPath,
    State,
    Trajectory,
    Velocity,
    Visualization,
)

STATE_EVERY_S = 10.0
STATE_NOT_BEFORE_S = 0.1
POSE_EVERY_S = 0.5
SPEED_MPS = 1.5
Sent = tuple[float, str, TopicName, float, float]
"""When (monotonic), which robot, topic, x, y."""


class TownVehicle(Vehicle):
    """A vehicle that moves along its edges and tells as much and as often as a real one."""

    def __init__(self, site: Site, robot_id: str, port: int, sent: list[Sent], **options: Any) -> None:
        super().__init__(site, robot_id, port, pace=1.0, **options)
        self._sent = sent
        self._shown: tuple[float, float] | None = None

    async def _speak(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(STATE_EVERY_S):
                    await self._changed.wait()
            self._changed.clear()
            await self._tell("state", self.state().to_json())
            await asyncio.sleep(STATE_NOT_BEFORE_S)

    async def _tell(self, name: TopicName, text: str) -> None:
        pose = (self.memory.x, self.memory.y)
        if pose != self._shown:
            self._sent.append((time.monotonic(), self.robot_id, name, *pose))
            self._shown = pose
        if self._client is not None:
            with contextlib.suppress(aiomqtt.MqttError):
                await self._client.publish(topic(self.robot_id, name), text, qos=0)

    async def _cross(self, edge_id: str, node: OrderNode) -> None:
        gliding = asyncio.create_task(self._glide(self._nodes[node.node_id].x, self._nodes[node.node_id].y))
        try:
            await super()._cross(edge_id, node)
        finally:
            gliding.cancel()

    async def _glide(self, goal_x: float, goal_y: float) -> None:
        """Pose and path twice a second on the way to a node."""
        while True:
            await asyncio.sleep(POSE_EVERY_S)
            if not self.driving:
                continue
            left_m = math.hypot(goal_x - self.memory.x, goal_y - self.memory.y)
            share = min(1.0, SPEED_MPS * POSE_EVERY_S / left_m) if left_m else 1.0
            self.memory.x += (goal_x - self.memory.x) * share
            self.memory.y += (goal_y - self.memory.y) * share
            message = Visualization(
                **self._header(), planned_path=self._path(), velocity=self._velocity(),
                mobile_robot_position=MobileRobotPosition(
                    x=self.memory.x, y=self.memory.y, theta=0.0, map_id=self.site.map_id, localized=True
                ),
            )  # fmt: skip
            await self._tell("visualization", message.to_json())

    def _velocity(self) -> Velocity:
        return Velocity(vx=SPEED_MPS if self.driving else 0.0, vy=0.0, omega=0.0)

    def _path(self) -> PlannedPath | None:
        ahead = [self._nodes[node.node_id] for node in self.memory.ahead]
        if not ahead:
            return None
        points = [(self.memory.x, self.memory.y), *((node.x, node.y) for node in ahead)]
        inner = tuple(index / (len(points) - 1.0) for index in range(1, len(points) - 1))
        return PlannedPath(
            trajectory=Trajectory(
                degree=1, knot_vector=(0.0, 0.0, *inner, 1.0, 1.0),
                control_points=tuple(ControlPoint(x=round(x, 2), y=round(y, 2), weight=1.0) for x, y in points),
            )
        )  # fmt: skip

    def state(self) -> State:
        ahead = tuple(
            NodeState(
                node_id=node.node_id, sequence_id=node.sequence_id, released=node.released,
                node_position=node.node_position,
            )
            for node in self.memory.ahead
        )  # fmt: skip
        update = {"node_states": ahead, "planned_path": self._path(), "velocity": self._velocity()}
        return super().state().model_copy(update=update)


def _vehicle(site: Site, home: RobotHome, data: Path, port: int, sent: list[Sent]) -> TownVehicle:
    login = json.loads((data / "credentials" / f"{home.robot_id}.json").read_text(encoding="utf-8"))
    node_id = next(item.node_id for item in site.stations if item.station_id == home.charger_id)
    return TownVehicle(
        site, home.robot_id, port, sent, node_id=node_id, username=login["username"], password=login["password"]
    )


async def _drive(site: Site, data: Path, port: int, first: int, count: int) -> list[Sent]:
    sent: list[Sent] = []
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    running = []
    for home in site.robots[first : first + count]:
        running.append(asyncio.create_task(_vehicle(site, home, data, port, sent).run()))
        await asyncio.sleep(0.02)  # as robots come on line in the morning, not all at the same instant
    ended = asyncio.create_task(over.wait())
    done, _ = await asyncio.wait([ended, *running], return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
    for task in running:
        task.cancel()
    await asyncio.wait(running, timeout=5.0)
    return sent


def main() -> int:
    """Vehicles until SIGTERM."""
    site_file, data, port, first, count, out = sys.argv[1:]
    site = Site.model_validate_json(Path(site_file).read_text(encoding="utf-8"))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sent = runner.run(_drive(site, Path(data), int(port), int(first), int(count)))
    Path(out).write_text(json.dumps({"at": datetime.now(UTC).isoformat(), "sent": sent}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
