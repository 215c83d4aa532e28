"""What the pages of a shop and a recipient are told while a delivery is under way."""

from backend.deliveries import Shop


def read_until(stream, **wanted: str) -> list[dict]:
    """Every frame up to the delivery's with these values."""
    frames = []
    while True:
        frame = stream.receive_json()
        frames.append(frame)
        if wanted.items() <= frame.get("delivery", {}).items():
            return frames


def test_recipient_shop_and_operator_each_see_their_own(start_city):
    city = start_city()
    city.robot(1)
    shop, other = Shop.open(city), Shop.open(city, "shop_02")
    largest = {"size": "extra_large"}  # both need the same compartment: they do not ride together
    sent, stranger = shop.send(**largest), other.send(spot_id="bench_00", **largest)
    nobody = {"cookie": "none=1"}
    connect = city.client.websocket_connect
    with connect("/api/stream", headers=nobody) as follow, connect("/api/stream", headers=nobody) as page:
        follow.send_json({"ticket": sent.recipient.token})
        page.send_json({"ticket": shop.token})
        first = follow.receive_json()
        assert (first["type"], first["delivery"]["id"]) == ("follow", sent.id)
        shop.load(sent)
        told = read_until(follow, state="arrived", door="closed")
        sent.recipient.enter(sent.pin)
        told += read_until(follow, door="open")
        sent.recipient.taken()
        told += read_until(follow, state="handed_over")
        shown = read_until(page, state="handed_over")
    assert {frame["type"] for frame in told} <= {"follow", "robot_position", "heartbeat"}
    assert {frame["type"] for frame in shown} <= {"shop_delivery", "robot_position", "heartbeat"}
    for frames in (told, shown):
        assert {frame["delivery"]["id"] for frame in frames if "delivery" in frame} == {sent.id}
        assert any(frame["type"] == "robot_position" for frame in frames)
    assert "recipient" not in told[0].get("delivery", {})
    assert shown[-1]["delivery"]["recipient"] == "김하늬"
    assert shown[-1]["delivery"]["proof"]
    cookie = {"cookie": f"gangseo_session={city.client.cookies['gangseo_session']}"}
    with connect("/api/stream", headers=cookie) as console:
        snapshot = console.receive_json()
    assert [item["id"] for item in snapshot["deliveries"]] == [stranger.id]
    assert not {"goods", "recipient"} & set(snapshot["deliveries"][0])


def test_a_minutes_figure_is_told_on_the_way(start_city):
    city = start_city()
    vehicle = city.robot(1)
    shop = Shop.open(city)
    sent = shop.send()
    sent.recipient.await_state("at_shop", timeout_s=20)
    city.loop.call(lambda: setattr(vehicle, "pace", 4.0))
    shop.load(sent)
    on_the_way = sent.recipient.await_state("loaded", "near")
    assert on_the_way["robot_name"]["en"] == "robot 1"
    assert on_the_way["eta_s"] > 0
