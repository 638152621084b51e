"""Read `site.toml` and the files it names: tables, ranges of crawlers, systems of addresses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from access.site import Site
from streams.crawlerfile import CrawlerFile

if TYPE_CHECKING:
    import pyarrow as pa

    from access.site.loading import Held

TEXTS = ("picture", "owner", "album", "visibility", "session", "account")  # 0012 is not 12
PREFIXES = ("ipv4Prefix", "ipv6Prefix")  # as crawlers publish their ranges


def read_site(path: Path | None) -> Site:
    """Read a site description, or take the default; raises OSError, and ValueError with the key.

    Files named in it are looked for beside it: .csv, .csv.gz and .parquet are tables, .json is a
    published list of ranges or what `hedgerow refresh` wrote, .mmdb is kept as it is, anything
    else has one entry a line.
    """
    if path is None:
        return Site.default()
    try:
        return Site.from_toml(
            path.read_text("utf-8"), load=lambda name: load(path.parent / Path(name))
        )
    except ValueError as error:
        msg = f"{path}: {error}"
        raise ValueError(msg) from None


def load(path: Path) -> Held:
    """Read a file that a site description names."""
    name = path.name.lower()
    if name.endswith(".parquet"):
        from pyarrow import parquet  # noqa: PLC0415 - most sites name no tables

        return parquet.read_table(path)
    if name.endswith((".csv", ".csv.gz")):
        return read_csv(path)
    if name.endswith(".mmdb"):
        return path.read_bytes()
    text = path.read_text("utf-8")
    return in_json(text, path) if name.endswith(".json") else ranges(text)


def read_csv(path: Path) -> pa.Table:
    """Read a table whose identities are texts, even where they look like numbers."""
    import pyarrow as pa  # noqa: PLC0415 - most sites name no tables
    from pyarrow import csv  # noqa: PLC0415

    types = dict.fromkeys(TEXTS, pa.string())
    return csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=types))


def ranges(text: str) -> list[str]:
    """Read one range a line; what follows # is a comment."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def in_json(text: str, path: Path) -> Held:
    """Read the file that `hedgerow refresh` keeps, or ranges as search engines publish them."""
    listed = json.loads(text)
    if isinstance(listed, dict) and "crawlers" in listed:
        return CrawlerFile.of(text.encode(), str(path)).origins()
    entries = listed.get("prefixes") if isinstance(listed, dict) else None
    if entries is None:
        msg = f'{path}: expected {{"prefixes": [{{"ipv4Prefix": …}}]}}, saw {text[:60]!r}'
        raise ValueError(msg)
    return [entry[key] for entry in entries for key in PREFIXES if key in entry]
