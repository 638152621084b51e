"""Refreshing takes over what can be meant, and keeps what it had of the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from access.agents.known import Category, Known
from streams.crawlerfile import CrawlerFile
from streams.fetching import LARGEST, fetch, fetch_all
from streams.refreshing import Refreshed, refreshed
from tests.services.pages import web_server
from tests.services.ports import free_port

if TYPE_CHECKING:
    from pathlib import Path

READ, LATER = 1_790_000_000, 1_790_086_400  # seconds
KNOWN = (
    Known("OneBot", "One", Category.SEARCH, ("https://one.example/bot.json",)),
    Known("TwoBot", "Two", Category.SEARCH, ("https://two.example/4", "https://two.example/6")),
    Known("NoBot", "No", Category.SEARCH),
)
ONE = json.dumps({"prefixes": [{"ipv4Prefix": "192.0.2.0/24"}]}).encode()
PAGES = {"/one.example/bot.json": ONE, "/two.example/4": b"198.51.100.0/24\n"}
PAGES["/two.example/6"] = b"2001:db8::/48\n"


def once(file: CrawlerFile, pages: dict[str, bytes], now: int = READ) -> Refreshed:
    with web_server(pages) as mirror:
        return refreshed(file, KNOWN, fetch_all, now, mirror)


@pytest.fixture(scope="module")
def first() -> CrawlerFile:
    return once(CrawlerFile(), PAGES).file


def test_good_lists_are_dated_and_taken_over(first: CrawlerFile) -> None:
    assert {token: entry.ranges for token, entry in first.crawlers.items()} == {
        "OneBot": ("192.0.2.0/24",),
        "TwoBot": ("198.51.100.0/24", "2001:db8::/48"),
    }
    assert {entry.origin.fetched for entry in first.crawlers.values()} == {READ}


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (ONE[:-9], "not JSON"),
        (b"", "no ranges"),
        (b'{"prefixes": []}', "no ranges"),
        (b'{"prefixes": [{"ipv4Prefix": "192.0.2.0/26"}]}', "only 25% of the IPv4"),
        (b'{"prefixes": [{"ipv4Prefix": "0.0.0.0/0"}]}', "wider than any"),
        (b'{"prefixes": [{"ipv4Prefix": "192.168.0.0/24"}]}', "lies in 192.168.0.0/16"),
        (b"\xff\xfe", "can't decode"),
        (b" " * (LARGEST + 1), "longer than"),
    ],
)
def test_what_cannot_be_meant_is_kept_as_it_was(
    first: CrawlerFile, page: bytes, words: str
) -> None:
    later = once(first, PAGES | {"/one.example/bot.json": page}, LATER)

    assert later.file.crawlers["OneBot"] == first.crawlers["OneBot"]
    assert later.file.crawlers["TwoBot"].origin.fetched == LATER
    assert later.taken == ("TwoBot",)
    assert len(later.refused) == 1
    assert words in later.refused[0]


def test_of_two_lists_both_are_needed(first: CrawlerFile) -> None:
    later = once(first, {path: page for path, page in PAGES.items() if "/6" not in path}, LATER)

    assert later.file.crawlers["TwoBot"] == first.crawlers["TwoBot"]
    assert "404" in later.refused[0]


def test_a_host_that_is_down_changes_nothing(first: CrawlerFile) -> None:
    mirror = f"http://127.0.0.1:{free_port()}"
    later = refreshed(first, KNOWN, fetch_all, LATER, mirror)

    assert (later.file, later.taken) == (CrawlerFile(first.crawlers), ())
    assert len(later.refused) == 2


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    with web_server({"/a": b"192.0.2.0/24\n"}, cut=9) as host:
        told = fetch_all([f"{host}/a"])[f"{host}/a"]

    assert isinstance(told, Exception)


def test_only_the_web_is_asked(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("192.0.2.0/24")

    with pytest.raises(ValueError, match="not http or https"):
        fetch((tmp_path / "secret").as_uri())


def test_the_file_says_the_same_when_it_is_read_again(first: CrawlerFile, tmp_path: Path) -> None:
    first.write(tmp_path / "crawlers.json")
    again = CrawlerFile.read(tmp_path / "crawlers.json")

    assert (again.crawlers, again.hash) == (first.crawlers, first.digest())
    assert again.oldest(LATER) == LATER - READ


def test_a_file_that_was_torn_or_edited_is_refused(first: CrawlerFile, tmp_path: Path) -> None:
    path = tmp_path / "crawlers.json"
    first.write(path)
    text = path.read_text()

    path.write_text(text.replace("192.0.2.0/24", "203.0.113.0/24"))
    with pytest.raises(ValueError, match="torn, or changed by hand"):
        CrawlerFile.read(path)
    path.write_text(text[: len(text) // 2])
    with pytest.raises(ValueError, match=r"crawlers\.json: "):
        CrawlerFile.read(path)
