"""Alembic environment: the connection comes from the backend, or from the settings on the command line."""

from alembic import context
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from gangseo_backend.core import accounts, audit, facts, outbox, tickets
from gangseo_backend.core.config import Settings
from gangseo_backend.core.db import Database
from gangseo_backend.delivery import models as delivery_models
from gangseo_backend.fleet import models as fleet_models
from gangseo_backend.fleet import models_control, models_law
from gangseo_backend.patrol import models as patrol_models
from gangseo_backend.recycling import models as recycling_models
from gangseo_backend.recycling import round_models

KNOWN = (
    accounts, audit, facts, outbox, tickets, delivery_models, fleet_models, models_control, models_law, patrol_models,
    recycling_models, round_models,
)  # fmt: skip


def migrate(connection: Connection) -> None:
    """Run the migrations on one connection, in the caller's transaction."""
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    database = Database(Settings().effective_database_url)
    with database.engine.connect() as connection:
        migrate(connection)
        connection.commit()
