"""Gates: each kind of firewall as its operator would set it up, in a town of a test."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from streams.bouncing.haproxy import Haproxy
from streams.bouncing.ipset import Ipset
from streams.bouncing.nftables import Nftables
from streams.bouncing.nginx import Nginx
from tests.services.ports import until
from tests.services.process import Process
from tests.services.programs import found
from tests.services.town import DOORS
from tests.streams.bouncing.edges import EDGES
from tests.streams.bouncing.gated import PORT, Gate, site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.services.town import Town

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


GATES = {
    "nftables": nftables,
    "ipset": ipset,
    "haproxy": haproxy,
    "nginx": nginx,
    **EDGES,
}
PROGRAMS: dict[str, tuple[str, ...]] = {
    "nftables": ("nft",),
    "ipset": ("ipset", "iptables"),
    "haproxy": ("haproxy",),
    "nginx": ("nginx",),
    **dict.fromkeys(EDGES, ()),
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
