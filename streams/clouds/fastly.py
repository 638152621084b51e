"""Fastly: entries of an ACL, changed in batches; no new version of the service is needed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from streams.bouncing.target import Refused
from streams.clouds.client import PATIENCE, confidential, given, needed, token
from streams.clouds.cloud import Cloud
from streams.clouds.exact import exact
from streams.clouds.statuses import number, refused, waiting
from streams.clouds.words import room_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streams.clouds.knobs import Clouds

BATCH = 1000  # changes at once; Fastly's limit
PAGE = 100  # entries read at once; Fastly's limit
REST = 4.0  # seconds; Fastly takes a thousand changing requests an hour
LEFT = "fastly-ratelimit-remaining"


def fastly(clouds: Clouds) -> Cloud:
    """Make the target; ValueError says what is missing."""
    service = given(clouds.fastly_service, "clouds.fastly_service")
    given(clouds.fastly_block, "clouds.fastly_block")
    client = needed("fastly", "fastly")
    made = client.Configuration(host=confidential(clouds.fastly_url, "clouds.fastly_url"))
    made.api_token = token(clouds.fastly_token_file, "FASTLY_API_TOKEN", "clouds.fastly_token_file")
    made.retries = False  # we try again ourselves, and say so
    api = needed("fastly.api.acl_entry_api", "fastly").AclEntryApi(client.ApiClient(made))
    found = words(clouds, "fastly")
    books = {word: Acl(api, service, name) for word, name in found.items()}
    return Cloud(books, room_of(clouds.fastly_slots, found))


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry that is there."""

    id: str
    cidr: str
    negated: bool  # it lets in instead


@dataclass(slots=True)
class Acl:
    """The entries of one ACL."""

    api: Any  # of the client
    service: str
    acl: str
    rest: float = REST

    def read(self) -> list[str]:
        """Read the entries; one that lets in is none of ours, and shows as one."""
        return [("!" if each.negated else "") + each.cidr for each in self._listed()]

    def write(self, wanted: Mapping[str, str]) -> None:
        """Change what differs, in batches; what makes room comes first."""
        changes = list(differing(self._listed(), wanted))
        for start in range(0, len(changes), BATCH):
            self._change(changes[start : start + BATCH])

    def _listed(self) -> list[Listed]:
        found: list[Listed] = []
        for page in range(1, 1 << 20):
            with answered("its entries"):
                said = self.api.list_acl_entries(
                    service_id=self.service,
                    acl_id=self.acl,
                    page=page,
                    per_page=PAGE,
                    _check_return_type=False,
                    _request_timeout=PATIENCE,
                )
            found += map(listed, said)
            if len(said) < PAGE:
                break
        return found

    def _change(self, changes: list[dict[str, object]]) -> None:
        """Send one batch; the client's own call for it cannot name entries to delete (15.0.0)."""
        with answered("a batch"):
            _, _, headers = self.api.api_client.call_api(
                "/service/{service_id}/acl/{acl_id}/entries",
                "PATCH",
                {"service_id": self.service, "acl_id": self.acl},
                {},
                body={"entries": changes},
                auth_settings=["token"],
                _request_timeout=PATIENCE,
            )
        lower = {name.lower(): value for name, value in headers.items()}
        spent = LEFT in lower and number(lower[LEFT]) < 1
        self.rest = max(REST, waiting(lower)) if spent else REST


def differing(found: list[Listed], wanted: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """Say how to come from what is there to what is wanted; twice the same is once too often."""
    kept: dict[str, Listed] = {}
    for each in sorted(found, key=lambda each: each.negated):
        if each.cidr in wanted and each.cidr not in kept:
            kept[each.cidr] = each
        else:
            yield {"op": "delete", "id": each.id}
    for each in kept.values():
        if each.negated:
            yield {"op": "update", "id": each.id, "negated": 0}
    for cidr, why in wanted.items():
        if cidr not in kept:
            address, _, bits = cidr.partition("/")
            made = {"ip": address, "subnet": int(bits), "negated": 0, "comment": why}
            yield {"op": "create", **made}


def listed(entry: Any) -> Listed:  # noqa: ANN401 - of the client
    """Read an entry; without a mask it is one address."""
    mask = "" if entry["subnet"] is None else f"/{entry['subnet']}"
    return Listed(entry["id"], exact(f"{entry['ip']}{mask}"), str(entry["negated"]) == "1")


@contextmanager
def answered(what: str) -> Iterator[None]:
    """Say what went wrong with *what*; what Fastly says of it may hold an address."""
    client, net = needed("fastly", "fastly"), needed("urllib3.exceptions", "fastly")
    try:
        yield
    except client.ApiException as error:
        msg = f"Fastly: {what}"
        raise refused(msg, error.status or 0, error.headers, str(error.body or "")) from None
    except (client.OpenApiException, net.HTTPError, AttributeError) as error:
        # AttributeError: how the client fails where there is no answer at all to decode
        msg = f"Fastly: {what}: {type(error).__name__}"
        raise Refused(msg) from None
