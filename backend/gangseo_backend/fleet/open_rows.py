"""Rows that nobody but the planner writes, kept from step to step: reading them anew is what a large fleet pays for.

A step takes them and gives them back when it is stored; after one that failed they are read from the database again.
Missions are not among them: people and other domains write those, too.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Session, col, select

from gangseo_backend.fleet.models import OrderRow, RobotRow, StepRow
from gangseo_backend.fleet.states import OrderState

OPEN_ORDERS = (OrderState.SENT, OrderState.ACCEPTED, OrderState.CANCELING)


@dataclass
class OpenRows:
    """Every robot by id, open orders by robot, steps by mission."""

    robots: dict[str, RobotRow] = field(default_factory=dict)
    orders: dict[str, OrderRow] = field(default_factory=dict)
    steps: dict[str, list[StepRow]] = field(default_factory=dict)

    @staticmethod
    def read(session: Session) -> "OpenRows":
        """As they are stored; steps follow with ``want_steps``."""
        robots = select(RobotRow).options(defer(cast("QueryableAttribute[str | None]", RobotRow.state_json)))
        orders = select(OrderRow).where(col(OrderRow.state).in_(OPEN_ORDERS))
        return OpenRows(
            {row.robot_id: row for row in session.exec(robots)}, {row.robot_id: row for row in session.exec(orders)}
        )

    def attach_changed(self, session: Session) -> None:
        """Let the session store every row that was changed."""
        for row in itertools.chain(self.robots.values(), self.orders.values(), *self.steps.values()):
            if sa.inspect(row).modified:
                session.add(row)

    def want_steps(self, session: Session, missions: Iterable[str]) -> None:
        """Keep the steps of these missions and no others; read those that are missing."""
        wanted = {*missions, *(order.mission_id for order in self.orders.values())}
        self.steps = {mission: steps for mission, steps in self.steps.items() if mission in wanted}
        missing = wanted - self.steps.keys()
        if not missing:
            return
        query = select(StepRow).where(col(StepRow.mission_id).in_(missing)).order_by(col(StepRow.number))
        for step in session.exec(query):
            self.steps.setdefault(step.mission_id, []).append(step)
