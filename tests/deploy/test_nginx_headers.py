"""What deploy/shippers/nginx-headers.conf makes nginx write says who is a browser."""

from __future__ import annotations

import subprocess
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.bearing import Bearing
from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from tests.access.test_headers import CHROME, HINTS, USUAL
from tests.services.nginx import CONFIGURATION, NGINX, command
from tests.services.ports import answered, free_port

if TYPE_CHECKING:
    from collections.abc import Mapping

GIVEN = Path(__file__).parents[2] / "deploy/shippers/nginx-headers.conf"
LOGGED = f"include {GIVEN};\n    access_log access.log hedgerow;"

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx not installed: make services")


def logged(folder: Path, *visits: Mapping[str, str]) -> bytes:
    """Serve with the configuration as it is given out, and send requests with these headers."""
    (folder / "site").mkdir()
    (folder / "refused.conf").touch()
    port = free_port()
    text = CONFIGURATION.format(user="user root;", port=port)
    text = text.replace("access_log access.log combined;", LOGGED)
    (folder / "nginx.conf").write_text(text)
    with subprocess.Popen(command(folder), stderr=subprocess.DEVNULL) as process:
        answered(port, process)
        for headers in visits:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/i/1.jpg", headers=dict(headers))
            connection.getresponse().read()
            connection.close()
        process.terminate()
    return (folder / "access.log").read_bytes()


def named(headers: Mapping[str, str]) -> dict[str, str]:
    """Name headers as clients send them."""
    return {name.removeprefix("http_").replace("_", "-"): text for name, text in headers.items()}


def test_a_browser_and_a_library_under_its_name_are_told_apart(tmp_path: Path) -> None:
    came = {"User-Agent": CHROME, "X-Forwarded-For": "203.0.113.7"}
    browser, library = came | named(USUAL) | named(HINTS), came | {"accept": "*/*"}

    text = logged(tmp_path, browser, library)

    data = np.frombuffer(text, np.uint8)
    batch, rejects = Parser(Site.default()).parse(Chunk(data, 0, 1))
    assert rejects == []
    assert [
        Bearing.FETCHED | Bearing.PICTURED | Bearing.AGREED,
        Bearing.UNFETCHED | Bearing.UNPICTURED,
    ] == [Bearing(int(bearing)) for bearing in batch.bearing[-2:]]
