"""What names a person stands where ARCHITECTURE.md says, and nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import zstandard

from access.site import Site
from streams.guarding import STATE, Guard
from streams.run import Run
from streams.settings import Settings
from streams.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

SITE = Site.from_toml("""
[[pictures]]
pattern = "/media/{owner}/{album}/{picture}_{rendition}.webp"
""")
ACTORS = {"203.0.113.77", "account-anna", "session-sigma"}
THINGS = {"owner-olga", "album-a", "picture-p", "token=hush", "curl/8"}
# What each output may hold of them; a reject is its line, and that one holds an account.
STAND = {
    "decisions.ndjson": ACTORS,
    "signals.ndjson": ACTORS,
    "summary.json": ACTORS,
    "rejects.ndjson": {"account-anna"},
    "blocklist.txt": set(),  # the address is challenged: all it took is one owner's
    "report.html": ACTORS | THINGS,
}


def line(second: int, address: str, target: str) -> str:
    record = {
        "time": f"2026-11-24T12:{second // 60:02}:{second % 60:02}.000Z",
        "remote_addr": address,
        "request_method": "GET",
        "request_uri": target,
        "status": 200,
        "body_bytes_sent": 1000,
        "http_user_agent": "curl/8.5.0",
    }
    own = {"session": "session-sigma", "account": "account-anna"} if address[0] == "2" else {}
    return json.dumps(record | own)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "access.log"
    pictures = [f"/media/owner-olga/album-a/picture-p{n}_640.webp?token=hush" for n in range(500)]
    lines = [line(n // 2, "203.0.113.77", picture) for n, picture in enumerate(pictures)]
    lines += [
        "no log line of account-anna",
        *(line(1000 + n, "198.51.100.1", "/") for n in range(3)),
    ]
    path.write_text("".join(f"{text}\n" for text in lines))
    return path


def found(text: bytes) -> set[str]:
    return {word for word in ACTORS | THINGS if word.encode() in text}


def test_outputs_hold_what_they_are_said_to_hold(log: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    for _ in Run([open_source(str(log))], SITE, Settings(), tmp_path, page).steps():
        pass

    assert {path.name: found(path.read_bytes()) for path in tmp_path.iterdir()} == STAND


def test_a_guard_remembers_things_by_hash_alone(log: Path, tmp_path: Path) -> None:
    guard = Guard.start([log], SITE, Settings(), tmp_path)
    while guard.look():
        pass
    guard.close()
    state = zstandard.ZstdDecompressor().decompress((tmp_path / STATE).read_bytes())

    assert state.count(b"picture-p") == 1  # the log's first bytes, which tell it from others
    assert b"picture-p0_" in state


def test_nobody_else_may_read_what_a_guard_remembers(log: Path, tmp_path: Path) -> None:
    guard = Guard.start([log], SITE, Settings(), tmp_path)
    guard.look()
    guard.close()

    assert (tmp_path / STATE).stat().st_mode & 0o077 == 0
