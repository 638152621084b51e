"""Look-ups: what a platform's own tables say that its addresses do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from access.columns import codes_of, dates_of, hashes_of, matches, needed, numbers_of

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

DAY = 86_400_000  # milliseconds


@dataclass(frozen=True, slots=True, eq=False)
class Owners:
    """Whose picture it is, by the hash of the picture's text; a picture's first row counts."""

    picture: NDArray[np.uint64]  # (n,) sorted
    owner: NDArray[np.uint64]  # (n,)
    album: NDArray[np.uint64]  # (n,) 0 = not said
    visibility: NDArray[np.int16]  # (n,) index into `visibilities`, -1 = not said
    visibilities: tuple[str, ...] = ()  # the platform's own words: public, friends …

    @classmethod
    def of(cls, table: pa.Table, key: int) -> Self:
        """Read the columns picture, owner and, where there, album and visibility.

        Texts are hashed with *key*, as addresses are; ValueError where a column is missing.
        """
        needed(table, "picture")
        needed(table, "owner")
        picture = hashes_of(table, "picture", key)
        owner, album = hashes_of(table, "owner", key), hashes_of(table, "album", key)
        visibility, words = codes_of(table, "visibility")
        order = np.argsort(picture, kind="stable")
        return cls(picture[order], owner[order], album[order], visibility[order], words)

    @classmethod
    def nobody(cls) -> Self:
        """Make the look-up that knows no picture."""
        none = np.zeros(0, np.uint64)
        return cls(none, none, none, np.zeros(0, np.int16))

    def __len__(self) -> int:
        """Count the rows of the table."""
        return len(self.picture)

    def fill(
        self, picture: NDArray[np.uint64], owner: NDArray[np.uint64], album: NDArray[np.uint64]
    ) -> None:
        """Write owner and album, in place, of known pictures whose address named no owner."""
        if not len(self):
            return
        rows = np.flatnonzero((owner == 0) & (picture != 0))
        at, known = matches(self.picture, picture[rows])
        rows, at = rows[known], at[known]
        owner[rows] = self.owner[at]
        album[rows] = np.where(album[rows] == 0, self.album[at], album[rows])

    def visibility_of(self, picture: NDArray[np.uint64]) -> NDArray[np.int16]:
        """Return indices into `visibilities`; -1 where the table does not say."""
        at, known = matches(self.picture, picture)
        return np.where(known, self.visibility[at], -1) if len(self) else at.astype(np.int16) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """Who is behind a session, how old an account is, and which owner it is."""

    session: NDArray[np.uint64]  # (s,) sorted
    holder: NDArray[np.uint64]  # (s,) the account of each session
    account: NDArray[np.uint64]  # (a,) sorted, each once
    owner: NDArray[np.uint64]  # (a,) 0 = not said
    created: NDArray[np.int64]  # (a,) milliseconds since 1970 UTC, -1 = not said
    days: NDArray[np.float64]  # (a,) age in days where no creation time is said, else NaN

    @classmethod
    def of(cls, table: pa.Table, key: int) -> Self:
        """Read the column account and, where there, session, created, age (days) and owner.

        Texts are hashed with *key*, as the log's are; ValueError where account is missing.
        """
        needed(table, "account")
        account, session = hashes_of(table, "account", key), hashes_of(table, "session", key)
        by_session = np.argsort(session, kind="stable")
        _, each = np.unique(account, return_index=True)
        return cls(
            session=session[by_session],
            holder=account[by_session],
            account=account[each],
            owner=hashes_of(table, "owner", key)[each],
            created=dates_of(table, "created")[each],
            days=numbers_of(table, "age")[each],
        )

    @classmethod
    def nobody(cls) -> Self:
        """Make the look-up that knows no account."""
        none, times = np.zeros(0, np.uint64), np.zeros(0, np.int64)
        return cls(none, none, none, none, times, np.zeros(0))

    def __len__(self) -> int:
        """Count the accounts."""
        return len(self.account)

    def fill(self, session: NDArray[np.uint64], account: NDArray[np.uint64]) -> None:
        """Write the account, in place, of known sessions whose line named none."""
        if not len(self.session):
            return
        rows = np.flatnonzero((account == 0) & (session != 0))
        at, known = matches(self.session, session[rows])
        account[rows[known]] = self.holder[at[known]]

    def owner_of(self, account: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return the owner hash of each account; where none is said, the account's own name."""
        if not len(self):
            return account
        at, known = matches(self.account, account)
        return np.where(known & (self.owner[at] != 0), self.owner[at], account)

    def age(self, account: NDArray[np.uint64], at: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return each account's age in days at *at* (milliseconds since 1970); NaN = unknown."""
        if not len(self):
            return np.full(len(account), np.nan)
        found, known = matches(self.account, account)
        created = self.created[found]
        age = np.where(created >= 0, (at - created) / DAY, self.days[found])
        return np.where(known, age, np.nan)
