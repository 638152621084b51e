"""Claimants: find in logs which addresses call themselves crawlers that are told by their names."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import V4_FIRST, V4_LAST, address_text, key_of
from access.agents.taxonomy import KNOWN
from access.claims import crawler
from access.event import Field
from access.parser import Parser
from enforcement.callers import tokens
from streams.confirming import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from access.batch import Batch
    from access.site import Site
    from streams.sources import Source


def claimants(sources: Iterable[Source], site: Site) -> Iterator[Claim]:
    """List who claims what, each pair once, in the order of the logs."""
    names = tokens(site, ())
    domains = {known.token: known.names for known in KNOWN if known.names}
    told = np.array([i for i, token in enumerate(names, 1) if token in domains], np.uint32)
    parser, seen = Parser(site, names), set()
    for number, source in enumerate(sources):
        for chunk in source.chunks(number):
            batch, _ = parser.parse(chunk)
            for row in _rows(batch, told):
                token = names[int(crawler(batch.claim[[row]])[0]) - 1]
                pair = token, int(batch.address[row])
                address = _address(batch, row)
                if address and pair not in seen:
                    seen.add(pair)
                    yield Claim(token, address, domains[token])


def _rows(batch: Batch, told: np.typing.NDArray[np.uint32]) -> list[int]:
    """Find the first row of each pair of address and claim in a batch."""
    claimed = crawler(batch.claim)
    rows = np.flatnonzero(np.isin(claimed, told) & (batch.address != 0))
    pairs = np.stack([batch.address[rows], claimed[rows].astype(np.uint64)], axis=1)
    _, first = np.unique(pairs, axis=0, return_index=True)
    found: list[int] = np.sort(rows[first]).tolist()
    return found


def _address(batch: Batch, row: int) -> str:
    """Write the address of a row; of IPv6 the key holds half, and a line that shows the rest."""
    key = int(batch.address[row])
    if V4_FIRST <= key <= V4_LAST:
        return address_text(key)
    text = batch.text(row, Field.CLIENT).decode("ascii", "replace")
    return str(ip_address(text)) if _is_address(text) and key_of(text) == key else ""


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
