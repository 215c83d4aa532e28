"""The order state machine: acceptance, stitching, exactly-once whatever the wire repeats or reorders."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangseo_protocol.vda5050 import ActionStatus
from gangseo_robot.orders import OrderBook, Phase, Reception, receive
from unit.robot.little_park import LINE, make_order, serving

AT_HOME = OrderBook(last_node_id="charger_1")


def take(book, order, *, starts_here=True):
    return receive(book, order, starts_here=starts_here)


def drive_to_end(book):
    for node in book.base_ahead:
        book = book.reach(node)
    return book


def do_actions(book, status=ActionStatus.FINISHED):
    for action in book.open_actions():
        book = book.with_action(replace(book.actions[action.action_id], status=status))
    return book


def test_a_new_order_starts_at_the_last_node():
    verdict = take(AT_HOME, make_order(["charger_1", "w1", "w2"]))
    assert verdict.reception is Reception.ACCEPTED
    assert [node.node_id for node in verdict.book.ahead] == ["w1", "w2"]
    assert [edge.edge_id for edge in verdict.book.edges_ahead] == ["charger_1-w1", "w1-w2"]


def test_an_order_near_by_drives_to_its_first_node_first():
    book = take(AT_HOME, make_order(["w1", "w2"])).book
    assert [node.node_id for node in book.ahead] == ["w1", "w2"]
    assert book.reached == -1


def test_an_order_from_elsewhere_is_refused_and_changes_nothing():
    verdict = take(AT_HOME, make_order(["w3", "w4"]), starts_here=False)
    assert verdict.reception is Reception.REFUSED
    assert "charger_1" in verdict.reason
    assert verdict.book is AT_HOME


def test_another_order_is_refused_while_one_is_active():
    book = take(AT_HOME, make_order(["charger_1", "w1"])).book
    verdict = take(book, make_order(["charger_1", "w1"], order_id="order-2"))
    assert verdict.reception is Reception.REFUSED
    assert verdict.book is book


def test_the_end_of_the_base_waits_for_its_extension():
    book = drive_to_end(take(AT_HOME, make_order(["charger_1", "w1", "w2", "spot_12"], released=2)).book)
    assert book.at_end_of_base
    assert book.active
    update = make_order(["w1", "w2", "spot_12"], update_id=1, first_sequence=2)
    verdict = take(book, update)
    assert verdict.reception is Reception.ACCEPTED
    assert [node.node_id for node in verdict.book.base_ahead] == ["w2", "spot_12"]
    assert [n.sequence_id for n in verdict.book.order.nodes] == [0, 2, 4, 6]


def test_an_update_replaces_the_horizon():
    book = take(AT_HOME, make_order(["charger_1", "w1", "w2"], released=2)).book
    update = make_order(["w1", "charger_1"], update_id=3, first_sequence=2)
    assert [node.node_id for node in take(book, update).book.ahead] == ["w1", "charger_1"]


@pytest.mark.parametrize("first_sequence", [0, 4])
def test_an_update_that_does_not_start_where_the_base_ends_is_refused(first_sequence):
    book = take(AT_HOME, make_order(["charger_1", "w1", "w2"], released=2)).book
    verdict = take(book, make_order(["w1", "w2"], update_id=1, first_sequence=first_sequence))
    assert verdict.reception is Reception.REFUSED
    assert verdict.book is book


def test_older_updates_are_outdated_and_equal_ones_repeats():
    book = take(AT_HOME, make_order(["charger_1", "w1"], update_id=5)).book
    assert take(book, make_order(["charger_1", "w1"], update_id=4)).reception is Reception.OUTDATED
    assert take(book, make_order(["charger_1", "w1"], update_id=5)).reception is Reception.REPEATED


def test_actions_added_to_the_node_of_the_seam_are_done_and_old_ones_not_again():
    actions = {"w1": serving("a")[:1]}
    book = do_actions(drive_to_end(take(AT_HOME, make_order(["charger_1", "w1"], actions=actions)).book))
    assert book.phase is Phase.FINISHED
    both = {"w1": serving("a")[:2]}
    again = take(book, make_order(["w1"], update_id=1, first_sequence=2, actions=both)).book
    assert again.phase is Phase.ACTIVE
    assert [action.action_id for action in again.open_actions()] == ["a-open"]


def test_an_action_id_used_again_in_an_update_is_refused():
    actions = {"w1": serving("a")}
    book = take(AT_HOME, make_order(["charger_1", "w1", "w2"], released=2, actions=actions)).book
    twice = make_order(["w1", "w2"], update_id=1, first_sequence=2, actions={"w2": serving("a")})
    assert take(book, twice).reception is Reception.REFUSED


def test_cancel_clears_the_way_and_fails_open_actions():
    book = take(AT_HOME, make_order(["charger_1", "w1"], actions={"w1": serving("a")})).book.cancel()
    assert book.phase is Phase.CANCELED
    assert book.ahead == ()
    assert {progress.status for progress in book.actions.values()} == {ActionStatus.FAILED}
    assert take(book, make_order(["charger_1", "w1"], update_id=1)).reception is Reception.REFUSED
    assert take(book, make_order(["charger_1", "w1"], order_id="order-2")).reception is Reception.ACCEPTED


def test_a_failed_order_can_be_canceled_or_replaced():
    book = take(AT_HOME, make_order(["charger_1", "w1"])).book.fail()
    assert [node.node_id for node in book.ahead] == ["w1"]
    assert book.cancel().phase is Phase.CANCELED
    assert take(book, make_order(["charger_1", "w1"], order_id="order-2")).reception is Reception.ACCEPTED


def test_a_late_copy_of_a_former_order_is_not_a_new_one():
    first, second = make_order(["charger_1", "w1"]), make_order(["w1", "w2"], order_id="order-2")
    book = drive_to_end(take(drive_to_end(take(AT_HOME, first).book), second).book)
    assert book.phase is Phase.FINISHED
    assert take(book, first).reception is Reception.OUTDATED


def story():
    """Updates of one order that extend its base node by node, and a second order after it."""
    updates = [
        make_order(list(LINE[: cut + 2]), released=2, actions={n: serving(n) for n in LINE[1:3]})
        if cut == 0
        else make_order(
            list(LINE[cut : cut + 3]),
            released=2,
            update_id=cut,
            first_sequence=2 * cut,
            actions={n: serving(n) for n in LINE[cut : cut + 3] if n in LINE[1:3]},
        )
        for cut in range(4)
    ]
    return [*updates, make_order(["spot_12", "w2"], order_id="order-2")]


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_repeats_and_reorderings_do_nothing_twice(data):
    """However the wire shuffles, each node is reached once, each action ends once, in order."""
    messages = story()
    book = AT_HOME
    reached: list[tuple[str, int]] = []
    ended: list[str] = []
    for _ in range(data.draw(st.integers(5, 60))):
        step = data.draw(st.sampled_from(["message", "drive", "act", "cancel"][: 3 + data.draw(st.booleans())]))
        if step == "message":
            before = book
            verdict = take(book, data.draw(st.sampled_from(messages)), starts_here=False)
            book = verdict.book
            if verdict.reception is not Reception.ACCEPTED:
                assert book is before
        elif step == "drive" and book.base_ahead and not book.open_actions():
            node = book.base_ahead[0]
            reached.append((book.order_id, node.sequence_id))
            book = book.reach(node)
        elif step == "act" and book.open_actions():
            action_id = book.open_actions()[0].action_id
            book = book.with_action(replace(book.actions[action_id], status=ActionStatus.FINISHED))
            ended.append(action_id)
        elif step == "cancel" and data.draw(st.integers(0, 9)) == 0:
            book = book.cancel()
        assert book.active or not book.open_actions()
        assert book.phase is not Phase.FINISHED or not book.ahead
    assert len(set(reached)) == len(reached)
    assert len(set(ended)) == len(ended)


def test_an_ended_action_never_changes_again():
    book = take(AT_HOME, make_order(["charger_1"], actions={"charger_1": serving("a")})).book
    done = replace(book.actions["a-say"], status=ActionStatus.FINISHED)
    book = book.with_action(done)
    assert book.with_action(replace(done, status=ActionStatus.RUNNING)) is book
