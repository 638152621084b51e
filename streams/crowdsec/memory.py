"""Memory: what bouncers were told, in a file, so that a restart of `hedgerow serve` loses no undo.

Written before it is told. Each line is a JSON array; the last one may be torn, and is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from streams.crowdsec.board import Change
from streams.crowdsec.remedy import Remedy
from streams.crowdsec.turns import Turn
from streams.outputs import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from streams.crowdsec.board import Board
    from streams.crowdsec.turns import Turns

LARGEST = 64 << 20  # bytes; a longer file is written anew: three times what 300,000 changes take


class Memory:
    """Keeps a file as far as a board and its turns are."""

    def __init__(self, path: Path | None, board: Board, turns: Turns) -> None:
        """Read a file, to keep them in it; without *path* nothing is kept.

        OSError, and ValueError that says which line nobody can read.
        """
        self.path, self.board, self.turns = path, board, turns
        self._written = 0  # number of the newest change in the file
        self._turns: dict[str, Turn] = {}  # … and the turns in it
        self._read = list(lines(path)) if path else []

    def resume(self) -> None:
        """Go on where the last run ended, once the board holds all that is in force now.

        OSError where the file cannot be written.
        """
        if self.path is None:
            return
        number, told, changes = 0, dict[str, Remedy](), dict[str, Change]()
        for kind, *rest in self._read:
            if kind == "turn":
                self.turns.held[rest[0]] = Turn(rest[1], rest[2])
            elif kind == "oldest":
                self.board.oldest = rest[0]
            else:
                name, number = rest[0], max(rest[1], number)
                changes.pop(name, None)
                changes[name] = Change(rest[1], rest[2] and Remedy(*rest[2]))
                told.pop(name, None)
                if rest[3]:
                    told[name] = Remedy(*rest[3])
        self._read.clear()
        self.board.resume(number, told, changes)
        self._anew()

    def keep(self) -> None:
        """Add what is not in the file yet. OSError where it cannot be written."""
        if self.path is None:
            return
        news = [*reversed(list(self.board.since(self._written)))]
        turns = {who: turn for who, turn in self.turns.held.items() if self._turns.get(who) != turn}
        if not news and not turns:
            return
        with self.path.open("ab") as file:
            file.writelines(self._changes(news))
            file.writelines(written("turn", who, *turn) for who, turn in turns.items())
            size = file.tell()
        self._written, self._turns = self.board.number, dict(self.turns.held)
        if size > LARGEST:
            self._anew()

    def _anew(self) -> None:
        """Write the file as if it were the first time; who is not there any more is left out."""
        if self.path is None:
            return
        settled = self.board.told.keys() - self.board.changes.keys()
        text = [
            written("oldest", self.board.oldest),
            *(written("change", name, 0, None, self.board.told[name]) for name in settled),
            *self._changes(self.board.changes.items()),
            *(written("turn", who, *turn) for who, turn in self.turns.held.items()),
        ]
        replace_file(self.path, b"".join(text), mode=0o600)
        self._written, self._turns = self.board.number, dict(self.turns.held)

    def _changes(self, changes: Iterable[tuple[str, Change]]) -> Iterator[bytes]:
        for name, change in changes:
            told = self.board.told.get(name)
            yield written("change", name, change.number, change.former, told)


def written(*parts: object) -> bytes:
    """Write a line."""
    return msgspec.json.encode(parts) + b"\n"


def lines(path: Path) -> Iterator[list[Any]]:
    """Read the lines of a file that need not be there yet, but for a torn one at its end."""
    if not path.exists():
        return
    whole = path.read_bytes().rpartition(b"\n")[0]
    for at, line in enumerate(whole.splitlines(), 1):
        try:
            yield msgspec.json.decode(line, type=list)
        except msgspec.DecodeError:
            msg = f"{path}: line {at} is not what `hedgerow serve` writes there: {line[:40]!r}"
            raise ValueError(msg) from None
