"""Look-ups: what a platform's own tables say that its addresses do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from access.site.columns import codes_of, dates_of, hashes_of, needed, numbers_of
from access.site.directory import Directory

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

DAY = 86_400_000  # milliseconds
NONE = np.zeros(0, np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Owners:
    """Whose picture it is, by the hash of the picture's text; a picture's first row counts."""

    pictures: Directory  # of the n rows below
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
        pictures = Directory.of(picture[order])
        return cls(pictures, owner[order], album[order], visibility[order], words)

    @classmethod
    def nobody(cls) -> Self:
        """Make the look-up that knows no picture."""
        return cls(Directory.of(NONE), NONE, NONE, np.zeros(0, np.int16))

    def __len__(self) -> int:
        """Count the rows of the table."""
        return len(self.owner)

    def fill(
        self, called: NDArray[np.uint64], owner: NDArray[np.uint64], album: NDArray[np.uint64]
    ) -> None:
        """Write owner and album, in place, of known pictures whose address named no owner.

        *called* are the hashes of the pictures' texts, which are not their identities where album
        or frame are part of those.
        """
        if not len(self):
            return
        rows = np.flatnonzero(owner == 0)
        at = self.pictures.find(called[rows])
        rows, at = rows[at >= 0], at[at >= 0]
        owner[rows] = self.owner[at]
        album[rows] = np.where(album[rows] == 0, self.album[at], album[rows])

    def visibility_of(self, called: NDArray[np.uint64]) -> NDArray[np.int16]:
        """Return indices into `visibilities`; -1 where the table does not say."""
        at = self.pictures.find(called)
        said = np.full(len(called), -1, np.int16)
        said[at >= 0] = self.visibility[at[at >= 0]]
        return said


@dataclass(frozen=True, slots=True, eq=False)
class Galleries:
    """How many pictures each owner has."""

    owners: Directory
    pictures: NDArray[np.int64]  # (owners,)

    @classmethod
    def of(cls, table: pa.Table, key: int) -> Self:
        """Read the columns owner and pictures; an owner's first row counts.

        Texts are hashed with *key*, as addresses are; ValueError where a column is missing, or
        where something else than a number stands in pictures.
        """
        needed(table, "owner")
        needed(table, "pictures")
        owner, first = np.unique(hashes_of(table, "owner", key), return_index=True)
        pictures = np.nan_to_num(numbers_of(table, "pictures")[first])
        return cls(Directory.of(owner), pictures.astype(np.int64))

    @classmethod
    def counted(cls, owners: Owners) -> Self:
        """Count the pictures that a platform's table of pictures lists."""
        owner, pictures = np.unique(owners.owner[owners.pictures.distinct()], return_counts=True)
        return cls(Directory.of(owner), pictures.astype(np.int64))

    def __len__(self) -> int:
        """Count the owners."""
        return len(self.pictures)

    def sizes(self, owner: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Tell how many pictures owners (rows,) have; 0 where that is not known."""
        at = self.owners.find(owner)
        sizes = np.zeros(len(owner), np.int64)
        sizes[at >= 0] = self.pictures[at[at >= 0]]
        return sizes


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """Who is behind a session, how old an account is, and which owner it is."""

    sessions: Directory
    holder: NDArray[np.uint64]  # (sessions,) the account of each
    accounts: Directory
    owner: NDArray[np.uint64]  # (accounts,) 0 = not said
    created: NDArray[np.int64]  # (accounts,) milliseconds since 1970 UTC, -1 = not said
    days: NDArray[np.float64]  # (accounts,) age in days when the table was made; NaN = not said

    @classmethod
    def of(cls, table: pa.Table, key: int) -> Self:
        """Read the column account and, where there, session, created, age (days) and owner.

        Texts are hashed with *key*, as the log's are; ValueError where account is missing.
        """
        needed(table, "account")
        account, session = hashes_of(table, "account", key), hashes_of(table, "session", key)
        by_session = np.argsort(session, kind="stable")
        names, first = np.unique(account, return_index=True)
        return cls(
            sessions=Directory.of(session[by_session]),
            holder=account[by_session],
            accounts=Directory.of(names),
            owner=hashes_of(table, "owner", key)[first],
            created=dates_of(table, "created")[first],
            days=numbers_of(table, "age")[first],
        )

    @classmethod
    def nobody(cls) -> Self:
        """Make the look-up that knows no account."""
        nobody = Directory.of(NONE)
        return cls(nobody, NONE, nobody, NONE, np.zeros(0, np.int64), np.zeros(0))

    def __len__(self) -> int:
        """Count the accounts."""
        return len(self.owner)

    def fill(self, session: NDArray[np.uint64], account: NDArray[np.uint64]) -> None:
        """Write the account, in place, of known sessions whose line named none."""
        if not len(self):
            return
        rows = np.flatnonzero((account == 0) & (session != 0))
        at = self.sessions.find(session[rows])
        account[rows[at >= 0]] = self.holder[at[at >= 0]]

    def owner_of(self, account: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return the owner hash of each account; where none is said, the account's own name."""
        if not len(self):
            return account
        at = self.accounts.find(account)
        said = np.where(at >= 0, self.owner[at], 0)
        return np.where(said != 0, said, account)

    def age(self, account: NDArray[np.uint64], at: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return each account's age in days at *at* (milliseconds since 1970); NaN = unknown."""
        days = np.full(len(account), np.nan)
        row = self.accounts.find(account)
        known = row >= 0
        created, said = self.created[row[known]], self.days[row[known]]
        days[known] = np.where(created >= 0, (at[known] - created) / DAY, said)
        return days
