"""A robot process: ROS in one thread with the brain, MQTT in the main one; they meet in two calls."""

import asyncio
import logging
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import rclpy
import rclpy.utilities
from pydantic import ValidationError
from rclpy.node import Node
from rclpy.signals import SignalHandlerOptions

from gangseo_protocol.ids import new_id
from gangseo_protocol.schema import SchemaChecker, SchemaFolderError
from gangseo_protocol.site import Site
from gangseo_protocol.topics import AnyTopicName
from gangseo_robot.body import RosBody
from gangseo_robot.brain import Brain
from gangseo_robot.factsheet import make_factsheet
from gangseo_robot.identity import Identity, Ports
from gangseo_robot.journal import Journal, JournalError
from gangseo_robot.link import Broker, CredentialsError, Link, read_credentials
from gangseo_robot.navigator import Nav2Navigator
from gangseo_robot.ports import Eyes, Navigator, NoEyes, Voice
from gangseo_robot.report import Build
from gangseo_robot.role import Role, RoleError
from gangseo_robot.settings import Settings, SettingsError, read_settings
from gangseo_robot.spinning import BatchExecutor
from gangseo_robot.steps import SHARED_STEPS

log = logging.getLogger("gangseo_robot")

TICK_S = 0.1
VERSION = "0.1.0"


def _read_site(settings: Settings) -> Site:
    try:
        return Site.model_validate_json(settings.site_file.read_bytes())
    except OSError as error:
        raise SettingsError(f"site_file {settings.site_file}: {error.strerror}; generate the world first") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"site_file {settings.site_file}: {where}: {first['msg']}") from error


class RobotProcess:
    """Everything of one robot, wired."""

    def __init__(self, node: Node, settings: Settings, role: Role, voice: Voice, eyes: Eyes) -> None:
        self._node = node
        self._executor = BatchExecutor()
        self._executor.add_node(node)
        self._is_linked = False
        self.ended_well = False
        site = _read_site(settings)
        self._journal = Journal(settings.journal_file)
        user, password = read_credentials(settings.credentials_file) if settings.credentials_file else (None, None)
        broker = Broker(settings.mqtt_host, settings.mqtt_port, user, password)
        self.link = Link(settings.robot_id, broker, self._hand_over, self._on_steered, self._on_linked)
        self._body = RosBody(node, lambda: self._is_linked)
        steps = {**SHARED_STEPS, **role.steps}
        build = Build(VERSION, settings.navigator, settings.simulated)
        self._brain = Brain(
            Identity(settings.robot_id, site, settings.limits, build, steps, role.listens),
            Ports(_navigator(node, settings), self._body, voice, self.link.send, new_id, eyes),
            self._journal,
            partial(make_factsheet, settings.robot_id, settings.limits, role),
            SchemaChecker(settings.schema_dir) if settings.schema_dir else None,
        )

    # --- in the ROS thread ---

    def _tick(self) -> None:
        try:
            self._brain.tick(self._body.senses(), datetime.now(UTC))
        except Exception:
            log.exception("tick_failed")

    def _take(self, name: AnyTopicName, payload: bytes, safe: Callable[[], None]) -> None:
        try:
            self._brain.receive(name, payload, datetime.now(UTC))
        except Exception:
            log.exception("message_failed topic=%s", name)
        # Not safe on disk, so not confirmed: the broker brings it again.
        if not self._journal.trouble:
            safe()

    def _obey(self, payload: bytes) -> None:
        try:
            self._brain.takeover.hear(payload, time.monotonic())
        except Exception:
            log.exception("drive_message_failed")
        self._executor.call_at(self._brain.hands.silent_from_s, self._watch_hands)

    def _watch_hands(self) -> None:
        try:
            self._brain.hands.watch(time.monotonic())
        except Exception:
            log.exception("hands_watch_failed")

    def spin(self, ended: Callable[[], None]) -> None:
        """Serves ROS until ``stop``; ``ended`` is called however it ends."""
        try:
            self._executor.spin_in_batches(self._tick, TICK_S)
            # The wheels stop while navigation can still be told.
            self._brain.close()
            self._executor.take_all()
            self.ended_well = True
        finally:
            self._journal.close()
            ended()

    def stop(self) -> None:
        """Ends ``spin``."""
        self._executor.stop()

    # --- in the loop's thread: hand over, nothing else ---

    def _hand_over(self, name: AnyTopicName, payload: bytes, safe: Callable[[], None]) -> None:
        self._executor.hand_over(partial(self._take, name, payload, safe))

    def _on_steered(self, payload: bytes) -> None:
        self._executor.hand_over(partial(self._obey, payload))

    def _on_linked(self, linked: bool) -> None:
        self._is_linked = linked
        if linked:
            self._executor.hand_over(self._brain.linked)


def _navigator(node: Node, settings: Settings) -> Navigator:
    if settings.navigator == "nav2":
        return Nav2Navigator(node)
    if settings.navigator != "simple_commander":
        raise SettingsError(f"navigator {settings.navigator!r}: use nav2 or simple_commander")
    try:
        from gangseo_robot.navigator_simple import SimpleCommanderNavigator  # noqa: PLC0415

        return SimpleCommanderNavigator(node.get_namespace())
    except ImportError as error:
        raise SettingsError(f"navigator simple_commander: {error}; install it or use nav2") from error


async def _serve(robot: RobotProcess) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, robot.link.stop)
    spinner = threading.Thread(target=robot.spin, args=(robot.link.stop,), name="ros")
    spinner.start()
    try:
        await robot.link.run()
    finally:
        robot.stop()
        await asyncio.to_thread(spinner.join)
        rclpy.utilities.try_shutdown()


def run_robot(
    roles: Sequence[str],
    combine: Callable[[Sequence[str]], Role],
    make_voice: Callable[[bool], Voice],
    make_eyes: Callable[[Node], Eyes] = lambda _node: NoEyes(),
) -> None:
    """Runs a robot process until SIGINT or SIGTERM. Exit status 2 with one line for wrong settings.

    Args:
        roles: names a robot has unless the parameter ``roles`` says otherwise.
        combine: makes one role of named ones; raises RoleError.
        make_voice: told whether sound is wanted.
        make_eyes: given the node whose camera it is.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    rclpy.init(args=sys.argv, signal_handler_options=SignalHandlerOptions.NO)
    node = Node("robot")
    try:
        settings = read_settings(node, roles)
        robot = RobotProcess(node, settings, combine(settings.roles), make_voice(settings.audio), make_eyes(node))
    except (SettingsError, RoleError, JournalError, CredentialsError, SchemaFolderError) as error:
        log.critical("cannot_start %s", error)
        sys.exit(2)
    asyncio.run(_serve(robot))
    sys.exit(0 if robot.ended_well else 1)
