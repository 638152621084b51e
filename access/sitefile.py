"""What `site.toml` may say: every table and key, with its default; unknown keys are errors."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from ipaddress import ip_network
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Rule:
    """One address shape: `pattern` (or `regex`, tried last) and what its groups mean."""

    pattern: str = ""  # /i/{rendition}/{picture}.{jpg|webp}
    regex: str = ""  # RE2 with the same group names, searched in path and query
    query: dict[str, str] = field(default_factory=dict)  # parameter -> group
    host: str = ""  # only on this host, where hosts are logged
    unique: bool = False  # the picture's text names it site-wide, whatever owner stands beside it
    rendition: str = ""  # what it is where no captured text says so


@dataclass(frozen=True, slots=True)
class Hosts:
    """Which hosts serve what; where they differ, browsers send pictures only an origin."""

    pages: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renditions:
    """Which captured texts are which rendition; other texts go by the largest number in them."""

    original: tuple[str, ...] = ("o", "orig", "original", "originals", "full", "raw", "source")
    medium: tuple[str, ...] = ("m", "l", "medium", "large", "regular")
    thumbnail: tuple[str, ...] = (
        "t",
        "s",
        "tn",
        "thumb",
        "thumbs",
        "thumbnail",
        "small",
        "preview",
    )
    poster: tuple[str, ...] = ("poster",)
    frame: tuple[str, ...] = ("frame", "storyboard")
    thumbnail_up_to: int = 320  # pixels; the widest grid cell in common use
    medium_up_to: int = 1200  # pixels; wider is as good as the original to a face matcher


@dataclass(frozen=True, slots=True)
class Lookups:
    """Files that say what addresses do not (CSV or Parquet)."""

    owners: str = ""  # columns picture, owner; if known album, visibility
    accounts: str = ""  # columns account; session, created or age, owner


@dataclass(frozen=True, slots=True)
class Crawler:
    """A crawler that publishes where it comes from."""

    name: str
    agent: str  # the token its user agent holds
    ranges: tuple[str, ...] = ()  # addresses and CIDRs; those of `file` are added
    file: str = ""


@dataclass(frozen=True, slots=True)
class Researcher:
    """Somebody who may take pictures, so many a day, until a day."""

    name: str
    pictures_a_day: int
    until: date  # the last day, UTC
    addresses: tuple[str, ...] = ()  # addresses and CIDRs
    account: str = ""
    agent: str = ""  # a token the user agent holds

    @property
    def ends(self) -> int:
        """Return the first instant after the last day, milliseconds since 1970 UTC."""
        after = self.until + timedelta(days=1)
        return int(datetime(after.year, after.month, after.day, tzinfo=UTC).timestamp()) * 1000


@dataclass(frozen=True, slots=True)
class SiteFile:
    """All of `site.toml`, as written."""

    name: str = ""
    secret: str = ""
    trusted_proxies: tuple[str, ...] = ()
    own_machines: tuple[str, ...] = ()
    hosts: Hosts = Hosts()
    renditions: Renditions = Renditions()
    lookups: Lookups = Lookups()
    pictures: tuple[Rule, ...] = ()
    avatars: tuple[Rule, ...] = ()
    pages: tuple[Rule, ...] = ()
    api: tuple[Rule, ...] = ()
    assets: tuple[Rule, ...] = ()
    traps: tuple[Rule, ...] = ()
    crawlers: tuple[Crawler, ...] = ()
    researchers: tuple[Researcher, ...] = ()
    order: tuple[str, ...] = ()  # the pattern tables as they stand in the file; not a key of it


RULES = ("pictures", "avatars", "pages", "api", "assets", "traps")
TABLES = dict.fromkeys(RULES, Rule) | {
    "hosts": Hosts,
    "renditions": Renditions,
    "lookups": Lookups,
    "crawlers": Crawler,
    "researchers": Researcher,
}


def read_site_file(text: str) -> SiteFile:
    """Read `site.toml`; ValueError says which key, what was seen and what is known."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"site.toml is not TOML: {error}"
        raise ValueError(msg) from None
    _refuse_unknown(tree, {f.name for f in fields(SiteFile)} - {"order"}, "")
    for name, shape in TABLES.items():
        rows = tree.get(name, [])
        for i, row in enumerate(rows if isinstance(rows, list) else [rows]):
            where = f"{name}[{i}]." if isinstance(rows, list) else f"{name}."
            _refuse_unknown(row, {f.name for f in fields(shape)}, where)
    try:
        file = msgspec.convert({**tree, "order": [t for t in tree if t in RULES]}, SiteFile)
    except msgspec.ValidationError as error:
        msg = f"site.toml: {error}"
        raise ValueError(msg) from None
    _check_networks("trusted_proxies", file.trusted_proxies)
    _check_networks("own_machines", file.own_machines)
    for i, crawler in enumerate(file.crawlers):
        _check_networks(f"crawlers[{i}].ranges", crawler.ranges)
    for i, researcher in enumerate(file.researchers):
        _check_networks(f"researchers[{i}].addresses", researcher.addresses)
        if not (researcher.addresses or researcher.account or researcher.agent):
            msg = (
                f"site.toml: researchers[{i}]: neither addresses, account nor agent says who it is"
            )
            raise ValueError(msg)
    return file


def _refuse_unknown(row: object, known: set[str], where: str) -> None:
    """Raise for the first key that nobody reads, with the likeliest one meant."""
    unknown = sorted(set(row) - known) if isinstance(row, dict) else []
    if unknown:
        near = get_close_matches(unknown[0], known, 1)
        meant = f", perhaps {near[0]}" if near else ""
        msg = (
            f"site.toml: unknown key {where}{unknown[0]}{meant}; known: {', '.join(sorted(known))}"
        )
        raise ValueError(msg)


def _check_networks(where: str, texts: Iterable[str]) -> None:
    """Raise for the first text that is neither an address nor a CIDR."""
    for text in texts:
        try:
            ip_network(text, strict=False)
        except ValueError:
            msg = f"site.toml: {where}: neither an address nor a CIDR: {text!r}"
            raise ValueError(msg) from None
