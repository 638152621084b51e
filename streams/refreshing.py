"""Refreshing: put what crawlers publish today in the place of what they published before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from streams.crawlerfile import CrawlerFile, Entry, moment_of
from streams.lists import checked, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from access.agents.known import Known

    Fetch = Callable[[Iterable[str]], Mapping[str, str | Exception]]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A new file, and what could not be taken over into it."""

    file: CrawlerFile
    taken: tuple[str, ...]  # tokens
    refused: tuple[str, ...]  # "token: why"


def refreshed(
    file: CrawlerFile, known: Sequence[Known], fetch: Fetch, now: int, mirror: str = ""
) -> Refreshed:
    """Ask for the list of each crawler that publishes one; where it cannot be meant, keep the old.

    *now* is in seconds since 1970 UTC; *mirror* stands before host and path where not the crawlers'
    own hosts are to be asked.
    """
    wanted = [each for each in known if each.lists]
    texts = fetch(mirrored(url, mirror) for each in wanted for url in each.lists)
    crawlers, taken, refused = dict(file.crawlers), [], []
    for each in wanted:
        before = crawlers.get(each.token, Entry())
        urls = [mirrored(url, mirror) for url in each.lists]
        try:
            ranges = checked(_joined(urls, texts), before.ranges)
        except ValueError as error:
            refused.append(f"{each.token}: {error}")
            continue
        entry = replace(before, ranges=ranges, fetched=moment_of(now), lists=tuple(urls))
        crawlers[each.token] = entry
        taken.append(each.token)
    return Refreshed(CrawlerFile(crawlers), tuple(taken), tuple(refused))


def mirrored(url: str, mirror: str) -> str:
    """Ask a mirror instead: `https://mirror.example/` for `https://openai.com/gptbot.json`."""
    if not mirror:
        return url
    asked = urlsplit(url)
    return f"{mirror.rstrip('/')}/{asked.netloc}{asked.path}"


def _joined(urls: Sequence[str], texts: Mapping[str, str | Exception]) -> list[str]:
    """Read all lists of a crawler; ValueError where one is missing or cannot be read."""
    found: list[str] = []
    for url in urls:
        text = texts[url]
        if isinstance(text, Exception):
            msg = str(text) if url in str(text) else f"{url}: {text}"
            raise ValueError(msg)  # noqa: TRY004 - it is what came in place of a text
        try:
            found += listed(text)
        except ValueError as error:
            msg = f"{url}: {error}"
            raise ValueError(msg) from None
    return found
