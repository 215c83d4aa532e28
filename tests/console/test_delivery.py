"""A delivery as a shop, its recipient and an operator see it."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from park_under_test import Park
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]


@pytest.fixture
def operator(park: Park) -> Iterator[httpx.Client]:
    with park.client("operator") as client:
        yield client


@pytest.fixture
def look(axe: Axe) -> Iterator[Callable[[Page, str], None]]:
    """Looks at a screen: axe finds nothing, nothing sticks out; a picture where GANGSEO_PICTURES says."""
    faults: list[str] = []
    folder = os.environ.get("GANGSEO_PICTURES")

    def look_at(page: Page, name: str) -> None:
        faults.extend(f"{name}: {fault}" for fault in axe(page))
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{name}: scrolls sideways")
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    yield look_at
    assert faults == []


def shop_page(operator: httpx.Client, park: Park, number: int) -> str:
    """Path of the n-th shop's page."""
    shops = operator.get("/api/delivery/shops").json()
    return str(shops[number]["page_url"]).removeprefix(park.url)


def order(page: Page, spot: str, goods: str) -> tuple[str, str]:
    """Fill in the form as a shop does; gives the PIN and the path of the follow page."""
    page.get_by_role("button", name="새 배달 보내기").click()
    page.get_by_label("받을 곳").select_option(label=spot)
    page.get_by_label("물품").fill(goods)
    page.get_by_role("button", name="로봇 부르기").click()
    figure = page.locator(".pin-figure")
    expect(figure).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    link = page.locator(".pin-link a").get_attribute("href") or ""
    return figure.inner_text().replace(" ", ""), "/d/" + link.rsplit("/", 1)[1]


def enter(page: Page, pin: str) -> None:
    for digit in pin:
        page.locator(".keys").get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="칸 열기").click()


@pytest.mark.slow
def test_one_delivery_from_the_order_to_the_thanks(
    open_page: OpenPage, park: Park, operator: httpx.Client, look: Callable[[Page, str], None]
) -> None:
    shop = open_page(shop_page(operator, park, 0), size="phone")
    expect(shop.locator(".here")).to_contain_text("하늬 카페")
    look(shop, "shop-1-empty")
    shop.get_by_role("button", name="새 배달 보내기").click()
    shop.get_by_role("button", name="로봇 부르기").click()
    expect(shop.locator(".missing").first).to_have_text("받을 곳을 골라 주세요.")
    look(shop, "shop-2-form")
    shop.get_by_label("무게 (kg)").fill("7,5")
    shop.get_by_label("받을 곳").select_option(label=park.site.spots[3].name.ko)
    shop.get_by_label("물품").fill("아메리카노 2잔")
    shop.get_by_role("button", name="로봇 부르기").click()
    expect(shop.get_by_role("alert")).to_contain_text("5 kg까지")
    look(shop, "shop-3-too-heavy")
    shop.get_by_role("button", name="닫기").click()
    pin, follow_path = order(shop, park.site.spots[3].name.ko, "아메리카노 2잔")
    look(shop, "shop-4-pin")
    shop.get_by_role("button", name="알려 드렸습니다").click()

    recipient = open_page(follow_path, size="phone")
    expect(recipient.locator(".here")).to_contain_text("하늬 카페")
    look(recipient, "follow-1-getting")
    loaded = shop.get_by_role("button", name="물품을 넣었습니다")
    expect(loaded).to_be_visible()
    look(shop, "shop-5-at-shop")
    loaded.click()
    expect(recipient.locator("h2")).to_have_text(
        re.compile("약 .분 뒤 도착합니다|곧 도착합니다|오고 있습니다|거의 다 왔습니다")
    )
    expect(recipient.locator(".sketch-robot")).to_be_visible()
    look(recipient, "follow-2-coming")

    expect(recipient.locator("h2")).to_contain_text("도착했습니다")
    look(recipient, "follow-3-arrived")
    enter(recipient, "000000" if pin != "000000" else "000001")
    expect(recipient.get_by_role("alert")).to_have_text("비밀번호가 맞지 않습니다. 4번 더 누를 수 있습니다.")
    look(recipient, "follow-4-wrong")
    enter(recipient, pin)
    taken = recipient.get_by_role("button", name="꺼냈습니다")
    expect(taken).to_be_visible()
    look(recipient, "follow-5-open")
    taken.click()
    expect(recipient.locator("h2")).to_have_text("잘 받으셨습니다")
    look(recipient, "follow-6-done")

    shop.get_by_text("끝난 배달 1건").click()
    expect(shop.locator(".over h3")).to_have_text("전달했습니다")
    look(shop, "shop-6-over")
    console = open_page("/#/deliveries", user="operator")
    card = console.locator(".card").filter(has_text="하늬 카페")
    expect(card).to_contain_text("전달함")
    card.get_by_text("전달 기록").click()
    expect(card.locator("code")).to_have_text(re.compile(r"^[0-9a-f]{64}$"))
    card.get_by_role("button", name="받는 분 보기").click()
    console.get_by_role("dialog").get_by_label("까닭").fill("가게 문의")
    console.get_by_role("dialog").get_by_role("button", name="받는 분 보기").click()
    expect(card).to_contain_text("아메리카노 2잔")
    look(console, "console-1-over")


@pytest.mark.slow
@pytest.mark.usefixtures("strolling")
def test_a_delivery_that_is_taken_back_and_what_the_console_says(
    open_page: OpenPage, park: Park, operator: httpx.Client, look: Callable[[Page, str], None]
) -> None:
    shop = open_page(shop_page(operator, park, 1), size="desktop")
    _, follow_path = order(shop, park.site.spots[5].name.ko, "소금빵")
    look(shop, "shop-desktop-pin")
    console = open_page("/#/deliveries", user="operator", size="phone")
    card = console.locator(".card").filter(has_text="마곡 베이커리")
    expect(card).to_contain_text("가게로")
    look(console, "console-phone-2-open")
    recipient = open_page(follow_path, size="desktop", language="en")
    expect(recipient.locator("h2")).to_contain_text("on its way to the shop")
    look(recipient, "follow-desktop-en")
    desktop = open_page("/#/deliveries", user="operator", language="en")
    expect(desktop.locator(".card").first).to_be_visible()
    look(desktop, "console-3-en")
    shop.get_by_role("button", name="알려 드렸습니다").click()
    shop.get_by_role("button", name="배달 취소").click()
    look(shop, "shop-desktop-sure")
    shop.get_by_role("button", name="네, 취소합니다").click()
    expect(recipient.locator("h2")).to_have_text("The delivery was canceled")
    expect(card).to_contain_text("취소됨")
    look(recipient, "follow-desktop-en-canceled")


def test_links_that_are_not_ours_are_refused_in_plain_words(
    open_page: OpenPage, look: Callable[[Page, str], None]
) -> None:
    shop = open_page("/shop/1.shop_01.forged", size="phone")
    expect(shop.locator("h2")).to_have_text("쓸 수 없는 주소입니다")
    look(shop, "shop-forged")
    recipient = open_page("/d/forged", size="phone", language="en")
    expect(recipient.locator("h2")).to_have_text("This address cannot be shown")
    look(recipient, "follow-forged")


def test_shops_have_codes_to_print(open_page: OpenPage, park: Park) -> None:
    page = open_page("/#/spots", user="operator")
    card = page.locator(".spot-card").filter(has_text="하늬 카페")
    expect(card.locator("img")).to_be_visible()
    expect(card.get_by_role("link")).to_have_attribute("href", re.compile(f"^{park.url}/shop/1.shop_01."))
