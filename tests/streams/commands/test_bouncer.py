"""`hedgerow bouncer` says in one line what is wrong with a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from streams.commands.bouncer import bouncer_command
from streams.commands.guard import guard_command

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--to", "iptables"], 2, "'iptables' is not one of"),
        (["--to", "command"], 2, "say which, after --"),
        (["--to", "nftables", "--from", "http://127.0.0.1/x"], 2, "expected a path that ends in"),
        (["--to", "nftables", "--on-loss", "open"], 2, "bouncer.on_loss: expected keep or clear"),
        (["--to", "nftables", "--ack", "nowhere"], 2, "expected http://HOST:PORT"),
        (["--to", "nftables", "--state", "/dev/null/x"], 1, "cannot write /dev/null"),
        (["--to", "command", "--remove", "--", "/no/such"], 1, "such is not installed"),
        (["--to", "command", "--remove", "--", "false"], 1, "false ended with 1"),
    ],
)
def test_a_call_that_cannot_be_is_explained(
    words: list[str], code: int, said: str, tmp_path: Path
) -> None:
    given = [] if "--state" in words else ["--state", str(tmp_path)]
    done = CliRunner().invoke(bouncer_command, [*given, *words])

    assert done.exit_code == code
    assert said in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("place", ["8087", "localhost:", "localhost:web"])
def test_a_guard_that_shall_serve_nowhere_says_so(place: str, tmp_path: Path) -> None:
    words = [str(tmp_path / "access.log"), "--out", str(tmp_path / "out"), "--serve", place]
    done = CliRunner().invoke(guard_command, words)

    assert done.exit_code == 2
    assert f"--serve: expected HOST:PORT, saw {place!r}" in done.output
