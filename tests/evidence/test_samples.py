"""Sample lines prove what was asked for, and open nobody's account."""

from __future__ import annotations

import numpy as np

from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from evidence.samples import shown

LINE = (
    b'{"time":"2026-11-24T12:00:00Z","remote_addr":"203.0.113.7","request_uri":"/i/1.jpg",'
    b'"request_method":"GET","status":200,"cookie_session":"sesame","remote_user":"anna"}'
)


def sample(line: bytes) -> bytes:
    chunk = Chunk(np.frombuffer(line + b"\n", np.uint8), 0, 1)
    batch, _ = Parser(Site.default()).parse(chunk)
    return shown(batch, 0)


def test_sessions_and_accounts_are_starred_out() -> None:
    assert LINE.replace(b"sesame", b"******").replace(b"anna", b"****") == sample(LINE)


def test_a_line_without_them_is_shown_as_it_came() -> None:
    line = b'203.0.113.7 - - [24/Nov/2026:12:00:00 +0000] "GET /i/1.jpg HTTP/1.1" 200 9 "-" "-"'

    assert line == sample(line)
