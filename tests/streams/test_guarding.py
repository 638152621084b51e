"""A guard that is killed at any moment writes what a replay of the whole log writes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.site import Site
from actors.frame import Scope
from enforcement.policy import Policy
from streams.folder import Order, add_order
from streams.guarding import STATE, Guard
from streams.outputs import FILES
from streams.run import Run
from streams.settings import Settings
from streams.sources import open_source
from tests.services.ports import PATIENCE, until
from tests.streams.conftest import CLOSING

if TYPE_CHECKING:
    from pathlib import Path

DECISIONS, REJECTS = FILES[0], FILES[2]


@pytest.fixture(scope="module")
def replayed(log: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("replayed")
    for _ in Run([open_source(str(log))], Site.default(), Settings(), out).steps():
        pass
    return out


def begin(log: Path, out: Path, *others: Path) -> Guard:
    guard = Guard.start([log, *others], Site.default(), Settings(), out)
    for follower in guard.followers:
        follower.linger = 0
    return guard


def drain(guard: Guard, empty: int = 4) -> None:
    while empty:
        empty -= guard.look() is None


def abandon(guard: Guard) -> None:
    """Let go of a guard as a kill does: nothing more is written."""
    for file in (guard.outputs.decisions, guard.outputs.signals, guard.outputs.rejects):
        file.close()
    for follower in guard.followers:
        follower.close()


def same(out: Path, replayed: Path) -> bool:
    """Compare what was written; the name of the input differs in rejects, so it is left out."""
    ours, theirs = ((folder / REJECTS).read_bytes() for folder in (out, replayed))
    decided = (out / DECISIONS).read_bytes() == (replayed / DECISIONS).read_bytes()
    return decided and ours.partition(b",")[2] == theirs.partition(b",")[2]


def test_the_log_holds_something_to_decide(replayed: Path) -> None:
    assert b'"action":"block"' in (replayed / DECISIONS).read_bytes()


def test_a_guard_decides_as_a_replay_does(written: bytes, replayed: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_bytes(written)
    guard = begin(log, tmp_path / "out")
    drain(guard)
    guard.close()

    assert same(tmp_path / "out", replayed)
    assert "entries:" in (tmp_path / "out" / "blocklist.txt").read_text()


def test_stopping_anywhere_loses_and_repeats_nothing(
    written: bytes, replayed: Path, tmp_path: Path
) -> None:
    dice, log, out = np.random.default_rng(5), tmp_path / "access.log", tmp_path / "out"
    cuts = [0, *sorted(dice.integers(0, len(written), 7).tolist()), len(written)]
    cuts[4] = written.index(b"\n", cuts[4]) + 1  # servers rotate between lines
    for number, (start, stop) in enumerate(pairwise(cuts)):
        guard = begin(log, out)
        if number == 4:
            log.rename(log.with_name("access.log.1"))
        with log.open("ab") as file:
            file.write(written[start:stop])
        drain(guard)
        if dice.random() < 0.6:
            guard.snapshot()  # otherwise what was read since the last one is read again
        abandon(guard)

    assert same(out, replayed)


@pytest.mark.usefixtures("compiled")
def test_a_guard_killed_twice_writes_what_a_replay_does(
    written: bytes, replayed: Path, tmp_path: Path
) -> None:
    log, out = tmp_path / "access.log", tmp_path / "out"
    for number in range(3):
        third = len(written) // 3 + 1
        with log.open("ab") as file:
            file.write(written[number * third : (number + 1) * third])
        program = [sys.executable, "-m", "streams.commands", "guard", str(log), "--out", str(out)]
        guard = subprocess.Popen(program, stdout=subprocess.DEVNULL)
        wait_for(out / STATE, log.stat().st_size)
        os.kill(guard.pid, signal.SIGTERM if number == 2 else signal.SIGKILL)
        guard.wait(PATIENCE)

    assert same(out, replayed)


def wait_for(state: Path, size: int) -> None:
    """Wait until a snapshot has nearly reached the end of the log."""
    from streams.snapshot import load  # noqa: PLC0415 - only here

    def reached() -> bool:
        found = load(state)
        return bool(found and found[0].positions[0].offset > size - 1000)

    until(reached, "the guard reached the end of the log")


def test_several_logs_decide_as_a_replay_of_all(written: bytes, tmp_path: Path) -> None:
    lines, out, whole = written.splitlines(keepends=True), tmp_path / "out", tmp_path / "whole"
    logs = [tmp_path / name for name in ("a.log", "b.log", "c.log")]
    for number, log in enumerate(logs):
        log.write_bytes(b"".join(lines[number::3]) + CLOSING)
    guard = begin(logs[0], out, *logs[1:])
    drain(guard)
    abandon(guard)
    for _ in Run(
        [open_source(str(log)) for log in logs], Site.default(), Settings(), whole
    ).steps():
        pass

    assert (out / DECISIONS).read_bytes() == (whole / DECISIONS).read_bytes()
    assert b'"action":"block"' in (out / DECISIONS).read_bytes()


def test_a_silent_log_does_not_stall_the_others(
    written: bytes, replayed: Path, tmp_path: Path
) -> None:
    busy, quiet = tmp_path / "busy.log", tmp_path / "quiet.log"
    quiet.write_bytes(CLOSING.replace(b"13:31:00", b"12:00:00"))
    guard = begin(busy, tmp_path / "out", quiet)
    for part in (written[:200], written[200:90_000], written[90_000:]):
        with busy.open("ab") as file:
            file.write(part)
        drain(guard)
    abandon(guard)
    # The other log has a line more, which counts in what the whole site asked for.
    said, expected = (
        re.sub(rb'"site_requests":\d+', b"", (folder / DECISIONS).read_bytes())
        for folder in (tmp_path / "out", replayed)
    )

    assert expected.startswith(said)
    assert b'"action":"block"' in said


def test_what_was_decided_before_a_kill_is_not_said_again(log: Path, tmp_path: Path) -> None:
    told = []
    for _ in range(2):
        guard = begin(log, tmp_path)
        while step := guard.look():
            told.append(len(guard.news(step)))
            assert step.decisions
        abandon(guard)

    assert told[0] > 0
    assert told[1] == 0


def test_a_firewall_finds_a_list_from_the_start(tmp_path: Path) -> None:
    abandon(begin(tmp_path / "not-yet.log", tmp_path))

    assert "# entries: 0" in (tmp_path / "blocklist.txt").read_text()


def test_a_list_that_is_there_stands_until_more_is_known(tmp_path: Path) -> None:
    (tmp_path / "blocklist.txt").write_text("203.0.113.7/32\n")
    abandon(begin(tmp_path / "not-yet.log", tmp_path))

    assert (tmp_path / "blocklist.txt").read_text() == "203.0.113.7/32\n"


def test_a_pardon_leaves_the_block_list_at_once_and_for_good(log: Path, tmp_path: Path) -> None:
    guard = begin(log, tmp_path)
    drain(guard)
    published = guard.published
    standing = published.blocks.standing(published.newest)
    blocked = next(e for e in standing.entries if e.scope is Scope.ADDRESS and e.word == "block")
    listed = (tmp_path / "blocklist.txt").read_text()
    add_order(tmp_path, Order("2026-11-24T14:00:00Z", "ann", blocked.target, "a known researcher"))
    published.obey()
    spared = (tmp_path / "blocklist.txt").read_text()
    published.tell()

    assert blocked.target in listed
    assert blocked.target not in spared
    assert blocked.target not in (tmp_path / "blocklist.txt").read_text()
    guard.close()


def test_a_snapshot_of_other_logs_is_refused(log: Path, tmp_path: Path) -> None:
    begin(log, tmp_path).close()
    other = tmp_path / "other.log"
    shutil.copy(log, other)

    with pytest.raises(ValueError, match="the snapshot has other logs"):
        begin(other, tmp_path)


def test_a_snapshot_of_another_site_or_other_settings_is_refused(log: Path, tmp_path: Path) -> None:
    begin(log, tmp_path).close()
    other, strict = Site.from_toml('name = "other"'), Settings(policy=Policy(block=20.0))

    with pytest.raises(ValueError, match="the snapshot has other site"):
        Guard.start([log], other, Settings(), tmp_path)
    with pytest.raises(ValueError, match="the snapshot has other settings"):
        Guard.start([log], Site.default(), strict, tmp_path)


def test_snapshots_take_a_twentieth_of_the_time_at_most(log: Path, tmp_path: Path) -> None:
    guard = begin(log, tmp_path)
    drain(guard)
    clock = iter([100.0, 103.0, 162.9, 163.0, 163.1])  # the first one takes 3 s, so 60 s of rest
    kept = []
    for _ in range(3):
        guard.fresh = True
        guard.keep(lambda: next(clock))
        kept.append(not guard.fresh)
    abandon(guard)

    assert kept == [True, False, True]
