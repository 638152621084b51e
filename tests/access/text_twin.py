"""The kernels of text lines once more in plain Python: regular expressions and datetime."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from access.event import Field, Method
from access.formats.sample import Sample
from tests.access.text_expressions import CLIENT_FIRST, HEADER, HOST_FIRST, LAYOUTS

FIELDS = {
    "type": Field.TYPE,
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
ISO = re.compile(
    rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d+))?"
    rb"(Z|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)"
)
DIGITS = re.compile(rb"\d{3}")
CODED = {"percent": re.compile(rb"%([0-9a-fA-F]{2})"), "hashed": re.compile(rb"#([0-9a-fA-F]{2})")}
URL = re.compile(rb"https?://([^/?#]*)(.*)", re.DOTALL | re.IGNORECASE)
ABSENT = (b"", b"-", b'""')
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


def iso(text: bytes) -> int | None:
    """Read an ISO 8601 time with its zone to milliseconds since 1970; None when it is none."""
    found = ISO.fullmatch(text)
    if found is None or int(found[1][:4]) < 1970:
        return None
    hours, minutes = int(found[5] or 0), int(found[6] or 0)
    try:
        at = datetime.fromisoformat(found[1].decode() + "+00:00") - EPOCH
    except ValueError:
        return None
    shift = timedelta(hours=hours, minutes=minutes) * (-1 if found[4] == b"-" else 1)
    fraction = int(((found[2] or b"") + b"000")[:3])
    return (at - shift) // timedelta(milliseconds=1) + fraction


def moment(groups: dict[str, bytes]) -> int | None:
    """Read the time of a line, however it is written."""
    if "iso" in groups:
        return iso(groups["iso"])
    if "utc" in groups:
        day, tab, clock = groups["utc"][:10], groups["utc"][10:11], groups["utc"][11:]
        return iso(day + b"T" + clock + b"Z") if tab == b"\t" else None
    if "ms" in groups:
        at, point, ms = clf(groups["ms"][:20] + b" +0000"), groups["ms"][20:21], groups["ms"][21:]
        return at + int(ms) if at is not None and point == b"." and DIGITS.fullmatch(ms) else None
    return clf(groups["time"])


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


def unwrapped(line: bytes) -> bytes | None:
    """Take off what stands in front of a line, at most twice; None for a piece of one."""
    for _ in range(2):
        found = HEADER.match(line) if len(line) > 16 else None
        if found is None:
            break
        if found["piece"] == b"P":
            return None
        line = line[found.end() :]
    return line


def texts_of(groups: dict[str, bytes]) -> dict[Field, bytes]:
    """Say which text stands where, decoded; what is absent is left out."""
    texts = {}
    for name, value in groups.items():
        coded, _, field = name.rpartition("_")
        if field in FIELDS and value not in ABSENT:
            by = CODED.get(coded)
            plain = by.sub(lambda found: bytes([int(found[1], 16)]), value) if by else value
            texts[FIELDS[field]] = plain
    return texts


def asked(groups: dict[str, bytes]) -> tuple[Method, bytes]:
    """Read what was asked for, from a request line or from its parts."""
    if "request" in groups:
        return request(groups["request"])
    name = groups["method"].decode("latin-1")
    method = Method[name] if name in ("GET", "HEAD", "POST") else Method.OTHER
    return method, b"" if groups["path"] in ABSENT else groups["path"]


def fits(layout: re.Pattern[bytes], groups: dict[str, bytes]) -> bool:
    """Tell whether the texts of a line can be what their places are meant for."""
    peer = groups["client"] if "client" in groups else last_hop(groups["forwarded"])
    if peer in ABSENT or ("client" not in groups and not ADDRESS.fullmatch(peer)):
        return False
    if "client" in groups and layout is LAYOUTS[0] and not forwards(groups["forwarded"]):
        return False
    names = [groups["identity"]] if "identity" in groups else []
    names += [groups["host"]] if layout is HOST_FIRST else []
    ported = layout in CLIENT_FIRST and peer.count(b":") == 1 and not ADDRESS.fullmatch(peer)
    return not ported and not any(ADDRESS.fullmatch(name) for name in names)


def last_hop(text: bytes) -> bytes:
    """Cut the last part out of a list of addresses."""
    return re.split(rb"[ ,]", text)[-1]


def read(line: bytes) -> Sample | None:
    """Read one line without its newline by the roster's text layouts; None for a reject."""
    line = line.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\r")
    bare = unwrapped(line)
    for layout in LAYOUTS if bare else ():
        found = layout.fullmatch(bare or b"")
        groups = found.groupdict() if found else {}
        at = moment(groups) if found else None
        if at is None or not fits(layout, groups):
            continue
        return sample_of(line, at, groups)
    return None


def sample_of(line: bytes, at: int, groups: dict[str, bytes]) -> Sample:
    """Say a line that was understood in the words of a Sample."""
    texts = texts_of(groups)
    if "client" not in groups:
        texts[Field.CLIENT] = last_hop(groups["forwarded"])
    method, target = asked(groups)
    if url := URL.fullmatch(target):
        target = url[2] or b"/"
        texts.setdefault(Field.HOST, url[1])
    if target and groups.get("query", b"-") not in ABSENT:
        target += b"?" + groups["query"]
    status, size = groups["status"], groups["size"]
    return Sample(
        line=line,
        at=at,
        method=method,
        status=int(status) if len(status) == 3 else 0,
        size=-1 if size == b"-" else int(size),
        texts={field: text for field, text in (texts | {Field.TARGET: target}).items() if text},
    )
