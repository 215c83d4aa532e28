"""What ./gangseo decides before anything runs."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gangseo_starter import machine
from gangseo_starter.broker import ensure_secrets, write_broker_config
from gangseo_starter.city import City, CityOptions
from gangseo_starter.environment import ensure_world, point_includes
from gangseo_starter.errors import StartError
from gangseo_starter.layout import Layout
from gangseo_starter.leftovers import end_leftovers
from gangseo_starter.ports import port_is_free
from gangseo_starter.progress import Step
from gangseo_starter.stamps import Stamp, fingerprint

ROOT = Path(__file__).resolve().parents[3]


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path):
    first = ensure_secrets(tmp_path)
    assert ensure_secrets(tmp_path) == first
    assert len(set(first.values())) == 3
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_robot_may_speak_for_itself_only(tmp_path):
    text = write_broker_config(tmp_path, ("robot_01", "robot_02"), 1883, 4222).read_text()
    line = next(line for line in text.splitlines() if '"robot_01"' in line)
    permissions = json.loads(line[line.index("permissions:") + 12 :].rstrip(", ").removesuffix("}").strip())
    assert all(".robot_01." in subject for subject in permissions["publish"])
    assert not any("robot_02" in subject for subject in permissions["publish"] + permissions["subscribe"])


def test_broker_knows_every_topic_of_the_protocol(tmp_path):
    from gangseo_protocol import topics

    text = write_broker_config(tmp_path, ("robot_01",), 1883, 4222).read_text()
    wanted = {topics.topic("robot_01", name) for name in (*topics.FROM_ROBOT, *topics.OWN_FROM_ROBOT)}
    wanted |= {topics.topic("robot_01", name) for name in (*topics.TO_ROBOT, *topics.OWN_TO_ROBOT)}
    assert all(f'"{name.replace("/", ".")}"' in text for name in wanted)


def test_broker_config_is_accepted_by_the_broker(tmp_path):
    file = write_broker_config(tmp_path, ("robot_01",), 1883, 4222)
    checked = subprocess.run(["nats-server", "-t", "-c", str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("named", ["/opt/python/cp312-cp312", "/somewhere/another checkout/.made"])
def test_headers_are_found_whatever_the_wheel_named_and_the_package_cache_stays_as_it_was(tmp_path, named):
    line = 'INTERFACE_INCLUDE_DIRECTORIES "{0}/include/python3.11;{0}/lib/python3.11/site-packages/numpy/_core/include"'
    cached, installed = tmp_path / "cached.cmake", tmp_path / "installed.cmake"
    cached.write_text(line.format(named))
    installed.hardlink_to(cached)
    point_includes(installed, numpy_include="/here/numpy/_core/include", python_include="/py/include/python3.12")
    assert installed.read_text() == 'INTERFACE_INCLUDE_DIRECTORIES "/py/include/python3.12;/here/numpy/_core/include"'
    assert cached.read_text() == line.format(named)


def test_what_is_under_way_goes_on_when_nobody_reads_any_more(monkeypatch, tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as nobody_reads:
        monkeypatch.setattr("sys.stdout", nobody_reads)
        with Step("Stop everything"):
            (tmp_path / "stopped").touch()
        monkeypatch.undo()
        with pytest.raises(BrokenPipeError):
            nobody_reads.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), nobody_reads.fileno())
    assert (tmp_path / "stopped").exists()


def test_stamp_matches_only_what_it_was_made_from(tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("1")
    stamp = Stamp(tmp_path, "a")
    stamp.set(fingerprint([source], "x"))
    assert stamp.matches(fingerprint([source], "x"))
    source.write_text("2")
    assert not stamp.matches(fingerprint([source], "x"))


def test_failing_command_shows_its_last_words_and_the_remedy(capsys):
    with pytest.raises(StartError, match="no such thing") as error, Step("Try") as step:
        step.run([sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"], remedy="Do that.")
    assert error.value.remedy == "Do that."
    assert "✗ Try" in capsys.readouterr().out


def test_missing_package_without_rights_gives_the_exact_line(monkeypatch):
    absent = machine.Requirement("cmake", "compiles", ("cmake",), lambda: False, "run")
    monkeypatch.setattr(machine, "requirements", lambda: (absent,))
    monkeypatch.setattr(machine, "_privilege", lambda: None)
    with pytest.raises(StartError, match="missing on this machine: cmake") as error:
        machine.ensure("run")
    assert error.value.remedy == "sudo apt-get install -y --no-install-recommends cmake"


def test_unknown_world_names_the_known_ones():
    with pytest.raises(StartError) as error:
        ensure_world(Layout(ROOT), "atlantis")
    assert "magok_hanui" in error.value.remedy


@pytest.fixture
def world(tmp_path: Path) -> Path:
    folder = tmp_path / "world"
    folder.mkdir()
    (folder / "site.json").write_text(json.dumps({"robots": [{"robotId": "robot_01"}]}))
    return folder


def test_port_in_use_is_said_before_anything_starts(tmp_path, world):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not port_is_free("127.0.0.1", port)
        city = City(Layout(ROOT), CityOptions(tmp_path / "data", world, 1, 1.0, port))
        with pytest.raises(StartError, match=f"port {port} on 127.0.0.1 is in use"), city.running():
            pass


def test_more_robots_than_places_are_refused(tmp_path, world, free_port):
    city = City(Layout(ROOT), CityOptions(tmp_path / "data", world, 5, 1.0, free_port()))
    with pytest.raises(StartError, match="with 1 to 1 robots"), city.running():
        pass


def test_launch_has_a_switch_for_every_robot_that_may_be_asked_for():
    from gangseo_starter.city import _SWITCHES

    switches = (ROOT / "launch" / "fleet.launch.xml").read_text().count('description="Start robot_')
    assert switches == _SWITCHES


def test_second_run_on_the_same_data_is_refused(tmp_path, world, free_port):
    import fcntl

    data = tmp_path / "data"
    data.mkdir()
    with (data / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        city = City(Layout(ROOT), CityOptions(data, world, 1, 1.0, free_port()))
        with pytest.raises(StartError, match="already running"), city.running():
            pass


def test_process_left_behind_by_a_killed_launch_is_ended(tmp_path):
    process = subprocess.Popen(["sleep", "60"])
    started = int(Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1].split()[19])
    listed = {"backend": [process.pid, started], "broker": [os.getpid(), 1]}
    (tmp_path / "processes.json").write_text(json.dumps(listed))
    assert end_leftovers(tmp_path) == 1
    assert process.wait(timeout=5) != 0


def test_help_names_every_command():
    shown = subprocess.run(
        [sys.executable, str(ROOT / "gangseo"), "--help"], capture_output=True, text=True, check=True
    )
    for command in ("run", "test", "bench", "down", "doctor"):
        assert f"\n    {command} " in shown.stdout
