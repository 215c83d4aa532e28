"""What a resident sees after scanning a bench's code."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from park_under_test import Park, wait_until
from playwright.sync_api import Page, WebSocketRoute, expect

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


@pytest.fixture
def operator(park: Park) -> Iterator[httpx.Client]:
    with park.client("operator") as client:
        yield client


def follow_to_thanks(page: Page) -> None:
    expect(page.locator("h2")).to_have_text(
        re.compile(r"로봇 .+[이가] (약 \d+분 뒤 도착합니다|곧 도착합니다|오고 있습니다)")
    )
    expect(page.locator("h2")).to_contain_text("도착했습니다")
    expect(page.locator(".countdown-figure")).to_have_text(re.compile(r"^\d+$"))
    expect(page.locator("h2")).to_have_text("고맙습니다!")


@pytest.mark.slow
def test_one_call_from_the_button_to_the_thanks(open_page: OpenPage, park: Park, operator: httpx.Client) -> None:
    page = open_page(park.page_of(operator, 9), size="phone")
    expect(page.locator(".here")).to_contain_text(park.site.spots[9].name.ko)
    page.get_by_role("button", name="호출").click()
    follow_to_thanks(page)
    page.get_by_role("button", name="다시 호출").click()
    expect(page.get_by_role("button", name="호출")).to_be_enabled()


@pytest.mark.usefixtures("strolling")
def test_a_reload_goes_on_with_the_same_call(open_page: OpenPage, park: Park, operator: httpx.Client) -> None:
    page = open_page(park.page_of(operator, 10), size="phone")
    page.get_by_role("button", name="호출").click()
    expect(page.locator("ol.progress")).to_be_visible()
    page.reload()
    expect(page.locator("ol.progress")).to_be_visible()
    assert page.locator(".note").count() == 0, "the call is still theirs"
    page.get_by_role("button", name="호출 취소").click()
    page.get_by_role("button", name="네, 취소합니다").click()
    expect(page.locator("h2")).to_have_text("호출이 취소되었습니다")
    page.reload()
    expect(page.locator("h2")).to_have_text("호출이 취소되었습니다")


@pytest.mark.slow
@pytest.mark.usefixtures("strolling")
def test_a_second_person_at_the_bench_sees_the_robot_that_comes(
    open_page: OpenPage, park: Park, operator: httpx.Client
) -> None:
    path = park.page_of(operator, 11)
    first, second = open_page(path, size="phone"), open_page(path, size="phone")
    expect(second.get_by_role("button", name="호출")).to_be_enabled()
    first.get_by_role("button", name="호출").click()
    expect(first.locator("ol.progress")).to_be_visible()
    second.get_by_role("button", name="호출").click()
    expect(second.locator(".note")).to_contain_text("이미 로봇이 오고 있습니다")
    assert second.get_by_role("button", name="호출 취소").count() == 0
    first.get_by_role("button", name="호출 취소").click()
    first.get_by_role("button", name="네, 취소합니다").click()
    expect(second.locator("h2")).to_have_text("호출이 취소되었습니다")


def test_a_forged_code_is_refused_in_plain_words(open_page: OpenPage) -> None:
    page = open_page("/s/1.bench_01.forged", size="phone")
    expect(page.locator("h2")).to_have_text("이 QR 코드는 쓸 수 없습니다")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h2")).to_have_text("This QR code does not work")


@pytest.mark.usefixtures("strolling")
def test_without_network_the_page_says_so_and_comes_back(
    open_page: OpenPage, park: Park, operator: httpx.Client
) -> None:
    page = open_page(park.page_of(operator, 12), size="phone")
    expect(page.get_by_role("button", name="호출")).to_be_enabled()
    page.context.set_offline(True)
    page.get_by_role("button", name="호출").click()
    expect(page.get_by_role("alert")).to_contain_text("인터넷 연결이 끊겼습니다")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_text("")
    page.get_by_role("button", name="호출").click()
    expect(page.locator("ol.progress")).to_be_visible()
    page.get_by_role("button", name="호출 취소").click()
    page.get_by_role("button", name="네, 취소합니다").click()


@pytest.mark.slow
@pytest.mark.usefixtures("strolling")
def test_an_expired_ticket_is_renewed_without_a_word(open_page: OpenPage, park: Park, operator: httpx.Client) -> None:
    page = open_page(park.page_of(operator, 13), size="phone")
    expect(page.get_by_role("button", name="호출")).to_be_enabled()
    refused: list[str] = []

    def refuse_once(route: object) -> None:
        if refused:
            route.continue_()  # type: ignore[attr-defined]
            return
        refused.append("401")
        body = '{"status": 401, "code": "not_logged_in", "detail": "expired"}'
        route.fulfill(status=401, content_type="application/problem+json", body=body)  # type: ignore[attr-defined]

    page.route("**/api/recycling/calls", refuse_once)
    page.get_by_role("button", name="호출").click()
    expect(page.locator("ol.progress")).to_be_visible()
    assert refused == ["401"]
    page.get_by_role("button", name="호출 취소").click()
    page.get_by_role("button", name="네, 취소합니다").click()


@pytest.mark.slow
def test_without_websockets_asking_is_enough(open_page: OpenPage, park: Park, operator: httpx.Client) -> None:
    page = open_page("/s/none", size="phone")
    page.route_web_socket("**/api/stream", close_at_once)
    page.goto(park.page_of(operator, 14))
    page.get_by_role("button", name="호출").click()
    expect(page.locator("ol.progress")).to_be_visible()
    # Asking every few seconds may miss the short stay of these hurried vehicles, never the end.
    expect(page.locator("h2")).to_have_text("고맙습니다!")


def close_at_once(socket: WebSocketRoute) -> None:
    socket.close(code=1011)


@pytest.mark.slow
@pytest.mark.usefixtures("strolling")
def test_an_operators_browser_gets_only_its_own_call(open_page: OpenPage, park: Park, operator: httpx.Client) -> None:
    page = open_page(park.page_of(operator, 15), user="operator", size="phone")
    page.get_by_role("button", name="호출").click()
    expect(page.locator("h2")).to_contain_text("로봇")
    page.get_by_role("button", name="호출 취소").click()
    page.get_by_role("button", name="네, 취소합니다").click()
    expect(page.locator("h2")).to_have_text("호출이 취소되었습니다")


def test_large_targets_and_no_sideways_scrolling(open_page: OpenPage, park: Park, operator: httpx.Client) -> None:
    page = open_page(park.page_of(operator, 16), size="phone")
    expect(page.get_by_role("button", name="호출")).to_be_enabled()
    sizes = page.locator("button").evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert min(sizes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wait_until(lambda: page.evaluate("document.readyState") == "complete", "page loaded")
