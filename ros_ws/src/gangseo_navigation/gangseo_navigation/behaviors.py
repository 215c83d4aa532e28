"""Nav2's behaviours: spin, backup, drive_on_heading, assisted_teleop."""

# mypy: disable-error-code="no-untyped-call"

from typing import TYPE_CHECKING, Any

from geometry_msgs.msg import Twist as TwistMsg
from nav2_msgs.action import AssistedTeleop, BackUp, DriveOnHeading, Spin
from rclpy.action.server import ServerGoalHandle

from gangseo_navigation.geometry import Twist
from gangseo_navigation.maneuvers import BACK_UP, DRIVE, ByHand, Codes, Maneuver, Straight
from gangseo_navigation.maneuvers import Spin as SpinMove
from gangseo_navigation.messages import duration_of, seconds
from gangseo_navigation.task import Outcome

if TYPE_CHECKING:
    from gangseo_navigation.offer import Offer


class Behaviors:
    """Servers of the four actions."""

    def __init__(self, offer: "Offer") -> None:
        self._offer = offer
        self._by_hand: ByHand | None = None
        offer.action(Spin, "spin", self._spin)
        offer.action(BackUp, "backup", self._back_up)
        offer.action(DriveOnHeading, "drive_on_heading", self._drive)
        offer.action(AssistedTeleop, "assisted_teleop", self._teleop)
        offer.node.create_subscription(TwistMsg, "cmd_vel_teleop", self._on_teleop, 1)

    async def _run(self, handle: ServerGoalHandle, result: Any, move: Maneuver, tell: Any) -> Outcome:  # noqa: ANN401
        outcome = await self._offer.motion.run(handle.goal_id.uuid.tobytes(), move, tell)
        result.total_elapsed_time = duration_of(move.elapsed_s)
        return outcome

    async def _spin(self, handle: ServerGoalHandle, result: Spin.Result) -> Outcome:
        request = handle.request
        move = SpinMove(self._offer.pilot.follower, request.target_yaw, seconds(request.time_allowance))

        def tell() -> None:
            handle.publish_feedback(Spin.Feedback(angular_distance_traveled=float(move.turned)))

        return await self._run(handle, result, move, tell)

    async def _back_up(self, handle: ServerGoalHandle, result: BackUp.Result) -> Outcome:
        request = handle.request
        if request.target.y or request.target.z:
            return Outcome(713, "only target.x can be driven")
        return await self._straight(handle, result, -abs(request.target.x), BACK_UP, BackUp.Feedback())

    async def _drive(self, handle: ServerGoalHandle, result: DriveOnHeading.Result) -> Outcome:
        request = handle.request
        if request.target.y or request.target.z:
            return Outcome(724, "only target.x can be driven")
        if request.target.x * request.speed < 0.0:
            return Outcome(724, "target.x and speed must have the same sign")
        return await self._straight(handle, result, request.target.x, DRIVE, DriveOnHeading.Feedback())

    async def _straight(
        self, handle: ServerGoalHandle, result: Any, distance_m: float, codes: Codes, feedback: Any  # noqa: ANN401
    ) -> Outcome:  # fmt: skip
        request = handle.request
        speed = abs(request.speed)
        if not 0.0 < speed < 1e6 or not abs(distance_m) < 1e4:
            return Outcome(
                713 if codes is BACK_UP else 724, f"speed {request.speed} m/s over {distance_m} m cannot be driven"
            )
        move = Straight(self._offer.pilot.follower, distance_m, speed, seconds(request.time_allowance), codes)

        def tell() -> None:
            feedback.distance_traveled = float(move.driven_m)
            handle.publish_feedback(feedback)

        return await self._run(handle, result, move, tell)

    async def _teleop(self, handle: ServerGoalHandle, result: AssistedTeleop.Result) -> Outcome:
        move = ByHand(self._offer.pilot.follower, seconds(handle.request.time_allowance))
        self._by_hand = move

        def tell() -> None:
            handle.publish_feedback(AssistedTeleop.Feedback(current_teleop_duration=duration_of(move.elapsed_s)))

        outcome = await self._run(handle, result, move, tell)
        self._by_hand = None
        return Outcome() if outcome.code == 731 else outcome

    def _on_teleop(self, message: TwistMsg) -> None:
        if self._by_hand is not None:
            self._by_hand.steer(Twist(message.linear.x, message.angular.z))
