"""Accounts and their sessions."""

import hashlib
import hmac
import json
import secrets
import threading
from datetime import datetime, timedelta
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Field, Session, SQLModel, col, delete, select

from gangseo_backend.core import audit
from gangseo_backend.core.access import AccountPrincipal, Role
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.config import Settings
from gangseo_backend.core.db import Database, UTCDateTime, text_enum
from gangseo_backend.core.errors import WrongPasswordError
from gangseo_backend.core.ids import new_id


class Account(SQLModel, table=True):
    """A person who may log in."""

    __tablename__ = "accounts"

    id: str = Field(primary_key=True)
    username: str = Field(unique=True)
    password_hash: str
    role: Role = Field(sa_type=text_enum(Role, "account_role"))
    active: bool = True
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)


class LoginSession(SQLModel, table=True):
    """A log-in; only the hash of its cookie is kept."""

    __tablename__ = "login_sessions"

    token_hash: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="accounts.id", index=True)
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    expires_at: datetime = Field(sa_type=UTCDateTime, nullable=False)


class AccountService:
    """Log in, log out, who is it."""

    def __init__(self, db: Database, clock: Clock, settings: Settings, session_key: str) -> None:
        self._db = db
        self._clock = clock
        self._settings = settings
        self._key = session_key.encode()
        self._hasher = PasswordHash(
            (Argon2Hasher(time_cost=settings.password_time_cost, memory_cost=settings.password_memory_kib),)
        )
        self._unknown_hash = self._hasher.hash(secrets.token_urlsafe())
        # argon2id takes 64 MiB a time: a burst of log-ins must not take the machine's memory
        self._hashing = threading.BoundedSemaphore(2)

    def log_in(self, username: str, password: str, address: str) -> tuple[str, AccountPrincipal, datetime]:
        """A new session: its cookie value, who it is, when it ends.

        Raises:
            WrongPasswordError: unknown name, wrong password or closed account, which are not told apart.
        """
        with self._db.read() as session:
            account = session.exec(select(Account).where(Account.username == username)).first()
        with self._hashing:
            fits = self._hasher.verify(password, account.password_hash if account else self._unknown_hash)
        if account is None or not account.active or not fits:
            with self._db.write() as session:
                audit.append(session, self._clock, actor="anonymous", action="log_in_refused", subject=address)
            raise WrongPasswordError
        token = secrets.token_urlsafe(32)
        now = self._clock.now()
        expires_at = now + timedelta(hours=self._settings.session_hours)
        with self._db.write() as session:
            session.add(
                LoginSession(
                    token_hash=self._token_hash(token), account_id=account.id, created_at=now, expires_at=expires_at
                )
            )
            audit.append(session, self._clock, actor=account.username, action="logged_in", subject=address)
        return token, AccountPrincipal(account.id, account.username, account.role), expires_at

    def log_out(self, token: str, principal: AccountPrincipal) -> None:
        """End a session."""
        with self._db.write() as session:
            session.exec(delete(LoginSession).where(col(LoginSession.token_hash) == self._token_hash(token)))
            audit.append(session, self._clock, actor=principal.username, action="logged_out", subject="")

    def find(self, token: str) -> tuple[AccountPrincipal, datetime] | None:
        """Who a cookie belongs to and when its session ends."""
        with self._db.read() as session:
            found = session.exec(
                select(LoginSession, Account)
                .join(Account, col(Account.id) == col(LoginSession.account_id))
                .where(LoginSession.token_hash == self._token_hash(token))
            ).first()
        if found is None:
            return None
        login, account = found
        if login.expires_at <= self._clock.now() or not account.active:
            return None
        return AccountPrincipal(account.id, account.username, account.role), login.expires_at

    def create_first_accounts(self, file: Path) -> bool:
        """On an empty database make accounts with own passwords and write them to ``file`` (mode 600)."""
        with self._db.read() as session:
            if session.exec(select(Account).limit(1)).first() is not None:
                return False
        roles = list(Role) if self._settings.environment == "development" else [Role.ADMIN]
        made = [{"username": role.value, "password": secrets.token_urlsafe(9), "role": role.value} for role in roles]
        # The file before the database: a crash in between leaves an empty database that starts over.
        _write_private(file, json.dumps(made, indent=2))
        with self._db.write() as session:
            for account in made:
                self.add(session, account["username"], account["password"], Role(account["role"]))
        return True

    def add(self, session: Session, username: str, password: str, role: Role) -> Account:
        """Add an account inside the caller's write transaction."""
        account = Account(
            id=new_id(),
            username=username,
            password_hash=self._hasher.hash(password),
            role=role,
            created_at=self._clock.now(),
        )
        session.add(account)
        audit.append(session, self._clock, actor="system", action="account_added", subject=username)
        return account

    def _token_hash(self, token: str) -> str:
        return hmac.new(self._key, token.encode(), hashlib.sha256).hexdigest()


def prune_sessions(session: Session, before: datetime) -> int:
    """Log-ins that ended before a moment."""
    return session.exec(delete(LoginSession).where(col(LoginSession.expires_at) < before)).rowcount


def _write_private(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(text + "\n", encoding="utf-8")
    draft.replace(file)
