"""Driving by hand through broker, robot, navigation and simulator: how long the wheels turn when nobody speaks."""

import importlib.util
import json
import statistics
import sys
import time

import pytest

from gangseo_navigation.node import CYCLE_S
from ros.robot.fleet_double import action_status, await_that, kill_hard, waiting_key
from ros.robot.true_stack import TrueStack

BUILT = all(importlib.util.find_spec(name) for name in ("gangseo_sim", "gangseo_navigation"))
pytestmark = [
    pytest.mark.ros,
    pytest.mark.alone,
    pytest.mark.slow,
    pytest.mark.skipif(not BUILT, reason="simulator and navigation are not built: ./gangseo test builds them"),
]
STOP_WITHIN_S = 0.3
TRIALS = 20
LEASE = "lease-1"


class Wheels:
    """What the wheels were told, and how the robot moved."""

    def __init__(self, stack, file) -> None:
        self._file = file
        stack.listen(file)
        await_that(lambda: self.read("odom"), 30, "wheels heard")

    def read(self, what: str, since: float = 0.0) -> list[dict]:
        lines = self._file.read_text().splitlines() if self._file.exists() else []
        entries = [json.loads(line) for line in lines if line.endswith("}")]
        return [entry for entry in entries if entry["what"] == what and entry["at"] >= since]

    def stopped_after(self, at: float, what: str, still: float) -> float:
        """Seconds from a moment until the first entry that stands; the robot was moving at that moment."""
        before = [entry for entry in self.read(what) if entry["at"] <= at][-1]
        assert abs(before["v"]) > 0.2, "it was driving"
        found: list[dict] = []

        def stands() -> bool:
            found[:] = [e for e in self.read(what, at) if abs(e["v"]) <= still and abs(e["w"]) <= still]
            return bool(found)

        await_that(stands, 10, f"{what} stands")
        return found[0]["at"] - at


def press(fleet, v: float, seconds: float, w: float = 0.0) -> float:
    """Ten words a second; gives when the last was sent."""
    end = time.monotonic() + seconds
    while True:
        sent_at = fleet.press(LEASE, v, w)
        if sent_at >= end:
            return sent_at
        time.sleep(0.1)


def drive(fleet, wheels: Wheels, v: float) -> float:
    """Words until it drives, on a busy machine some more of them; gives when the last was sent."""
    last_word = press(fleet, v, 1.2)
    for _ in range(10):
        if abs(wheels.read("odom")[-1]["v"]) > 0.3:
            break
        last_word = press(fleet, v, 0.3)
    return last_word


def test_the_wheels_are_told_to_stand_within_three_tenths_when_nobody_speaks(
    tmp_path, start_process, free_port, ros_domain_id, vda5050_schemas, capsys
):
    stack = TrueStack(tmp_path, start_process, free_port, ros_domain_id, vda5050_schemas, speed=1.0)
    fleet, robot = stack.fleet, stack.start_robot()
    try:
        fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and s.last_node_id == "charger_01", 90, "robot ready")
        wheels = Wheels(stack, tmp_path / "wheels.jsonl")
        fleet.instant("startTakeover", LEASE)
        fleet.seen(lambda s: s.operating_mode == "INTERVENED" and action_status(s, LEASE) == "RUNNING", what="taken")
        assert not any(entry["v"] for entry in wheels.read("cmd")), "nothing turns by itself"
        press(fleet, -0.5, 6.0)
        assert not fleet.state.power_supply.charging
        assert waiting_key(fleet.state) == "waiting.by_hand"
        commands, stands = [], []
        for trial in range(TRIALS):
            last_word = drive(fleet, wheels, 0.5 if trial % 2 else -0.5)
            commands.append(wheels.stopped_after(last_word, "cmd", 0.0))
            stands.append(wheels.stopped_after(last_word, "odom", 0.02))
        drive(fleet, wheels, 0.5)
        killed_at = time.monotonic()
        kill_hard(robot)
        after_kill = wheels.stopped_after(killed_at, "cmd", 0.0)
        with capsys.disabled():
            sys.stdout.write(
                f"\ndead man, {TRIALS} trials at 0.5 m/s: wheels told to stand after "
                f"p50 {statistics.median(commands):.3f} s, max {max(commands):.3f} s; "
                f"robot stands after p50 {statistics.median(stands):.3f} s, max {max(stands):.3f} s; "
                f"after kill -9 of the robot process {after_kill:.3f} s\n"
            )
        assert max(commands) <= STOP_WITHIN_S + CYCLE_S
        assert after_kill <= STOP_WITHIN_S + 2 * CYCLE_S
        fleet.forget()
        stack.start_robot()
        fleet.seen(lambda s: s.operating_mode == "INTERVENED", 60, "still taken after the kill")
        press(fleet, -0.4, 1.5)
        fleet.instant("endTakeover", "end-1", leaseId=LEASE)
        fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and not s.driving, what="free")
    finally:
        fleet.close()
    log = (tmp_path / "robot.log").read_text()
    assert "Traceback" not in log
    assert "invalid_message" not in log
