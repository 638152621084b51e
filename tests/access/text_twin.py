"""The kernels of text lines once more in plain Python: regular expressions and datetime."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from access.event import Field, Method
from access.formats.sample import Sample

WORD = rb'(?:[^ "\\]|\\.)'
IN_QUOTES = rb'(?:[^"\\]|\\.|"(?! |\Z))*'
QUOTED = rb'"%s"(?= |\Z)' % IN_QUOTES
REST = (
    rb'(?P<user>(?:"")?(?:[^"\\]|\\.)*?) \[(?P<time>.{26})\] "(?P<request>' + IN_QUOTES + rb')" '
    rb"(?P<status>\d{3}|-) (?P<size>\d{1,18}|-)"
)
IDENTITY = rb"(?P<identity>" + WORD + rb"*)"
COMMON = rb"(?P<client>" + WORD + rb"+) " + IDENTITY + rb" " + REST
TWO = rb' "(?P<referer>' + IN_QUOTES + rb')" "(?P<agent>' + IN_QUOTES + rb')"'
VHOST = rb"(?P<host>" + WORD + rb"*?):\d{1,18} " + COMMON + TWO
MAIN = COMMON + TWO + rb' "(?P<forwarded>' + IN_QUOTES + rb')"'
TAIL = rb'(?: (?:[^"\\]|\\.|\\\Z|' + QUOTED + rb")*)?\Z"
PLAIN = rb"(?P<host>" + WORD + rb"*) " + COMMON + TWO
LAYOUTS = [re.compile(p + TAIL, re.DOTALL) for p in (MAIN, COMMON + TWO, COMMON, VHOST, PLAIN)]
FIELDS = {
    "client": Field.CLIENT,
    "host": Field.HOST,
    "user": Field.ACCOUNT,
    "referer": Field.REFERER,
    "agent": Field.AGENT,
    "forwarded": Field.FORWARDED,
}
MONTHS = b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
TIME = re.compile(
    rb"(\d\d)/(\w{3})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])([01]\d|2[0-3])([0-5]\d)", re.ASCII
)
REQUEST = re.compile(
    rb"(?P<method>[A-Za-z_-]{1,31}) +(?P<target>[^ ](?:.*[^ ])?) +HTTP/[^ ]{0,25}", re.DOTALL
)
LISTED = re.compile(rb"(?:.*[ ,])?([^ ,]+)", re.DOTALL)
ADDRESS = re.compile(rb"(?=[^.]*(?:\.[^.]*){3}\Z)[0-9.:\[\]]+|(?=.*:.*:)[0-9A-Fa-f.:\[\]]+")
URL = re.compile(rb"https?://([^/?#]*)(.*)", re.DOTALL | re.IGNORECASE)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def clf(text: bytes) -> int | None:
    """Read a time to milliseconds since 1970; None when it is none."""
    found = TIME.fullmatch(text)
    if found is None or found[2] not in MONTHS:
        return None
    day, year, hour, minute, second = (int(found[i]) for i in (1, 3, 4, 5, 6))
    shift = timedelta(hours=int(found[8]), minutes=int(found[9]))
    zone = timezone(shift if found[7] == b"+" else -shift)
    try:
        at = datetime(year, MONTHS.index(found[2]) + 1, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
    return (at - EPOCH) // timedelta(milliseconds=1)


def request(text: bytes) -> tuple[Method, bytes]:
    """Take a request line apart."""
    if text == b"-":
        return Method.OTHER, b""
    if found := REQUEST.fullmatch(text):
        name = found["method"].decode()
        known = name in ("GET", "HEAD", "POST")
        return Method[name] if known else Method.OTHER, found["target"]
    if simple := re.fullmatch(rb"GET +(/[^ ]*)", text):
        return Method.GET, simple[1]
    return Method.OTHER, text


def forwards(text: bytes) -> bool:
    """Tell whether a text is a list of addresses as far as its last part shows."""
    if text in (b"-", b'""'):
        return True
    found = LISTED.fullmatch(text)
    return found is not None and ADDRESS.fullmatch(found[1]) is not None


def read(line: bytes) -> Sample | None:
    """Read one line without its newline by the roster's text layouts; None for a reject."""
    line = line.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\r")
    for layout in LAYOUTS:
        found = layout.fullmatch(line)
        at = clf(found["time"]) if found else None
        if found is None or at is None:
            continue
        texts = {FIELDS[k]: v for k, v in found.groupdict().items() if k in FIELDS}
        if texts[Field.CLIENT] == b"-" or not forwards(texts.get(Field.FORWARDED, b"-")):
            continue
        names = [found["identity"], *([found["host"]] if layout is LAYOUTS[-1] else [])]
        if any(ADDRESS.fullmatch(name) for name in names):
            continue
        peer = texts[Field.CLIENT]
        if layout in LAYOUTS[:3] and peer.count(b":") == 1 and not ADDRESS.fullmatch(peer):
            continue
        method, texts[Field.TARGET] = request(found["request"])
        if url := URL.fullmatch(texts[Field.TARGET]):
            texts[Field.TARGET] = url[2] or b"/"
            if texts.get(Field.HOST, b"") in {b"", b"-", b'""'}:
                texts[Field.HOST] = url[1]
        status, size = found["status"], found["size"]
        return Sample(
            line=line,
            at=at,
            method=method,
            status=0 if status == b"-" else int(status),
            size=-1 if size == b"-" else int(size),
            texts={f: v for f, v in texts.items() if v not in (b"", b"-", b'""')}
            | ({Field.TARGET: texts[Field.TARGET]} if texts[Field.TARGET] else {}),
        )
    return None
