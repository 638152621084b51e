"""Memory: a restart of `hedgerow serve` loses no undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.crowdsec.memory import Memory
from streams.crowdsec.turns import Turns
from tests.streams.crowdsec.scene import NETWORK, ONE, TWO, Platform
from tests.streams.crowdsec.test_turns import Bouncer, shown

if TYPE_CHECKING:
    from pathlib import Path


def remembering(platform: Platform, path: Path) -> tuple[Turns, Memory]:
    told = Turns(platform.board)
    return told, Memory(path, platform.board, told)


def test_after_a_restart_a_bouncer_is_told_what_happened_meanwhile(tmp_path: Path) -> None:
    path, bouncer = tmp_path / "memory", Bouncer()
    first = Platform()
    told, memory = remembering(first, path)
    memory.resume()
    for target in (ONE, TWO, NETWORK):
        first.decide(target)
    bouncer.take(told.whole("a"))
    memory.keep()
    first.decide("198.51.100.1")
    bouncer.take(told.next("a"))
    memory.keep()

    second = Platform()
    told, memory = remembering(second, path)
    second.decide(TWO)
    second.decide(NETWORK)
    second.order(ONE, None)
    second.board.current()
    memory.resume()
    delta = told.next("a")
    bouncer.take(delta)

    assert f"ban {TWO}" not in shown(delta)[1]
    assert bouncer.held == second.board.told


def test_what_ended_while_the_topic_was_read_again_is_told_to_be_forgotten(tmp_path: Path) -> None:
    platform = Platform()
    told, memory = remembering(platform, tmp_path / "memory")
    platform.decide(ONE)
    platform.release(ONE)
    memory.resume()

    assert shown(told.next("new")) == ([], [f"ban {ONE}"])


def test_a_torn_last_line_is_left_out_and_a_strange_one_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "memory"
    path.write_bytes(b'["turn","a",5,4]\n["turn","b"')
    told, memory = remembering(Platform(), path)
    memory.resume()
    path.write_bytes(b"nonsense\n")

    assert list(told.held) == ["a"]
    with pytest.raises(ValueError, match="line 1 is not what"):
        remembering(Platform(), path)


def test_nobody_else_can_read_what_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "memory"
    remembering(Platform(), path)[1].resume()

    assert path.stat().st_mode & 0o077 == 0
