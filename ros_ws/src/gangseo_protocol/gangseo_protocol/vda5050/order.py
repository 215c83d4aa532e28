"""What the fleet asks: orders and instant actions."""

from typing import Literal

from pydantic import Field

from gangseo_protocol.base import WireModel
from gangseo_protocol.vda5050.common import Action, Angle, Header, InstantAction, NodePosition, Sequence, Trajectory


class OrderNode(WireModel):
    """A node to pass; even sequence ids."""

    node_id: str
    sequence_id: Sequence
    node_descriptor: str | None = None
    released: bool
    node_position: NodePosition | None = None
    actions: tuple[Action, ...] = ()


class Corridor(WireModel):
    """How far a robot may leave the edge around an obstacle."""

    left_width: float = Field(ge=0)
    right_width: float = Field(ge=0)
    corridor_reference_point: Literal["KINEMATIC_CENTER", "CONTOUR"] | None = None
    release_required: bool | None = None
    release_loss_behavior: Literal["STOP", "RETURN"] | None = None


class OrderEdge(WireModel):
    """An edge between two nodes; odd sequence ids."""

    edge_id: str
    sequence_id: Sequence
    edge_descriptor: str | None = None
    released: bool
    maximum_speed: float | None = None
    orientation: Angle | None = None
    orientation_type: Literal["GLOBAL", "TANGENTIAL"] | None = None
    max_rotation_speed: float | None = None
    trajectory: Trajectory | None = None
    length: float | None = None
    corridor: Corridor | None = None
    actions: tuple[Action, ...] = ()


class Order(Header):
    """Nodes and edges: the released ones are the base, the rest the horizon."""

    order_id: str
    order_update_id: int = Field(ge=0)
    order_description: str | None = None
    nodes: tuple[OrderNode, ...] = Field(min_length=1)
    edges: tuple[OrderEdge, ...] = ()


class InstantActions(Header):
    """Actions to carry out at once."""

    actions: tuple[InstantAction, ...]
