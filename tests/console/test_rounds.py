"""The screen of collecting rounds in a real Chromium: choose, preview, begin, follow, call off."""

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
    """No round of a test is left for the others."""
    with park.client("operator") as client:
        yield client
        for row in client.get("/api/recycling/rounds?state=under_way").json():
            client.post(f"/api/recycling/rounds/{row['id']}/cancel")
        wait_until(lambda: not client.get("/api/recycling/rounds?state=under_way").json(), "all ended")


def wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.usefixtures("strolling", "operator")
@pytest.mark.parametrize(("size", "language"), [("desktop", "ko"), pytest.param("phone", "en", marks=pytest.mark.slow)])
def test_a_round_is_chosen_previewed_begun_followed_and_called_off(
    open_page: OpenPage, park: Park, axe: Callable[[Page], list[str]], size: str, language: str
) -> None:
    page = open_page("/#/rounds", user="operator", size=size, language=language)
    said = {
        "ko": ("미리 보기", "순회 시작", "순회 취소", "목록으로", "예상 양"),
        "en": ("Preview", "Begin the round", "Call the round off", "Back to the list", "Amount"),
    }[language]
    expect(page.get_by_role("checkbox")).to_have_count(len(park.site.spots))
    expect(page.locator(".point-pin")).to_have_count(len(park.site.spots))
    expect(page.get_by_role("button", name=said[0])).to_be_disabled()
    for spot in park.site.spots[:3]:
        page.get_by_role("checkbox", name=spot.name.ko if language == "ko" else spot.name.en, exact=True).check()
    page.locator(".point-pin").nth(3).dispatch_event("click")
    expect(page.locator(".point-pin.point-seen")).to_have_count(4)
    page.get_by_text(said[4], exact=True).first.click()
    page.locator(".spot-litres input").first.fill("12")
    page.locator(".park-canvas[data-ready]").wait_for()
    found = {"choice": axe(page)}
    page.get_by_role("button", name=said[0]).click()
    expect(page.locator(".tour-visits .point-number").first).to_be_visible()
    expect(page.locator(".tour-visits li").filter(has_text=re.compile(r"\d\d:\d\d"))).not_to_have_count(0)
    found["preview"] = axe(page)
    assert not wide(page)
    page.get_by_role("button", name=said[1]).click()
    expect(page).to_have_url(re.compile(r"#/rounds/[0-9a-f-]+$"))
    expect(page.locator("[data-stop]")).to_have_count(4)
    expect(page.locator(".state-blue").nth(1)).to_be_visible()
    found["round"] = axe(page)
    assert not wide(page)
    page.get_by_role("button", name=said[2]).click()
    expect(page.locator("[data-stop] .state-gray")).to_have_count(4)
    assert found == {screen: [] for screen in found}


@pytest.mark.usefixtures("strolling")
def test_a_viewer_follows_but_begins_nothing(open_page: OpenPage, park: Park, operator: httpx.Client) -> None:
    spot = park.site.spots[5]
    made = operator.post("/api/recycling/rounds", json={"spots": [{"spot_id": spot.spot_id}]}).json()
    page = open_page("/#/rounds", user="viewer", size="phone")
    page.locator("button.card").first.click()
    expect(page.locator(f"[data-stop={spot.spot_id}]")).to_be_visible()
    assert page.get_by_role("checkbox").count() == 0
    assert page.get_by_role("button", name="순회 취소").count() == 0
    operator.post(f"/api/recycling/rounds/{made['id']}/cancel").raise_for_status()
    expect(page.locator(".state-gray").first).to_be_visible()
