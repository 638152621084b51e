"""Nginx and HAProxy, set up as docs/firewalls.md says, answer each visitor as was decided."""

from __future__ import annotations

import os
import socket
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actors.frame import Scope
from enforcement.decision import Action
from feeds.haproxy_acl import HAPROXY_ACL
from feeds.haproxy_map import HAPROXY_MAP
from feeds.haproxy_names import HAPROXY_NAMES
from feeds.nginx_answers import NGINX_ANSWERS
from feeds.nginx_geo import NGINX_GEO
from feeds.nginx_names import NGINX_NAMES
from tests.feeds.firewalls import copied
from tests.feeds.test_every_feed import BLOCK, held
from tests.services.nginx import command
from tests.services.ports import HOST, answered, free_port
from tests.services.process import Process
from tests.services.programs import found, needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeds.feed import Feed

READER, BLOCKED, SIX = "192.0.2.1", "203.0.113.7", "2001:db8:1:2::9"
CHALLENGED, SLOWED, DEGRADED = "198.51.100.1", "198.51.100.2", "198.51.100.3"
EVIL = ('a" evil;\n', 'quo"te', "two words", "back\\", "evil\n#", "b\xe9")  # as cookies may be
STANDING = held(
    [
        replace(BLOCK, id="n", target="203.0.113.0/24", scope=Scope.NETWORK),
        replace(BLOCK, id="6", target="2001:db8:1:2::/64"),
        replace(BLOCK, id="c", target=CHALLENGED, action=Action.CHALLENGE),
        replace(BLOCK, id="t", target=SLOWED, action=Action.THROTTLE),
        replace(BLOCK, id="d", target=DEGRADED, action=Action.DEGRADE),
        replace(BLOCK, id="i", target="203.0.113.7", action=Action.CHALLENGE),
        replace(BLOCK, id="s", target="Sess-1", scope=Scope.SESSION),
        replace(BLOCK, id="u", target="sess-1", scope=Scope.SESSION, action=Action.THROTTLE),
        replace(BLOCK, id="o", target="$host{};#~'", scope=Scope.SESSION),
        *(
            replace(BLOCK, id=f"x{number}", target=name, scope=Scope.SESSION)
            for number, name in enumerate(EVIL)
        ),
    ]
).standing(0)
ANSWERS = {  # visitor → what ten askings for an original come to; a reader sees no difference
    READER: {"200 /i/orig/1.jpg"},
    BLOCKED: {"403"},
    SIX: {"403"},
    CHALLENGED: {"307"},
    DEGRADED: {"200 /i/thumb/1.jpg"},
}
TIMES = 30
NGINX = """
{user}
daemon off; worker_processes 1; pid nginx.pid; error_log error.log; events {{}}
http {{
    access_log off; default_type text/plain;
    client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t;
    scgi_temp_path t;
    set_real_ip_from {host}; real_ip_header proxy_protocol;
    geo $refused {{ default 0; include {folder}/blocklist.geo; }}
    map "session:$cookie_sid" $hedgerow_session {{ default ""; include {folder}/names.conf; }}
    {http}
    server {{ listen {host}:{port} proxy_protocol; root site; {server}
        location = /session {{ return 200 "$hedgerow_session"; }}
        location = /refused {{ return 200 "$refused"; }} }}
}}
"""
HAPROXY = """
global
defaults
    mode http
    timeout client 5s
    timeout connect 5s
    timeout server 5s
{frontend}
backend photos
    http-request deny deny_status 410 if {{ path /refused }} {{ src -f {folder}/blocklist.acl }}
    http-request set-var(txn.sid) req.cook(sid)
    http-request set-var(txn.name) str(session:),concat(,txn.sid)
    http-request set-var(txn.said) var(txn.name),map_str({folder}/names.map)
    http-request return status 200 content-type text/plain lf-string "%[var(txn.said)]" \
if {{ path /session }}
    http-request return status 200 content-type text/plain lf-string "%[path]"
"""


def ask(port: int, address: str, path: str = "/i/orig/1.jpg", cookie: str = "") -> str:
    """Ask as *address*, which the PROXY protocol says; give status and, if served, the body."""
    kind, here = ("TCP6", "::1") if ":" in address else ("TCP4", HOST)
    told = f"PROXY {kind} {address} {here} 4242 80\r\n"
    asked = f"GET {path} HTTP/1.0\r\nHost: photos.example\r\nCookie: sid={cookie}\r\n\r\n"
    with socket.create_connection((HOST, port), timeout=5) as line:
        line.sendall(f"{told}{asked}".encode())
        answer = b"".join(iter(lambda: line.recv(1 << 16), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    status = head.split()[1]
    return f"{status} {body}" if status == "200" else status


def write(folder: Path, *feeds: Feed) -> None:
    for feed in feeds:
        (folder / feed.name).write_bytes(feed.render(STANDING))


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run nginx with the documented lines, and give its port."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    write(folder, NGINX_GEO, NGINX_ANSWERS, NGINX_NAMES)
    for name in ("t", "site/i/orig", "site/i/thumb"):
        (folder / name).mkdir(parents=True)
    for name in ("i/orig/1.jpg", "i/thumb/1.jpg"):
        (folder / "site" / name).write_text(f"/{name}")
    http, server = copied("nginx")
    text = NGINX.format(
        user="user root;" if os.geteuid() == 0 else "",
        host=HOST,
        port=port,
        folder=folder,
        http=http.replace("/etc/nginx/hedgerow", str(folder)),
        server=server,
    )
    (folder / "nginx.conf").write_text(text)
    tried = subprocess.run([*command(folder), "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    yield from running(Process(command(folder), folder), port)


@pytest.fixture(scope="module")
def haproxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run HAProxy with the documented lines, and give its port."""
    folder, port = tmp_path_factory.mktemp("haproxy"), free_port()
    write(folder, HAPROXY_ACL, HAPROXY_MAP, HAPROXY_NAMES)
    frontend = copied("HAProxy")[0].replace("/etc/haproxy/hedgerow", str(folder))
    frontend = frontend.replace("bind :80", f"bind {HOST}:{port} accept-proxy")
    (folder / "haproxy.cfg").write_text(HAPROXY.format(frontend=frontend, folder=folder))
    words = [str(found("haproxy")), "-f", "haproxy.cfg"]
    tried = subprocess.run([*words, "-c"], cwd=folder, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    yield from running(Process(words, folder), port)


def running(process: Process, port: int) -> Iterator[int]:
    try:
        answered(port, process.start())
        yield port
    finally:
        process.stop()


@pytest.fixture(params=[pytest.param("nginx", marks=needs("nginx")),
                        pytest.param("haproxy", marks=needs("haproxy"))])  # fmt: skip
def proxy(request: pytest.FixtureRequest) -> int:
    port: int = request.getfixturevalue(request.param)
    return port


@pytest.mark.parametrize("visitor", ANSWERS)
def test_each_visitor_is_answered_as_was_decided(proxy: int, visitor: str) -> None:
    assert {ask(proxy, visitor) for _ in range(TIMES)} == ANSWERS[visitor]


def test_who_is_throttled_gets_some_and_not_all(proxy: int) -> None:
    answers = [ask(proxy, SLOWED) for _ in range(TIMES)]

    assert answers[0] == "200 /i/orig/1.jpg"
    assert answers[-1] == "429"


def test_a_session_is_known_by_its_name_and_no_name_breaks_the_file(proxy: int) -> None:
    sids = ("Sess-1", "sess-2", "evil", "two", "$host{}")
    said = [ask(proxy, READER, "/session", sid) for sid in sids]

    assert said == ["200 block", *["200 "] * 4]


@needs("nginx")
def test_nginx_knows_who_is_refused_by_the_short_list(nginx: int) -> None:
    assert ask(nginx, READER, "/refused") == "200 0"


@needs("haproxy")
def test_haproxy_reads_the_short_list(haproxy: int) -> None:
    assert ask(haproxy, READER, "/refused") == "200 /refused"
