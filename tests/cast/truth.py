"""Truth: who everybody really is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tests.cast.addresses import address_text
from tests.cast.sites import account_text, session_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.cast.platform import Requests


@dataclass(frozen=True, slots=True)
class Truth:
    """Every visitor's class, and every line's visitor."""

    names: tuple[str, ...]  # (classes,)
    harvests: tuple[bool, ...]  # (classes,) whether the class is guilty
    role: NDArray[np.int64]  # (visitors,) row of `names`
    requests: Requests  # its column `visitor` says whose each line is

    @property
    def guilty(self) -> NDArray[np.bool_]:
        """Tell which visitors are harvesters: (visitors,)."""
        return np.array(self.harvests, bool)[self.role]

    @property
    def visitor(self) -> NDArray[np.int64]:
        """Tell whose each line is: (lines,)."""
        return self.requests.visitor

    def name(self, visitor: int) -> str:
        """Name the class of a visitor."""
        return self.names[int(self.role[visitor])]

    def addresses(self, visitor: int) -> list[str]:
        """List where a visitor came from."""
        codes = np.unique(self.requests.address[self.visitor == visitor])
        return [address_text(c) for c in codes.tolist()]

    def accounts(self, visitor: int) -> list[str]:
        """List the accounts a visitor was logged in with."""
        codes = np.unique(self.requests.account[self.visitor == visitor])
        return [account_text(c) for c in codes.tolist() if c]

    def sessions(self, visitor: int) -> list[str]:
        """List the sessions a visitor had."""
        codes = np.unique(self.requests.session[self.visitor == visitor])
        return [session_text(c) for c in codes.tolist() if c]
