"""``WS /fleet/robots/{id}/drive``: the holder's hands on the wheel, one window at a time."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from gangseo_backend.core.access import AccountPrincipal, Role, everyone
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.socket_access import NOT_ALLOWED, account_of
from gangseo_backend.fleet.public_control import DriveFrame, TakeoverState
from gangseo_backend.fleet.service import FleetService
from gangseo_protocol.drive import DEAD_MAN_S, LATE_S, LEAST_S, Freshness

MALFORMED, NOT_HELD, ELSEWHERE = 4400, 4409, 4410
CHECK_EVERY_S = 2.0
router = APIRouter(prefix="/fleet")


class Wheel:
    """What one window wants of one robot, passed on while its person holds the robot."""

    def __init__(self, fleet: FleetService, clock: Clock, robot_id: str, holder: str) -> None:
        self._fleet, self._clock, self._robot_id, self._holder = fleet, clock, robot_id, holder
        self._freshness = Freshness()
        self._turning = ""
        self._not_before_s = 0.0

    @property
    def lease(self) -> str:
        """The lease under which this person holds the robot now, "" for none."""
        held = self._fleet.intake.takeover_of(self._robot_id)
        if held is None or held.holder != self._holder or held.state is TakeoverState.LAPSED:
            return ""
        return held.id if held.lease_until > self._clock.now() else ""

    def rest_s(self, frame: DriveFrame) -> float:
        """Seconds to wait before passing a wish on; a wish to stand never waits."""
        if frame.v == 0.0 and frame.w == 0.0:
            return 0.0
        return max(0.0, self._not_before_s - self._clock.monotonic())

    def turn(self, frame: DriveFrame) -> None:
        """Pass a wish on, unless it is older than another or says what was wanted a while ago."""
        now_s = self._clock.monotonic()
        delay_s = self._freshness.delay_s(frame.sequence, frame.at / 1000.0, now_s)
        lease = self.lease
        if delay_s is None or delay_s > LATE_S or not lease:
            return
        self._turning = lease if frame.v or frame.w else ""
        self._not_before_s = now_s + LEAST_S
        self._fleet.relay.drive(self._robot_id, lease, frame.v, frame.w)

    def let_go(self) -> None:
        """Stop the wheels, once, when they may be turning for this window."""
        if self._turning:
            self._fleet.relay.drive(self._robot_id, self._turning, 0.0, 0.0)
        self._turning = ""


class Inbox:
    """The newest frame of a window; an older one that nobody has looked at yet is of no use any more."""

    def __init__(self) -> None:
        self.came = asyncio.Event()
        self.frame: DriveFrame | None = None
        self.code: int | None = None
        self.over = False

    async def fill(self, socket: WebSocket) -> None:
        """Read until the window closes or says something that is no frame."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, KeyError):
            while self.code is None:
                text = await socket.receive_text()
                try:
                    self.frame = DriveFrame.model_validate_json(text)
                except ValidationError:
                    self.code = MALFORMED
                self.came.set()
        self.over = True
        self.came.set()

    async def wait(self, seconds: float) -> bool:
        """Whether something came within this time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.came.wait()
        return self.came.is_set()

    def take(self) -> DriveFrame | None:
        """The newest frame, once."""
        frame, self.frame = self.frame, None
        self.came.clear()
        return frame


@router.websocket("/robots/{robot_id}/drive")
@everyone
async def drive(socket: WebSocket, robot_id: str) -> None:
    """Frames of wishes until somebody hangs up or the robot is no longer held; then it stands at once."""
    await socket.accept()
    account = await account_of(socket)
    if account is None or account.role.rank < Role.OPERATOR.rank:
        await _close(socket, NOT_ALLOWED)
        return
    fleet: FleetService = socket.app.state.fleet
    clock: Clock = socket.app.state.clock
    windows: dict[str, Inbox] = socket.app.state.driving
    wheel, inbox = Wheel(fleet, clock, robot_id, account.username), Inbox()
    if not wheel.lease:
        await _close(socket, NOT_HELD)
        return
    if (other := windows.get(robot_id)) is not None:
        other.code = ELSEWHERE
        other.came.set()
    windows[robot_id] = inbox
    reader = asyncio.create_task(inbox.fill(socket))
    try:
        code = await _drive(wheel, inbox, lambda: _is_logged_in(socket, account))
    finally:
        wheel.let_go()
        reader.cancel()
        if windows.get(robot_id) is inbox:
            del windows[robot_id]
    if code is not None:
        await _close(socket, code)


async def _drive(wheel: Wheel, inbox: Inbox, is_logged_in: Callable[[], Awaitable[bool]]) -> int | None:
    loop = asyncio.get_running_loop()
    check_at = loop.time() + CHECK_EVERY_S
    while not inbox.over:
        heard = await inbox.wait(DEAD_MAN_S)
        if inbox.code is not None:
            return inbox.code
        if not wheel.lease:
            return NOT_HELD
        if not heard:
            wheel.let_go()
        elif inbox.frame is not None:
            await asyncio.sleep(wheel.rest_s(inbox.frame))
        if (frame := inbox.take()) is not None:
            wheel.turn(frame)
        if loop.time() >= check_at:
            check_at = loop.time() + CHECK_EVERY_S
            if not await is_logged_in():
                return NOT_ALLOWED
    return None


async def _is_logged_in(socket: WebSocket, account: AccountPrincipal) -> bool:
    now = await account_of(socket)
    return now is not None and now.username == account.username and now.role.rank >= Role.OPERATOR.rank


async def _close(socket: WebSocket, code: int) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(code)
