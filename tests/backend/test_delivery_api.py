"""Deliveries without robots: links, limits, PINs, what is seen by whom and for how long."""

import hashlib
import json
import sqlite3
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlmodel import select

from backend.city import City
from backend.conftest import wait_until
from backend.deliveries import Recipient, Sent, Shop
from gangseo_backend.core import audit
from gangseo_backend.core.clock import ManualClock
from gangseo_backend.core.domain_events import CompartmentAnswered, MissionChanged
from gangseo_backend.core.links import LinkKey
from gangseo_backend.core.texts import LocalText
from gangseo_backend.delivery.models import DeliveryRow, ProofRow
from gangseo_backend.main import create_app

NOON_IN_SEOUL = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
DAY_S = 86400.0


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON_IN_SEOUL)


class Desk(City):
    """A backend without robots, where the test says what the fleet would."""

    def __init__(self, client, settings, site, clock):
        super().__init__(client, settings, site, None, None)
        self.clock = clock
        self.backend = client.app.state.backend

    def fleet_says(self, sent: Sent, stage: str, leg: int = 0, result: str | None = None, robot="robot_01"):
        # The real fleet has no robots, but says so first.
        wait_until(lambda: self.row(sent).mission_id, what="queued")
        with self.backend.db.write() as session:
            self.backend.outbox.publish(
                session,
                MissionChanged(
                    call_id=sent.id, mission_id="m", stage=stage, leg=leg, result=result, robot_id=robot,
                    robot_name=LocalText(ko="하나", en="One") if robot else None,
                ),
            )  # fmt: skip

    def bring(self, sent: Sent) -> None:
        """To the recipient."""
        for stage, leg, result in (
            ("assigned", 0, None), ("arrived", 0, None), ("leg_done", 0, "loaded"), ("arrived", 1, None),
        ):  # fmt: skip
            self.fleet_says(sent, stage, leg, result)
        sent.recipient.await_state("arrived")

    def row(self, sent: Sent) -> DeliveryRow:
        with self.backend.db.read() as session:
            return session.get(DeliveryRow, sent.id)

    def audited(self, action: str) -> list[dict]:
        with self.backend.db.read() as session:
            rows = session.exec(select(audit.AuditRow).where(audit.AuditRow.action == action)).all()
        return [{"actor": row.actor, "subject": row.subject, **json.loads(row.details)} for row in rows]


@pytest.fixture
def desk(settings, site, clock):
    with TestClient(create_app(settings, clock=clock)) as client:
        yield Desk(client, settings, site, clock)


@pytest.fixture
def shop(desk) -> Shop:
    return Shop.open(desk)


def refused(response, status: int, code: str) -> dict:
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert response.json()["messages"]["ko"]
    return response.json()


# --- links ---


def test_shop_links_are_signed_for_shops_only(desk, settings):
    key, version = settings.load_secrets().qr_key.get_secret_value(), settings.qr_key_version
    spot_link = LinkKey(key, version, "spot").sign("shop_01")
    for token in ("x", spot_link, "1.shop_01.AAAA"):
        refused(desk.client.post("/api/delivery/shop/tickets", json={"shop_token": token}), 404, "forged_shop_link")
    gone = LinkKey(key, version, "shop").sign("shop_99")
    refused(desk.client.post("/api/delivery/shop/tickets", json={"shop_token": gone}), 404, "unknown_shop")
    qr = desk.client.get("/api/delivery/shops/shop_01/qr.svg")
    assert b"<svg" in qr.content
    refused(desk.client.get("/api/delivery/shops/shop_99/qr.svg"), 404, "unknown_shop")


def test_tickets_open_only_what_they_are_for(desk, shop):
    sent = shop.send()
    resident, other = desk.ticket("bench_01"), Shop.open(desk, "shop_02")
    for token in (resident, sent.recipient.token):
        headers = {"Authorization": f"Bearer {token}"}
        refused(desk.client.get("/api/delivery/shop/deliveries", headers=headers), 403, "not_allowed")
        refused(desk.client.get("/api/delivery/deliveries", headers=headers), 403, "not_allowed")
    for token in (shop.token, sent.recipient.token):
        headers = {"Authorization": f"Bearer {token}"}
        refused(desk.client.post("/api/recycling/calls", json={}, headers=headers), 403, "not_allowed")
        assert desk.client.get("/api/fleet/site", headers=headers).status_code == 200
    assert other.get("shop/deliveries") == []
    for path in ("cancel", "goods-in", "goods-out", "pin"):
        refused(other.post(f"shop/deliveries/{sent.id}/{path}"), 404, "not_found")


def test_a_follow_link_ends_a_day_after_its_delivery(desk, shop, clock):
    sent = shop.send()
    refused(Recipient(desk, "none").post("follow/look", {"follow_token": "none"}), 404, "forged_follow_link")
    shop.post(f"shop/deliveries/{sent.id}/cancel")
    desk.fleet_says(sent, "canceled", robot=None)
    assert sent.recipient.await_state("canceled")["reason"]["key"] == "reason.canceled_by_shop"
    clock.advance(DAY_S - 1)
    look = {"follow_token": sent.recipient.token}
    assert sent.recipient.post("follow/look", look).json() == sent.recipient.look()
    clock.advance(2)
    refused(sent.recipient.post("follow/look", look), 410, "follow_link_expired")
    refused(sent.recipient.enter(sent.pin), 401, "not_logged_in")


# --- new deliveries ---


def test_what_cannot_be_sent_is_refused_in_words(desk, shop):
    heavy = refused(shop.post("shop/deliveries", shop.order(mass_kg=5.1)), 409, "too_heavy")
    assert ("소형" in heavy["messages"]["ko"], "5 kg" in heavy["messages"]["en"]) == (True, True)
    refused(shop.post("shop/deliveries", shop.order(spot_id="bench_99")), 409, "unknown_place")
    refused(shop.post("shop/deliveries", shop.order(goods="  ")), 409, "blank_goods")
    for wrong in ({"mass_kg": 0.0}, {"size": "huge"}, {"goods": "x" * 81}, {"pin": "123456"}):
        refused(shop.post("shop/deliveries", shop.order(**wrong)), 422, "invalid")
    assert shop.get("shop/deliveries") == []


def test_law_bounds_the_mass(settings, site, clock):
    light = settings.model_copy(update={"robot_mass_kg": 497.0})
    with TestClient(create_app(light, clock=clock)) as client:
        shop = Shop.open(Desk(client, light, site, clock))
        refused(shop.post("shop/deliveries", shop.order(mass_kg=3.5)), 409, "too_heavy")
        shop.send(mass_kg=3.0)


def test_outside_hours_nothing_is_sent(settings, site, clock):
    hours = settings.model_copy(update={"service_hours": "10:00-19:00"})
    with TestClient(create_app(hours, clock=clock)) as client:
        shop = Shop.open(Desk(client, hours, site, clock))
        clock.advance(8 * 3600)
        shop.token = Shop.open(shop.city).token
        refused(shop.post("shop/deliveries", shop.order()), 409, "outside_service_hours")


def test_the_same_request_twice_is_one_delivery_with_a_new_pin(desk, shop):
    order = shop.order()
    first, second = (shop.sent(shop.post("shop/deliveries", order)) for _ in range(2))
    assert first.id == second.id
    assert len(shop.get("shop/deliveries")) == 1
    refused(first.recipient.post("follow/look", {"follow_token": first.recipient.token}), 404, "forged_follow_link")
    desk.bring(second)
    assert second.recipient.enter(second.pin).status_code == 202


def test_a_shop_has_a_bounded_number_under_way(desk, shop):
    for _ in range(10):
        shop.send()
    refused(shop.post("shop/deliveries", shop.order()), 409, "too_many_open")
    Shop.open(desk, "shop_02").send()


def test_pin_and_link_are_nowhere_in_the_database(desk, shop, settings):
    sent = shop.send(recipient="김하늬")
    with sqlite3.connect(settings.data_dir / "gangseo.db") as raw:
        dump = "\n".join(raw.iterdump())
    assert sent.id in dump
    assert f"'{sent.pin}'" not in dump
    assert sent.recipient.token not in dump
    told = json.dumps([desk.get("/api/fleet/events"), desk.get("/api/delivery/deliveries")], ensure_ascii=False)
    assert "delivery_created" in told
    assert "김하늬" not in told
    assert "김밥" not in told


# --- PINs ---


def test_wrong_pins_are_counted_lock_and_only_an_operator_unlocks(desk, shop):
    sent = shop.send()
    refused(sent.recipient.enter(sent.pin), 409, "not_arrived")
    desk.bring(sent)
    for left in (4, 3, 2, 1):
        refused(sent.recipient.enter(sent.wrong_pin), 403, "wrong_pin")
        assert sent.recipient.look()["tries_left"] == left
    refused(sent.recipient.enter(sent.wrong_pin), 403, "pin_locked")
    refused(sent.recipient.enter(sent.pin), 403, "pin_locked")
    refused(shop.post(f"shop/deliveries/{sent.id}/pin"), 403, "pin_locked")
    path = f"/api/delivery/deliveries/{sent.id}"
    assert desk.get(path)["locked"]
    desk.log_in("viewer")
    refused(desk.client.post(f"{path}/unlock", json={"reason": "전화로 확인"}), 403, "not_allowed")
    desk.log_in("operator")
    assert desk.client.post(f"{path}/unlock", json={"reason": "전화로 확인"}).json()["locked"] is False
    refused(desk.client.post(f"{path}/unlock", json={"reason": "다시"}), 409, "not_locked")
    assert desk.audited("delivery_unlock") == [{"actor": "operator", "subject": sent.id, "reason": "전화로 확인"}]
    assert sent.recipient.enter(sent.pin).json()["door"] == "opening"


def test_tries_at_the_same_time_are_all_counted(desk, shop):
    from concurrent.futures import ThreadPoolExecutor

    sent = shop.send()
    desk.bring(sent)
    with ThreadPoolExecutor(8) as people:
        codes = [answer.status_code for answer in people.map(sent.recipient.enter, [sent.wrong_pin] * 8)]
    assert codes == [403] * 8
    assert (desk.row(sent).wrong_pins, desk.row(sent).locked) == (5, True)


def test_guessing_is_slowed_down(desk, shop):
    sent = shop.send()
    desk.bring(sent)
    codes = [sent.recipient.enter(sent.wrong_pin).status_code for _ in range(11)]
    assert codes[-1] == 429


def test_an_old_pin_is_replaced_by_the_shop(desk, shop, clock):
    sent = shop.send()
    clock.advance(DAY_S)
    desk.bring(sent)
    refused(sent.recipient.enter(sent.pin), 403, "pin_expired")
    desk.log_in("admin")
    shop.token = Shop.open(desk).token
    again = shop.sent(shop.post(f"shop/deliveries/{sent.id}/pin"))
    assert (again.id, again.pin != sent.pin or again.recipient.token != sent.recipient.token) == (sent.id, True)
    assert again.recipient.enter(again.pin).status_code == 202


def test_taken_is_believed_only_after_the_pin(desk, shop):
    sent = shop.send()
    desk.bring(sent)
    refused(sent.recipient.taken(), 409, "not_opened")
    assert sent.recipient.enter(sent.pin).status_code == 202
    wait_until(lambda: sent.recipient.look()["door"] == "no_answer", what="no robot is there")
    assert sent.recipient.enter(sent.pin).json()["door"] == "opening", "asked again"


def test_a_robot_that_comes_again_asks_for_the_pin_again_unless_the_goods_were_taken(desk, shop):
    sent = shop.send()
    desk.bring(sent)
    sent.recipient.enter(sent.pin)
    desk.fleet_says(sent, "arrived", 1)
    wait_until(lambda: desk.row(sent).pin_verified_at is None, what="PIN asked for again")
    assert sent.recipient.enter(sent.pin).status_code == 202
    assert sent.recipient.taken().status_code == 202
    before = desk.row(sent).wish_id
    desk.fleet_says(sent, "arrived", 1)
    wait_until(lambda: desk.row(sent).wish_id != before, what="asked to close again")
    assert desk.row(sent).pin_verified_at is not None


# --- goods that stay somewhere ---


def test_goods_in_a_robot_that_was_lost_at_the_shop_are_looked_for(desk, shop):
    sent = shop.send()
    desk.fleet_says(sent, "assigned")
    desk.fleet_says(sent, "arrived")
    sent.recipient.await_state("at_shop")
    assert shop.post(f"shop/deliveries/{sent.id}/goods-in").status_code == 202
    desk.fleet_says(sent, "queued", robot=None)
    stranded = sent.recipient.await_state("stranded")
    assert stranded["robot_id"] == "robot_01", "they are where they were put"
    wait_until(lambda: "goods_on_board" in desk.incidents(), what="incident")
    desk.fleet_says(sent, "canceled", robot=None)
    path = f"/api/delivery/deliveries/{sent.id}"
    refused(desk.client.post(f"{path}/cancel", json={"reason": "x"}), 409, "on_its_way_back")
    wrong = desk.client.post(f"{path}/resolve", json={"reason": "x", "outcome": "eaten"})
    refused(wrong, 422, "invalid")
    done = desk.client.post(f"{path}/resolve", json={"reason": "직접 가져다줌", "outcome": "returned"})
    assert done.json()["state"] == "returned"
    assert desk.audited("delivery_returned") == [{"actor": "admin", "subject": sent.id, "reason": "직접 가져다줌"}]
    resolved = wait_until(
        lambda: [i for i in desk.get("/api/fleet/incidents?state=resolved") if i["kind"] == "goods_on_board"],
        what="incident resolved",
    )
    assert resolved[0]["resolved_by"] == "admin"
    refused(desk.client.post(f"{path}/resolve", json={"reason": "x", "outcome": "lost"}), 409, "not_stranded")


def at_shop_with_word(desk: Desk, shop: Shop, *, heard: bool) -> Sent:
    """A delivery whose shop has said that the goods are in, and whether the robot heard it."""
    sent = shop.send()
    desk.fleet_says(sent, "assigned")
    desk.fleet_says(sent, "arrived")
    sent.recipient.await_state("at_shop")
    shop.post(f"shop/deliveries/{sent.id}/goods-in")
    wait_until(lambda: desk.row(sent).wish_state == "failed", what="there is no robot to hear it")
    if heard:
        with desk.backend.db.write() as session:
            answer = CompartmentAnswered(call_id=sent.id, request_id=desk.row(sent).wish_id, done=True)
            desk.backend.outbox.publish(session, answer)
        wait_until(lambda: desk.row(sent).wish_state == "done", what="heard after all")
    desk.fleet_says(sent, "leg_done", 0, "not_loaded")
    return sent


def test_a_robot_that_was_told_and_sees_no_goods_is_believed(desk, shop):
    sent = at_shop_with_word(desk, shop, heard=True)
    assert sent.recipient.await_state("failed", "stranded")["reason"]["key"] == "reason.not_loaded"


def test_goods_that_came_too_late_for_the_robot_to_look_are_looked_for(desk, shop):
    sent = at_shop_with_word(desk, shop, heard=False)
    assert sent.recipient.await_state("failed", "stranded")["reason"]["key"] == "reason.goods_unclear"


def test_operators_see_for_whom_only_with_a_reason_that_is_kept(desk, shop):
    sent = shop.send(recipient=" 김하늬 ")
    path = f"/api/delivery/deliveries/{sent.id}"
    assert not {"recipient", "goods"} & set(desk.get(path))
    refused(desk.client.post(f"{path}/recipient", json={}), 422, "invalid")
    seen = desk.client.post(f"{path}/recipient", json={"reason": "분실 문의"}).json()
    assert seen == {"recipient": "김하늬", "goods": "김밥 2줄"}
    assert desk.audited("delivery_recipient_seen") == [{"actor": "admin", "subject": sent.id, "reason": "분실 문의"}]


def test_a_proof_is_never_changed_and_the_audit_knows_it(desk, shop):
    sent = shop.send()
    desk.bring(sent)
    sent.recipient.enter(sent.pin)
    desk.fleet_says(sent, "leg_done", 1, "handed_over")
    sent.recipient.await_state("handed_over")
    proof = desk.get(f"/api/delivery/deliveries/{sent.id}")["proof"]
    assert proof["goods_hash"] == hashlib.sha256(f"{sent.id}\n김밥 2줄".encode()).hexdigest()
    assert shop.delivery(sent)["proof"] == proof
    assert [entry["subject"] for entry in desk.audited("delivery_handed_over")] == [sent.id]
    assert desk.row(sent).pin_hash is None
    for statement in ("UPDATE delivery_proofs SET robot_id = 'x'", "UPDATE delivery_proofs SET at = '2020-01-01'"):
        with pytest.raises(sa.exc.DatabaseError, match="never changed"), desk.backend.db.write() as session:
            session.execute(sa.text(statement))


def test_names_go_after_a_week_deliveries_after_three_months_proofs_after_a_year(desk, shop, clock):
    sent, under_way = shop.send(), shop.send()
    desk.bring(sent)
    desk.fleet_says(sent, "leg_done", 1, "handed_over")
    sent.recipient.await_state("handed_over")

    def after_days(days: int) -> tuple[bool, bool, bool]:
        clock.advance(days * DAY_S)
        desk.backend.retention.run_if_due()
        with desk.backend.db.read() as session:
            row, proof = session.get(DeliveryRow, sent.id), session.get(ProofRow, sent.id)
        return row is not None and row.recipient is not None, row is not None, proof is not None

    assert after_days(6) == (True, True, True)
    assert after_days(2) == (False, True, True)
    assert after_days(90) == (False, False, True)
    assert after_days(280) == (False, False, False)
    assert desk.row(under_way).recipient == "김하늬"


def test_an_answer_to_an_older_request_changes_nothing(desk, shop):
    sent = shop.send()
    desk.bring(sent)
    sent.recipient.enter(sent.pin)
    with desk.backend.db.write() as session:
        older = CompartmentAnswered(call_id=sent.id, request_id="older", done=True)
        desk.backend.outbox.publish(session, older)
    wait_until(lambda: sent.recipient.look()["door"] == "no_answer", what="the newest is answered")
