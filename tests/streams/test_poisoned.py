"""Whoever writes into a log what is not true gets nobody else acted upon; and where that fails.

Each attack is shown beside what it would do if Hedgerow believed it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from access.site import Site
from enforcement.decision import Action
from enforcement.moments import moment
from streams.run import Run
from streams.settings import Settings
from streams.sources import open_source
from tests.streams.deciders import NOON

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VICTIM, THIEF, PROXY = "198.51.100.7", "203.0.113.66", "192.0.2.1"
MANY = 900  # pictures: certain by several detectors
WHEN = moment(NOON)
AGENT = "python-requests/2.31"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WITH_PROXY = Site.from_toml(f'trusted_proxies = ["{PROXY}"]')
BELIEVING = Site.from_toml(f'trusted_proxies = ["{PROXY}", "{THIEF}"]')


def text(peer: str, number: int, *, agent: str = AGENT, via: str = "-", at: int = NOON) -> str:
    """Write a picture in nginx's `main` format."""
    when = f"{moment(at + number // 4)}"
    hour = f"24/Nov/2026:{when[11:19]} +0000" if at >= NOON else f"23/Nov/2026:{when[11:19]} +0000"
    path = f"/photos/{number}.jpg"
    return f'{peer} - - [{hour}] "GET {path} HTTP/1.1" 200 90000 "-" "{agent}" "{via}"\n'


def acted(lines: list[str], folder: Path, site: Site, settings: Settings | None = None) -> set[str]:
    """Judge a log; name whom anything is done about that they would feel."""
    log = folder / "access.log"
    log.write_text("".join(lines))
    run = Run([open_source(str(log))], site, settings or Settings())
    decisions = [d for step in run.steps() for d in step.decisions]
    return {d.target for d in decisions if d.action >= Action.CHALLENGE}


def harvest(line: Callable[[int], str]) -> list[str]:
    return [line(number) for number in range(MANY)]


FORGED = {
    "straight from outside": (THIEF, VICTIM),
    "through our own proxy": (PROXY, f"{VICTIM}, {THIEF}"),
    "with a private address": (THIEF, "10.0.0.1"),
    "with many, the victim last but one": (PROXY, f"{VICTIM}, {VICTIM}, {THIEF}"),
}


@pytest.mark.parametrize("way", FORGED)
def test_a_forged_header_hits_who_sent_it_and_not_whom_it_names(way: str, tmp_path: Path) -> None:
    peer, via = FORGED[way]

    found = acted(harvest(lambda n: text(peer, n, via=via)), tmp_path, WITH_PROXY)

    assert found == {THIEF}


def test_whoever_trusts_the_wrong_hop_has_the_victim_blocked(tmp_path: Path) -> None:
    found = acted(harvest(lambda n: text(THIEF, n, via=VICTIM)), tmp_path, BELIEVING)

    assert found == {VICTIM}


FAKE = (
    f'{VICTIM} - - [24/Nov/2026:12:01:00 +0000] "GET /photos/{{n}}.jpg HTTP/1.1" 200 9 "-" "x" "-"'
)
ESCAPES: dict[str, Callable[[str], str]] = {
    "a line end as nginx writes it": lambda fake: "x\\x0A" + fake.replace('"', "\\x22"),
    "a line end as Apache writes it": lambda fake: "x\\n" + fake.replace('"', '\\"'),
    "bare quotes": lambda fake: f'x" "-" {fake}',
    "a carriage return": lambda fake: f"x\\r{fake}",
    "a line end of Unicode": lambda fake: f"x\u2028{fake}".replace('"', "'"),
    "form feeds and zeros": lambda fake: f"x\x0b\x0c\x1c\x85{fake}".replace('"', "'"),
}


@pytest.mark.parametrize("way", ESCAPES)
def test_a_line_within_a_user_agent_is_nobodys_line(way: str, tmp_path: Path) -> None:
    lines = harvest(lambda n: text(THIEF, n, agent=ESCAPES[way](FAKE.format(n=n))))

    assert VICTIM not in acted(lines, tmp_path, WITH_PROXY)


def test_a_server_that_writes_bare_line_ends_has_the_victim_blocked(tmp_path: Path) -> None:
    """Nobody who reads such a log could tell: what is between two line ends is a line."""
    lines = harvest(
        lambda n: text(THIEF, n, agent="x\n" + FAKE.format(n=n).replace('"x"', f'"{AGENT}"'))
    )

    assert VICTIM in acted(lines, tmp_path, WITH_PROXY)


def json_line(number: int, agent: str) -> str:
    when = moment(NOON + number // 4)
    return (
        f'{{"time":"{when}","remote_addr":"{THIEF}","request":"GET /photos/{number}.jpg HTTP/1.1",'
        f'"status":200,"http_user_agent":"{agent}"}}\n'
    )


@pytest.mark.parametrize(
    "agent",
    [
        f'x\\",\\"remote_addr\\":\\"{VICTIM}',
        f"x\\n{{\\u0022remote_addr\\u0022:\\u0022{VICTIM}\\u0022}}",
        f"x\\u000a{VICTIM} - -",
    ],
)
def test_a_key_within_a_json_text_is_no_key(agent: str, tmp_path: Path) -> None:
    assert acted(harvest(lambda n: json_line(n, agent)), tmp_path, Site.default()) == {THIEF}


def test_a_server_that_escapes_no_quotes_has_the_victim_blocked(tmp_path: Path) -> None:
    """A user agent closes its text and adds a key; of two the last holds, as in all of JSON."""
    agent = f'x","remote_addr":"{VICTIM}'

    assert VICTIM in acted(harvest(lambda n: json_line(n, agent)), tmp_path, Site.default())


def look(number: int, at: int) -> str:
    """Let the victim look at pictures as people do."""
    return text(VICTIM, number, agent=BROWSER, at=at)


def test_lines_of_yesterday_that_come_again_are_not_judged(tmp_path: Path) -> None:
    yesterday = [look(n, NOON - 86_400) for n in range(MANY)]
    now = [text("192.0.2.77", n) for n in range(8)]  # several: one clock alone may be wrong
    today = [*now, *yesterday, *now]
    patient = replace(Settings(), lateness=replace(Settings().lateness, stale=10**9))

    assert acted(today, tmp_path, WITH_PROXY) == set()
    assert acted(today, tmp_path, WITH_PROXY, patient) == {VICTIM}


def test_a_thief_who_calls_himself_a_crawler_gets_no_crawler_blocked(tmp_path: Path) -> None:
    site = Site.from_toml(
        f'[[crawlers]]\nname = "Good"\nagent = "Goodbot"\nranges = ["{VICTIM}/32"]\n'
    )
    lines = harvest(lambda n: text(THIEF, n, agent="Goodbot/1.0"))

    assert acted(lines, tmp_path, site) == {THIEF}
