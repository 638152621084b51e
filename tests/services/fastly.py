"""Fastly's ACLs, as its documentation says that they behave; not the product."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any

from tests.services.answering import Asked, Said

# As docs/firewalls/clouds.md has them.
SERVICE, TOKEN = "SU1Z0isxPaozGVKXdv0eY", "a-token-of-the-test"
BLOCK, CHALLENGE = "6tUXdegLTf5BCig0zGFrU3", "7tUXdegLTf5BCig0zGFrU3"
clock = time.time  # noqa: TID251 - limits end by it


@dataclass(slots=True)
class Fastly:
    """One service with some ACLs."""

    acls: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: {BLOCK: {}, CHALLENGE: {}}
    )
    room: int = 1000  # entries in an ACL
    left: int = 1000  # changing requests in this hour
    breaking: int = -1  # after so many batches a 503 is given; never: -1
    troubles: list[Said] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)  # changes in each
    _made: int = 0

    def held(self, name: str = BLOCK) -> set[str]:
        """Tell what an ACL refuses, as CIDRs."""
        entries = self.acls[name].values()
        return {cidr_of(each) for each in entries if not each["negated"]}

    def put(self, *cidrs: str, name: str = BLOCK, negated: int = 0) -> None:
        """Let somebody replace the entries by hand."""
        self.acls[name].clear()
        for cidr in cidrs:
            ip, _, bits = cidr.partition("/")
            self._create(name, {"ip": ip, "subnet": int(bits), "negated": negated})

    def changes(self) -> list[str]:
        """Say by which methods ACLs were changed."""
        return [asked.method for asked in self.asked if asked.method != "GET"]

    def answer(self, asked: Asked) -> Said:
        """Answer a request."""
        if asked.headers.get("fastly-key") != TOKEN:
            return wrong(401, "Provided credentials are missing or invalid")
        words = asked.path.strip("/").split("/")
        if words[:3] != ["service", SERVICE, "acl"] or words[3] not in self.acls:
            return wrong(404, "Record not found")
        if asked.method == "GET":
            return self._page(words[3], asked)
        if self.left < 1:
            return wrong(429, "Too many requests", **self._limits())
        self.left -= 1
        return self._batch(words[3], asked.body["entries"])

    def _page(self, name: str, asked: Asked) -> Said:
        page, size = int(asked.query.get("page", 1)), int(asked.query.get("per_page", 20))
        if not 1 <= size <= 100:
            return wrong(400, "per_page: from 1 to 100")
        found = list(self.acls[name].values())
        return Said(found[(page - 1) * size : page * size])

    def _batch(self, name: str, changes: list[dict[str, Any]]) -> Said:
        if len(changes) > 1000:
            return wrong(400, "exceeded the maximum number of entries in a batch")
        if self.breaking == 0:
            return wrong(503, "first byte timeout")
        self.breaking -= 1
        ops = [each["op"] for each in changes]
        if len(self.acls[name]) + ops.count("create") - ops.count("delete") > self.room:
            return wrong(400, "exceeded max ACL entries")
        self.batches.append(len(changes))
        for each in changes:
            getattr(self, f"_{each['op']}")(name, {k: v for k, v in each.items() if k != "op"})
        return Said({"status": "ok"}, 200, self._limits())

    def _create(self, name: str, entry: dict[str, Any]) -> None:
        self._made += 1
        key = f"{self._made:022d}"
        known = {"id": key, "acl_id": name, "service_id": SERVICE, "comment": ""}
        self.acls[name][key] = {**known, **entry}

    def _update(self, name: str, entry: dict[str, Any]) -> None:
        self.acls[name][entry["id"]].update(entry)

    def _delete(self, name: str, entry: dict[str, Any]) -> None:
        del self.acls[name][entry["id"]]

    def _limits(self) -> dict[str, str]:
        reset = str(int(clock()) + 600)
        return {"Fastly-RateLimit-Remaining": str(self.left), "Fastly-RateLimit-Reset": reset}


def cidr_of(entry: dict[str, Any]) -> str:
    return str(ip_network(f"{entry['ip']}/{entry['subnet']}"))


def wrong(status: int, message: str, **headers: str) -> Said:
    return Said({"msg": message, "detail": None}, status, headers)
