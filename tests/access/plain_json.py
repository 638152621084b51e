"""The plain twin of the JSON kernels: slow, obvious, built on `json`, `re` and `datetime`."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import numpy as np

from access.aliases import ALIASES, Meaning
from access.event import Field, Method
from access.kernels.request_line import request_line
from tests.access.json_scan import Row, text_row

RAW = 0x10FE00  # private code points that stand for the bytes from 0x80 on
CLF = re.compile(rb"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}")
ISO = re.compile(
    rb"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:[.,](\d+))?"
    rb" ?([Zz]|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)"
)
DAY = re.compile(rb"\d{4}-\d\d-\d\d")
CLOCK = re.compile(rb"\d\d:\d\d:\d\d")
NUMBER = re.compile(rb"\d+(\.\d+)?([eE][+-]?\d{1,3})?")
QUOTED = re.compile(rb'\A"(.*)"\Z', re.DOTALL)  # as Logstash leaves them
URL = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)


class Bare(str):
    """A number, as it is written."""

    __slots__ = ()


class Pairs(list):  # type: ignore[type-arg]
    """The keys and values of an object, in order."""

    __slots__ = ()


def read(line: bytes, at: int | None = None, *, carries: bool = True) -> Row | None:
    """Read a line, or None where it is no JSON object or lacks something.

    *at* is the time of a line that says none.
    """
    text = "".join(chr(b if b < 128 else RAW + b) for b in line).strip(" \t\r\n")
    try:
        value = json.loads(
            text,
            object_pairs_hook=Pairs,
            parse_int=Bare,
            parse_float=Bare,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, Pairs) or _depth(value) > 64:
        return None
    names: dict[bytes, object] = {}
    _flatten(value, b"", names)
    row, at = _row(names, at)
    carried = _carried(names) if carries and not _is_request(names) else b""
    if not carried:
        return row
    inner = read(carried, at, carries=False) if carried[:1] == b"{" else text_row(carried)
    return inner or (row if _seen(names, Meaning.CLIENT) else None)


def _is_request(names: dict[bytes, object]) -> bool:
    client = _first(names, Meaning.CLIENT) or _is_address(_first(names, Meaning.HOST))
    said = _seen(names, Meaning.METHOD) or _seen(names, Meaning.REQUEST)
    return bool(client) and (said or (_whole(names, Meaning.STATUS, 0) or 0) > 0)


def _seen(names: dict[bytes, object], meaning: Meaning) -> bool:
    values = [names.get(name.lower().encode()) for name in ALIASES[meaning]]
    return any(isinstance(value, (str, list)) for value in values)


def _carried(names: dict[bytes, object]) -> bytes:
    for name in ALIASES[Meaning.CARRIED]:
        value = names.get(name.encode())
        if isinstance(value, str) and not isinstance(value, Bare):
            text = _bytes(value.lstrip(" ")).rstrip(b"\r\n")
            if len(text) > 1:
                return text
    return b""


def _refuse(word: str) -> None:
    raise ValueError(word)


def _depth(value: object) -> int:
    if isinstance(value, Pairs):
        return 1 + max((_depth(v) for _, v in value), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


def _flatten(pairs: Pairs, prefix: bytes, names: dict[bytes, object]) -> None:
    for key, value in pairs:
        name = prefix + _bytes(key).lower()
        if isinstance(value, Pairs):
            names.pop(name, None)
            _flatten(value, name + b".", names)
        else:
            names[name] = value


def _bytes(text: str) -> bytes:
    return b"".join(
        bytes([ord(c) - RAW])
        if RAW + 128 <= ord(c) < RAW + 256
        else b"\xef\xbf\xbd"
        if 0xD800 <= ord(c) <= 0xDFFF
        else c.encode()
        for c in text
    )


def _texts(names: dict[bytes, object], meaning: Meaning) -> list[bytes]:
    """List what the names of *meaning* say, best first."""
    said = []
    for name in ALIASES[meaning]:
        value = names.get(name.lower().encode())
        if isinstance(value, list):
            texts = [v if isinstance(v, str) and not isinstance(v, Bare) else None for v in value]
            leading = texts[: texts.index(None)] if None in texts else texts
            if meaning != Meaning.FORWARDED:
                leading = leading[:1]
            value = ", ".join(v for v in leading if v is not None)
        text = _bytes(value) if isinstance(value, str) else b""
        if meaning in {Meaning.REFERER, Meaning.AGENT}:
            text = QUOTED.sub(rb"\1", text)
        if text not in {b"", b"-"}:
            said.append(text)
    return said


def _first(names: dict[bytes, object], meaning: Meaning) -> bytes:
    return next(iter(_texts(names, meaning)), b"")


def _row(names: dict[bytes, object], given: int | None) -> tuple[Row | None, int | None]:
    times = [_time(text, names) for text in _texts(names, Meaning.TIME) if text != b"0"]
    at = next((t for t in times if t is not None and t >= 0), None if times else given)
    status, size = _whole(names, Meaning.STATUS, 0), _whole(names, Meaning.SIZE, -1)
    texts = {f: _first(names, Meaning(f)) for f in Field if f >= Field.REFERER}
    if not texts[Field.AGENT]:
        encoded = _first(names, Meaning.ENCODED_AGENT)
        texts[Field.AGENT] = re.sub(
            rb"%([0-9a-fA-F]{2})", lambda m: bytes([int(m[1], 16)]), encoded
        )
    method, target = _asked(names)
    if url := URL.match(target):
        target = target[url.end() :] or b"/"
        texts[Field.HOST] = texts[Field.HOST] or url[1]
    if not texts[Field.CLIENT] and _is_address(texts[Field.HOST]):
        texts[Field.CLIENT], texts[Field.HOST] = texts[Field.HOST], b""
    if at is None or not target or not texts[Field.CLIENT] or status is None or status > 999:
        return None, at
    texts[Field.TARGET] = target
    said = {f: t for f, t in texts.items() if t}
    return Row(at, method, status, -1 if size is None else size, said), at


def _is_address(host: bytes) -> bool:
    v6 = re.fullmatch(rb"[0-9a-fA-F:.]*", host) and host.count(b":") > 1
    return bool(v6 or re.fullmatch(rb"[0-9]*(\.[0-9]*){3}", host))


def _whole(names: dict[bytes, object], meaning: Meaning, absent: int) -> int | None:
    text = _first(names, meaning)
    if not text:
        return absent
    if not NUMBER.fullmatch(text) or (value := int(Fraction(text.decode()))) >= 10**18:
        return None
    return value


def _asked(names: dict[bytes, object]) -> tuple[Method, bytes]:
    named = _first(names, Meaning.METHOD).upper()
    method = Method[named.decode()] if named in {b"GET", b"HEAD", b"POST"} else Method.OTHER
    target = _first(names, Meaning.TARGET)
    if request := _first(names, Meaning.REQUEST):
        padded = np.frombuffer(request + bytes(64), np.uint8)
        verb, start, stop = request_line(padded, 0, len(request))
        method = method or Method(verb)
        target = target or request[start:stop]
    if not target:
        target = _first(names, Meaning.PATH)
        query = _first(names, Meaning.QUERY).removeprefix(b"?")
        if target and query and b"?" not in target:
            target += b"?" + query
    return method, target


def _time(text: bytes, names: dict[bytes, object]) -> int | None:
    if text[:1] == b"[" and text[-1:] == b"]":
        text = text[1:-1]
    try:
        if CLF.fullmatch(text):
            return _since_1970(datetime.strptime(text.decode(), "%d/%b/%Y:%H:%M:%S %z"))
        if iso := ISO.fullmatch(text):
            day, clock, fraction, zone = ((part or b"").decode() for part in iso.groups())
            whole = datetime.fromisoformat(f"{day}T{clock}{zone.upper()}")
            return _since_1970(whole) + int(f"{fraction}000"[:3])
        if CLOCK.fullmatch(text):
            day = _first(names, Meaning.DATE)
            stamp = f"{day.decode()}T{text.decode()}+00:00"
            return _since_1970(datetime.fromisoformat(stamp)) if DAY.fullmatch(day) else None
    except ValueError:
        return None
    return _epoch(Fraction(text.decode())) if NUMBER.fullmatch(text) else None


def _since_1970(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _epoch(count: Fraction) -> int | None:
    digits = len(str(int(count))) if count >= 1 else 0
    for most, power in ((11, 3), (14, 0), (17, -3), (20, -6)):
        if digits <= most:
            return int(count * Fraction(10) ** power)
    return None
