"""Signed ids for printed links, and their QR codes. Pure."""

import base64
import hashlib
import hmac
import io
from dataclasses import dataclass

import segno

_SIGNATURE_BYTES = 12


@dataclass(frozen=True, slots=True)
class LinkKey:
    """The key, its version and what it signs; a new version makes every printed link of the old one worthless."""

    secret: str
    version: int
    purpose: str

    def sign(self, subject: str) -> str:
        """``<version>.<subject>.<signature>``, safe in a URL."""
        return f"{self.version}.{subject}.{self._signature(subject)}"

    def verify(self, token: str) -> str | None:
        """The subject of a token that is ours and for this purpose, else None."""
        version, _, rest = token.partition(".")
        subject, _, signature = rest.rpartition(".")
        if version != str(self.version) or not subject:
            return None
        fits = hmac.compare_digest(self._signature(subject).encode(), signature.encode("utf-8", "replace"))
        return subject if fits else None

    def _signature(self, subject: str) -> str:
        message = f"gangseo-{self.purpose}.{self.version}.{subject}".encode()
        digest = hmac.new(self.secret.encode(), message, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def svg(url: str, *, scale: int = 8) -> bytes:
    """QR code as SVG; error correction M survives scratches on a bench."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", scale=scale, border=4, xmldecl=True, title=url)
    return out.getvalue()
