"""Read the text of a `site.toml`; what is wrong with it is said with the key and what was seen."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from difflib import get_close_matches
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import msgspec

from access.site.file import (
    Crawler,
    Format,
    Hosts,
    Lookups,
    Renditions,
    Researcher,
    Rule,
    Signer,
    SiteFile,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

RULES = ("pictures", "avatars", "pages", "api", "assets", "traps")
TABLES = dict.fromkeys(RULES, Rule) | {
    "hosts": Hosts,
    "renditions": Renditions,
    "lookups": Lookups,
    "crawlers": Crawler,
    "formats": Format,
    "researchers": Researcher,
    "signers": Signer,
}


def read_site_text(text: str) -> SiteFile:
    """Read `site.toml`; ValueError says which key, what was seen and what is known."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"site.toml is not TOML: {error}"
        raise ValueError(msg) from None
    _refuse_unknown_keys(tree)
    order = [table for table in tree if table in RULES]
    try:
        file = msgspec.convert({**tree, "order": order}, SiteFile)
    except msgspec.ValidationError as error:
        msg = f"site.toml: {error}"
        raise ValueError(msg) from None
    _check_networks("trusted_proxies", file.trusted_proxies)
    for name in ("own_machines", "cdn_edges", "firewalls"):
        _check_networks(name, getattr(file, name))
    for i, crawler in enumerate(file.crawlers):
        _check_networks(f"crawlers[{i}].ranges", crawler.ranges)
    for i, researcher in enumerate(file.researchers):
        _check_researcher(f"researchers[{i}]", researcher)
    return file


def _refuse_unknown_keys(tree: dict[str, Any]) -> None:
    """Raise for the first key that nobody reads."""
    _refuse_unknown(tree, {f.name for f in fields(SiteFile)} - {"order"}, "")
    for name, shape in TABLES.items():
        rows = tree.get(name, [])
        for i, row in enumerate(rows if isinstance(rows, list) else [rows]):
            where = f"{name}[{i}]." if isinstance(rows, list) else f"{name}."
            _refuse_unknown(row, {f.name for f in fields(shape)}, where)


def _refuse_unknown(row: object, known: set[str], where: str) -> None:
    """Raise for the first unknown key of one table, with the likeliest one meant."""
    unknown = sorted(set(row) - known) if isinstance(row, dict) else []
    if unknown:
        near = get_close_matches(unknown[0], known, 1)
        meant = f", perhaps {near[0]}" if near else ""
        every = ", ".join(sorted(known))
        msg = f"site.toml: unknown key {where}{unknown[0]}{meant}; known: {every}"
        raise ValueError(msg)


def _check_researcher(where: str, researcher: Researcher) -> None:
    """Raise for somebody nobody could recognise."""
    _check_networks(f"{where}.addresses", researcher.addresses)
    if not (researcher.addresses or researcher.account or researcher.agent):
        msg = f"site.toml: {where}: neither addresses, account nor agent says who it is"
        raise ValueError(msg)


def _check_networks(where: str, texts: Iterable[str]) -> None:
    """Raise for the first text that is neither an address nor a CIDR."""
    for text in texts:
        try:
            ip_network(text, strict=False)
        except ValueError:
            msg = f"site.toml: {where}: neither an address nor a CIDR: {text!r}"
            raise ValueError(msg) from None
