"""Outputs: the folder that a replay or a guard writes, and how it is taken up again."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self

from streams.records import ENCODER, decision_record, reject_record, signal_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from msgspec import Struct

    from access.lines import Reject
    from enforcement.decision import Decision, Signal

FILES = ("decisions.ndjson", "signals.ndjson", "rejects.ndjson")


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files of one folder that grow line by line; a context manager."""

    folder: Path
    names: Sequence[str]  # of the inputs, for rejects
    decisions: BinaryIO
    signals: BinaryIO
    rejects: BinaryIO

    @classmethod
    def open(
        cls, folder: Path, names: Sequence[str], lengths: Mapping[str, int] | None = None
    ) -> Self:
        """Begin the files anew, or go on at *lengths* (bytes by file name) of a snapshot.

        What was written behind those lengths is cut off: it will be written again. Raises OSError,
        also where a file is shorter than it was.
        """
        folder.mkdir(parents=True, exist_ok=True)
        files = [go_on(folder / name, (lengths or {}).get(name, 0)) for name in FILES]
        return cls(folder, names, *files)

    def write(
        self,
        rejects: Iterable[Reject],
        signals: Iterable[Signal],
        decisions: Iterable[Decision],
    ) -> None:
        """Append records, in the order in which they are given."""
        append(self.rejects, [reject_record(reject, self.names) for reject in rejects])
        append(self.signals, [signal_record(signal) for signal in signals])
        append(self.decisions, [decision_record(decision) for decision in decisions])

    def lengths(self) -> dict[str, int]:
        """Bring everything to disk and say how long each file is, in bytes."""
        for file in self._files():
            file.flush()
            os.fsync(file.fileno())
        return {name: file.tell() for name, file in zip(FILES, self._files(), strict=True)}

    def flush(self) -> None:
        """Let readers see what was written."""
        for file in self._files():
            file.flush()

    def _files(self) -> tuple[BinaryIO, ...]:
        return self.decisions, self.signals, self.rejects

    def __enter__(self) -> Self:
        """Use the files for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close them."""
        for file in self._files():
            file.close()


def go_on(path: Path, length: int) -> BinaryIO:
    """Open a file to be written on from byte *length*; whatever stood behind is cut off."""
    file = path.open("r+b" if length else "wb")
    size = os.fstat(file.fileno()).st_size
    if size < length:
        file.close()
        msg = f"{path} has {size} bytes, but {length} were written: is it another folder's file?"
        raise OSError(msg)
    file.truncate(length)
    file.seek(length)
    return file


def append(file: BinaryIO, records: list[Struct]) -> None:
    """Write one JSON object a line."""
    if records:
        file.write(ENCODER.encode_lines(records))


@contextmanager
def replacing(path: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Write a file that takes the place of another at once: readers see one of them, whole.

    *mode* are the most rights that it gets; the process's umask takes from them.
    """
    draft = path.with_name(f".{path.name}.new")
    with open(draft, "wb", opener=partial(os.open, mode=mode)) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)  # the new name is safe, too
    os.close(folder)


def replace_file(path: Path, text: bytes, *, mode: int = 0o666) -> None:
    """Put a text in the place of a file at once; *mode* as in `replacing`."""
    with replacing(path, mode=mode) as file:
        file.write(text)
