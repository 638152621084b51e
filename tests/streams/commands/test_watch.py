"""`hedgerow watch` shows what happens on a platform, on a screen or in plain lines."""

from __future__ import annotations

import math
import os
import signal
import subprocess
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from rich.console import Console

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.effect import SITE
from enforcement.standing import Entry, entry_of, pardon_of
from streams.commands.watch import watch_command
from streams.commands.watched import about, begun, ended, screen, status
from streams.picture import Picture, Row
from tests.evidence.scenes import AT, decision
from tests.services.ports import free_port, until
from tests.streams.platform import HEDGEROW
from tests.streams.serving.served import send, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.services.kafka import KafkaBroker

EVIL = "\x1b[2J[red]x"
BLOCK = Row(replace(entry_of(decision()), pictures=6_970, owners=173), 3540.0, "identity, volume")
PARDON = Row(pardon_of("198.51.100.0/24", SITE), math.inf, "the site's word")
SESSION = Row(
    Entry(EVIL, Scope.SESSION, Action.CHALLENGE, AT + 61, AT + 90, "1f", 12), 29.0, "shape"
)
STANDS = Picture(
    judged=AT,
    behind=2.6,
    force={"challenge": 240, "block": 12, "pardon": 1},
    decided={"block": 2},
    rejects=1_401,
    arriving=53.21,
    pictures=16_970,
    owners=(173, 300),
    rows=[SESSION, BLOCK, PARDON],
)


def test_firewalls_that_acknowledge_are_told_of() -> None:
    seen = replace(STANDS, firewalls="2 as published")

    assert any("2 as published" in line for line in drawn(seen))
    assert status(seen, AT + 63).endswith("; firewalls: 2 as published")
    assert "firewalls" not in status(STANDS, AT + 63)


def drawn(picture: Picture, width: int = 100, lines: int = 30) -> list[str]:
    """Draw a screen without colour."""
    console = Console(width=width, height=lines, highlight=False)
    with console.capture() as captured:
        console.print(screen(picture, AT + 63, lines))
    return [line.rstrip() for line in captured.get().splitlines()]


def test_a_screen_says_how_it_stands_and_who_is_acted_upon() -> None:
    assert drawn(STANDS, 94) == [
        "Hedgerow  2026-11-24T12:01:03Z",
        "judged       up to 12:00, 3 s behind",
        "arriving     53.2 messages/s",
        "in force     12 block, 240 challenge, 1 pardon",
        "last minute  2 block; 1,401 unreadable lines",
        "gone         16,970 pictures of 173 to 300 owners, before the block",
        "",
        "since     action     who                        left  pictures  owners  because of",
        r"12:01:01  challenge  session \x1b[2J[red]x      29 s        12       ?  shape",
        "12:00:00  block      192.0.2.1                59 min     6,970     173  identity, volume",
        "          pardon     198.51.100.0/24            ever                    the site's word",
    ]


@pytest.mark.parametrize(("width", "lines"), [(80, 24), (80, 9), (72, 10)])
def test_a_screen_fits_its_terminal_and_shows_numbers_whole(width: int, lines: int) -> None:
    told = drawn(replace(STANDS, rows=30 * [BLOCK]), width, lines)

    assert len(told) <= lines
    assert max(map(len, told)) <= width
    assert "59 min     6,970     173" in told[-1]


def test_nothing_is_shown_before_anything_happened() -> None:
    empty = Picture(None, None, {}, {}, 0, 0.0, 0, (0, 0), [])

    assert drawn(empty)[1:5] == [
        "judged       nothing yet",
        "arriving     0.0 messages/s",
        "in force     nothing",
        "last minute  nothing; 0 unreadable lines",
    ]
    assert drawn(empty)[5] == "gone         0 pictures, before the block"


def test_a_line_says_what_begins_and_what_ends() -> None:
    assert begun(BLOCK, AT) == (
        "2026-11-24T12:00:00Z  block      192.0.2.1           for 59 min"
        "  6,970 pictures of 173 owners  (identity, volume)"
    )
    assert begun(PARDON, AT) == (
        "2026-11-24T12:00:00Z  pardon     198.51.100.0/24     for   ever  (the site's word)"
    )
    assert ended(f"session:{EVIL}", AT) == (
        r"2026-11-24T12:00:00Z  ended      session:\x1b[2J[red]x"
    )


def test_a_line_says_how_it_stands() -> None:
    assert status(STANDS, AT) == (
        "2026-11-24T12:00:00Z  judged up to 12:00, 3 s behind; 53.2 messages/s; in force: 12 block,"
        " 240 challenge, 1 pardon; last minute: 2 block, 1,401 unreadable lines"
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (119, "119 s"), (120, "2 min"), (7_199, "120 min"), (90_000, "25 h"),
     (604_800, "7 d"), (math.inf, "ever")],
)  # fmt: skip
def test_a_duration_is_said_in_a_unit_that_it_has_two_of(seconds: float, said: str) -> None:
    assert about(seconds) == said


def test_without_a_broker_one_line_says_so() -> None:
    place = f"127.0.0.1:{free_port()}"
    done = CliRunner().invoke(watch_command, env={"HEDGEROW_BROKER_BOOTSTRAP": place})

    assert done.exit_code == 1
    assert f"no broker at {place}" in done.output
    assert "Traceback" not in done.output


def test_without_its_topics_it_says_how_to_make_them(own_kafka: KafkaBroker) -> None:
    place = {"HEDGEROW_BROKER_BOOTSTRAP": own_kafka.bootstrap}
    done = CliRunner().invoke(watch_command, env=place)

    assert done.exit_code == 2
    assert "hedgerow topics create" in done.output


@contextmanager
def watching(kafka: KafkaBroker, out: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Watch a broker with its topics until the test ends."""
    environment = {**os.environ, "HEDGEROW_BROKER_BOOTSTRAP": kafka.bootstrap}
    subprocess.run([*HEDGEROW, "topics", "create"], env=environment, check=True)
    with out.open("wb") as told:
        process = subprocess.Popen([*HEDGEROW, "watch"], env=environment, stdout=told, stderr=told)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_what_happens_is_told_line_by_line_until_it_is_stopped(
    own_kafka: KafkaBroker, tmp_path: Path
) -> None:
    out = tmp_path / "told"
    with watching(own_kafka, out) as process:
        until(lambda: "in force: nothing" in out.read_text(), "it has begun")
        tell(own_kafka.bootstrap, "blocklist", "203.0.113.7")
        until(lambda: "block      203.0.113.7 " in out.read_text(), "a block")
        send(own_kafka.bootstrap, "blocklist", ("203.0.113.7", None))
        until(lambda: "ended      203.0.113.7\n" in out.read_text(), "its end")
        process.send_signal(signal.SIGINT)

        assert process.wait(60) == 0
        assert "Traceback" not in out.read_text()
