"""A real nginx that serves a small photo site, and visitors who come to it."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING

from tests.services.ports import answered, free_port
from tests.services.programs import found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NGINX = found("nginx")
PICTURES = 600
CONFIGURATION = """
{user}
daemon off;
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{}}
http {{
    access_log access.log combined;
    types {{ text/html html; text/css css; image/jpeg jpg; }}
    client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp;
    uwsgi_temp_path temp; scgi_temp_path temp;
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Forwarded-For;
    geo $refused {{ default 0; include refused.conf; }}
    server {{ listen 127.0.0.1:{port}; root site; if ($refused) {{ return 403; }} }}
}}
"""
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the folder it writes to."""

    folder: Path
    port: int

    @property
    def log(self) -> Path:
        """Name the file that is written now."""
        return self.folder / "access.log"

    def signal(self, word: str) -> None:
        """Tell the master process something, as an init script does."""
        subprocess.run([*command(self.folder), "-s", word], check=True, capture_output=True)

    def refuse(self, listed: bytes) -> None:
        """Refuse whoever is on a block list, one CIDR a line, and nobody else."""
        lines = [line for line in listed.decode().splitlines() if not line.startswith("#")]
        (self.folder / "refused.conf").write_text("".join(f"{line} 1;\n" for line in lines))
        self.signal("reload")

    def rotate(self) -> None:
        """Do what logrotate does."""
        self.log.rename(self.log.with_name("access.log.1"))
        self.signal("reopen")


def command(folder: Path) -> list[str]:
    return [str(NGINX), "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"]


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve pages and pictures on a free port."""
    for name in ("temp", "site/photo", "site/i/thumb", "site/i/orig"):
        (folder / name).mkdir(parents=True)
    for number in range(PICTURES):
        (folder / f"site/photo/{number}.html").write_text("<html></html>")
        for rendition in ("thumb", "orig"):
            (folder / f"site/i/{rendition}/{number}.jpg").write_bytes(b"\xff\xd8\xff\xd9")
    (folder / "site/site.css").write_text("body {}")
    (folder / "site/index.html").write_text("<html></html>")
    (folder / "refused.conf").touch()
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(CONFIGURATION.format(user=user, port=port))
    process = subprocess.Popen(command(folder), stderr=subprocess.DEVNULL)
    try:
        answered(port, process)
        yield Server(folder, port)
    finally:
        process.terminate()
        process.wait(60)


def visit(
    server: Server, address: str, agent: str, asked: list[tuple[str, str]], gap: float
) -> list[int]:
    """Ask for (path, Referer) one after the other, *gap* seconds apart; give each status."""
    statuses = []
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    for path, referrer in asked:
        headers = {"User-Agent": agent, "X-Forwarded-For": address}
        connection.request(
            "GET", path, headers=headers | ({"Referer": referrer} if referrer else {})
        )
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
        time.sleep(gap)
    connection.close()
    return statuses


def harvest(server: Server, address: str, pictures: int, gap: float) -> list[int]:
    """Take originals, one after the other, by a tool that says so."""
    asked = [(f"/i/orig/{number}.jpg", "") for number in range(pictures)]
    return visit(server, address, "python-requests/2.32.3", asked, gap)


def look_around(server: Server, address: str, pages: int, gap: float) -> list[int]:
    """Look at pages with their pictures, as a browser does."""
    asked = [("/", ""), ("/site.css", "https://photos.example/")]
    for number in range(pages):
        page = f"https://photos.example/photo/{number}.html"
        asked += [(f"/photo/{number}.html", "https://photos.example/")]
        asked += [(f"/i/thumb/{number}.jpg", page), (f"/i/orig/{number}.jpg", page)]
    return visit(server, address, BROWSER, asked, gap)
