"""Gates: each kind of firewall as its operator would set it up, in a town of a test."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING

from streams.bouncing.haproxy import Haproxy
from streams.bouncing.ipset import Ipset
from streams.bouncing.nftables import Nftables
from streams.bouncing.nginx import Nginx
from tests.services.ports import until
from tests.services.process import Process
from tests.services.programs import found
from tests.services.town import DOORS, inside, opened_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from streams.bouncing.target import Target
    from tests.services.town import Town

PORT = 8080
HAPROXY = """
global
    stats socket {folder}/admin.sock mode 600 level admin
defaults
    mode http
    timeout connect 5s
    timeout client 5s
    timeout server 5s
frontend site
    bind :{port}
    http-request set-var(txn.hedgerow) src,map_ip({folder}/hedgerow.map,none)
    http-request deny deny_status 403 if {{ var(txn.hedgerow) -m str block }}
    http-request return status 429 if {{ var(txn.hedgerow) -m str throttle }}
    http-request return status 200
"""
NGINX = """
user root;
daemon off;
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp;
    uwsgi_temp_path temp; scgi_temp_path temp;
    geo $hedgerow {{ default none; include {folder}/hedgerow.conf; }}
    server {{
        listen {port};
        if ($hedgerow = block) {{ return 403; }}
        if ($hedgerow = throttle) {{ return 429; }}
        return 200;
    }}
}}
"""


@dataclass(slots=True)
class Gate:
    """A site in a town behind one kind of firewall."""

    town: Town
    folder: Path
    kind: str
    target: Target
    settings: str  # of [bouncer]
    lose: Callable[[], None] = field(default=lambda: None)  # forget all, as a reboot does

    def status(self, address: str, patience: float = 0.3) -> int:
        """Ask for the site from an address; 0 where nobody answers within *patience* seconds."""
        with inside(self.town.home(address)):
            door = self.town.door(address)
            line = HTTPConnection(door, PORT, timeout=patience, source_address=(address, 0))
            try:
                line.request("GET", "/")
                return line.getresponse().status
            except OSError:
                return 0
            finally:
                line.close()

    def served(self, address: str, patience: float = 0.3) -> bool:
        """Tell whether it gets what it asked for."""
        return self.status(address, patience) == 200

    def refused(self, address: str, patience: float = 0.3) -> bool:
        """Tell whether it is refused, and not just unanswered: a proxy says so, a kernel drops."""
        return self.status(address, patience) == (403 if self.kind in {"haproxy", "nginx"} else 0)


@contextmanager
def gate(kind: str, town: Town, folder: Path) -> Iterator[Gate]:
    """Set one up."""
    with GATES[kind](town, folder) as made:
        until(lambda: made.served(next(iter(DOORS))), "a site")
        yield made


@contextmanager
def nftables(town: Town, folder: Path) -> Iterator[Gate]:
    target = Nftables(nft=tuple(town.at_firewall("nft")))
    with site(town):
        yield Gate(town, folder, "nftables", target, "", lambda: lost(town, "nft flush ruleset"))


@contextmanager
def ipset(town: Town, folder: Path) -> Iterator[Gate]:
    target = Ipset(ipset=tuple(town.at_firewall("ipset")))
    for version, family, rules in ((4, "inet", "iptables"), (6, "inet6", "ip6tables")):
        name = f"hedgerow-block{version}"
        town.ran("ipset", "create", name, "hash:net", "family", family, "timeout", "0")
        rule = f"-I INPUT -m set --match-set {name} src -j DROP"
        town.ran(rules, *rule.split())
    with site(town):
        forget = "ipset flush hedgerow-block4"
        yield Gate(town, folder, "ipset", target, "", lambda: lost(town, forget))


@contextmanager
def haproxy(town: Town, folder: Path) -> Iterator[Gate]:
    admin, listed = folder / "admin.sock", folder / "hedgerow.map"
    listed.touch()
    (folder / "haproxy.cfg").write_text(HAPROXY.format(folder=folder, port=PORT))
    command = town.at_firewall(str(found("haproxy")), "-db", "-f", "haproxy.cfg")
    knobs = f'haproxy_socket = "{admin}"\nhaproxy_map = "{listed}"\n'
    with running(Process(command, folder, "haproxy.log")) as process:
        target = Haproxy(str(admin), listed)
        yield Gate(town, folder, "haproxy", target, knobs, lambda: again(process))


@contextmanager
def nginx(town: Town, folder: Path) -> Iterator[Gate]:
    (folder / "temp").mkdir()
    (folder / "hedgerow.conf").touch()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=PORT))
    called = [str(found("nginx")), "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"]
    knobs = f'nginx_include = "{folder}/hedgerow.conf"\nnginx = "{" ".join(called)}"\n'
    with running(Process(town.at_firewall(*called), folder, "nginx.log")) as process:
        target = Nginx(folder / "hedgerow.conf", tuple(called))
        yield Gate(town, folder, "nginx", target, knobs, lambda: again(process))


GATES = {"nftables": nftables, "ipset": ipset, "haproxy": haproxy, "nginx": nginx}
PROGRAMS = {
    "nftables": ("nft",),
    "ipset": ("ipset", "iptables"),
    "haproxy": ("haproxy",),
    "nginx": ("nginx",),
}


@contextmanager
def running(process: Process) -> Iterator[Process]:
    process.start()
    try:
        yield process
    finally:
        process.stop()


def again(process: Process) -> None:
    process.stop()
    process.start()


def lost(town: Town, command: str) -> None:
    town.ran(*command.split())


@contextmanager
def site(town: Town) -> Iterator[None]:
    """Answer whoever gets through on the firewall host."""
    opened = opened_at(town.firewall, "0.0.0.0", PORT)  # noqa: S104 - in a namespace of its own

    def answer() -> None:
        while True:
            try:
                line, _ = opened.accept()
            except OSError:
                return
            with line:
                line.recv(4096)
                line.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")

    thread = Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield
    finally:
        opened.shutdown(socket.SHUT_RDWR)
        opened.close()
        thread.join(5)
