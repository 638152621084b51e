"""Cloudflare's lists, as its documentation says that they behave; not the product."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from tests.services.answering import Asked, Said

if TYPE_CHECKING:
    from collections.abc import Callable

# As docs/firewalls/clouds.md has them.
ACCOUNT, TOKEN = "0123456789abcdef0123456789abcdef", "a-token-of-the-test"
BLOCK, CHALLENGE = "2c0fc9fa937b11eaa1b71c4d701ab86e", "0" * 31 + "c"
LONGEST = 500  # characters of a comment
clock = time.monotonic  # noqa: TID251 - operations take some time


@dataclass(slots=True)
class Operation:
    """A change that takes some time."""

    done: float  # when
    change: Callable[[], None]
    failed: str = ""
    status: str = "pending"


@dataclass(slots=True)
class Cloudflare:
    """One account with some lists."""

    lists: dict[str, dict[str, dict[str, str]]] = field(
        default_factory=lambda: {BLOCK: {}, CHALLENGE: {}}
    )
    takes: float = 0.1  # seconds of an operation
    page: int = 500  # items given at once, at most
    room: int = 10_000  # items in all lists
    failing: str = ""  # what the next operation fails with
    troubles: list[Said] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    operations: dict[str, Operation] = field(default_factory=dict)
    _changes: int = 0
    _made: int = 0

    def held(self, name: str = BLOCK) -> set[str]:
        """Tell what a list holds, as CIDRs."""
        self._work()
        return {str(ip_network(item["ip"])) for item in self.lists[name].values()}

    def put(self, *cidrs: str, name: str = BLOCK) -> None:
        """Let somebody replace the items by hand."""
        self._replace(name, [{"ip": cidr} for cidr in cidrs])

    def changes(self) -> list[str]:
        """Say by which methods lists were changed."""
        return [asked.method for asked in self.asked if asked.method != "GET"]

    def answer(self, asked: Asked) -> Said:
        """Answer a request."""
        self._work()
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return wrong(403, 10000, "Authentication error")
        words = asked.path.strip("/").split("/")
        if words[:4] != ["accounts", ACCOUNT, "rules", "lists"]:
            return wrong(404, 7003, "Could not route to the path")
        if words[4] == "bulk_operations":
            return self._state(words[5])
        if words[4] not in self.lists:
            return wrong(404, 10001, "filters.api.list_not_found")
        if words[5:] == ["items"]:
            return self._asked(words[4], asked)
        return good(self._about(words[4]))

    def _about(self, name: str) -> dict[str, Any]:
        stamp = f"2026-11-29T00:00:{self._changes % 60:02d}Z"
        about = {"id": name, "name": "hedgerow", "kind": "ip", "created_on": stamp}
        return about | {
            "modified_on": stamp,
            "num_items": len(self.lists[name]),
            "num_referencing_filters": 1,
        }

    def _asked(self, name: str, asked: Asked) -> Said:
        if asked.method == "GET":
            return self._items(name, asked)
        return self._unfit(name, asked) or self._changed(name, asked)

    def _unfit(self, name: str, asked: Asked) -> Said | None:
        """Say why a change is refused, if it is."""
        if any(each.status == "pending" for each in self.operations.values()):
            return wrong(429, 10044, "a pending operation has to end first")
        if asked.method == "DELETE":
            return None
        if fault := next(filter(None, map(wrong_item, asked.body)), ""):
            return wrong(400, 10022, fault)
        here = len(self.lists[name]) if asked.method == "PUT" else 0
        if sum(map(len, self.lists.values())) - here + len(asked.body) > self.room:
            return wrong(400, 10026, "more items than the plan allows")
        return None

    def _changed(self, name: str, asked: Asked) -> Said:
        items = self.lists[name]
        if asked.method == "DELETE":
            gone = {each["id"] for each in asked.body["items"]}
            return self._begin(lambda: take_away(items, gone))
        if asked.method == "PUT":
            return self._begin(lambda: self._replace(name, asked.body))
        return self._begin(lambda: self._add(name, asked.body))

    def _items(self, name: str, asked: Asked) -> Said:
        size = int(asked.query.get("per_page", 25))
        if not 1 <= size <= 500:
            return wrong(400, 10021, "per_page: from 1 to 500")
        found = sorted(self.lists[name].items())
        start, size = int(asked.query.get("cursor", 0)), min(size, self.page)
        given = [{"id": key, **item} for key, item in found[start : start + size]]
        after = str(start + size) if start + size < len(found) else ""
        return good(given, result_info={"cursors": {"after": after} if after else {}})

    def _begin(self, change: Callable[[], None]) -> Said:
        name = f"{len(self.operations):032x}"
        self.operations[name] = Operation(clock() + self.takes, change, self.failing)
        self.failing = ""
        return good({"operation_id": name})

    def _state(self, name: str) -> Said:
        made = self.operations.get(name)
        if made is None:
            return wrong(404, 10002, "no such operation")
        said = {"id": name, "status": made.status, "completed": "2026-11-29T00:00:00Z"}
        return good(said | ({"error": made.failed} if made.status == "failed" else {}))

    def _work(self) -> None:
        for each in self.operations.values():
            if each.status == "pending" and clock() >= each.done:
                each.status = "failed" if each.failed else "completed"
                if not each.failed:
                    each.change()
                    self._changes += 1

    def _replace(self, name: str, items: list[dict[str, str]]) -> None:
        self.lists[name].clear()
        self._add(name, items)
        self._changes += 1

    def _add(self, name: str, items: list[dict[str, str]]) -> None:
        there = {item["ip"]: key for key, item in self.lists[name].items()}
        for item in items:
            self._made += 1
            key = there.get(item["ip"], f"{self._made:032x}")
            stamps = {"created_on": "2026-11-29T00:00:00Z", "modified_on": "2026-11-29T00:00:00Z"}
            self.lists[name][key] = {**item, **stamps}


def take_away(items: dict[str, dict[str, str]], gone: set[str]) -> None:
    for each in gone:
        items.pop(each, None)


def wrong_item(item: dict[str, str]) -> str:
    """Say what is wrong with an item, if anything is."""
    try:
        network = ip_network(item["ip"])
    except ValueError:
        return f"invalid item {item['ip']}"
    widest, longest = (8, 32) if network.version == 4 else (12, 64)
    if not widest <= network.prefixlen <= longest:
        return f"invalid prefix of {item['ip']}"
    return "comment too long" if len(item.get("comment", "")) > LONGEST else ""


def good(result: Any, **more: object) -> Said:  # noqa: ANN401 - any JSON
    return Said({"success": True, "errors": [], "messages": [], "result": result, **more})


def wrong(status: int, code: int, message: str, **headers: str) -> Said:
    errors = [{"code": code, "message": message}]
    body = {"success": False, "errors": errors, "messages": [], "result": None}
    return Said(body, status, {name.replace("_", "-"): value for name, value in headers.items()})
