"""What an operator does in the console, with real commands to scripted robots."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from park_under_test import Park, wait_until
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


@pytest.fixture
def operator(park: Park) -> Iterator[httpx.Client]:
    with park.client("operator") as client:
        yield client


def call_from(park: Park, operator: httpx.Client, spot: int) -> str:
    """Calls a robot as a resident of that spot does; gives the id of the call."""
    token = park.page_of(operator, spot).removeprefix("/s/")
    ticket = httpx.post(f"{park.url}/api/recycling/tickets", json={"spot_token": token}).json()["ticket"]
    headers = {"Authorization": f"Bearer {ticket}"}
    answer = httpx.post(f"{park.url}/api/recycling/calls", json={"language": "ko"}, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def call_state(operator: httpx.Client, call_id: str) -> str:
    return str(operator.get(f"/api/recycling/calls/{call_id}").json()["state"])


def test_wrong_password_is_told_and_right_one_logs_in_and_out(open_page: OpenPage, park: Park) -> None:
    page = open_page("/")
    page.get_by_label("아이디").fill("operator")
    page.locator("input[name=password]").fill("wrong")
    page.get_by_role("button", name="로그인").click()
    expect(page.get_by_role("alert")).to_contain_text("맞지 않습니다")
    page.locator("input[name=password]").fill(park.passwords()["operator"])
    page.keyboard.press("Enter")
    expect(page.get_by_text("operator · 운영")).to_be_visible()
    expect(page.get_by_text("연결됨")).to_be_visible()
    page.get_by_role("button", name="로그아웃").click()
    expect(page.get_by_label("아이디")).to_be_visible()


def test_robots_stand_on_the_map_as_buttons_that_open_their_panel(open_page: OpenPage, park: Park) -> None:
    page = open_page("/", user="operator")
    markers = page.locator("button.robot-marker")
    expect(markers).to_have_count(2)
    name = park.site.robots[0].name.ko
    marker = page.locator(".park").get_by_role("button", name=re.compile(f"^{name} · "))
    expect(marker).to_contain_text("%")
    marker.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2.robot-name")).to_have_text(name)
    expect(marker).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".bins li")).to_have_count(4)


@pytest.mark.slow
def test_pause_and_resume_show_when_the_robot_acknowledged(open_page: OpenPage, park: Park) -> None:
    page = open_page("/#/robots/robot_02", user="operator")
    page.get_by_role("button", name="일시정지").click()
    expect(page.locator(".sending")).to_contain_text(re.compile(r"로봇이 \d+ ms 만에 확인함"))
    wait_until(lambda: park.vehicles[1].paused, "robot paused")
    page.get_by_role("button", name="다시 출발").click()
    expect(page.locator(".sending")).to_contain_text(re.compile(r"다시 출발: 로봇이 \d+ ms"))
    wait_until(lambda: not park.vehicles[1].paused, "robot goes on")


def test_emergency_stop_takes_one_press_and_its_release_a_reason(open_page: OpenPage, park: Park) -> None:
    vehicle = park.vehicles[1]
    page = open_page("/#/robots/robot_02", user="operator")
    page.locator(".estop").click()
    wait_until(lambda: vehicle.stop.value == "REMOTE", "robot stopped")
    expect(page.locator(".robot-panel .state")).to_contain_text("비상정지")
    page.locator(".estop-release").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="확인했고, 해제합니다").click()
    expect(dialog).to_contain_text("까닭을 적어 주세요")
    assert vehicle.stop.value == "REMOTE"
    dialog.get_by_label("까닭").fill("둘레를 살폈음")
    dialog.get_by_role("button", name="확인했고, 해제합니다").click()
    wait_until(lambda: vehicle.stop.value == "NONE", "released")
    expect(page.locator(".estop")).to_be_visible()


@pytest.mark.slow
@pytest.mark.usefixtures("strolling")
def test_a_call_shows_with_its_route_and_canceling_the_mission_ends_it(
    open_page: OpenPage, park: Park, operator: httpx.Client
) -> None:
    call_id = call_from(park, operator, 6)
    wait_until(lambda: call_state(operator, call_id) == "assigned", "call assigned")
    robot_id = operator.get(f"/api/recycling/calls/{call_id}").json()["robot_id"]
    page = open_page("/#/calls", user="operator")
    card = page.locator("li.card").filter(has_text=park.site.spots[6].name.ko).first
    expect(card).to_contain_text("배정됨")
    expect(page.locator(".call-pin")).to_have_count(1)
    page.goto(f"/#/robots/{robot_id}")
    expect(page.locator(".steps .step")).not_to_have_count(0)
    page.get_by_role("button", name="임무 취소").click()
    page.get_by_role("dialog").get_by_label("까닭").fill("시험")
    page.get_by_role("dialog").get_by_role("button", name="임무를 취소합니다").click()
    wait_until(lambda: call_state(operator, call_id) in {"canceled", "failed"}, "call ended")
    page.goto("/#/calls")
    expect(card).to_contain_text("취소됨")


@pytest.mark.usefixtures("strolling")
def test_an_operator_cancels_a_call_from_the_list(open_page: OpenPage, park: Park, operator: httpx.Client) -> None:
    call_id = call_from(park, operator, 7)
    page = open_page("/#/calls", user="operator")
    page.get_by_role("button", name=f"{park.site.spots[7].name.ko} 호출 취소").click()
    wait_until(lambda: call_state(operator, call_id) == "canceled", "call canceled")


@pytest.mark.slow
def test_events_tell_what_happened_in_the_chosen_language(open_page: OpenPage, park: Park) -> None:
    page = open_page("/#/events", user="viewer")
    expect(page.locator("ol.events")).to_contain_text(park.site.robots[0].name.ko)
    page.get_by_role("button", name="English").click()
    expect(page.locator("ol.events")).to_contain_text(park.site.robots[0].name.en)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_role("button", name="한국어")).to_be_visible()


@pytest.mark.slow
def test_every_spot_has_a_code_and_a_link_to_its_page(open_page: OpenPage, park: Park) -> None:
    page = open_page("/#/spots", user="operator")
    cards = page.locator(".spots-grid").first.locator(".spot-card")
    expect(cards).to_have_count(len(park.site.spots))
    first = cards.first
    wait_until(lambda: first.locator("img").evaluate("image => image.naturalWidth > 0"), "QR code drawn")
    with page.context.expect_page() as opened:
        first.get_by_role("link").click()
    expect(opened.value.locator("button.call, .card")).not_to_have_count(0)


def test_figures_show_a_served_call_as_plots_and_tables(
    open_page: OpenPage, park: Park, operator: httpx.Client
) -> None:
    call_id = call_from(park, operator, 20)
    wait_until(lambda: call_state(operator, call_id) == "served", "call served")
    wait_until(lambda: operator.get("/api/fleet/figures").json()["robots"], "figures of the robots")
    page = open_page("/#/figures", user="viewer")
    table = page.get_by_role("region", name="표로 보기").locator("tbody tr")
    expect(table).to_have_count(1)
    expect(table.first.locator("td").nth(2)).not_to_have_text("0")
    expect(page.locator(".figures-plot svg .recharts-line-dot").first).to_be_visible()
    expect(page.get_by_role("region", name="로봇 운행").locator("tbody tr").first).to_contain_text("km")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").or_(page.get_by_role("link", name="CSV")).click()
    assert download.value.path().read_text(encoding="utf-8-sig").startswith("day,missions,")
    page.get_by_label("업무").select_option("patrol")
    expect(page.get_by_text("2분 안 도착", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", re.compile("kind=patrol"))


def test_a_viewer_sees_robots_and_no_controls(open_page: OpenPage) -> None:
    page = open_page("/#/robots/robot_01", user="viewer")
    expect(page.get_by_text("운영 권한이 있어야")).to_be_visible()
    assert page.locator(".estop").count() == 0
    assert page.get_by_role("link", name="호출 지점·QR").count() == 0


def test_phone_switches_between_map_and_lists_by_tabs(open_page: OpenPage) -> None:
    page = open_page("/", user="operator", size="phone")
    expect(page.locator("button.card")).to_have_count(2)
    page.locator(".tabs-phone").get_by_role("button", name="지도").click()
    expect(page.locator("button.robot-marker")).to_have_count(2)
    expect(page.locator("button.card")).to_have_count(0)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


@pytest.mark.slow
def test_incident_is_acknowledged_and_resolved_by_a_person(
    open_page: OpenPage, park: Park, operator: httpx.Client
) -> None:
    vehicle = park.vehicles[0]
    vehicle.behaviour.refuse = park.vehicles[1].behaviour.refuse = True
    page = open_page("/#/incidents", user="operator")
    try:
        call_from(park, operator, 8)
        card = page.locator("li.card").filter(has_text="거절했습니다").first
        expect(card).to_be_visible(timeout=30_000)
    finally:
        vehicle.behaviour.refuse = park.vehicles[1].behaviour.refuse = False
    card.get_by_role("button", name="확인").click()
    expect(page.locator("li.card").filter(has_text="확인함").first).to_be_visible()
    page.get_by_role("button", name="해결").first.click()
    page.get_by_role("dialog").get_by_label("까닭").fill("다시 켰음")
    page.get_by_role("dialog").get_by_role("button", name="해결").click()
    expect(page.locator("li.card").filter(has_text="해결됨").first).to_be_visible()


@pytest.mark.slow
def test_lost_server_is_shown_and_found_again(open_page: OpenPage, park: Park) -> None:
    page = open_page("/", user="operator")
    expect(page.get_by_text("연결됨")).to_be_visible()
    expect(page.locator(".park-canvas[data-ready]")).to_be_visible()
    park.kill_backend()
    try:
        expect(page.get_by_role("alert")).to_contain_text("서버와 연결이 끊겼습니다")
        expect(page.locator("button.card.stale")).to_have_count(2)
    finally:
        park.start_backend()
    expect(page.get_by_text("연결됨")).to_be_visible(timeout=30_000)
    expect(page.locator(".banner")).to_have_count(0)
