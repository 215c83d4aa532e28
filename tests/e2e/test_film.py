"""The story as eyes see it: an operator's console and a resident's phone, filmed while it happens.

Pictures and film go to `.gangseo/pictures`; those in the documentation are copies of them.
"""

import re
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from gangseo_starter.city import City

pytestmark = [pytest.mark.slow, pytest.mark.ros, pytest.mark.alone, pytest.mark.browser]

PICTURES = Path(__file__).resolve().parents[2] / ".gangseo" / "pictures"
FRAME_S = 0.7
_HEIGHT = 600


@pytest.fixture(scope="module")
def speed() -> float:
    """Slow enough to shoot what is seen for some seconds only: a frame may take two on a busy machine."""
    return 2.0


class _Film:
    """Frames of the console beside the phone."""

    def __init__(self, console: Page, phone: Page) -> None:
        self._pages = (console, phone)
        self._frames: list[Image.Image] = []

    def shoot(self) -> None:
        shots = [Image.open(BytesIO(page.screenshot(type="jpeg", quality=85))).convert("RGB") for page in self._pages]
        scaled = [shot.resize((round(shot.width * _HEIGHT / shot.height), _HEIGHT)) for shot in shots]
        frame = Image.new("RGB", (sum(shot.width for shot in scaled) + 8, _HEIGHT), "white")
        frame.paste(scaled[0], (0, 0))
        frame.paste(scaled[1], (scaled[0].width + 8, 0))
        self._frames.append(frame)

    def shoot_until(self, done: Callable[[], bool], seconds: float, told: Callable[[], object]) -> None:
        """Shoots until it is done; ``told`` says why not when time is up."""
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, f"waited {seconds} s in vain: {told()}"
            self.shoot()
            self._pages[0].wait_for_timeout(FRAME_S * 1000)

    def save(self, file: Path) -> None:
        self._frames[0].save(
            file, save_all=True, append_images=self._frames[1:], duration=350, loop=0, quality=45, method=4
        )


def test_resident_and_operator_see_the_same_robot_come(running_city: City, city, chromium: Browser) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    console = chromium.new_page(viewport={"width": 1440, "height": 900}, locale="ko-KR")
    console.goto(running_city.url)
    operator = next(account for account in running_city.accounts() if account["role"] == "operator")
    console.get_by_label("아이디").fill(operator["username"])
    console.locator("input[name=password]").fill(operator["password"])
    console.keyboard.press("Enter")
    expect(console.locator("button.robot-marker")).to_have_count(2)

    phone = chromium.new_page(viewport={"width": 390, "height": 844}, locale="ko-KR")
    phone.goto(city.spots["bench_12"]["page_url"])
    film = _Film(console, phone)
    expect(phone.get_by_role("button", name="호출")).to_be_enabled()
    film.shoot()
    phone.get_by_role("button", name="호출").click()
    heading = phone.locator("h2")
    expect(heading).to_have_text(re.compile(r"로봇 .+[이가] (약 \d+분 뒤|곧) 도착합니다"))
    coming = city.wait(lambda: next((r for r in city.get("/api/fleet/robots") if r["call_id"]), None), 20)
    console.locator("button.robot-marker", has_text=coming["name"]["ko"]).click()
    expect(console.locator("h2.robot-name")).to_have_text(coming["name"]["ko"])

    def robot() -> dict[str, Any]:
        return city.robot(coming["robot_id"])

    def told() -> object:
        return robot(), city.get("/api/fleet/missions")[:2], [event["text"]["en"] for event in city.events()[-12:]]

    film.shoot_until(lambda: robot()["speed_mps"] > 0.8, 30, told)
    film.shoot_until(lambda: robot()["speed_mps"] > 1.2, 60, told)
    console.screenshot(path=PICTURES / "console.png")
    phone.screenshot(path=PICTURES / "resident.png")
    film.shoot_until(lambda: "도착했습니다" in heading.inner_text(), 150, told)
    expect(phone.locator(".countdown-figure")).to_have_text(re.compile(r"^\d+$"))
    film.shoot_until(lambda: "고맙습니다" in heading.inner_text(), 30, told)
    film.save(PICTURES / "story.webp")
    said = console.get_by_text(re.compile("재활용품을 수거함에 버려주세요"))
    assert said.count() or [e for e in city.events() if "수거함" in e["text"]["ko"]]
