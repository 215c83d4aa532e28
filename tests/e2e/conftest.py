"""A whole city of real processes, and hands to touch its world."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from city_client import CityClient
from sim_control import SimControl

from claims import claim, free_port
from gangseo_starter.city import City, CityOptions
from gangseo_starter.layout import ROOT as LAYOUT

ROOT = Path(__file__).resolve().parents[2]
SPEED = 5.0


@pytest.fixture(scope="module")
def module_domain_id() -> Iterator[int]:
    """A ROS domain of this module's own."""
    domain, lock = claim("ros-domain", range(60, 100))
    with lock:
        yield domain


@pytest.fixture(scope="module")
def speed() -> float:
    """Simulated seconds in a second."""
    return SPEED


@pytest.fixture(scope="module")
def running_city(tmp_path_factory: pytest.TempPathFactory, module_domain_id: int, speed: float) -> Iterator[City]:
    """Two robots in Magok Hanui Park."""
    schemas = ROOT.parent / "shared" / "data" / "vda5050" / "3.0.0"
    options = CityOptions(
        data=tmp_path_factory.mktemp("city"),
        world=LAYOUT.world("magok_hanui"),
        robots=2,
        speed=speed,
        port=free_port(),
        mqtt_port=free_port(),
        audio=False,
        schema_dir=str(schemas) if schemas.is_dir() else "",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROS_DOMAIN_ID", str(module_domain_id))
        city = City(LAYOUT, options)
        with city.running():
            city.wait_until_up()
            yield city


@pytest.fixture
def city(running_city: City) -> Iterator[CityClient]:
    """An operator's view of the city; leaves no open call behind."""
    client = CityClient(running_city)
    yield client
    client.settle()


@pytest.fixture(scope="module")
def sim(running_city: City, module_domain_id: int) -> Iterator[SimControl]:
    """Hands to touch the simulated world."""
    control = SimControl(module_domain_id)
    yield control
    control.close()


@pytest.fixture
def kill(running_city: City) -> Callable[[str], int]:
    """kill -9 of one process of the city by its launch name; gives the dead process id."""
    import os
    import signal

    def kill_process(name: str) -> int:
        pid = running_city.processes()[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    return kill_process
