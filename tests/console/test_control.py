"""Who is in control, in the console: takeover, driving by hand, hand-over, and the stop of all robots."""

import re
from collections.abc import Callable, Iterator

import pytest
from park_under_test import Park, wait_until
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
PANEL = "/#/robots/robot_02"


@pytest.fixture
def free(park: Park) -> Iterator[None]:
    """Whatever a test leaves held or stopped is let go."""
    yield
    with park.client("admin") as admin:
        admin.post("/api/fleet/robots/robot_02/takeover/release", json={"reason": "시험 끝"})
        admin.post("/api/fleet/emergency-stop/release", json={"reason": "시험 끝"})
    wait_until(lambda: not any(v.memory.lease or v.memory.stops for v in park.vehicles), "all free")


def wishes(park: Park) -> list[tuple[float, float]]:
    return [(said.v, said.w) for _, said in park.vehicles[1].steered if said.v is not None]


def confirm(page: Page, reason: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.locator("textarea").fill(reason)
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_have_count(0)


def take_over(page: Page, park: Park) -> None:
    page.get_by_role("button", name="인수", exact=True).click()
    confirm(page, "길이 막혀 옮김")
    wait_until(lambda: park.vehicles[1].memory.lease, "robot held")
    expect(page.locator(".drive-pad")).to_be_enabled()


@pytest.mark.usefixtures("free")
def test_the_holder_drives_with_arrows_only_while_they_are_down(open_page: OpenPage, park: Park) -> None:
    page = open_page(PANEL, user="operator")
    take_over(page, park)
    expect(page.locator(".robot-panel > .card-head")).to_contain_text("수동")
    pad = page.get_by_role("button", name=re.compile("조종판"))
    pad.focus()
    before = len(wishes(park))
    page.keyboard.down("ArrowUp")
    wait_until(lambda: (0.3, 0.0) in wishes(park)[before:], "driving ahead")
    page.keyboard.down("ArrowLeft")
    wait_until(lambda: (0.3, 0.8) in wishes(park)[before:], "turning left")
    page.keyboard.up("ArrowUp")
    page.keyboard.up("ArrowLeft")
    wait_until(lambda: wishes(park)[-1] == (0.0, 0.0), "standing")
    page.keyboard.down("ArrowDown")
    wait_until(lambda: wishes(park)[-1] == (-0.3, 0.0), "driving back")
    page.get_by_label("보통").focus()
    wait_until(lambda: wishes(park)[-1] == (0.0, 0.0), "standing when the pad loses the keyboard")
    page.keyboard.up("ArrowDown")


@pytest.mark.usefixtures("free")
def test_a_finger_drags_the_pad_and_letting_go_stops(open_page: OpenPage, park: Park) -> None:
    page = open_page(PANEL, user="operator", size="phone")
    take_over(page, park)
    page.get_by_label("빠르게").check()
    box = page.locator(".drive-pad").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4)
    page.mouse.down()
    wait_until(lambda: wishes(park)[-1:] and wishes(park)[-1][0] > 0.9, "driving fast")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] + 300)
    wait_until(lambda: wishes(park)[-1] == (-0.5, 0.0), "driving back, no faster than allowed")
    page.mouse.up()
    wait_until(lambda: wishes(park)[-1] == (0.0, 0.0), "standing")


@pytest.mark.usefixtures("free")
def test_closing_the_page_stops_the_robot(open_page: OpenPage, park: Park) -> None:
    page = open_page(PANEL, user="operator")
    take_over(page, park)
    page.locator(".drive-pad").focus()
    page.keyboard.down("ArrowUp")
    wait_until(lambda: wishes(park)[-1:] == [(0.3, 0.0)], "driving")
    page.close()
    wait_until(lambda: wishes(park)[-1] == (0.0, 0.0), "standing")


@pytest.mark.slow
@pytest.mark.usefixtures("free")
def test_the_lease_is_kept_alive_on_every_page_and_lapses_without_one(open_page: OpenPage, park: Park) -> None:
    page = open_page(PANEL, user="operator")
    take_over(page, park)
    page.goto("/#/figures")
    page.wait_for_timeout(17_000)
    watcher = open_page("/#/robots", user="viewer")
    expect(watcher.locator("button.card").filter(has_text="operator 인수")).to_have_count(1)
    page.close()
    watcher.goto(PANEL)
    expect(watcher.locator(".takeover-lapsed")).to_contain_text("만료되었습니다", timeout=40_000)
    assert park.vehicles[1].memory.lease, "the robot waits for people"
    again = open_page(PANEL, user="operator")
    again.get_by_role("button", name="다시 인수").click()
    confirm(again, "돌아왔음")
    expect(again.locator(".drive-pad")).to_be_enabled()


@pytest.mark.usefixtures("free")
def test_a_robot_is_handed_over_and_given_back(open_page: OpenPage, park: Park) -> None:
    operator = open_page(PANEL, user="operator")
    take_over(operator, park)
    first = park.vehicles[1].memory.lease
    admin = open_page(PANEL, user="admin")
    expect(admin.locator(".takeover")).to_contain_text("operator님이")
    expect(admin.locator(".drive-pad")).to_have_count(0)
    operator.get_by_role("combobox", name="다른 사람에게 넘기기").click()
    operator.get_by_role("option", name="admin").click()
    operator.get_by_role("button", name="넘기기", exact=True).click()
    expect(operator.locator(".takeover")).to_contain_text("admin님이 넘겨받기를")
    admin.get_by_role("button", name="넘겨받기").click()
    expect(admin.locator(".drive-pad")).to_be_enabled()
    expect(operator.locator(".drive-pad")).to_have_count(0)
    wait_until(lambda: park.vehicles[1].memory.lease not in {"", first}, "new lease")
    admin.get_by_role("button", name="자동 운행으로", exact=True).click()
    confirm(admin, "끝났음")
    wait_until(lambda: not park.vehicles[1].memory.lease, "free")
    expect(admin.get_by_role("button", name="인수", exact=True)).to_be_visible()


@pytest.mark.usefixtures("free")
def test_the_stop_of_all_robots_is_on_every_page_and_released_by_an_administrator(
    open_page: OpenPage, park: Park
) -> None:
    viewer = open_page("/#/figures", user="viewer")
    expect(viewer.locator(".header")).to_be_visible()
    assert viewer.locator(".fleet-stop").count() == 0
    operator = open_page("/#/spots", user="operator")
    operator.get_by_role("button", name="전체 비상정지").click()
    dialog = operator.get_by_role("dialog")
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_contain_text("까닭을 적어 주세요")
    assert not any(vehicle.memory.stops for vehicle in park.vehicles)
    confirm(operator, "공원에 불이 났음")
    wait_until(lambda: all(vehicle.memory.stops == {"fleet"} for vehicle in park.vehicles), "all stopped")
    for page in (viewer, operator):
        expect(page.locator(".fleet-stop-banner")).to_contain_text("operator님이 멈췄습니다")
        expect(page.locator(".fleet-stop-banner")).to_contain_text("공원에 불이 났음")
        expect(page.get_by_role("button", name="전체 해제")).to_have_count(0)
    admin = open_page("/", user="admin")
    admin.get_by_role("button", name="전체 해제").click()
    confirm(admin, "꺼졌음")
    wait_until(lambda: not any(vehicle.memory.stops for vehicle in park.vehicles), "all free")
    for page in (viewer, operator, admin):
        expect(page.locator(".fleet-stop-banner")).to_have_count(0)
    expect(operator.get_by_role("button", name="전체 비상정지")).to_be_enabled()


@pytest.mark.usefixtures("free")
@pytest.mark.parametrize(
    ("size", "language"),
    [
        ("desktop", "ko"),
        pytest.param("phone", "en", marks=pytest.mark.slow),
        pytest.param("desktop", "en", marks=pytest.mark.slow),
        pytest.param("phone", "ko", marks=pytest.mark.slow),
    ],
)
def test_screens_of_control_have_no_violations(
    open_page: OpenPage, axe: Callable[[Page], list[str]], park: Park, size: str, language: str
) -> None:
    page = open_page(PANEL, user="operator", size=size, language=language)
    page.locator(".takeover button").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found = {"take over": axe(page)}
    confirm(page, "axe")
    wait_until(lambda: park.vehicles[1].memory.lease, "robot held")
    expect(page.locator(".drive-pad")).to_be_enabled()
    found["in hand"] = axe(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= (390 if size == "phone" else 1440)
    viewer = open_page(PANEL, user="viewer", size=size, language=language)
    expect(viewer.locator(".takeover-note")).to_be_visible()
    found["held by somebody"] = axe(viewer)
    page.locator(".fleet-stop").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found["stop dialog"] = axe(page)
    confirm(page, "axe")
    expect(page.locator(".drive-pad")).to_be_disabled()
    found["all stopped"] = axe(page)
    admin = open_page("/", user="admin", size=size, language=language)
    expect(admin.locator(".fleet-stop-banner button")).to_be_visible()
    found["all stopped, administrator"] = axe(admin)
    assert found == {screen: [] for screen in found}
