"""Crowd: lines of a log as they come now, of somebody who harvests and of others."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TOOL = "python-requests/2.32.3"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
OTHER = "198.51.100.99"


def line(at: float, address: str, path: str, agent: str, *, fine: bool = False) -> bytes:
    """Write a line in combined format, or, where time is to be fine, in nginx's JSON."""
    if fine:
        told = {
            "msec": f"{at:.3f}",
            "remote_addr": address,
            "request_method": "GET",
            "request_uri": path,
            "status": 200,
            "body_bytes_sent": 5000,
            "http_referer": "-",
            "http_user_agent": agent,
        }
        return json.dumps(told).encode() + b"\n"
    said = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(at))
    return f'{address} - - [{said}] "GET {path} HTTP/1.1" 200 5000 "-" "{agent}"\n'.encode()


def harvest(
    log: Path, address: str, pictures: int, now: float, over: float = 10.0, *, fine: bool = False
) -> None:
    """Let somebody have taken so many originals in the last seconds, the last of them now."""
    lines = [
        line(now - over * left / pictures, address, f"/i/orig/{left}.jpg", TOOL, fine=fine)
        for left in reversed(range(pictures))
    ]
    with log.open("ab") as file:
        file.write(b"".join(lines))


def look_in(log: Path, now: float, *, fine: bool = False) -> None:
    """Let somebody else look at a page: time goes on."""
    with log.open("ab") as file:
        file.write(line(now, OTHER, "/", BROWSER, fine=fine))
