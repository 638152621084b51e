"""Edges: a real `hedgerow serve` to be killed, and proxies set up as docs/firewalls/*.md say."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.standing import entry_of
from streams.wire.entries import written
from tests.enforcement.test_blocklist import decision
from tests.feeds.firewalls import copied
from tests.services.kafka import broker
from tests.services.nginx import command
from tests.services.ports import HOST, answered, free_port, until
from tests.services.process import Process
from tests.services.programs import found
from tests.services.topics import create
from tests.streams.serving.served import Client, send

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = Path(__file__).parents[3]
READER, BLOCKED, SIX = "192.0.2.1", "203.0.113.7", "2001:db8:1:2::9"
CHALLENGED, SLOWED, DEGRADED = "198.51.100.1", "198.51.100.2", "198.51.100.3"
HELD = (
    decision("203.0.113.0/24", scope=Scope.NETWORK, until=900),
    decision("2001:db8:1:2::/64", until=900),
    decision(CHALLENGED, action=Action.CHALLENGE, until=900),
    decision(SLOWED, action=Action.THROTTLE, until=900),
    decision(DEGRADED, action=Action.DEGRADE, until=900),
    decision("sid", scope=Scope.SESSION, until=900),
)
SETTINGS = """
[check]
proxies = ["127.0.0.0/8"]
session = "x-hedgerow-session"
[appeals]
secret_file = "{folder}/secret"
"""
NGINX = """
{user}
{modules}
daemon off; worker_processes 1; pid nginx.pid; error_log error.log; events {{}}
http {{
    access_log off; default_type text/plain; types {{ }}
    client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t;
    scgi_temp_path t;
    set_real_ip_from {host}; real_ip_header proxy_protocol;
    {http}
    server {{ listen {host}:{port} proxy_protocol; root site; {server} {more} }}
}}
"""
PAGES = ("i/1.jpg", "small/i/1.jpg", "challenge.html", "i/thumb/1.jpg", "i/orig/1.jpg")


class Served(NamedTuple):
    """A service, and the process that it is."""

    process: Process
    port: int

    def back(self) -> None:
        """Start it, and wait until it knows what is in force."""
        if self.process.running is None:
            self.process.start()
        answered(self.port, self.process.running, 60)
        until(lambda: Client(self.port).ask("/ready").status == 200, "readiness", 60)


@contextmanager
def service(folder: Path) -> Iterator[Served]:
    """Run a service that was told HELD, over a broker of its own."""
    (folder / "secret").write_text("of ours\n")
    (folder / "secret").chmod(0o600)
    (folder / "settings.toml").write_text(SETTINGS.format(folder=folder))
    port = free_port()
    with broker(folder / "kafka") as running:
        create(running.bootstrap, "blocklist")
        entries = [entry_of(each) for each in HELD]
        send(running.bootstrap, "blocklist", *((e.key, written(e, 0)) for e in entries))
        words = [sys.executable, "-m", "streams.commands", "serve", "--settings=settings.toml"]
        place = f"HEDGEROW_BROKER_BOOTSTRAP={running.bootstrap}", f"HEDGEROW_SERVICE_PORT={port}"
        process = Process(["env", f"PYTHONPATH={HOME}", *place, *words], folder)
        served = Served(process, port)
        try:
            served.back()
            yield served
        finally:
            process.stop()


@contextmanager
def nginx(
    folder: Path, http: str, server: str, modules: str = "", more: str = ""
) -> Iterator[tuple[int, Process]]:
    """Run nginx with some lines in `http` and `server`."""
    port = free_port()
    pages(folder / "site")
    (folder / "t").mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(
        user=user, modules=modules, host=HOST, port=port, http=http, server=server, more=more
    )
    (folder / "nginx.conf").write_text(text)
    process = Process(command(folder), folder)
    try:
        answered(port, process.start())
        yield port, process
    finally:
        process.stop()


@contextmanager
def caddy(folder: Path, check: int) -> Iterator[int]:
    """Run Caddy with the documented lines, in front of another Caddy that serves pages."""
    port, behind = free_port(), free_port()
    (told,) = copied("Caddy", (HOME / "docs/firewalls/proxies.md").read_text("utf-8"))
    told = told.replace("photos.example", f"http://:{port}").replace("8087", str(check))
    told = told.replace(f"{HOST}:8000", f"{HOST}:{behind}")
    told = told.replace("uri /check", "uri /check\n            trusted_proxies private_ranges")
    site = f'http://:{behind} {{\n    respond "[{{header.X-Hedgerow-Action}}]"\n}}\n'
    (folder / "Caddyfile").write_text(f"{{\n    admin off\n}}\n{told}\n{site}")
    process = Process(["env", f"HOME={folder}", str(found("caddy")), "run"], folder)
    try:
        answered(port, process.start(), 30)
        answered(behind)
        yield port
    finally:
        process.stop()


def pages(site: Path) -> None:
    """Lay out a site whose pages hold their own names."""
    for name in PAGES:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"/{name}")


def ask(port: int, address: str, path: str = "/i/1.jpg", cookie: str = "") -> tuple[int, str]:
    """Ask as *address*, which the PROXY protocol says; give status and body."""
    kind, here = ("TCP6", "::1") if ":" in address else ("TCP4", HOST)
    told = f"PROXY {kind} {address} {here} 4242 80\r\n"
    asked = (
        f"GET {path} HTTP/1.0\r\nHost: photos.example\r\nCookie: sid={cookie}\r\n"
        "X-Forwarded-For: 192.0.2.1\r\nX-Hedgerow-Session: other\r\nX-Hedgerow-Action: none\r\n\r\n"
    )
    with socket.create_connection((HOST, port), timeout=5) as line:
        line.sendall(f"{told}{asked}".encode())
        answer = b"".join(iter(lambda: line.recv(1 << 16), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    return int(head.split()[1]), body
