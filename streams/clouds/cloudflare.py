"""Cloudflare: account lists of addresses, changed by operations that end some time later.

One operation at a time in an account: while one is pending, another is a 429.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from streams.bouncing.target import Refused
from streams.clouds.client import PATIENCE, confidential, given, needed, token
from streams.clouds.cloud import Cloud
from streams.clouds.exact import bare, exact, starred
from streams.clouds.statuses import refused
from streams.clouds.words import room_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streams.clouds.knobs import Clouds

CLOCK = time.monotonic  # noqa: TID251 - measures how long an operation takes
POLL = 0.5  # seconds between two looks at an operation; chosen
LONGEST = 60.0  # seconds until it is taken for lost; chosen: ten thousand items take some
PENDING = 5.0  # seconds until the next attempt then
PAGE = 500  # items read at once; Cloudflare's maximum
ANEW = 600.0  # seconds after which all items are read, even if the list says it has not changed


def cloudflare(clouds: Clouds) -> Cloud:
    """Make the target; ValueError says what is missing."""
    account = given(clouds.cloudflare_account, "clouds.cloudflare_account")
    given(clouds.cloudflare_block, "clouds.cloudflare_block")
    made = needed("cloudflare", "cloudflare").Cloudflare(
        api_token=token(
            clouds.cloudflare_token_file, "CLOUDFLARE_API_TOKEN", "clouds.cloudflare_token_file"
        ),
        base_url=confidential(clouds.cloudflare_url, "clouds.cloudflare_url"),
        timeout=PATIENCE,
        max_retries=0,  # we try again ourselves, and say so
    )
    found = words(clouds, "cloudflare")
    books = {word: Items(made.rules.lists, account, name) for word, name in found.items()}
    return Cloud(books, room_of(clouds.cloudflare_slots, found))


@dataclass(slots=True)
class Items:
    """The items of one list."""

    lists: Any  # of the client
    account: str
    name: str  # id of the list
    rest: float = 3.0  # seconds; 30,000 changing requests in 12 hours, two of them a change
    _stamp: object = None  # what the list said of itself when its items were read
    _found: dict[str, str] = field(default_factory=dict)  # CIDR → id
    _read: float = 0.0  # when

    def read(self) -> list[str]:
        """Read the items, if the list has changed since."""
        with answered("the list"):
            about = self.lists.get(self.name, account_id=self.account)
        stamp = (about.num_items, about.modified_on)
        if stamp != self._stamp or CLOCK() - self._read > ANEW:
            self._found, self._stamp, self._read = self._items(), stamp, CLOCK()
        return list(self._found)

    def write(self, wanted: Mapping[str, str]) -> None:
        """Replace all items at once, or, where little changes, take away and add.

        What is taken away and added counts against a million in twelve hours.
        """
        found, self._stamp = self._items(), None
        gone = [{"id": name} for cidr, name in found.items() if cidr not in wanted]
        new = {cidr: why for cidr, why in wanted.items() if cidr not in found}
        if 2 * (len(gone) + len(new)) > len(wanted):
            if gone or new:
                self._done(self.lists.items.update, body=said(wanted))
            return
        if gone:
            self._done(self.lists.items.delete, items=gone)
        if new:
            self._done(self.lists.items.create, body=said(new))

    def _items(self) -> dict[str, str]:
        with answered("its items"):
            listed = self.lists.items.list(self.name, account_id=self.account, per_page=PAGE)
            return {exact(item.ip): item.id for item in listed}

    def _done(self, change: Any, **what: object) -> None:  # noqa: ANN401 - of the client
        """Change something, and wait until it is so."""
        with answered("a change"):
            operation = change(self.name, account_id=self.account, **what).operation_id
        end = CLOCK() + LONGEST
        while CLOCK() < end:
            with answered("an operation"):
                state = self.lists.bulk_operations.get(operation, account_id=self.account)
            if state.status == "completed":
                return
            if state.status == "failed":
                msg = f"Cloudflare: the operation failed: {starred(state.error)}"
                raise Refused(msg)
            time.sleep(POLL)
        msg = f"Cloudflare: the operation is not done after {LONGEST:.0f} s"
        raise Refused(msg, PENDING)


def said(wanted: Mapping[str, str]) -> list[dict[str, str]]:
    """Write items down, each with the id of what asks for it."""
    return [{"ip": bare(cidr), "comment": why} for cidr, why in wanted.items()]


@contextmanager
def answered(what: str) -> Iterator[None]:
    """Say what went wrong with *what*."""
    troubles = needed("cloudflare", "cloudflare")
    try:
        yield
    except troubles.APIStatusError as error:
        told = "; ".join(str(each.message) for each in error.errors or ())
        msg = f"Cloudflare: {what}"
        raise refused(msg, error.status_code, error.response.headers, told) from None
    except troubles.CloudflareError as error:
        msg = f"Cloudflare: {what}: {type(error).__name__}"
        raise Refused(msg) from None
