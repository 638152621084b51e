"""Named: what the files hold that a site description names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from access.site.lookups import Accounts, Owners
from access.site.origins import Origin, lowered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    from access.site.file import Crawler

    Loaded: TypeAlias = pa.Table | list[str] | Mapping[str, Origin]
    Load: TypeAlias = Callable[[str], Loaded]


def _loaded(name: str, load: Load | None) -> Loaded:
    """Get what the file called *name* holds."""
    if load is None:
        msg = f"site.toml names the file {name!r}, but files cannot be read here"
        raise ValueError(msg)
    return load(name)


def owners_in(name: str, load: Load | None, key: int) -> Owners:
    """Read the owners' table, if the site names one."""
    return Owners.of(_table(name, load), key) if name else Owners.nobody()


def accounts_in(name: str, load: Load | None, key: int) -> Accounts:
    """Read the accounts' table, if the site names one."""
    return Accounts.of(_table(name, load), key) if name else Accounts.nobody()


def _table(name: str, load: Load | None) -> pa.Table:
    """Get the table in the file called *name*."""
    table = _loaded(name, load)
    if isinstance(table, list | dict):
        msg = f"a table was expected in {name!r}, not a list"
        raise ValueError(msg)  # noqa: TRY004 - the operator named the wrong file
    return table


def origins_in(name: str, load: Load | None) -> Mapping[str, Origin]:
    """Read from where known crawlers come, if the site names the file."""
    found = _loaded(name, load) if name else {}
    if not isinstance(found, dict):
        msg = f"site.toml: ranges: {name!r} is not a file that `hedgerow refresh` wrote"
        raise ValueError(msg)  # noqa: TRY004 - the operator named the wrong file
    return lowered(found)


def with_ranges(crawler: Crawler, load: Load | None) -> Crawler:
    """Add the ranges of the crawler's file to those written beside it."""
    if not crawler.file:
        return crawler
    listed = _loaded(crawler.file, load)
    if not isinstance(listed, list):
        msg = f"site.toml: crawlers: ranges were expected in {crawler.file!r}, one a line"
        raise ValueError(msg)  # noqa: TRY004 - the operator named the wrong file
    return replace(crawler, ranges=(*crawler.ranges, *listed))
