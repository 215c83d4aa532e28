"""Services of the simulator: per robot lids, unloading and charging; for the world pause, step, speed and scenarios."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gangseo_interfaces.srv import PlaceObstacle, PutGoods, SetBins, SetCompartment, SetRobot, SetSpeed, StepSim
from rclpy.task import Future
from std_srvs.srv import SetBool, Trigger

from gangseo_sim.bridge_pace import STEP_S
from gangseo_sim.bridge_settings import FASTEST
from gangseo_sim.engine.errors import EngineError

if TYPE_CHECKING:
    from gangseo_sim.bridge_node import SimBridge

LONGEST_STEP_S = 3600.0


class BridgeServices:
    """All services; every refusal says why in `message`."""

    def __init__(self, bridge: SimBridge) -> None:
        self._bridge = bridge
        self.step_left_s = 0.0
        self._step_done: Future | None = None
        for name in bridge.engine.robot_ids:
            self._offer_robot(name)
        bridge.create_service(SetBool, "/sim/pause", self._pause)
        bridge.create_service(StepSim, "/sim/step", self._step)
        bridge.create_service(SetSpeed, "/sim/set_speed", self._set_speed)
        bridge.create_service(PlaceObstacle, "/sim/place_obstacle", self._place_obstacle)
        bridge.create_service(SetRobot, "/sim/set_robot", self._set_robot)
        bridge.create_service(PutGoods, "/sim/put_goods", self._put_goods)

    def stepped(self, duration_s: float) -> None:
        """Notes simulated time that passed while paused; answers the caller of step at its end."""
        self.step_left_s = max(0.0, self.step_left_s - duration_s)
        if self.step_left_s < STEP_S / 2 and self._step_done is not None:
            self.step_left_s = 0.0
            self._step_done.set_result(None)  # type: ignore[no-untyped-call]
            self._step_done = None

    def _offer_robot(self, name: str) -> None:
        engine = self._bridge.engine

        def set_bins(request: SetBins.Request, response: SetBins.Response) -> SetBins.Response:
            return self._answer(response, lambda: engine.set_bins(name, is_open=request.open))

        def set_compartment(
            request: SetCompartment.Request, response: SetCompartment.Response
        ) -> SetCompartment.Response:
            def act() -> None:
                engine.set_compartment(name, request.number, is_open=request.open, announced_kg=request.announced_kg)

            return self._answer(response, act)

        def unload(_request: Trigger.Request, response: Trigger.Response) -> Trigger.Response:
            return self._answer(response, lambda: engine.unload(name))

        def set_charging(request: SetBool.Request, response: SetBool.Response) -> SetBool.Response:
            return self._answer(response, lambda: engine.set_charging(name, enabled=request.data))

        self._bridge.create_service(SetBins, f"/{name}/set_bins", set_bins)
        self._bridge.create_service(SetCompartment, f"/{name}/set_compartment", set_compartment)
        self._bridge.create_service(Trigger, f"/{name}/unload", unload)
        self._bridge.create_service(SetBool, f"/{name}/set_charging", set_charging)

    def _answer(self, response: Any, act: Callable[[], None]) -> Any:  # noqa: ANN401
        self._bridge.note_work()
        try:
            act()
        except EngineError as error:
            response.success, response.message = False, str(error)
        else:
            response.success = True
            self._bridge.save()
        return response

    def _pause(self, request: SetBool.Request, response: SetBool.Response) -> SetBool.Response:
        self._bridge.note_work()
        self._bridge.paused = request.data
        self._bridge.pace.idle(time.monotonic())
        if not request.data and self._step_done is not None:
            self.stepped(self.step_left_s)
        response.success = True
        response.message = "paused" if request.data else "running"
        return response

    async def _step(self, request: StepSim.Request, response: StepSim.Response) -> StepSim.Response:
        self._bridge.note_work()
        steps = round(request.duration_s / STEP_S) if math.isfinite(request.duration_s) else 0
        if not self._bridge.paused:
            response.success, response.message = False, "not paused; call /sim/pause with true first"
        elif self._step_done is not None:
            response.success, response.message = False, "another step is running; wait for its answer"
        elif not 1 <= steps <= LONGEST_STEP_S / STEP_S:
            response.success = False
            response.message = f"duration_s must be {STEP_S:g} to {LONGEST_STEP_S:g}"
        else:
            done = self._step_done = Future()  # type: ignore[no-untyped-call]
            self.step_left_s = steps * STEP_S
            await done
            response.success = True
        return response

    def _set_speed(self, request: SetSpeed.Request, response: SetSpeed.Response) -> SetSpeed.Response:
        def act() -> None:
            if not 0.0 < request.factor <= FASTEST:
                raise EngineError(f"factor {request.factor:g} is not above 0 and up to {FASTEST:g}")
            self._bridge.pace.factor = request.factor

        return self._answer(response, act)

    def _place_obstacle(
        self, request: PlaceObstacle.Request, response: PlaceObstacle.Response
    ) -> PlaceObstacle.Response:
        engine, name = self._bridge.engine, request.obstacle_id
        if request.remove:
            return self._answer(response, lambda: engine.remove_obstacle(name))
        return self._answer(response, lambda: engine.place_obstacle(name, request.x, request.y, request.radius_m))

    def _set_robot(self, request: SetRobot.Request, response: SetRobot.Response) -> SetRobot.Response:
        return self._answer(
            response,
            lambda: self._bridge.engine.set_robot(
                request.robot_id,
                state_of_charge=None if request.state_of_charge < 0 else request.state_of_charge,
                fills={each.stream: each.fill for each in request.bins},
                pose=(request.x, request.y, request.theta) if request.move else None,
            ),
        )

    def _put_goods(self, request: PutGoods.Request, response: PutGoods.Response) -> PutGoods.Response:
        put = self._bridge.engine.put_goods
        return self._answer(response, lambda: put(request.robot_id, request.number, request.mass_kg))
