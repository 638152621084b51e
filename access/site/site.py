"""Site: a platform describes itself in `site.toml`; without one, `Site.default()` serves."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Self

import numpy as np

from access.layouts import Layout
from access.site.file import Format
from access.site.loading import systems_of
from access.site.named import accounts_in, galleries_in, origins_in, owners_in, with_ranges
from access.site.patterns import Patterns
from access.site.text import read_site_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from access.site.file import Crawler, Hosts, Researcher, Signer, SiteFile
    from access.site.loading import Load
    from access.site.lookups import Accounts, Galleries, Owners
    from access.site.origins import Origin
    from access.site.systems import Systems


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """What a platform says of itself, compiled for columns."""

    name: str
    key: int  # uint64 seed of every hash of this platform
    formats: tuple[Layout, ...]  # of its text logs
    hosts: Hosts
    trusted_proxies: tuple[str, ...]  # addresses and CIDRs
    own_machines: tuple[str, ...]  # addresses and CIDRs
    cdn_edges: tuple[str, ...]  # addresses and CIDRs: whoever is served there has no address
    untouchable: tuple[str, ...]  # … of CDN edges and firewalls, which no list may hold
    crawlers: tuple[Crawler, ...]
    ranges: str  # the name of the file that says from where known crawlers come; empty: none
    origins: Mapping[str, Origin]  # by token in small letters; what stands in it
    researchers: tuple[Researcher, ...]
    edge_signatures: bool  # what the log says of signatures is the edge's word
    signers: tuple[Signer, ...]
    owners: Owners
    galleries: Galleries
    accounts: Accounts
    systems: Systems
    patterns: Patterns

    @property
    def split_hosts(self) -> bool:
        """Tell whether pages and pictures live on different hosts."""
        pages, pictures = set(self.hosts.pages), set(self.hosts.pictures)
        return bool(pages and pictures and not pages & pictures)

    @classmethod
    def default(cls) -> Self:
        """Make the site that says nothing: no proxies, no patterns, no look-ups."""
        return cls.from_toml("")

    @classmethod
    def from_toml(cls, text: str, *, load: Load | None = None) -> Self:
        """Compile `site.toml`; *load* gives the table or the ranges a named file holds.

        ValueError names the key or pattern, what was seen and what would do.
        """
        file = read_site_text(text)
        key = _key(file)
        owners = owners_in(file.lookups.owners, load, key)
        return cls(
            name=file.name,
            key=key,
            formats=tuple(_layout(i, given) for i, given in enumerate(file.formats)),
            hosts=file.hosts,
            trusted_proxies=file.trusted_proxies,
            own_machines=file.own_machines,
            cdn_edges=file.cdn_edges,
            untouchable=(*file.cdn_edges, *file.firewalls),
            crawlers=tuple(with_ranges(crawler, load) for crawler in file.crawlers),
            ranges=file.ranges,
            origins=origins_in(file.ranges, load),
            researchers=file.researchers,
            edge_signatures=file.edge_signatures,
            signers=file.signers,
            owners=owners,
            galleries=galleries_in(file.lookups.galleries, load, key, owners),
            accounts=accounts_in(file.lookups.accounts, load, key),
            systems=systems_of(file.lookups, load),
            patterns=Patterns.of(file, key),
        )

    def name_rows(  # noqa: PLR0913, PLR0917 - one argument a column it writes
        self,
        buffer: NDArray[np.uint8],
        words: NDArray[np.uint64],
        spans: NDArray[np.int32],
        kind: NDArray[np.uint8],
        rendition: NDArray[np.uint8],
        picture: NDArray[np.uint64],
        owner: NDArray[np.uint64],
        album: NDArray[np.uint64],
        serial: NDArray[np.int64],
        series: NDArray[np.uint64],
    ) -> None:
        """Write the columns of each undecided row (kind 255) that a pattern fits, in place.

        Where the address names no owner, the look-up of owners does. Rows that nothing fits keep
        their 255 and are otherwise left as they were.
        """
        called = np.zeros(len(spans), np.uint64)
        out = (kind, rendition, picture, owner, album, serial, series, called)
        self.patterns.name_rows(buffer, words, spans, out)
        self.owners.fill(called, owner, album)


def _layout(place: int, given: str | Format) -> Layout:
    """Compile a log format; an error says which one it is."""
    if isinstance(given, str):
        given = Format(given)
    try:
        return Layout.of(given.name, given.pattern)
    except ValueError as error:
        msg = f"site.toml: formats[{place}]: {error}"
        raise ValueError(msg) from None


def _key(file: SiteFile) -> int:
    """Derive the seed of all hashes from the secret, or from the name where there is none."""
    text = file.secret or file.name
    return int.from_bytes(blake2b(text.encode(), digest_size=8, person=b"hedgerow").digest(), "big")
