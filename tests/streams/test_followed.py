"""A replay that follows its last log says what a replay of the finished log says."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from streams.follow import Follower
from streams.followed import Followed
from streams.stopping import Stop
from tests.services.ports import PATIENCE, until

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = [sys.executable, "-m", "streams.commands", "replay"]


class Scribe(Stop):
    """Writes a line whenever the reader rests, and stops when there is nothing left to write."""

    def __init__(self, log: Path, lines: list[bytes]) -> None:
        super().__init__()
        self.log, self.lines = log, lines

    def rest(self) -> None:
        """Write instead of waiting."""
        if not self.lines:
            self.asked = True
            return
        with self.log.open("ab") as file:
            file.write(self.lines.pop(0))


def test_lines_are_delivered_while_they_are_written(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_bytes(b"one\ntw")
    followed = Followed("access.log", Follower(log), Scribe(log, [b"o\n", b"three\n", b"torn"]))

    chunks = [(chunk.first, chunk.data.tobytes()) for chunk in followed.chunks(0)]

    assert chunks == [(1, b"one\n"), (2, b"two\n"), (3, b"three\n")]


@pytest.mark.usefixtures("compiled")
def test_ctrl_c_ends_with_the_summary_and_the_outputs_of_a_replay(
    written: bytes, tmp_path: Path
) -> None:
    old, new, half = tmp_path / "access.log.1", tmp_path / "access.log", len(written) // 2
    half = written.index(b"\n", half) + 1
    old.write_bytes(written[:half])
    new.write_bytes(b"")
    followed, whole = tmp_path / "followed", tmp_path / "whole"
    program = [*PROGRAM, str(old), str(new), "--follow", "--out", str(followed)]
    running = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    with new.open("ab") as file:
        file.write(written[half:])
    odd = followed / "rejects.ndjson"  # the odd line is the last but one
    until(lambda: odd.exists() and odd.stat().st_size > 0, "all is read")
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=PATIENCE)
    subprocess.run([*PROGRAM, str(old), str(new), "--out", str(whole)], check=True)

    assert running.returncode == 0
    assert "pictures delivered" in said
    assert {path.name: path.read_bytes() for path in followed.iterdir()} == {
        path.name: path.read_bytes() for path in whole.iterdir()
    }
