"""What `site.toml` may say: every table and key, with its default; unknown keys are errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Rule:
    """One address shape: `pattern` (or `regex`, tried last) and what its groups mean.

    A `frame` tells the stills of one film apart; it and the rendition may be missing in a query.
    """

    pattern: str = ""  # /i/{rendition}/{picture}.{jpg|webp}
    regex: str = ""  # RE2 with the same group names, searched in path and query
    query: dict[str, str] = field(default_factory=dict)  # parameter -> group
    host: str = ""  # only on this host, where hosts are logged
    unique: bool = False  # the picture's text names it site-wide, whatever owner stands beside it
    rendition: str = ""  # what it is where no captured text says so


@dataclass(frozen=True, slots=True)
class Format:
    """How a log is laid out: the string of nginx's `log_format`, joined into one."""

    pattern: str
    name: str = ""


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
    galleries: str = ""  # columns owner, pictures (how many); without it `owners` is counted
    accounts: str = ""  # columns account; session, created or age, owner
    systems: str = ""  # whose network an address is in, in MaxMind's format (.mmdb)
    hosters: str = ""  # numbers of systems that rent out machines, one a line, or a column asn


@dataclass(frozen=True, slots=True)
class Crawler:
    """A crawler that publishes where it comes from."""

    name: str
    agent: str  # the token its user agent holds
    ranges: tuple[str, ...] = ()  # addresses and CIDRs; those of `file` are added
    file: str = ""
    pictures_a_day: int = 0  # that one of its addresses may take; 0: as the settings say


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
class Signer:
    """Whose key signs the requests of a crawler (Web Bot Auth)."""

    agent: str  # the token its user agent holds
    host: str  # what its Signature-Agent names: chatgpt.com


@dataclass(frozen=True, slots=True)
class SiteFile:
    """All of `site.toml`, as written."""

    name: str = ""
    secret: str = ""
    formats: tuple[str | Format, ...] = ()  # tried before those that are known anyway
    trusted_proxies: tuple[str, ...] = ()
    own_machines: tuple[str, ...] = ()
    cdn_edges: tuple[str, ...] = ()  # never listed
    firewalls: tuple[str, ...] = ()  # never listed
    hosts: Hosts = Hosts()
    renditions: Renditions = Renditions()
    lookups: Lookups = Lookups()
    ranges: str = ""  # the file that `hedgerow refresh` keeps: from where known crawlers come
    pictures: tuple[Rule, ...] = ()
    avatars: tuple[Rule, ...] = ()
    pages: tuple[Rule, ...] = ()
    api: tuple[Rule, ...] = ()
    assets: tuple[Rule, ...] = ()
    traps: tuple[Rule, ...] = ()
    crawlers: tuple[Crawler, ...] = ()
    researchers: tuple[Researcher, ...] = ()
    edge_signatures: bool = False  # the edge checks signatures, and visitors cannot write its word
    signers: tuple[Signer, ...] = ()
    order: tuple[str, ...] = ()  # the pattern tables as they stand in the file; not a key of it
