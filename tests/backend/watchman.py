"""A scripted vehicle on patrol: what it sees goes out again and again until it is confirmed."""

import asyncio
import contextlib
from datetime import UTC, datetime

import aiomqtt
import cv2
import numpy as np

from backend.conftest import wait_until
from backend.vehicle import Vehicle
from gangseo_protocol.actions import OBSERVED, Observe, parse_action
from gangseo_protocol.ids import new_id
from gangseo_protocol.observation import Observation, ObservationReceived
from gangseo_protocol.site import LocalName, PatrolPoint, PatrolRoute, Site
from gangseo_protocol.topics import topic
from gangseo_protocol.vda5050 import ActionStatus

STARTS = ("19:00", "20:30", "22:00", "23:30")
POINTS = ("n2", "n4", "n6")
AGAIN_S = 0.3


def with_patrol(site: Site, starts: tuple[str, ...] = STARTS, points: tuple[str, ...] = POINTS) -> Site:
    """The site with one route."""
    route = PatrolRoute(
        route_id="evening", name=LocalName(ko="저녁 순찰", en="Evening patrol"), starts=starts,
        points=tuple(
            PatrolPoint(point_id=f"p_{node}", node_id=node, duration_s=5.0, name=LocalName(ko=f"{node} 앞", en=node))
            for node in points
        ),
    )  # fmt: skip
    return site.model_copy(update={"patrols": (route,)})


def picture(shade: int = 128) -> bytes:
    """A true JPEG."""
    done, file = cv2.imencode(".jpg", np.full((24, 32, 3), shade, dtype=np.uint8))
    assert done
    return file.tobytes()


class Watchman(Vehicle):
    """Observes, and has a line of its own for what it saw; ``unsent`` is its journal."""

    def __init__(self, *args, unsent: dict[str, Observation] | None = None, **options) -> None:
        super().__init__(*args, **options)
        self.unsent = {} if unsent is None else unsent
        self.answers: list[ObservationReceived] = []
        self.copies = 1
        self.camera = True

    def _mark(self, action_id: str, status: ActionStatus, result: str | None = None) -> None:
        super()._mark(action_id, status, result)
        action = next((a for node in self.memory.nodes for a in node.actions if a.action_id == action_id), None)
        if action is None or action.action_type != "observe" or status is not ActionStatus.FINISHED:
            return
        held = self.memory.actions
        held[action_id] = held[action_id].model_copy(update={"action_result": OBSERVED})
        wanted = parse_action(action)
        assert isinstance(wanted, Observe)
        self.see(wanted.round_id, wanted.point_id)

    def see(self, round_id: str, point_id: str, **changes: object) -> Observation:
        values = {
            "observation_id": new_id(), "round_id": round_id, "point_id": point_id, "taken_at": datetime.now(UTC),
            "people_seen": 2, "jpeg": picture() if self.camera else None,
        }  # fmt: skip
        seen = Observation.model_validate(values | changes)
        self.unsent[seen.observation_id] = seen
        return seen

    async def report(self) -> None:
        """The robot's link for observations."""
        host, port, *_ = self._address
        while not self._dead:
            with contextlib.suppress(aiomqtt.MqttError):
                async with aiomqtt.Client(host, port, identifier=f"{self.robot_id}-seen") as client:
                    await client.subscribe(topic(self.robot_id, "observationReceived"), qos=1)
                    sending = asyncio.create_task(self._send_again_and_again(client))
                    try:
                        async for message in client.messages:
                            answer = ObservationReceived.model_validate_json(bytes(message.payload))
                            self.answers.append(answer)
                            self.unsent.pop(answer.observation_id, None)
                    finally:
                        sending.cancel()
            await asyncio.sleep(0.2)

    async def _send_again_and_again(self, client: aiomqtt.Client) -> None:
        while True:
            for seen in list(self.unsent.values()) * self.copies:
                await client.publish(topic(self.robot_id, "observation"), seen.to_json(), qos=1)
            await asyncio.sleep(AGAIN_S)


def watchman(city, number: int, pace: float = 60.0, **options: object) -> Watchman:
    """A robot of the city that can patrol."""
    robot = Watchman(city.site, f"robot_{number:02}", city.broker.port, node_id=f"c{number - 1}", pace=pace, **options)
    city.loop.spawn(robot.run(), robot.robot_id)
    city.loop.spawn(robot.report(), f"{robot.robot_id}-seen")
    wait_until(lambda: city.robots().get(robot.robot_id, {}).get("online"), what="robot on line")
    return robot
