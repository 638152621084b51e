"""Where silence ends an action, a harvest that is refused stays refused until it stops asking."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from click.testing import CliRunner

from enforcement.decision import Action
from streams.commands import main
from streams.folder import decisions_in

if TYPE_CHECKING:
    from pathlib import Path

    from enforcement.decision import Decision

NOON = 1_795_521_600  # 2026-11-24 12:00 UTC
HARVESTER, READER = "203.0.113.7", "198.51.100.9"
LINE = '{} - - [{}] "GET /photo/{}/{}.jpg HTTP/1.1" {} 999 "-" "python-requests/2.32.3"\n'
GAP = 2  # seconds between two pictures


def line(address: str, at: int, picture: int, status: int) -> str:
    when = datetime.fromtimestamp(at, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
    return LINE.format(address, when, picture % 97, picture, status)


def harvest(given: int, refused: int) -> list[str]:
    """Ask for so many pictures in a row that are given, and then so many that are refused."""
    asked = range(given + refused)
    return [line(HARVESTER, NOON + GAP * n, n, 200 if n < given else 403) for n in asked]


def blocks(folder: Path, lines: list[str], quiet: int) -> list[Decision]:
    """Replay a log; give the blocks of the harvester."""
    folder.mkdir()
    closing = [line(READER, NOON + 4 * 3600 + n, 0, 200) for n in range(3)]
    (folder / "access.log").write_text("".join([*lines, *closing]))
    (folder / "settings.toml").write_text(f"[policy]\nquiet = {quiet}\n")
    words = ["replay", str(folder / "access.log"), "--out", str(folder / "out")]
    ran = CliRunner().invoke(main, [*words, "--settings", str(folder / "settings.toml")])
    assert ran.exit_code == 0, ran.output
    found = decisions_in(folder / "out")
    return [d for d in found if d.target == HARVESTER and d.action is Action.BLOCK]


def test_attempts_that_are_refused_renew_a_block_and_silence_ends_it(tmp_path: Path) -> None:
    lines = harvest(400, 1200)  # 13 minutes of pictures, 40 of refusals
    last = NOON + GAP * (len(lines) - 1)
    found = blocks(tmp_path / "quiet", lines, 600)
    usual = blocks(tmp_path / "usual", lines, 0)

    assert all(after.at < before.until for before, after in pairwise(found))
    assert found[-1].at <= last < found[-1].until <= last + 600
    assert {d.quiet for d in found} == {600}
    assert found[0].agent == "tool"
    assert [(d.until - d.at, d.quiet) for d in usual] == [(3600, 0)]


def test_a_harvest_that_stops_at_once_is_let_go_early(tmp_path: Path) -> None:
    found = blocks(tmp_path / "quiet", harvest(400, 0), 600)

    assert found[-1].until <= NOON + GAP * 400 + 600
