"""One program that a test starts, stops, kills, freezes and starts again on the same folder."""

from __future__ import annotations

import signal
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class Process:
    """A program with its output in a file; it may be started as often as it has ended."""

    command: list[str]
    folder: Path  # where it runs
    output: str = "output.log"
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; what it says is appended to its output."""
        if self.running is not None:
            msg = f"still running: {self.command[0]}"
            raise RuntimeError(msg)
        with (self.folder / self.output).open("ab") as said:
            self.running = subprocess.Popen(
                self.command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
        return self.running

    def stop(self, within: float = 15) -> None:
        """End it as an init system does; kill it where that takes too long. Harmless if ended."""
        if self.running is None:
            return
        self.resume()
        self.running.terminate()
        try:
            self.running.wait(within)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        self.running = None

    def kill9(self) -> None:
        """End it in mid-air. Harmless if ended."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None

    def pause(self) -> None:
        """Freeze it: it holds its connections and answers nobody."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after a pause."""
        self._signal(signal.SIGCONT)

    def said(self) -> str:
        """Read all it said so far."""
        return (self.folder / self.output).read_text("utf-8", "replace")

    def _signal(self, number: int) -> None:
        if self.running is not None:
            self.running.send_signal(number)
