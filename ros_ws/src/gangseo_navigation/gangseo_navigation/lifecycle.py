"""Nav2's lifecycle interface: states of its servers, and one service that changes them all."""

from lifecycle_msgs.msg import State
from lifecycle_msgs.srv import GetState
from nav2_msgs.srv import ManageLifecycleNodes
from rclpy.node import Node

from gangseo_navigation.motion import Motion
from gangseo_navigation.pilot import Pilot

SERVERS = (
    "amcl", "behavior_server", "bt_navigator", "controller_server", "docking_server", "map_server", "planner_server",
    "smoother_server", "waypoint_follower",
)  # fmt: skip
LABELS = {
    State.PRIMARY_STATE_UNCONFIGURED: "unconfigured",
    State.PRIMARY_STATE_INACTIVE: "inactive",
    State.PRIMARY_STATE_ACTIVE: "active",
    State.PRIMARY_STATE_FINALIZED: "finalized",
}
TARGETS = {
    ManageLifecycleNodes.Request.STARTUP: State.PRIMARY_STATE_ACTIVE,
    ManageLifecycleNodes.Request.PAUSE: State.PRIMARY_STATE_INACTIVE,
    ManageLifecycleNodes.Request.RESUME: State.PRIMARY_STATE_ACTIVE,
    ManageLifecycleNodes.Request.RESET: State.PRIMARY_STATE_UNCONFIGURED,
    ManageLifecycleNodes.Request.SHUTDOWN: State.PRIMARY_STATE_FINALIZED,
    ManageLifecycleNodes.Request.CONFIGURE: State.PRIMARY_STATE_INACTIVE,
    ManageLifecycleNodes.Request.CLEANUP: State.PRIMARY_STATE_UNCONFIGURED,
}


class Lifecycle:
    """All servers share one state; goals are refused unless it is active."""

    def __init__(self, node: Node, pilot: Pilot, motion: Motion) -> None:
        self._pilot, self._motion = pilot, motion
        self._state = State.PRIMARY_STATE_ACTIVE
        for server in SERVERS:
            node.create_service(GetState, f"{server}/get_state", self._get_state)
        node.create_service(ManageLifecycleNodes, "lifecycle_manager_navigation/manage_nodes", self._manage)

    def _get_state(self, _: GetState.Request, response: GetState.Response) -> GetState.Response:
        response.current_state = State(id=self._state, label=LABELS[self._state])
        return response

    def _manage(
        self, request: ManageLifecycleNodes.Request, response: ManageLifecycleNodes.Response
    ) -> ManageLifecycleNodes.Response:
        target = TARGETS.get(request.command)
        response.success = target is not None and self._state != State.PRIMARY_STATE_FINALIZED
        if target is not None and response.success:
            self._state = target
            self._pilot.active = target == State.PRIMARY_STATE_ACTIVE
            if not self._pilot.active:
                self._motion.claim(None)
        return response
