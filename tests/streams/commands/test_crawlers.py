"""From a published list and a name to a verdict, by the commands that people type."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from access.agents.taxonomy import KNOWN
from streams.commands import main
from streams.crawlerfile import CrawlerFile, Entry, moment_of
from tests.services.names import Names, name_server
from tests.services.pages import web_server

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LINE = '{} - - [{:%d/%b/%Y:%H:%M:%S} +0000] "GET /i/{}.jpg HTTP/1.1" 200 512 "-" "{}"\n'
BING = "/www.bing.com/toolbox/bingbot.json"
RANGE = {"prefixes": [{"ipv4Prefix": "192.0.2.0/28"}]}
VERIFIED, FORGED, NAMED, MISNAMED = "192.0.2.9", "203.0.113.9", "198.51.100.9", "198.51.100.10"
NAMELESS, FACES = "198.51.100.11", "198.51.100.12"
CALLED = {VERIFIED: "bingbot", FORGED: "bingbot", NAMED: "YandexBot", MISNAMED: "YandexBot"}
CALLED |= {NAMELESS: "YandexBot", FACES: "PimEyes"}
NAMES: dict[tuple[str, str], tuple[str, ...]] = {
    ("9.100.51.198.in-addr.arpa", "PTR"): ("spider-9.yandex.com",),
    ("spider-9.yandex.com", "A"): (NAMED,),
    ("10.100.51.198.in-addr.arpa", "PTR"): ("spider-9.yandex.com",),
}


def hedgerow(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="hedgerow")


def lines(address: str, agent: str, begun: int, count: int = 400) -> str:
    """Take pictures four a second, without a page."""
    at = (datetime.fromtimestamp(begun + n // 4, UTC) for n in range(count))
    each = enumerate(at)
    return "".join(LINE.format(address, t, f"{address}-{n * 7919}", agent) for n, t in each)


def written(folder: Path, begun: int) -> Path:
    """Write a log in which each takes as much, and only the names and addresses differ."""
    told = [lines(a, f"Mozilla/5.0 (compatible; {name}/2.0)", begun) for a, name in CALLED.items()]
    each = zip(*(text.splitlines(keepends=True) for text in told), strict=True)
    (folder / "access.log").write_text("".join("".join(together) for together in each))
    return folder / "access.log"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("place")
    ranges = folder / "crawlers.json"
    (folder / "site.toml").write_text('ranges = "crawlers.json"\n')
    with web_server({BING: json.dumps(RANGE).encode()}) as mirror:
        fetched = hedgerow("refresh", "--ranges", ranges, "--mirror", mirror)
    assert fetched.exit_code == 1  # all other lists are missing
    begun = CrawlerFile.read(ranges).crawlers["bingbot"].origin.fetched
    log = written(folder, begun)
    with name_server(Names(NAMES)) as names:
        asked = hedgerow("verify", log, "--ranges", ranges, "--resolver", names.place)
    assert asked.exit_code == 0, asked.output
    assert "YandexBot: 1 verified, 1 forged, 1 unverifiable\n" in asked.output
    assert "192.0.2" not in fetched.output + asked.output
    done = hedgerow("replay", log, "--site", folder / "site.toml", "--out", folder / "out")
    assert done.exit_code == 0, done.output
    return folder


def spoken(place: Path, address: str) -> set[str]:
    signals = (place / "out" / "signals.ndjson").read_text().splitlines()
    told = map(json.loads, signals)
    return {signal["detector"] for signal in told if signal["target"] == address}


def actions(place: Path, address: str) -> set[str]:
    decisions = (place / "out" / "decisions.ndjson").read_text().splitlines()
    told = map(json.loads, decisions)
    return {d["action"] for d in told if d["target"] == address}


@pytest.mark.parametrize("address", [VERIFIED, NAMED])
def test_a_verified_crawler_is_left_alone(place: Path, address: str) -> None:
    assert actions(place, address) == set()
    assert "forgery" not in spoken(place, address)


@pytest.mark.parametrize("address", [FORGED, MISNAMED])
def test_a_forged_one_is_blocked_and_called_so(place: Path, address: str) -> None:
    assert "forgery" in spoken(place, address)
    assert "block" in actions(place, address)


def test_an_unverifiable_one_is_judged_as_anyone_and_never_called_forged(place: Path) -> None:
    assert spoken(place, NAMELESS) >= {"disguise", "orphans"}
    assert "forgery" not in spoken(place, NAMELESS)


def test_a_face_search_is_unwelcome_by_its_name_and_never_called_forged(place: Path) -> None:
    assert "unwelcome" in spoken(place, FACES)
    assert "forgery" not in spoken(place, FACES)
    assert "block" in actions(place, FACES)


def test_a_verified_crawler_beyond_its_budget_is_slowed_down_at_most(place: Path) -> None:
    (place / "settings.toml").write_text("[crawlers]\npictures_a_day = 200\n")
    words = ("--site", place / "site.toml", "--settings", place / "settings.toml", "--json")
    told = json.loads(hedgerow("replay", place / "access.log", *words).output)

    done = {row["target"]: row["action"] for row in told["acted"]}
    assert {done[VERIFIED], done[NAMED]} == {"throttle"}
    assert done[FORGED] == "block"


def test_old_lists_are_doubted_and_accuse_nobody(place: Path, tmp_path: Path) -> None:
    file = CrawlerFile.read(place / "crawlers.json")
    listed = file.crawlers["bingbot"]
    old = replace(listed, fetched=moment_of(listed.origin.fetched - 31 * 86_400))
    CrawlerFile({"bingbot": old}).write(tmp_path / "crawlers.json")
    (tmp_path / "site.toml").write_text('ranges = "crawlers.json"\n')
    site = tmp_path / "site.toml"

    told = hedgerow("replay", place / "access.log", "--site", site, "--out", tmp_path / "out")
    checked = hedgerow("refresh", "--check", "--ranges", tmp_path / "crawlers.json")

    assert "crawlers.json were read 31 days before or after" in told.output
    assert "forgery" not in spoken(tmp_path, FORGED)
    assert (checked.exit_code, "31 days old" in checked.output) == (1, True)
    assert "31 days old  →  hedgerow refresh" in hedgerow("doctor", "--site", site).output
    assert hedgerow("refresh", "--check", "--ranges", place / "crawlers.json").exit_code == 0


def test_crawlers_lists_everybody_with_what_is_known(place: Path) -> None:
    rows = json.loads(hedgerow("crawlers", "--site", place / "site.toml", "--json").output)
    known = {row["crawler"]: row for row in rows}

    assert [row["crawler"] for row in rows] == [each.token for each in KNOWN]
    assert known["bingbot"]["known"] == "1 ranges"
    assert known["YandexBot"]["known"] == "1 confirmed, 1 denied"
    assert known["PimEyes"]["told by"] == "nothing: unverifiable"
    assert known["PimEyes"]["received"] == "unwelcome"
    assert "PimEyes" in hedgerow("crawlers").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("refresh", "--mirror", "ftp://x"), "--mirror: expected http:// or https://"),
        (("verify", "{log}", "--resolver", "nonsense"), "saw 'nonsense'"),
        (("verify", "{log}", "--ranges", "{log}"), "Error: "),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    place: Path, words: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    result = hedgerow(*(word.format(log=place / "access.log") for word in words))

    assert result.exit_code in {1, 2}
    assert told in result.output
    assert "Traceback" not in result.output


def listing(folder: Path, held: bool) -> bool:  # noqa: FBT001 - what is waited for
    """Wait until the address stands in the block list, or does no more."""
    path, end = folder / "guard" / "blocklist.txt", time.monotonic() + 60  # noqa: TID251
    while time.monotonic() < end:  # noqa: TID251 - waits for a program
        if path.exists() and (VERIFIED in path.read_text()) is held:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.usefixtures("compiled")
def test_a_guard_takes_up_new_ranges_while_it_runs(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('ranges = "crawlers.json"\n')
    CrawlerFile().write(tmp_path / "crawlers.json")
    begun = 1_790_000_000
    (tmp_path / "access.log").write_text(lines(VERIFIED, "bingbot/2.0", begun, 2_000))
    words = ("guard", "access.log", "--site", "site.toml", "--out", "guard")
    program = subprocess.Popen([sys.executable, "-m", "streams.commands", *words], cwd=tmp_path)
    try:
        before = listing(tmp_path, held=True)
        known = Entry(ranges=("192.0.2.0/28",), fetched=moment_of(begun))
        CrawlerFile({"bingbot": known}).write(tmp_path / "crawlers.json")
        assert (before, listing(tmp_path, held=False)) == (True, True)
    finally:
        program.terminate()
        program.wait(60)
