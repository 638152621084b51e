"""LAPI: call the local API of a CrowdSec as a machine that it knows."""

from __future__ import annotations

from http.client import HTTPException
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import msgspec

from streams.crowdsec.asked import ORIGIN
from streams.secret import secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.crowdsec.place import CrowdSec
    from streams.crowdsec.remedy import Remedy

PATIENCE = 60  # seconds without a byte; chosen: a thousand decisions take one
OURS = {"origin": ORIGIN, "has_active_decision": "true", "limit": "0"}  # 0: all of them
# It lets nobody log in who does not say his version.
AGENT = {"User-Agent": f"hedgerow/{version('hedgerow')}", "Content-Type": "application/json"}


class Lapi:
    """A session; it logs in when it has to."""

    def __init__(self, place: CrowdSec) -> None:
        """Read who we are; nothing is asked yet. ValueError says which setting is wrong."""
        if urlsplit(place.url).scheme not in {"http", "https"}:
            msg = f"crowdsec.url: expected http://… or https://…, saw {place.url!r}"
            raise ValueError(msg)
        self.url = place.url.rstrip("/")
        self._who = {
            "machine_id": place.machine,
            "password": secret(place.password_file, "crowdsec.password_file"),
            "scenarios": [],
        }
        self._token = ""
        self._opener = build_opener(ProxyHandler({}))  # it stands nearby

    def tell(self, alerts: list[dict[str, Any]]) -> None:
        """Hand in decisions. OSError says what went wrong, as below."""
        self._call("POST", "/v1/alerts", alerts)

    def ours(self) -> Iterator[dict[str, Any]]:
        """Give the decisions in force that are ours."""
        for alert in self._call("GET", f"/v1/alerts?{urlencode(OURS)}") or ():
            for decision in alert["decisions"] or ():
                if decision["origin"] == ORIGIN and not decision["duration"].startswith("-"):
                    yield decision

    def delete(self, remedy: Remedy) -> None:
        """End what we ever said of a value; what others said of it stays."""
        about = {"value": remedy.value, "scopes": remedy.scope, "origin": ORIGIN}
        self._call("DELETE", f"/v1/decisions?{urlencode(about, quote_via=quote)}")

    def clear(self) -> None:
        """End all that we ever said, at once."""
        self._call("DELETE", f"/v1/decisions?{urlencode({'origin': ORIGIN})}")

    def _call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - any JSON
        for _ in range(2):
            if not self._token:
                self._token = self._asked("POST", "/v1/watchers/login", self._who)["token"]
            try:
                return self._asked(method, path, body)
            except PermissionError:  # it has started anew, or an hour has passed
                self._token = ""
        msg = f"{self.url}: does not take our token"
        raise PermissionError(msg)

    def _asked(self, method: str, path: str, body: object) -> Any:  # noqa: ANN401 - any JSON
        data = None if body is None else msgspec.json.encode(body)
        headers = {**AGENT, "Authorization": f"Bearer {self._token}"} if self._token else AGENT
        request = Request(self.url + path, data, headers, method=method)  # noqa: S310 - checked above
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return msgspec.json.decode(answer.read())
        except HTTPError as error:
            raise self._told(error, path) from None
        except (HTTPException, msgspec.DecodeError) as error:
            msg = f"{self.url}: broken answer: {error!r}"
            raise OSError(msg) from None

    def _told(self, error: HTTPError, path: str) -> OSError:
        """Say what it answered; what was asked may hold an address, and is not said."""
        with error:
            said = error.read(200).decode("utf-8", "replace")
        kind = PermissionError if error.code in {401, 403} else OSError
        return kind(f"{self.url}{path.partition('?')[0]}: HTTP {error.code}: {said}")
