"""The order state machine of VDA 5050: acceptance, stitching, progress. Pure values, no clock, no wire."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from gangseo_protocol.vda5050 import Action, ActionStatus, Order, OrderEdge, OrderNode

NOTHING_REACHED = -1
REMEMBERED_ORDERS = 1000
ENDED = frozenset({ActionStatus.FINISHED, ActionStatus.FAILED})


class Phase(StrEnum):
    """Life of the order a robot holds."""

    NONE = "NONE"
    ACTIVE = "ACTIVE"
    FINISHED = "FINISHED"
    CANCELED = "CANCELED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class ActionProgress:
    """Where one action stands; ``elapsed_s`` is robot time already spent, kept over restarts."""

    action_id: str
    action_type: str
    status: ActionStatus = ActionStatus.WAITING
    result: str = ""
    elapsed_s: float = 0.0

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class OrderBook:
    """The order a robot holds (stitched) and how far it has come. Changes give a new book."""

    order: Order | None = None
    phase: Phase = Phase.NONE
    last_node_id: str = ""
    reached: int = NOTHING_REACHED
    actions: Mapping[str, ActionProgress] = field(default_factory=lambda: MappingProxyType({}))
    past: tuple[str, ...] = ()
    """Ids of orders held before, oldest first: a late copy of one is not a new order."""

    # --- reading ---

    def is_for(self, action_type: str) -> bool:
        """Whether the order under way has such an action somewhere."""
        nodes = self.order.nodes if self.order is not None and self.active else ()
        return any(action.action_type == action_type for node in nodes for action in node.actions)

    @property
    def active(self) -> bool:
        """Whether there is work left in the order."""
        return self.phase is Phase.ACTIVE

    @property
    def order_id(self) -> str:
        """Id of the held order, "" before the first."""
        return self.order.order_id if self.order else ""

    @property
    def update_id(self) -> int:
        """Update number of the held order."""
        return self.order.order_update_id if self.order else 0

    @property
    def ahead(self) -> tuple[OrderNode, ...]:
        """Nodes still to reach, base and horizon; none when the order was canceled."""
        if self.order is None or self.phase is Phase.CANCELED:
            return ()
        return tuple(node for node in self.order.nodes if node.sequence_id > self.reached)

    @property
    def edges_ahead(self) -> tuple[OrderEdge, ...]:
        """Edges still to pass, base and horizon."""
        if self.order is None or self.phase is Phase.CANCELED:
            return ()
        return tuple(edge for edge in self.order.edges if edge.sequence_id > self.reached)

    @property
    def base_ahead(self) -> tuple[OrderNode, ...]:
        """Released nodes still to reach."""
        return tuple(node for node in self.ahead if node.released)

    @property
    def at_end_of_base(self) -> bool:
        """Whether only the horizon is left to drive."""
        return self.active and not self.base_ahead

    def edge_to(self, node: OrderNode) -> OrderEdge | None:
        """The edge that ends at a node."""
        edges = self.order.edges if self.order else ()
        return next((edge for edge in edges if edge.sequence_id == node.sequence_id - 1), None)

    @property
    def current_node(self) -> OrderNode | None:
        """The node last reached in this order."""
        nodes = self.order.nodes if self.order else ()
        return next((node for node in nodes if node.sequence_id == self.reached), None)

    def open_actions(self) -> tuple[Action, ...]:
        """Actions of reached nodes that have not ended, in order."""
        if self.order is None or not self.active:
            return ()
        return tuple(
            action
            for node in self.order.nodes
            if node.sequence_id <= self.reached
            for action in node.actions
            if not self.actions[action.action_id].ended
        )

    @property
    def amid_actions(self) -> bool:
        """Whether the actions of the current node have been begun and not all ended."""
        node = self.current_node
        if node is None or not self.open_actions():
            return False
        return any(self.actions[action.action_id].status is not ActionStatus.WAITING for action in node.actions)

    # --- progress ---

    def reach(self, node: OrderNode) -> "OrderBook":
        """The robot has come to a node of the order."""
        return replace(self, last_node_id=node.node_id, reached=max(self.reached, node.sequence_id)).settled()

    def with_action(self, progress: ActionProgress) -> "OrderBook":
        """Records how far an action has come; an ended action never changes again."""
        known = self.actions.get(progress.action_id)
        if known is None or known.ended:
            return self
        return replace(self, actions=MappingProxyType({**self.actions, progress.action_id: progress})).settled()

    def at_place(self, node_id: str) -> "OrderBook":
        """The robot has found out which node it stands at, outside any order."""
        return replace(self, last_node_id=node_id)

    def forget(self, order_id: str) -> "OrderBook":
        """An order that is not held will not be taken when it comes late."""
        if order_id in {self.order_id, *self.past}:
            return self
        return replace(self, past=(*self.past, order_id)[-REMEMBERED_ORDERS:])

    def cancel(self, why: str = "canceled") -> "OrderBook":
        """Ends the order: nothing ahead, open actions failed with ``why`` as their result."""
        return self._stopped(Phase.CANCELED, why)

    def fail(self, *because: ActionProgress) -> "OrderBook":
        """Gives up, because of these actions: what is ahead stays visible, open actions failed."""
        return self._stopped(Phase.FAILED, "order failed", because)

    def _stopped(self, phase: Phase, reason: str, causes: tuple[ActionProgress, ...] = ()) -> "OrderBook":
        if not (self.active or (self.phase is Phase.FAILED and phase is Phase.CANCELED)):
            return self
        actions = {
            key: value if value.ended else replace(value, status=ActionStatus.FAILED, result=reason)
            for key, value in self.actions.items()
        }
        told = {progress.action_id: progress for progress in causes}
        return replace(self, phase=phase, actions=MappingProxyType({**actions, **told}))

    def settled(self) -> "OrderBook":
        """Marks an order finished when nothing of it is left."""
        done = self.active and not self.ahead and all(progress.ended for progress in self.actions.values())
        return replace(self, phase=Phase.FINISHED) if done else self


class Reception(StrEnum):
    """What became of a received order."""

    ACCEPTED = "ACCEPTED"
    REPEATED = "REPEATED"
    OUTDATED = "OUTDATED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The book after a received order and what became of the order; ``reason`` in English for people."""

    book: OrderBook
    reception: Reception
    reason: str = ""


def receive(book: OrderBook, order: Order, *, starts_here: bool) -> Verdict:
    """Applies the acceptance rules to an order that is valid in itself.

    Args:
        book: What the robot holds.
        order: The order or update.
        starts_here: Whether the robot can start a new order at its first node.
    """
    if book.order is not None and order.order_id == book.order.order_id:
        return _receive_update(book, book.order, order)
    if order.order_id in book.past:
        return Verdict(book, Reception.OUTDATED)
    if book.active:
        return Verdict(book, Reception.REFUSED, f"order {book.order_id} is still active, cancel it first")
    if not starts_here:
        return Verdict(
            book,
            Reception.REFUSED,
            f"the robot is at {book.last_node_id or 'no known node'}, not near {order.nodes[0].node_id}",
        )
    first = order.nodes[0]
    past = (*book.past, book.order_id)[-REMEMBERED_ORDERS:] if book.order else book.past
    actions = _progress_of(order, {})
    fresh = replace(book, order=order, phase=Phase.ACTIVE, reached=NOTHING_REACHED, actions=actions, past=past)
    return Verdict(fresh.reach(first) if book.last_node_id == first.node_id else fresh, Reception.ACCEPTED)


def _receive_update(book: OrderBook, held: Order, update: Order) -> Verdict:
    if update.order_update_id < held.order_update_id:
        return Verdict(book, Reception.OUTDATED)
    if update.order_update_id == held.order_update_id:
        return Verdict(book, Reception.REPEATED)
    if book.phase in {Phase.CANCELED, Phase.FAILED}:
        return Verdict(book, Reception.REFUSED, f"order {held.order_id} was {book.phase.value.lower()}")
    seam = [node for node in held.nodes if node.released][-1]
    first = update.nodes[0]
    if (first.node_id, first.sequence_id) != (seam.node_id, seam.sequence_id):
        return Verdict(
            book,
            Reception.REFUSED,
            f"the update starts at {first.node_id} (sequence {first.sequence_id}), "
            f"the base ends at {seam.node_id} (sequence {seam.sequence_id})",
        )
    stitched = _stitch(held, seam, update)
    seen: set[str] = set()
    for action in (action for node in stitched.nodes for action in node.actions):
        if action.action_id in seen:
            return Verdict(book, Reception.REFUSED, f"actionId {action.action_id} is used twice")
        seen.add(action.action_id)
    actions = _progress_of(stitched, book.actions)
    updated = replace(book, order=stitched, phase=Phase.ACTIVE, actions=actions)
    return Verdict(updated.settled(), Reception.ACCEPTED)


def _stitch(held: Order, seam: OrderNode, update: Order) -> Order:
    known = {action.action_id for action in seam.actions}
    added = tuple(action for action in update.nodes[0].actions if action.action_id not in known)
    joint = seam.model_copy(update={"actions": seam.actions + added})
    passed = tuple(node for node in held.nodes if node.sequence_id < seam.sequence_id)
    edges = tuple(edge for edge in held.edges if edge.sequence_id < seam.sequence_id)
    return update.model_copy(update={"nodes": (*passed, joint, *update.nodes[1:]), "edges": edges + update.edges})


def _progress_of(order: Order, known: Mapping[str, ActionProgress]) -> Mapping[str, ActionProgress]:
    actions = (action for node in order.nodes for action in node.actions)
    return MappingProxyType(
        {
            action.action_id: known.get(action.action_id, ActionProgress(action.action_id, action.action_type))
            for action in actions
        }
    )
