"""The strict launch runner: same command lines as ros2 launch, everything else refused with file and line."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gangseo_launch.errors import LaunchError
from gangseo_launch.plan import PARAMETERS, read_plan
from gangseo_launch.runner import Runner
from unit.launch.ament_prefix import installed

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    return installed(tmp_path / "install", {"demo": ("talker",), "other": ("listener",)})


@pytest.fixture
def plan_of(tmp_path: Path, prefix: Path):
    def read(body: str, environment: dict[str, str] | None = None, **arguments: str):
        file = tmp_path / "demo.launch.xml"
        file.write_text(f"<launch>\n{body}\n</launch>\n")
        return read_plan(file, arguments, {"AMENT_PREFIX_PATH": str(prefix), **(environment or {})})

    return read


def test_node_gets_the_command_line_of_ros2_launch(plan_of, prefix):
    plan = plan_of(
        """<arg name="speed" default="2.5"/>
        <group><push_ros_namespace namespace="robot_01"/>
        <node pkg="demo" exec="talker" name="t" args="--loud yes" ros_args="--log-level warn">
          <param name="speed" value="$(var speed)"/><param name="names" value="[a, b]"/><remap from="/tf" to="tf"/>
        </node></group>"""
    )
    (process,) = plan.processes
    assert process.command == (
        f"{prefix}/lib/demo/talker", "--loud", "yes", "--ros-args", "--log-level", "warn",
        "-r", "__node:=t", "-r", "__ns:=/robot_01", "--params-file", PARAMETERS, "-r", "/tf:=tf",
    )  # fmt: skip
    assert process.parameters == {"speed": 2.5, "names": ["a", "b"]}


def test_group_keeps_its_namespace_and_variables_to_itself(plan_of):
    plan = plan_of(
        """<let name="who" value="a"/>
        <group><let name="who" value="b"/><push_ros_namespace namespace="x"/>
          <node pkg="demo" exec="talker" name="$(var who)"/></group>
        <node pkg="demo" exec="talker" name="$(var who)"/>"""
    )
    assert [process.name for process in plan.processes] == ["x/b", "a"]


@pytest.mark.parametrize(
    ("condition", "started"),
    [
        ('if="true"', True), ('if="False"', False), ('unless="0"', True),
        ('if="$(and true $(not false))"', True), ('if="$(equals $(var who) robot)"', True),
        ('unless="$(or false 1)"', False),
    ],
)  # fmt: skip
def test_conditions(plan_of, condition, started):
    plan = plan_of(f'<let name="who" value="robot"/><executable cmd="true" {condition}/>')
    assert bool(plan.processes) is started


def test_included_file_sees_its_arguments(plan_of, tmp_path):
    (tmp_path / "part.launch.xml").write_text(
        '<launch>\n<arg name="word"/><executable cmd="echo $(var word)"/></launch>'
    )
    plan = plan_of('<include file="$(dirname)/part.launch.xml"><arg name="word" value="안녕"/></include>')
    assert plan.processes[0].command == ("echo", "안녕")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<timer period="1"/>', r"demo.launch.xml:2: <timer> is outside the supported subset"),
        ('<node pkg="demo" exec="talker" colour="red"/>', r":2: <node> does not take colour"),
        ('<node pkg="demo"/>', r":2: <node> needs the attribute 'exec'"),
        ('<node pkg="ghost" exec="x"/>', r":2: package 'ghost' is not installed"),
        ('<node pkg="demo" exec="x"/>', r":2: package 'demo' has no executable 'x'"),
        ('<arg name="must" description="the map"/>', r":2: launch argument 'must' is required \(the map\)"),
        ('<let name="a" value="$(eval 1)"/>', r":2: unknown substitution"),
        ('<let name="a" value="$(var b)"/>', r":2: launch configuration 'b' does not exist"),
        ('<executable cmd="x" if="maybe"/>', r":2: if: expected true or false, found 'maybe'"),
        ('<include file="none.xml"/>', r":2: included file does not exist"),
        ("words", r":2: unexpected text 'words'"),
        ("<arg", r":3: not well-formed"),
    ],
)
def test_what_is_not_understood_is_refused_with_file_and_line(plan_of, body, message):
    with pytest.raises(LaunchError, match=message):
        plan_of(body)


def test_unknown_argument_is_refused(plan_of):
    with pytest.raises(LaunchError, match="no such launch argument: sped; arguments: speed"):
        plan_of('<arg name="speed" default="1"/>', sped="2")


def _wait_for(condition, seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_killed_process_is_started_again_and_all_end_on_a_signal(tmp_path):
    file = tmp_path / "two.launch.xml"
    program = "import os,time;open('pids','a').write(f'{os.getpid()}\\n');time.sleep(60)"
    file.write_text(
        f'<launch><executable cmd="{sys.executable} -c &quot;{program}&quot;" cwd="{tmp_path}" respawn="true"/>'
        "</launch>"
    )
    launch = subprocess.Popen([sys.executable, "-m", "gangseo_launch", str(file)], stderr=subprocess.PIPE)
    pids = tmp_path / "pids"
    try:
        _wait_for(lambda: pids.exists() and pids.read_text().endswith("\n"))
        first = int(pids.read_text())
        os.kill(first, signal.SIGKILL)
        _wait_for(lambda: pids.read_text().count("\n") == 2)
        second = int(pids.read_text().split()[1])
    finally:
        launch.send_signal(signal.SIGINT)
        _, log = launch.communicate(timeout=20)
    assert launch.returncode == 0
    assert b"[ended]" in log
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_end_of_a_shutdown_process_ends_the_rest(tmp_path):
    file = tmp_path / "end.launch.xml"
    file.write_text(
        '<launch><executable cmd="sleep 60"/><executable cmd="sh -c &quot;exit 3&quot;" on_exit="shutdown"/></launch>'
    )
    events: list[tuple[str, str, str]] = []
    status = Runner(read_plan(file, {}, os.environ), tmp_path / "log", lambda *event: events.append(event)).run()
    assert status == 3


STOPPED_AT_ANY_LINE = """
import os, sys, threading
from pathlib import Path
from gangseo_launch import runner
from gangseo_launch.plan import read_plan

runner._POLL_S = 0.0001
plan = read_plan(Path(sys.argv[1]), {}, os.environ)
files = {runner.__file__, threading.__file__}

def run_and_stop_at(number):
    running, left = runner.Runner(plan, None, lambda *event: None), [number]

    def at_line(frame, event, _argument):
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            left[0] -= 1
            if left[0] == 0:
                running.request_stop()
        return at_line

    sys.settrace(at_line)
    assert running.run() == 0
    sys.settrace(None)

for number in range(1, 160):
    run_and_stop_at(number)
"""


def test_a_signal_at_any_line_ends_the_run(tmp_path):
    """Python runs a signal's handler between two lines; one that wants a lock which is held there hangs for ever."""
    file = tmp_path / "sleep.launch.xml"
    file.write_text('<launch><executable cmd="sleep 60"/></launch>')
    subprocess.run([sys.executable, "-c", STOPPED_AT_ANY_LINE, str(file)], check=True, timeout=600)


def test_project_launch_files_are_inside_the_subset(tmp_path):
    ours = {"gangseo_sim": ("sim_bridge",), "gangseo_navigation": ("navigation",), "gangseo_service": ("robot",)}
    prefix = installed(tmp_path, ours)
    arguments = {"world_dir": "/w", "data_dir": "/d", "robot_03": "true"}
    plan = read_plan(ROOT / "launch/city.launch.xml", arguments, {"AMENT_PREFIX_PATH": str(prefix)})
    names = [process.name for process in plan.processes]
    robots = [f"robot_0{n}/{part}" for n in (1, 2, 3) for part in ("navigation", "robot")]
    assert names == ["broker", "backend", "sim_bridge", *robots]
    assert all(process.respawn for process in plan.processes)


def test_perception_is_started_when_it_is_asked_for_with_the_model_given(tmp_path):
    ours = {
        "gangseo_navigation": ("navigation",), "gangseo_service": ("robot",), "gangseo_perception": ("perception",),
    }  # fmt: skip
    prefix = installed(tmp_path, ours)
    arguments = {
        "robot_id": "robot_01",
        "world_dir": "/w",
        "data_dir": "/d",
        "perception": "true",
        "model_file": "/m.onnx",
    }
    plan = read_plan(ROOT / "launch/robot.launch.xml", arguments, {"AMENT_PREFIX_PATH": str(prefix)})
    assert [process.name for process in plan.processes] == [
        "robot_01/navigation", "robot_01/robot", "robot_01/perception",
    ]  # fmt: skip
