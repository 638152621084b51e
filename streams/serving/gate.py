"""Gate: every request passes here first; who may not, or asks too often, is told so."""

from __future__ import annotations

import math
from base64 import b64decode
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from enforcement.targets import aimed
from streams.serving.buckets import Buckets
from streams.serving.doors import counted, needed
from streams.serving.keys import ANYONE, rights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

    from streams.admission import Admission
    from streams.serving.keys import Key, Keys

KEY = "hedgerow.key"  # where the scope of a request says whose key was shown, if one was
LONGEST = 512  # characters of a key; a longer one is none
ASKS = {"WWW-Authenticate": 'Bearer realm="hedgerow", Basic realm="hedgerow"'}
UNKNOWN = "this needs a key, and none that is known was shown: X-Api-Key, or Authorization"
FORBIDDEN = "the role of this key may not do this"
UNGIVEN = "this needs a key, and no keys are set up here: docs/access.md says how"
OFTEN = "too many requests; see Retry-After"
NEVER = {"Cache-Control": "no-store"}
Refusal = JSONResponse


class Gate:
    """An application in front of another."""

    def __init__(
        self,
        inner: ASGIApp,
        admission: Admission,
        keys: Keys | None,
        now: Callable[[], float],
        refused: Callable[[str], None],
    ) -> None:
        """Let through to *inner* who may; without *keys* that is decided by the route alone."""
        self.inner, self.keys, self.now, self.refused = inner, keys, now, refused
        self._by_key = Buckets(admission.key_rate, admission.key_burst)
        self._by_address = Buckets(admission.address_rate, admission.address_burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        await (refusal or self.inner)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Refusal | None:
        path = scope["path"]
        key = self.keys.find(shown(dict(scope["headers"]))) if self.keys else None
        scope[KEY] = key
        if self.keys and counted(path) and (wait := self._wait(scope, key)):
            return self._no(path, 429, OFTEN, {"Retry-After": str(math.ceil(wait))})
        right = needed(scope["method"], path)
        if right is None or right in (rights(key) if self.keys else ANYONE):
            return None
        if key or not self.keys:
            return self._no(path, 403, FORBIDDEN if key else UNGIVEN, {})
        return self._no(path, 401, UNKNOWN, ASKS)

    def _wait(self, scope: Scope, key: Key | None) -> float:
        """Say for how many seconds this address, or this key, has to wait."""
        now, client = self.now(), scope.get("client")
        wait = self._by_address.take(home(client[0] if client else ""), now)
        return wait or (self._by_key.take(key.id, now) if key else 0.0)

    def _no(self, path: str, status: int, why: str, headers: Mapping[str, str]) -> Refusal:
        self.refused({401: "key", 403: "role"}.get(status, "rate"))
        if path.startswith("/v1/") and status != 429:  # what bouncers of CrowdSec know
            return Refusal({"message": "access forbidden"}, 403, NEVER)
        return Refusal({"error": why}, status, {**headers, **NEVER})


def shown(headers: Mapping[bytes, bytes]) -> str:
    """Find the key in a request: X-Api-Key, a bearer, or what Basic calls a password."""
    text = headers.get(b"x-api-key", b"").decode("latin-1")
    kind, _, value = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if not text and kind.lower() == "bearer":
        text = value.strip()
    if not text and kind.lower() == "basic":
        text = password(value)
    return text if len(text) <= LONGEST else ""


def password(value: str) -> str:
    """Read the password of Basic; "" where there is none."""
    try:
        return b64decode(value, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


def home(address: str) -> str:
    """Name who shares a limit: an address, of IPv6 its /64."""
    try:
        return aimed(str(ip_address(address.partition("%")[0])))[1]
    except ValueError:
        return address
