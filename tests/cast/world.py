"""World: a photo platform with people and harvesters, out of a seed, and the truth of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from tests.cast.addresses import Addresses
from tests.cast.agents import Agents
from tests.cast.catalogue import Catalogue
from tests.cast.headers import wearers
from tests.cast.passersby import PASSERSBY
from tests.cast.people import crowd_roles
from tests.cast.roster import FIRST_SEVEN, HARVESTERS
from tests.cast.schemes import Scheme, Spelling
from tests.cast.sites import accounts_table, owners_table, site_text
from tests.cast.stage import HOUR, SECOND, Role, Stage
from tests.cast.telling import told, visitors_of
from tests.cast.text import Writer
from tests.cast.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tests.cast.draft import Draft
    from tests.cast.platform import Requests

START = 1_795_521_600  # 2026-11-24 12:00 UTC
PILOT = 2_000  # people whose lines are counted to know how often people must come
SPARE = 1.04  # drawn beyond the lines wanted, as a pilot errs by some per cent


class World:
    """A photo platform for some hours.

    *lines* asks for a log of that length: people come more often, and it ends with that line.
    Nobody comes less than once, so few lines of many people end early.
    """

    def __init__(
        self,
        seed: int,
        *,
        scheme: Scheme | str = Scheme.NUMBERED,
        people: int = 15_000,
        hours: float = 6,
        start: int = START,
        harvesters: Sequence[str] = FIRST_SEVEN,
        passersby: Sequence[Role] = PASSERSBY,
        lines: int | None = None,
        pictures: int = 60_000,
        before: float = 0,
    ) -> None:
        """Draw everything; the same arguments make the same world.

        For the first hours, so many as *before* says, nobody harvests.
        """
        self.seed, self.scheme = seed, Scheme(scheme)
        catalogue = Catalogue.drawn(self._chance("catalogue"), pictures)
        addresses = Addresses(self._chance("addresses"))
        begins, ends = start * SECOND, int(start * SECOND + hours * HOUR)
        chance, agents = self._chance("stage"), Agents(start)
        self._stage = Stage(chance, catalogue, agents, addresses, begins, ends, people)
        self.agents = agents.words
        others = [*passersby, *(HARVESTERS[name] for name in harvesters)]
        later = replace(self._stage, start=begins + int(before * HOUR))
        drafts = [self._played(later if role.guilty else self._stage, role) for role in others]
        crowds, read = self._crowds(lines - sum(map(len, drafts)) if lines else None)
        drafts = read + drafts
        self.requests = told(drafts, self._stage.catalogue, self.scheme, lines)
        self.truth = self._truth([*crowds, *others], drafts)
        wearer = wearers(self.requests, self.truth)
        self._writer = Writer(self.requests, self.spelling, self.agents, wearer)

    @property
    def spelling(self) -> Spelling:
        """Say how this platform writes its addresses."""
        return Spelling(self.scheme, self._stage.catalogue, self.seed)

    def columns(self) -> Requests:
        """Give the requests as columns of numbers, in order of time."""
        return self.requests

    def requests_of(self, name: str) -> Requests:
        """Pick the requests of one class of visitors."""
        role = self.truth.names.index(name)
        return self.requests.where(self.truth.role[self.requests.visitor] == role)

    def lines(self, format: str = "combined") -> Iterator[bytes]:  # noqa: A002  it is the word
        """Write the log: blocks of whole lines; combined, nginx_main, json or json_headers."""
        return self._writer.blocks(format)

    def write(self, path: Path | str, format: str = "combined") -> None:  # noqa: A002  as above
        """Write the log into a file."""
        with Path(path).open("wb") as file:
            file.writelines(self.lines(format))

    @property
    def catalogue(self) -> Catalogue:
        """Give all pictures that there are."""
        return self._stage.catalogue

    def owner_of(self, slot: NDArray[np.int64]) -> NDArray[np.int64]:
        """Tell whose pictures they are."""
        return self._stage.catalogue.owner[slot]

    def site_toml(self, *, lookups: bool = False) -> str:
        """Describe the platform; with *lookups* the files of `write_site` are named in it."""
        return site_text(self.scheme, lookups=lookups, classes=self.truth.names)

    def write_site(self, folder: Path) -> Path:
        """Write site.toml, owners.csv and accounts.csv into a folder; return the first."""
        from pyarrow.csv import write_csv  # noqa: PLC0415  few worlds need it

        requests, owners = self.requests, self._stage.catalogue.owners
        write_csv(owners_table(self.spelling), folder / "owners.csv")
        accounts = accounts_table(requests.session, requests.account, owners)
        write_csv(accounts, folder / "accounts.csv")
        (folder / "site.toml").write_text(self.site_toml(lookups=True))
        return folder / "site.toml"

    def _chance(self, name: str) -> np.random.Generator:
        """Give each role its own chance: one more changes of the others at most the addresses."""
        return np.random.default_rng([self.seed, crc32(name.encode())])

    def _played(self, stage: Stage, role: Role) -> Draft:
        draft = role.act(replace(stage, rng=self._chance(role.name)))
        return draft.where((draft.at >= stage.start) & (draft.at < stage.stop))

    def _crowds(self, lines: int | None) -> tuple[list[Role], list[Draft]]:
        """Let people look around, until there are lines enough."""
        busier = 1.0 if lines is None else self._busier(lines)
        while True:
            crowds = crowd_roles(busier)
            drafts = [self._played(self._stage, role) for role in crowds]
            if sum(map(len, drafts)) >= (lines or 0):
                return crowds, drafts
            busier = max(busier, 1.0) * 1.2

    def _busier(self, wanted: int) -> float:
        """Measure, on a few people, how much oftener everybody must come."""
        few = min(PILOT, self._stage.people)
        addresses = Addresses(self._chance("pilot"))
        stage = replace(self._stage, people=few, addresses=addresses)
        counted = sum(len(self._played(stage, role)) for role in crowd_roles(1.0))
        return SPARE * wanted / (counted * self._stage.people / few)

    def _truth(self, roles: list[Role], drafts: list[Draft]) -> Truth:
        counts = [visitors_of(draft) for draft in drafts]
        return Truth(
            names=tuple(role.name for role in roles),
            harvests=tuple(role.guilty for role in roles),
            role=np.repeat(np.arange(len(roles)), counts),
            requests=self.requests,
        )
