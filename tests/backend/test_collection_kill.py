"""``kill -9`` of the real backend in the middle of a round, on PostgreSQL; a database of before is brought along."""

import json

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from backend.conftest import wait_until
from backend.rounds import body, visits
from backend.test_kill import Process
from backend.vehicle import Vehicle
from gangseo_backend.core.db import BACKEND_DIR, Database

SPOTS = tuple(f"bench_{number:02}" for number in range(4))


@pytest.mark.slow
def test_a_round_survives_kill_9(settings, postgresql_url, site, broker, vehicle_loop, start_process, free_port):
    settings = settings.model_copy(
        update={"mqtt_enabled": True, "mqtt_port": broker.port, "database_url": postgresql_url}
    )
    backend = Process(settings, start_process, free_port())
    backend.start()
    backend.log_in()
    vehicle = Vehicle(site, "robot_01", broker.port, node_id="c0", pace=40.0)
    vehicle_loop.spawn(vehicle.run())
    wait_until(lambda: [r for r in backend.http.get("/fleet/robots").json() if r["online"]], what="robot")
    made = backend.http.post("/recycling/rounds", json=body(*SPOTS)).json()

    def stops() -> dict[str, list[dict]]:
        found: dict[str, list[dict]] = {}
        for stop in backend.http.get(f"/recycling/rounds/{made['id']}").json()["stop_list"]:
            found.setdefault(stop["state"], []).append(stop)
        return found

    wait_until(lambda: len(stops().get("done", ())) == 1 and vehicle.driving, 30, "in mid-round")
    planned = {stop["spot_id"]: stop["expected_at"] for stop in stops()["waiting"]}
    backend.kill()
    backend.start()
    kept = wait_until(
        lambda: [s for s in stops().get("waiting", ()) if s["expected_at"]], what="the plan is still there"
    )
    assert {stop["spot_id"] for stop in kept} <= planned.keys()
    wait_until(lambda: len(stops().get("done", ())) == len(SPOTS), 60, "all done")
    wait_until(lambda: backend.http.get(f"/recycling/rounds/{made['id']}").json()["state"] == "done", what="done")
    assert visits(vehicle) == {f"s{number}": 1 for number in range(len(SPOTS))}
    assert len(backend.http.get("/fleet/missions?state=finished").json()) >= len(SPOTS)


def test_a_database_with_missions_in_it_can_be_brought_up_to_date(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config(str(BACKEND_DIR / "alembic.ini"))
    config.set_main_option("script_location", str(BACKEND_DIR / "migrations"))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
        connection.execute(text(
            "INSERT INTO missions (id, kind, state, target_node_id, legs, leg, near_leg, reason_values, attempt,"
            " arrived, excluded, created_at)"
            " VALUES ('m', 'collect', 'queued', 's', '[]', 0, -1, '{}', 0, 0, '[]', '2026-01-01')"
        ))  # fmt: skip
        connection.execute(text(
            "INSERT INTO mission_steps (mission_id, number, leg, kind, state, parameters)"
            " VALUES ('m', 0, 0, 'goTo', 'waiting', '{}')"
        ))  # fmt: skip
        ways = '{"robot_01": ["n0", ["n1"], [0], [], []], "robot_02": ["n2", ["n3"], [0], [], []]}'
        connection.execute(text("INSERT INTO traffic_plans (id, plans) VALUES (1, :ways)"), {"ways": ways})
        connection.commit()
    database.migrate()
    with database.engine.connect() as connection:
        stored = connection.execute(text("SELECT robot_id, plan FROM robot_plans ORDER BY robot_id")).all()
        assert [(robot_id, json.loads(plan)[0]) for robot_id, plan in stored] == [
            ("robot_01", "n0"),
            ("robot_02", "n2"),
        ]
        assert connection.execute(text("SELECT count(*) FROM mission_steps")).scalar() == 1
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    database.close()
