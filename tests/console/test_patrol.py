"""The patrol screen in a real Chromium: routes, an extra round, what was seen on it."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import cv2
import httpx
import numpy as np
import pytest
from paho.mqtt import publish
from park_under_test import Park, wait_until
from playwright.sync_api import Page, expect

from gangseo_protocol.ids import new_id
from gangseo_protocol.observation import Observation
from gangseo_protocol.topics import topic
from gangseo_sim.engine.camera import photograph
from gangseo_sim.engine.scene import Scene, read_scene

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def scene(world_dir) -> Scene:
    return read_scene(world_dir)


@pytest.fixture
def operator(park: Park) -> Iterator[httpx.Client]:
    with park.client("operator") as client:
        yield client


def rounds(operator: httpx.Client) -> list[dict]:
    found: list[dict] = operator.get("/api/patrol/rounds").json()
    return found


def see(park: Park, scene: Scene, round_id: str, number: int, people: int) -> None:
    """What a robot at a point of the route would send."""
    point = park.site.patrols[0].points[number]
    node = next(node for node in park.site.nodes if node.node_id == point.node_id)
    walkers = np.array([[node.x + 4.0, node.y + 0.5 * k, 0.25] for k in range(people)]).reshape(-1, 3)
    frame = photograph(scene, 0, np.array([[node.x, node.y, 0.1]]), walkers, np.zeros((0, 3)))
    _, jpeg = cv2.imencode(".jpg", cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    seen = Observation(
        observation_id=new_id(), round_id=round_id, point_id=point.point_id, taken_at=datetime.now(UTC),
        people_seen=people, jpeg=jpeg.tobytes(),
    )  # fmt: skip

    publish.single(
        topic("robot_01", "observation"), seen.to_json(), qos=1, port=park._mqtt_port, client_id=f"seen-{number}"
    )


def finish(operator: httpx.Client) -> None:
    """No round of this test is left for the others."""
    for row in rounds(operator):
        operator.post(f"/api/patrol/rounds/{row['id']}/cancel")
    wait_until(lambda: not [r for r in rounds(operator) if r["state"] in {"due", "assigned", "under_way"}], "all ended")


@pytest.mark.usefixtures("strolling")
def test_an_extra_round_is_asked_for_and_what_is_seen_appears_by_itself(
    open_page: OpenPage, park: Park, operator: httpx.Client, scene: Scene, axe: Callable[[Page], list[str]]
) -> None:
    page = open_page("/#/patrol", user="operator")
    route = park.site.patrols[0]
    expect(page.get_by_role("heading", name="순찰 경로")).to_be_visible()
    expect(page.locator(".card").first).to_contain_text("19:00 · 20:30 · 22:00 · 23:30")
    expect(page.locator(".point-pin")).to_have_count(len(route.points))
    page.get_by_role("button", name=f"{route.name.ko}: 지금 한 번 더 돌기").click()
    card = page.locator("button.card").first
    expect(card).to_contain_text("추가")
    card.click()
    round_id = rounds(operator)[0]["id"]
    expect(page).to_have_url(re.compile(f"#/patrol/{round_id}$"))
    see(park, scene, round_id, 0, people=3)
    see(park, scene, round_id, 1, people=0)
    expect(page.locator(".seen-picture img")).to_have_count(2)
    expect(page.locator(".point-pin.point-seen")).to_have_count(2)
    expect(page.locator("[data-point=gate]")).to_contain_text("사람 3명")
    # Playwright's own waiting evaluates its string again in the page, which the page's policy forbids.
    drawn = "[...document.querySelectorAll('.seen-picture img')].every(each => each.naturalWidth === 320)"
    wait_until(lambda: page.evaluate(drawn), "pictures drawn")
    page.locator(".park-canvas[data-ready]").wait_for()
    found = {"round": axe(page)}
    page.locator(".seen-picture").first.click()
    # Half faded in, nothing has contrast.
    expect(page.get_by_role("dialog")).to_have_css("opacity", "1")
    found["picture"] = axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="순찰 취소").click()
    expect(page.locator(".side .state")).to_contain_text("취소됨")
    page.get_by_role("button", name="목록으로").click()
    expect(page.locator("button.card").first).to_contain_text("지점 2/")
    found["rounds"] = axe(page)
    assert found == {"round": [], "picture": [], "rounds": []}
    finish(operator)


@pytest.mark.usefixtures("strolling")
@pytest.mark.parametrize(("size", "language"), [("phone", "ko"), pytest.param("desktop", "en", marks=pytest.mark.slow)])
def test_a_viewer_sees_rounds_but_neither_pictures_nor_buttons(
    open_page: OpenPage, park: Park, operator: httpx.Client, scene: Scene, axe: Callable[[Page], list[str]],
    size: str, language: str,
) -> None:  # fmt: skip
    made = operator.post("/api/patrol/rounds", json={"route_id": "evening"}).json()
    see(park, scene, made["id"], 0, people=1)
    wait_until(lambda: rounds(operator)[0]["points_seen"] == 1, "observation")
    page = open_page("/#/patrol", user="viewer", size=size, language=language)
    expect(page.locator("button.card").first).to_be_visible()
    assert page.get_by_role("button", name=re.compile("한 번 더|One more round")).count() == 0
    found = {"rounds": axe(page)}
    page.locator("button.card").first.click()
    expect(page.locator(".seen time")).to_be_visible()
    assert page.locator(".seen-picture").count() == 0
    found["round"] = axe(page)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0
    assert found == {"rounds": [], "round": []}
    finish(operator)
