"""Old audit entries may go once an anchor keeps the last deleted hash."""

import sqlalchemy as sa
from alembic import op

from gangseo_backend.core.db import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE_UP = (
    "DROP TRIGGER audit_no_delete",
    (
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
        "WHEN OLD.seq > COALESCE((SELECT MAX(seq) FROM audit_anchors), 0) "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
    ),
    (
        "CREATE TRIGGER audit_anchors_no_update BEFORE UPDATE ON audit_anchors "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
    ),
    (
        "CREATE TRIGGER audit_anchors_no_delete BEFORE DELETE ON audit_anchors "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
    ),
    (
        "CREATE TRIGGER audit_anchors_of_entries BEFORE INSERT ON audit_anchors "
        "WHEN NOT EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND hash = NEW.hash) "
        "BEGIN SELECT RAISE(ABORT, 'an anchor is the seq and hash of an audit entry'); END"
    ),
)
POSTGRESQL_UP = (
    "DROP TRIGGER audit_append_only ON audit",
    (
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    ),
    (
        "CREATE FUNCTION audit_keeps_what_follows_the_anchor() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF OLD.seq > COALESCE((SELECT MAX(seq) FROM audit_anchors), 0) "
        "THEN RAISE EXCEPTION 'audit is append-only'; END IF; RETURN OLD; END $$"
    ),
    (
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_keeps_what_follows_the_anchor()"
    ),
    (
        "CREATE TRIGGER audit_anchors_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchors "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    ),
    (
        "CREATE FUNCTION audit_anchor_is_of_an_entry() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NOT EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND hash = NEW.hash) "
        "THEN RAISE EXCEPTION 'an anchor is the seq and hash of an audit entry'; END IF; RETURN NEW; END $$"
    ),
    (
        "CREATE TRIGGER audit_anchors_of_entries BEFORE INSERT ON audit_anchors "
        "FOR EACH ROW EXECUTE FUNCTION audit_anchor_is_of_an_entry()"
    ),
)
SQLITE_DOWN = (
    "DROP TRIGGER audit_no_delete",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
)
POSTGRESQL_DOWN = (
    "DROP TRIGGER audit_no_delete ON audit",
    "DROP TRIGGER audit_append_only ON audit",
    (
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    ),
    "DROP FUNCTION audit_keeps_what_follows_the_anchor()",
)


def upgrade() -> None:
    op.create_table(
        "audit_anchors",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    for statement in SQLITE_UP if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_UP:
        op.execute(statement)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_DOWN if sqlite else POSTGRESQL_DOWN:
        op.execute(statement)
    op.drop_table("audit_anchors")
    if not sqlite:
        op.execute("DROP FUNCTION audit_anchor_is_of_an_entry()")
