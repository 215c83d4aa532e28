"""What operators look after besides the robots: closed areas, weather, papers, recordings."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from park_under_test import PACE, Park, wait_until
from playwright.sync_api import Page, expect
from test_operator import call_from, call_state

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]
COMBINATIONS = [
    ("desktop", "ko"),
    ("phone", "en"),
    pytest.param("desktop", "en", marks=pytest.mark.slow),
    pytest.param("phone", "ko", marks=pytest.mark.slow),
]


@pytest.fixture
def operator(park: Park) -> Iterator[httpx.Client]:
    with park.client("operator") as client:
        yield client
        for closure in client.get("/api/fleet/closures").json():
            client.post(f"/api/fleet/closures/{closure['id']}/open")


@pytest.fixture(scope="module")
def incident_id(park: Park) -> Iterator[str]:
    """A robot lost its navigation on its way; both are well again."""
    for vehicle in park.vehicles:
        vehicle.pace = 2.0
    try:
        with park.client("operator") as client:
            call_id = call_from(park, client, 14)
            wait_until(lambda: any(vehicle.driving for vehicle in park.vehicles), "driving")
            vehicle = next(vehicle for vehicle in park.vehicles if vehicle.driving)
            seen = f"/api/fleet/robots/{vehicle.robot_id}"
            wait_until(lambda: client.get(seen).json()["activity"] == "driving", "seen driving")
            begin = client.get(seen).json()["last_node_id"]
            wait_until(lambda: client.get(seen).json()["last_node_id"] != begin, "under way")
            vehicle.lose("navigationLost")
            found: dict[str, str] = {}
            wait_until(lambda: found.update(lost(client)) or found, "incident")
            vehicle.recover()
            client.post(f"/api/recycling/calls/{call_id}/cancel")
            wait_until(lambda: call_state(client, call_id) in {"canceled", "failed", "served"}, "call over")
            yield found["incident_id"]
            client.post(f"/api/fleet/incidents/{found['incident_id']}/resolve", json={"note": "시험"})
    finally:
        for vehicle in park.vehicles:
            vehicle.pace = PACE


def lost(client: httpx.Client) -> dict[str, str]:
    rows = client.get("/api/fleet/recordings").json()
    return next((row for row in rows if row["text"]["key"] == "incident.navigation_lost"), {})


def day(from_today: int) -> str:
    return (datetime.now(UTC) + timedelta(days=from_today)).date().isoformat()


def tap(page: Page, *places: tuple[int, int]) -> None:
    """Taps beside the middle of the map."""
    page.locator(".park-canvas[data-ready]").wait_for()
    box = page.locator(".park-canvas canvas").bounding_box()
    assert box
    for x, y in places:
        page.mouse.click(box["x"] + box["width"] / 2 + x, box["y"] + box["height"] / 2 + y)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_an_area_is_drawn_closed_seen_by_everybody_and_opened(open_page: OpenPage, operator: httpx.Client) -> None:
    page = open_page("/#/manage/closures", user="operator")
    watching = open_page("/#/robots", user="viewer")
    form = page.get_by_role("form", name="구역 닫기")
    form.get_by_role("button", name="이 구역을 닫습니다").click()
    expect(form).to_contain_text("모서리를 3개 이상")
    tap(page, (-90, -60), (90, 60), (90, -60), (-90, 60))
    expect(form).to_contain_text("서로 엇갈립니다")
    form.get_by_role("button", name="모두 지우기").click()
    tap(page, (-90, -60), (90, -60), (90, 60), (-90, 60), (-120, 0))
    form.get_by_role("button", name="한 점 되돌리기").click()
    expect(form).to_contain_text(re.compile(r"모서리 4개 · 약 [\d,]+ m²"))
    expect(form).to_contain_text(re.compile(r"로봇 길 \d+곳이 닫힙니다"))
    corner = page.locator(".corner").nth(2)
    box = corner.bounding_box()
    assert box
    corner.drag_to(page.locator(".park-canvas"), target_position={"x": box["x"] - 40, "y": box["y"] - 100}, force=True)
    expect(page.locator(".corner")).to_have_count(4)
    form.get_by_role("button", name="이 구역을 닫습니다").click()
    expect(form).to_contain_text("까닭을 적어 주세요")
    form.get_by_label("2. 까닭").fill("나무 베기")
    form.get_by_role("button", name="이 구역을 닫습니다").click()
    expect(form).to_contain_text("구역을 닫았습니다")
    card = page.locator("li.card").filter(has_text="나무 베기")
    expect(card).to_contain_text(re.compile("(59분|1시간) 남음"))
    expect(card).to_contain_text("operator님이")
    expect(watching.get_by_role("link", name="닫힌 구역 1곳")).to_be_visible()
    made = operator.get("/api/fleet/closures").json()[0]
    assert len(made["vertices"]) == 4
    card.get_by_role("button", name="다시 열기: 나무 베기").click()
    card.get_by_role("button", name="확인했고, 엽니다").click()
    expect(page.get_by_text("지금 닫힌 구역이 없습니다.")).to_be_visible()
    expect(watching.locator(".park-closed")).to_have_count(0)


def test_an_area_is_closed_by_keyboard_around_a_place_until_a_time_of_the_place(
    open_page: OpenPage, park: Park, operator: httpx.Client
) -> None:
    page = open_page("/#/manage/closures", user="operator")
    spot = park.site.spots[2]
    page.get_by_text("또는 목록에서 고르기").focus()
    page.keyboard.press("Enter")
    page.get_by_label("장소").select_option(label=spot.name.ko)
    page.get_by_label("둘레").select_option("10")
    expect(page.get_by_role("form")).to_contain_text(f"로봇이 가지 못하는 곳: {spot.name.ko}")
    page.get_by_label("2. 까닭").fill("행사")
    page.get_by_label("3. 언제까지").select_option("own")
    page.get_by_label("날짜와 시각").fill("2020-01-01T09:00")
    page.get_by_role("button", name="이 구역을 닫습니다").click()
    expect(page.get_by_role("form")).to_contain_text("앞으로의 시각을 골라 주세요")
    assert operator.get("/api/fleet/closures").json() == []
    page.get_by_label("날짜와 시각").fill("2090-05-01T18:30")
    page.get_by_role("button", name="이 구역을 닫습니다").click()
    expect(page.locator("li.card").filter(has_text="행사")).to_contain_text("18:30까지")
    assert operator.get("/api/fleet/closures").json()[0]["until"].startswith("2090-05-01T09:30:00")


def test_an_administrator_enters_papers_and_others_only_see_them(open_page: OpenPage, park: Park) -> None:
    robot = park.site.robots[5]
    page = open_page("/#/manage/papers", user="admin")
    row = page.locator("tbody tr").filter(has_text=robot.name.ko)
    expect(row).to_contain_text("내보냄")
    page.get_by_role("button", name=f"{robot.name.ko} 보험 등록").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="저장").click()
    expect(dialog.get_by_text("적어 주세요.")).to_have_count(2)
    dialog.get_by_label("증권·인증 번호").fill("KB-1")
    dialog.get_by_label("마지막 유효일").fill(day(-3))
    expect(dialog).to_contain_text("이미 지난 날입니다")
    dialog.get_by_role("button", name="저장").click()
    expect(row).to_contain_text("내보내지 않음")
    expect(row).to_contain_text("기한 지남")
    page.get_by_role("button", name=f"{robot.name.ko} 보험 고치기").click()
    dialog.get_by_label("마지막 유효일").fill(day(10))
    dialog.get_by_role("button", name="저장").click()
    expect(row).to_contain_text("곧 끝남")
    expect(row).to_contain_text("내보냄")
    viewer = open_page("/#/manage/papers", user="operator", size="phone", language="en")
    expect(viewer.locator("li.card").filter(has_text=robot.name.en)).to_contain_text("Ends soon")
    expect(viewer.get_by_text("Administrators enter papers.")).to_be_visible()
    assert viewer.get_by_role("button", name=re.compile("Change|Enter")).count() == 0


def test_the_temperature_is_said_and_shown_with_what_it_means(open_page: OpenPage, operator: httpx.Client) -> None:
    page = open_page("/#/manage/weather", user="operator")
    field = page.get_by_label("바깥 기온")
    field.fill("cold")
    page.get_by_role("button", name="알리기").click()
    expect(page.get_by_text("-40에서 50 사이의 숫자를")).to_be_visible()
    field.fill("-10")
    expect(page.get_by_text("-10 °C에서는 배터리의 70%만")).to_be_visible()
    expect(page.locator(".weather-plot svg .recharts-line-curve")).to_be_visible()
    page.get_by_role("button", name="알리기").click()
    expect(page.locator(".figures-card").first).to_contain_text("-10 °C")
    assert operator.get("/api/fleet/weather").json()["temperature_c"] == -10
    expect(page.get_by_role("region", name="로봇마다 얼마나 짧아지나").locator("tbody tr").first).to_contain_text("%")
    viewer = open_page("/#/manage/weather", user="viewer")
    expect(viewer.locator(".figures-card").nth(1)).to_contain_text("70%")
    assert viewer.get_by_role("button", name="알리기").count() == 0


def test_a_recording_is_reached_from_its_incident_played_and_downloaded(
    open_page: OpenPage, park: Park, incident_id: str
) -> None:
    page = open_page("/#/incidents", user="operator")
    card = page.locator("li.card").filter(has_text="주행 장치가")
    card.get_by_role("link", name="이 사건 앞 1분 보기").first.click()
    expect(page).to_have_url(re.compile(f"#/manage/recordings/{incident_id}$"))
    expect(page.locator(".recording-plot svg .recharts-line-curve").first).to_be_attached()
    expect(page.locator(".phases button[aria-current]")).to_contain_text("주행 장치가 응답하지 않습니다")
    driving = page.locator(".phases button").filter(has_text="주행").first
    driving.click()
    expect(page.locator(".moment dl")).to_contain_text("주행")
    expect(page.locator(".moment-at")).to_contain_text("초 전")
    expect(page.locator(".robot-marker.robot-driving")).to_have_count(1)
    page.get_by_role("slider", name="볼 때").press("End")
    expect(page.locator(".moment-at")).to_have_text("사건 순간")
    page.get_by_role("button", name="재생").click()
    expect(page.locator(".moment-at")).to_contain_text("초 전")
    page.get_by_role("button", name="멈춤").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").or_(page.get_by_role("link", name="CSV")).click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert any(row["activity"] == "driving" for row in rows)
    page.get_by_role("button", name="목록으로").click()
    expect(page.locator(".card-open").filter(has_text="주행 장치가").first).to_be_visible()
    page.get_by_label("로봇").select_option(park.site.robots[7].robot_id)
    expect(page.get_by_text("아직 사건 기록이 없습니다.")).to_be_visible()


def test_a_viewer_sees_closed_areas_but_neither_recordings_nor_buttons(open_page: OpenPage) -> None:
    page = open_page("/#/manage/closures", user="viewer", size="phone")
    expect(page.get_by_text("구역을 닫고 여는 것은 운영 권한이")).to_be_visible()
    assert page.get_by_role("form").count() == 0
    assert page.get_by_role("link", name="사건 기록").count() == 0
    page.goto("/#/manage/recordings")
    expect(page.get_by_text("사건 기록은 운영 권한이")).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize(("size", "language"), COMBINATIONS)
def test_these_screens_have_no_violations_and_fit(
    open_page: OpenPage, park: Park, operator: httpx.Client, axe: Axe, incident_id: str, size: str, language: str
) -> None:
    spot = park.site.spots[9]
    area = [[spot.x - 4, spot.y - 4], [spot.x + 4, spot.y - 4], [spot.x, spot.y + 5]]
    until = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    body = {"vertices": area, "until": until, "reason": "puddle"}
    assert operator.post("/api/fleet/closures", json=body).status_code == 201
    with park.client("admin") as admin:
        paper = {"number": "A-1", "valid_until": day(5)}
        admin.put(f"/api/fleet/robots/{park.site.robots[4].robot_id}/papers/insurance", json=paper)
    page = open_page("/#/manage/closures", user="admin", size=size, language=language)
    found: dict[str, list[str]] = {}

    def check(name: str) -> None:
        assert fits(page), name
        found[name] = axe(page)

    expect(page.locator("li.card")).to_be_visible()
    tap(page, (-40, -30), (40, -30), (30, 40))
    expect(page.locator(".corner")).to_have_count(3)
    page.locator(".closure-form summary").click()
    page.locator(".closure-form button[type=submit]").click()
    expect(page.locator(".mantine-InputWrapper-error")).to_be_visible()
    check("closures")
    page.locator("li.card button").last.click()
    expect(page.locator("li.card .manage-note")).to_be_visible()
    check("opening")
    page.goto("/#/manage/weather")
    expect(page.locator(".weather-plot svg")).to_be_visible()
    page.locator(".weather-form input").fill("-7")
    check("weather")
    page.goto("/#/manage/papers")
    expect(page.locator(".state-yellow").first).to_be_visible()
    check("papers")
    page.locator(".paper button").first.click()
    expect(page.get_by_role("dialog")).to_have_css("opacity", "1")
    page.get_by_role("dialog").locator("button[type=submit]").hover()
    page.get_by_role("dialog").locator("input[type=date]").fill(day(-1))
    expect(page.get_by_role("dialog").locator(".manage-bad")).to_be_visible()
    check("paper")
    page.keyboard.press("Escape")
    page.goto("/#/manage/recordings")
    expect(page.locator(".card-open").first).to_be_visible()
    check("recordings")
    page.goto(f"/#/manage/recordings/{incident_id}")
    expect(page.locator(".recording-plot svg").first).to_be_visible()
    check("recording")
    page.goto("/#/incidents")
    expect(page.locator(".card-link").first).to_be_visible()
    check("incidents")
    assert found == {screen: [] for screen in found}
