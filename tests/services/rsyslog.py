"""A real rsyslogd with a configuration of a test's own, in a folder of its own."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.services.ports import until
from tests.services.process import Process
from tests.services.programs import found, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS_RSYSLOG = needs("rsyslogd")
SHIPPED = Path(__file__).parents[2] / "deploy/shippers/rsyslog.conf"


def configuration(bootstrap: str, topic: str, log: Path) -> str:
    """Take the file of deploy/shippers with a test's own places, and nothing else changed."""
    text = SHIPPED.read_text()
    places = {
        "127.0.0.1:9092": bootstrap,
        '"access-log"': f'"{topic}"',
        "/var/log/nginx/access.log": str(log),
        "/var/spool/rsyslog": str(log.parent),
    }
    for there, here in places.items():
        assert there in text
        text = text.replace(there, here)
    return text


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
