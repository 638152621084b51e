"""Asking: reach `hedgerow serve` by HTTP or HTTPS, with a key where there is one."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from streams.secret import secret

if TYPE_CHECKING:
    from streams.bouncing.knobs import Bouncer

TROUBLES = (OSError, HTTPException, ValueError)
KEY = "X-Api-Key"


@dataclass(frozen=True, slots=True)
class Place:
    """A service, and how it is asked."""

    secure: bool
    host: str
    port: int | None
    path: str
    key: str
    trusted: ssl.SSLContext | None

    @classmethod
    def of(cls, url: str, knobs: Bouncer) -> Place:
        """Read a URL; ValueError says what is wrong with it, or with the files of [bouncer]."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            msg = f"expected http://HOST:PORT or https://…, saw {url!r}"
            raise ValueError(msg)
        key = secret(knobs.key_file, "bouncer.key_file") if knobs.key_file else ""
        secure = parts.scheme == "https"
        trusted = (
            ssl.create_default_context(cafile=knobs.authority_file or None) if secure else None
        )
        return cls(secure, parts.hostname, parts.port, parts.path.rstrip("/"), key, trusted)

    def line(self, patience: float) -> HTTPConnection:
        """Make a connection, opened when it is used, whose silence is an OSError."""
        if self.secure:
            return HTTPSConnection(self.host, self.port, timeout=patience, context=self.trusted)
        return HTTPConnection(self.host, self.port, timeout=patience)

    def headers(self, **more: str) -> dict[str, str]:
        """Give headers; of a name, _ stands for -."""
        said = {name.replace("_", "-"): value for name, value in more.items() if value}
        return said | ({KEY: self.key} if self.key else {})
