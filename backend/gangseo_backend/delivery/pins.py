"""PINs and follow links: made by chance, stored so that the database alone gives neither away."""

import hashlib
import hmac
import secrets

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

DIGITS = 6
TRIES = 5


def new_pin() -> str:
    """Six digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def new_token() -> str:
    """The secret part of a follow link."""
    return secrets.token_urlsafe(24)


class Pins:
    """Hashes and checks PINs: argon2 over an HMAC, as a million PINs are quickly tried without the server's key."""

    def __init__(self, key: str, *, time_cost: int, memory_kib: int) -> None:
        self._key = hashlib.sha256(f"pin.{key}".encode()).digest()
        self._hasher = PasswordHash((Argon2Hasher(time_cost=time_cost, memory_cost=memory_kib),))

    def hash(self, delivery_id: str, pin: str) -> str:
        """What is stored."""
        return self._hasher.hash(self._peppered(delivery_id, pin))

    def fits(self, delivery_id: str, pin: str, stored: str) -> bool:
        """Whether this is the PIN; takes as long as the hash is dear."""
        return self._hasher.verify(self._peppered(delivery_id, pin), stored)

    def _peppered(self, delivery_id: str, pin: str) -> str:
        return hmac.new(self._key, f"{delivery_id}.{pin}".encode(), hashlib.sha256).hexdigest()
