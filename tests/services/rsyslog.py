"""A real rsyslogd with a configuration of a test's own, in a folder of its own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.services.ports import until
from tests.services.process import Process
from tests.services.programs import found, needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEEDS_RSYSLOG = needs("rsyslogd")


@contextmanager
def rsyslog(folder: Path, configuration: str) -> Iterator[Process]:
    """Run rsyslogd until the end of a test; its state files lie in the folder, too.

    *configuration* may say {folder} for that folder: `global(workDirectory="{folder}")` comes first
    by itself.
    """
    folder.mkdir(parents=True, exist_ok=True)
    head = f'global(workDirectory="{folder}")\n'
    (folder / "rsyslog.conf").write_text(head + configuration.replace("{folder}", str(folder)))
    place = str(folder / "rsyslogd.pid")
    command = [str(found("rsyslogd")), "-n", "-f", str(folder / "rsyslog.conf"), "-i", place]
    process = Process(command, folder)
    try:
        started = process.start()
        until(
            lambda: (folder / "rsyslogd.pid").exists() or started.poll() is not None,
            f"rsyslogd: {process.said()}",
        )
        if started.poll() is not None:
            raise RuntimeError(process.said())
        yield process
    finally:
        process.stop()
