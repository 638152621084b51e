"""A firewall is kept at what was heard last, through restarts, loss and refusals."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from enforcement.cover import name_of
from enforcement.standing import Standing
from streams.bouncing.command import Command
from streams.bouncing.enforcing import Enforcing
from streams.bouncing.heard import Heard
from streams.bouncing.knobs import Bouncer
from streams.bouncing.target import Refused
from tests.services.ports import until
from tests.streams.bouncing.origin import clock, ending

if TYPE_CHECKING:
    from pathlib import Path

    from enforcement.standing import Entry
    from streams.bouncing.acknowledging import Ack

# Keeps what it is given, unless a file says that it shall fail.
PROGRAM = """
import os, sys
os.chdir(sys.argv[1])
text = sys.stdin.read()
if os.path.exists("no"):
    sys.exit("full")
open("list", "w").write(text)
"""
ONE, TWO = "203.0.113.7", "203.0.113.8"
NOBODY = name_of(())


@dataclass
class Scene:
    """A command as a firewall, and what was said of it."""

    folder: Path
    knobs: Bouncer = field(default_factory=lambda: Bouncer(check=1))
    acks: list[Ack] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start."""
        self.begin()

    def begin(self) -> None:
        """Start, or start again."""
        command = Command((sys.executable, "-c", PROGRAM, str(self.folder)))
        state = self.folder / "state.json"
        self.enforcing = Enforcing(command, self.knobs, list, self.acks.append, state)
        self.enforcing.begin()

    def hear(self, *endings: tuple[Entry, float], at: float | None = None) -> None:
        """Let the source say something, and the bouncer act on it."""
        self.enforcing.box.put(Heard(endings, "v"), clock() if at is None else at)
        self.enforcing.look()

    def holds(self, *targets: str) -> bool:
        """Let the bouncer look, and tell whether the command was given these last."""
        self.enforcing.look()
        return self.held() == list(targets)

    def held(self) -> list[str]:
        """List whom the command was told last."""
        lines = (self.folder / "list").read_text().splitlines()
        return [line.partition("/")[0] for line in lines if not line.startswith("#")]


def test_nothing_heard_changes_nothing(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.enforcing.look()

    assert not (tmp_path / "list").exists()


def test_a_command_is_told_whom_and_for_how_long(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.hear(ending(ONE, lasts=60.9), ending(TWO, "throttle", float("inf")))

    text = (tmp_path / "list").read_text()

    assert text.splitlines()[0] == f"# set {scene.acks[-1].set} 2"
    assert f"{TWO}/32\tthrottle\t-" in text
    assert f"{ONE}/32\tblock\t60" in text or f"{ONE}/32\tblock\t61" in text


def test_a_list_known_to_be_empty_is_applied(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.hear(ending(ONE))
    scene.hear()

    assert scene.held() == []
    assert scene.acks[-1].set == NOBODY


def test_a_restart_begins_with_the_last_good_list_and_its_ends(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.hear(ending(ONE, lasts=3), ending(TWO))
    (tmp_path / "list").unlink()
    scene.begin()
    scene.enforcing.look()
    again = scene.held()
    until(lambda: scene.holds(TWO), "one has ended")

    assert again == [ONE, TWO]
    assert (tmp_path / "state.json").stat().st_mode & 0o077 == 0


def test_a_state_that_is_none_is_said_and_not_taken_for_empty(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{")

    scene = Scene(tmp_path)
    scene.enforcing.look()

    assert "state.json holds no last good list" in scene.enforcing.box.trouble
    assert not (tmp_path / "list").exists()


def test_what_is_in_force_stays_while_nobody_is_heard(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.hear(ending(ONE), at=clock() - 86_400)
    scene.enforcing.box.lose("gone")
    scene.enforcing.look()

    assert scene.held() == [ONE]


def test_all_is_let_go_after_as_long_a_silence_as_was_chosen(tmp_path: Path) -> None:
    scene = Scene(tmp_path, Bouncer(check=1, on_loss="clear-after 1h"))
    scene.hear(ending(ONE), at=clock() - 3590)
    before = scene.held()
    scene.enforcing.box.alive = clock() - 3610
    scene.enforcing.look()
    after = scene.held()
    scene.enforcing.box.beat(clock())
    scene.enforcing.look()

    assert (before, after, scene.held()) == ([ONE], [], [ONE])


def test_what_a_firewall_refuses_is_tried_again_and_the_former_list_stays(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.hear(ending(ONE))
    (tmp_path / "no").touch()
    scene.hear(ending(TWO))
    during, said = scene.held(), scene.acks[-1]
    (tmp_path / "no").unlink()
    until(lambda: scene.holds(TWO), "the next attempt")

    assert during == [ONE]
    assert "ended with 1: full" in said.trouble
    assert said.set == Standing.of([ending(ONE)[0]]).name


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no-such-program is not installed"):
        Command((str(tmp_path / "no-such-program"),)).remove()


@pytest.mark.parametrize("text", ["clear", "clear-after", "clear-after 1w", "kept"])
def test_a_policy_for_loss_that_nobody_knows_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected keep or clear-after 1h"):
        _ = Bouncer(on_loss=text).clear_after


def test_what_cannot_be_kept_for_a_restart_is_in_force_and_said(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    (tmp_path / "state.json").mkdir()
    scene.hear(ending(ONE))
    until(lambda: scene.holds(ONE) and "not kept" in scene.acks[-1].trouble, "a complaint")
    (tmp_path / "state.json").rmdir()
    until(lambda: scene.holds(ONE) and not scene.acks[-1].trouble, "the next attempt")

    assert (tmp_path / "state.json").is_file()


def test_a_drift_is_told_and_mended(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.hear(ending(ONE))
    scene.enforcing.target.remove()
    until(lambda: scene.holds(ONE), "the list again")

    assert [ack.drifted for ack in scene.acks].count(True) == 1
