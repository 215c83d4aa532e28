"""``kill -9`` of the real backend process at many moments of a round."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from backend.conftest import wait_until
from backend.small_site import build_site
from backend.test_kill import Process
from backend.watchman import POINTS, Watchman, with_patrol
from gangseo_protocol.site import Site

SEOUL = timedelta(hours=9)


@pytest.fixture(scope="session")
def site() -> Site:
    """A round that is due within two minutes of now, whenever this runs, and one a minute later."""
    now = datetime.now(UTC) + SEOUL
    return with_patrol(build_site(), starts=tuple(f"{now + timedelta(minutes=ahead):%H:%M}" for ahead in (1, 2)))


@pytest.mark.slow
def test_rounds_and_observations_survive_kill_9_at_many_moments(
    settings, site, broker, vehicle_loop, start_process, free_port
):
    settings = settings.model_copy(update={"mqtt_enabled": True, "mqtt_port": broker.port})
    backend = Process(settings, start_process, free_port())
    backend.start()
    backend.log_in()
    robot = Watchman(site, "robot_01", broker.port, node_id="c0", pace=5.0)
    robot.copies = 2
    vehicle_loop.spawn(robot.run())
    vehicle_loop.spawn(robot.report())
    first_due = min(datetime.fromisoformat(at) for at in backend.http.get("/patrol/routes").json()[0]["next_due"])
    wait_until(lambda: datetime.now(UTC) > first_due - timedelta(seconds=0.3), 130, "the first round is nearly due")
    for delay_s in (0.0, 0.6, 1.3, 2.0, 0.4, 3.0):
        time.sleep(delay_s)  # the moment of the kill is the point of this test
        backend.kill()
        backend.start()
    done = wait_until(
        lambda: (rows := backend.http.get("/patrol/rounds?state=done").json()) and len(rows) == 2 and rows,
        150,
        "rounds",
    )
    wait_until(lambda: not robot.unsent, 20, "everything confirmed")
    assert len(backend.http.get("/patrol/rounds").json()) == 2
    for row in done:
        seen = backend.http.get(f"/patrol/rounds/{row['id']}").json()["observations"]
        assert [item["point_id"] for item in seen] == [f"p_{node}" for node in POINTS]
        assert all(item["has_picture"] for item in seen)
    assert [action.split(":")[0] for action in robot.memory.done].count("observe") == 2 * len(POINTS)
