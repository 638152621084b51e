"""Clients: tell who really asked, though proxies stand between and visitors may lie to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.addresses import NEVER_ACTORS, Ranges
from access.event import Field
from access.kernels.clients import clients_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Clients:
    """Finds the true client of requests.

    Only a trusted proxy's word counts: X-Forwarded-For is walked from the right past trusted
    proxies to the first address that is none. An element that is no address, a trusted proxy
    that names nobody, the platform's own machines and `NEVER_ACTORS` all give 0: nobody.
    """

    __slots__ = ("_excluded", "_trusted")

    def __init__(self, trusted_proxies: Sequence[str] = (), own: Sequence[str] = ()) -> None:
        """Take addresses and CIDRs; a text that is neither is a ValueError that shows it."""
        self._trusted = Ranges.of((text, 1) for text in trusted_proxies)
        self._excluded = Ranges.of((text, 1) for text in (*NEVER_ACTORS, *own))

    def of(self, buffer: NDArray[np.uint8], spans: NDArray[np.int32]) -> NDArray[np.uint64]:
        """Give the address key of each row's true client: (rows,) uint64, 0 for nobody."""
        keys = np.empty(len(spans), np.uint64)
        clients_of(
            buffer,
            spans,
            2 * Field.CLIENT,
            2 * Field.FORWARDED,
            (self._trusted.first, self._trusted.last),
            (self._excluded.first, self._excluded.last),
            keys,
        )
        return keys
