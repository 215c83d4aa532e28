"""People of deliveries: a shop and a recipient, as the tests of stories use them."""

import itertools
from dataclasses import dataclass
from typing import Any

import httpx

from backend.city import City
from backend.conftest import wait_until

_NUMBERS = itertools.count(1)


@dataclass
class Person:
    """Somebody with a link and no account."""

    city: City
    token: str

    def post(self, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.city.client.post(f"/api/delivery/{path}", json=body, headers=headers)

    def get(self, path: str) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        response = self.city.client.get(f"/api/delivery/{path}", headers=headers)
        response.raise_for_status()
        return response.json()


class Recipient(Person):
    """Whoever has the link of a delivery, with the PIN or without."""

    def look(self) -> dict[str, Any]:
        return self.get("follow")

    def enter(self, pin: str) -> httpx.Response:
        return self.post("follow/open", {"pin": pin})

    def taken(self) -> httpx.Response:
        return self.post("follow/taken")

    def await_state(self, *states: str, timeout_s: float = 45.0) -> dict[str, Any]:
        return wait_until(
            lambda: (now := self.look())["state"] in states and now, timeout_s, lambda: f"{states}, but {self.look()}"
        )

    def await_door(self, door: str) -> dict[str, Any]:
        return wait_until(lambda: (now := self.look())["door"] == door and now, what=f"door {door}")


@dataclass
class Sent:
    """A delivery that was made."""

    id: str
    pin: str
    recipient: Recipient

    @property
    def wrong_pin(self) -> str:
        return "000000" if self.pin != "000000" else "000001"


class Shop(Person):
    """A shop that opened its page."""

    @classmethod
    def open(cls, city: City, shop_id: str = "shop_01") -> "Shop":
        pages = {shop["id"]: shop["page_url"] for shop in city.get("/api/delivery/shops")}
        token = pages[shop_id].rsplit("/", 1)[1]
        made = city.client.post("/api/delivery/shop/tickets", json={"shop_token": token})
        assert made.status_code == 201, made.text
        return cls(city, made.json()["ticket"])

    def order(self, **changes: object) -> dict[str, Any]:
        return {
            "request_id": f"request-{next(_NUMBERS)}", "spot_id": "bench_03", "goods": "김밥 2줄", "mass_kg": 1.5,
            "size": "small", "recipient": "김하늬",
        } | changes  # fmt: skip

    def send(self, **changes: object) -> Sent:
        return self.sent(self.post("shop/deliveries", self.order(**changes)))

    def sent(self, response: httpx.Response) -> Sent:
        assert response.status_code == 201, response.text
        made = response.json()
        follower = Recipient(self.city, made["follow_url"].rsplit("/", 1)[1])
        return Sent(made["delivery"]["id"], made["pin"], follower)

    def delivery(self, sent: Sent) -> dict[str, Any]:
        return next(item for item in self.get("shop/deliveries") if item["id"] == sent.id)

    def load(self, sent: Sent) -> None:
        """Wait for the robot, put the goods in and see it go."""
        sent.recipient.await_state("at_shop", timeout_s=20)
        self._see_open(sent)
        assert self._closes("goods-in", sent)
        sent.recipient.await_state("loaded", "near", "arrived")

    def take_back(self, sent: Sent) -> None:
        """Wait for the robot and take the goods out again."""
        sent.recipient.await_state("back_at_shop", timeout_s=30)
        self._see_open(sent)
        assert self._closes("goods-out", sent)

    def _see_open(self, sent: Sent) -> None:
        """The robot opens by itself once it has said its sentence."""
        wait_until(lambda: self.delivery(sent)["door"] == "open", what="compartment open")

    def _closes(self, what: str, sent: Sent) -> bool:
        answer = self.post(f"shop/deliveries/{sent.id}/{what}")
        if answer.status_code == 409:
            assert answer.json()["code"] == "not_at_shop"
            return sent.recipient.look()["state"] not in {"at_shop", "back_at_shop"}
        assert answer.status_code == 202, answer.text
        return wait_until(lambda: (now := self.delivery(sent))["door"] != "closing" and now)["door"] != "no_answer"
