"""A log that is being written is read once and whole, whatever happens to its file."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from streams.follow import Follower, Position

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "access.log"


def append(path: Path, text: bytes) -> None:
    with path.open("ab") as file:
        file.write(text)


def drain(follower: Follower, size: int = 64, looks: int = 8) -> bytes:
    """Take until several looks in a row found nothing."""
    got, empty = b"", 0
    while empty < looks:
        chunk = follower.take(0, size)
        empty = 0 if chunk else empty + 1
        got += chunk.data.tobytes() if chunk else b""
    return got


def rotate(path: Path) -> None:
    """Do what logrotate does: the newest becomes .1, that .2, and so on."""
    for age in range(8, 0, -1):
        old = path.with_name(f"{path.name}.{age}")
        if old.exists():
            old.rename(path.with_name(f"{path.name}.{age + 1}"))
    path.rename(path.with_name(f"{path.name}.1"))
    settle(path.parent)


def settle(folder: Path) -> None:
    """Give files distinct times of writing, as days apart have."""
    for path in folder.iterdir():
        status = path.stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 10_000_000))


def test_a_log_that_is_not_there_yet_is_waited_for(log: Path) -> None:
    follower = Follower(log)

    assert follower.take(0) is None
    append(log, b"one\n")
    assert drain(follower) == b"one\n"


def test_a_torn_line_waits_for_its_end(log: Path) -> None:
    follower = Follower(log)
    append(log, b"one\ntw")

    assert drain(follower) == b"one\n"
    append(log, b"o\n")
    assert drain(follower) == b"two\n"
    assert follower.position.line == 3


def test_the_old_file_is_finished_before_the_new_one_is_begun(log: Path) -> None:
    follower = Follower(log, linger=3)
    append(log, b"one\n")
    drain(follower)
    rotate(log)
    append(log.with_name("access.log.1"), b"two\n")
    append(log, b"three\n")
    first = follower.take(0)
    append(log.with_name("access.log.1"), b"late worker\n")

    assert first is not None
    assert first.data.tobytes() + drain(follower) == b"two\nlate worker\nthree\n"


def test_lines_are_counted_on_through_a_rotation(log: Path) -> None:
    follower = Follower(log, linger=0)
    append(log, b"one\ntwo, torn")
    drain(follower)
    rotate(log)
    append(log, b"three\n")

    assert drain(follower) == b"two, torn\nthree\n"
    assert follower.position.line == 4


def test_two_rotations_in_ones_absence_lose_nothing(log: Path) -> None:
    before = Follower(log, linger=0)
    append(log, b"one\n")
    drain(before)
    append(log, b"two\n")
    rotate(log)
    append(log, b"three\n")
    rotate(log)
    append(log, b"four\n")
    after = Follower(log, before.position, linger=0)

    assert drain(after) == b"two\nthree\nfour\n"
    assert after.trouble is None


def test_a_copied_and_truncated_log_is_read_from_its_start(log: Path) -> None:
    follower = Follower(log, linger=0)
    append(log, b"one\ntwo\nthree, torn")
    drain(follower)
    shutil.copy(log, log.with_name("access.log.1"))
    os.truncate(log, 0)
    append(log, b"four\n")

    assert drain(follower) == b"three, torn\nfour\n"


def test_a_truncated_log_that_outgrew_its_former_size_is_noticed(log: Path) -> None:
    follower = Follower(log, linger=0)
    append(log, b"2026-01-01 one\n")
    drain(follower)
    os.truncate(log, 0)
    append(log, b"2026-01-02 two\n2026-01-02 three\n")

    assert drain(follower) == b"2026-01-02 two\n2026-01-02 three\n"


def test_a_file_that_is_gone_is_reported_and_the_log_goes_on(log: Path) -> None:
    before = Follower(log)
    append(log, b"one\n")
    drain(before)
    append(log.with_name("access.log.new"), b"two\n")
    log.unlink()
    log.with_name("access.log.new").rename(log)
    after = Follower(log, before.position)

    assert drain(after) == b"two\n"
    assert after.trouble is not None
    assert "up to byte 4" in after.trouble


def test_a_copy_beside_the_log_is_not_read(log: Path) -> None:
    follower = Follower(log, linger=0)
    append(log, b"one\n")
    drain(follower)
    shutil.copy(log, log.with_name("access.log.bak"))
    shutil.copy(log, log.with_name("access.log.1"))

    assert drain(follower) == b""


def test_a_giant_line_comes_in_parts(log: Path) -> None:
    follower = Follower(log)
    append(log, b"a" * 900)
    got = [chunk for _ in range(20) if (chunk := follower.take(0, size=100, longest=400))]

    assert [chunk.first for chunk in got] == [1] * len(got)
    assert b"".join(chunk.data.tobytes()[:-1] for chunk in got) + follower.tail == b"a" * 900


def test_any_stop_and_any_rotation_reads_every_line_once(log: Path) -> None:
    dice = np.random.default_rng(7)
    written, got, position = b"", b"", Position()
    for day in range(6):
        for _ in range(int(dice.integers(1, 12))):
            text = b"".join(b"%d %d\n" % (day, n) for n in dice.integers(0, 9**9, 3))
            cut = int(dice.integers(0, len(text)))
            follower = Follower(log, position, linger=0)
            append(log, text[:cut])
            got += drain(follower, size=int(dice.integers(1, 50)), looks=4)
            append(log, text[cut:])
            got += drain(follower, looks=4) if dice.random() < 0.5 else b""
            written += text
            position = follower.position
            follower.close()
        rotate(log)
    append(log, b"")

    assert got + drain(Follower(log, position, linger=0)) == written
