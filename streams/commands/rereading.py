"""Rereading: take up what was refreshed or verified while one follows a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from access.site.origins import lowered
from streams.crawlerfile import CrawlerFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from access.site import Site
    from access.site.origins import Origin


def reread(path: Path | None, site: Site) -> Mapping[str, Origin]:
    """Read again from where crawlers come; where that fails, what was known stands."""
    if not path:
        return site.origins
    try:
        return lowered(CrawlerFile.of(path.read_bytes(), str(path)).origins())
    except (OSError, ValueError) as error:
        click.echo(f"{path} is left unread: {error}", err=True)
        return site.origins
