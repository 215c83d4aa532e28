"""Every screen, desktop and phone, Korean and English: axe-core finds nothing to complain about."""

from collections.abc import Callable

import pytest
from park_under_test import Park
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

COMBINATIONS = [
    ("desktop", "ko"),
    pytest.param("phone", "en", marks=pytest.mark.slow),
    pytest.param("desktop", "en", marks=pytest.mark.slow),
    pytest.param("phone", "ko", marks=pytest.mark.slow),
]
PANES = [
    "#/map/robot_01",
    "#/robots",
    "#/robots/robot_01",
    "#/calls",
    "#/deliveries",
    "#/incidents",
    "#/events",
    "#/patrol",
    "#/rounds",
    "#/spots",
    "#/figures",
]


@pytest.mark.parametrize(("size", "language"), COMBINATIONS)
def test_operator_screens_have_no_violations(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], size: str, language: str
) -> None:
    found = {}
    login = open_page("/", size=size, language=language)
    expect(login.locator("input[name=username]")).to_be_visible()
    found["login"] = axe(login)
    page = open_page("/", user="operator", size=size, language=language)
    expect(page.locator("button.card").first).to_be_visible()
    for pane in PANES:
        page.goto(f"/{pane}")
        expect(
            page.locator(".park-canvas[data-ready], .side-body > *, .spot-card, .figures-card").first
        ).to_be_visible()
        found[pane] = axe(page)
    page.goto("/#/robots/robot_01")
    page.locator(".estop").click()
    page.locator(".estop-release").click()
    page.get_by_role("dialog").locator("button[type=submit]").click()
    expect(page.locator(".mantine-Textarea-error")).to_be_visible()
    found["release dialog"] = axe(page)
    page.get_by_role("dialog").locator("textarea").fill("axe")
    page.get_by_role("dialog").locator("button[type=submit]").click()
    expect(page.locator(".estop")).to_be_visible()
    assert found == {screen: [] for screen in found}


@pytest.mark.parametrize(("size", "language"), COMBINATIONS)
def test_viewer_screens_have_no_violations_and_no_controls(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], size: str, language: str
) -> None:
    page = open_page("/#/robots/robot_01", user="viewer", size=size, language=language)
    expect(page.locator("h2.robot-name")).to_be_visible()
    assert page.locator(".estop").count() == 0
    assert axe(page) == []


@pytest.mark.usefixtures("strolling")
@pytest.mark.parametrize(("size", "language"), COMBINATIONS)
def test_resident_screens_have_no_violations(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], park: Park, size: str, language: str
) -> None:
    for vehicle in park.vehicles:
        vehicle.pace = 1.0  # axe looks long at a screen when the machine is busy, and the call must not be over
    spot = {"desktopko": 0, "phoneen": 1, "desktopen": 2, "phoneko": 3}[size + language]
    with park.client("operator") as client:
        path = park.page_of(client, spot)
    forged = open_page("/s/forged", size=size, language=language)
    expect(forged.locator("h2")).to_be_visible()
    found = {"forged": axe(forged)}
    page = open_page(path, size=size, language=language)
    expect(page.locator("button.call")).to_be_enabled()
    found["ready"] = axe(page)
    page.locator("button.call").click()
    expect(page.locator("ol.progress")).to_be_visible()
    found["coming"] = axe(page)
    page.locator("button.wide").click()
    found["sure"] = axe(page)
    page.locator("button.danger").click()
    expect(page.locator("button.main")).to_be_visible()
    found["canceled"] = axe(page)
    assert found == {screen: [] for screen in found}
