"""Named: what the files hold that a site description names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from access.site.loading import held, lines_in, table_in
from access.site.lookups import Accounts, Galleries, Owners
from access.site.origins import Origin, lowered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from access.site.file import Crawler
    from access.site.loading import Load


def owners_in(name: str, load: Load | None, key: int) -> Owners:
    """Read the owners' table, if the site names one."""
    return Owners.of(table_in(name, load), key) if name else Owners.nobody()


def galleries_in(name: str, load: Load | None, key: int, owners: Owners) -> Galleries:
    """Read how many pictures owners have, if the site names such a table, else count *owners*."""
    return Galleries.of(table_in(name, load), key) if name else Galleries.counted(owners)


def accounts_in(name: str, load: Load | None, key: int) -> Accounts:
    """Read the accounts' table, if the site names one."""
    return Accounts.of(table_in(name, load), key) if name else Accounts.nobody()


def origins_in(name: str, load: Load | None) -> Mapping[str, Origin]:
    """Read from where known crawlers come, if the site names the file."""
    found = held(name, load) if name else {}
    if not isinstance(found, dict):
        msg = f"site.toml: ranges: {name!r} is not a file that `hedgerow refresh` wrote"
        raise ValueError(msg)  # noqa: TRY004 - the operator named the wrong file
    return lowered(found)


def with_ranges(crawler: Crawler, load: Load | None) -> Crawler:
    """Add the ranges of the crawler's file to those written beside it."""
    if not crawler.file:
        return crawler
    return replace(crawler, ranges=(*crawler.ranges, *lines_in(crawler.file, load)))
