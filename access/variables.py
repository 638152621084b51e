"""What the variables of a log format say, and how each is written; add a variable here."""

from __future__ import annotations

from enum import IntEnum, unique
from typing import NamedTuple, TypeAlias

from access.event import FIELDS, Field, Header


@unique
class Shape(IntEnum):
    """How a piece of a line is written, and so how it is read."""

    NOTHING = 0  # only the separator in front of it
    CLF_TIME = 1  # 23/Nov/2026:22:24:26 +0000
    ISO_TIME = 2  # 2026-11-23T22:24:26+00:00
    EPOCH = 3  # 1795472666.934
    UTC_TIME = 4  # 2026-11-23, a tab, 22:24:26; always UTC
    MS_TIME = 5  # 23/Nov/2026:22:24:26.934; it names no zone and is taken for UTC
    STATUS = 6  # three digits; `-`, or -1 or 0 where there was no answer
    SIZE = 7  # bytes of the answer, or `-`
    COUNT = 8  # digits nobody needs
    WORD = 9  # text without spaces
    NAME = 10  # text without spaces that is no address
    PEER = 11  # text without spaces that is no host with its port, unless the host is an address
    WORDS = 12  # text in which anybody may write a space
    CELL = 13  # text that cannot hold the separator behind it
    PERCENT = 14  # a CELL whose odd bytes are written %XX
    HASHED = 15  # a CELL whose odd bytes, and `"{|}`, are written #XX
    QUOTED = 16  # text in double quotes
    LIST = 17  # a list of addresses in double quotes
    RAW = 18  # text in double quotes that may hold some itself, and backslashes, as they came
    HOPS = 19  # a list of addresses in double quotes, as RAW, the last of them the client


@unique
class Part(IntEnum):
    """What a piece says that is no Field by itself."""

    QUERY = FIELDS  # what stands behind the `?` of Field.TARGET
    REQUEST = FIELDS + 1  # method, target and protocol
    METHOD = FIELDS + 2
    TIME = FIELDS + 3
    STATUS = FIELDS + 4
    SIZE = FIELDS + 5
    PROTOCOL = FIELDS + 6


Says: TypeAlias = Field | Part | Header
RAWS = (Shape.RAW, Shape.HOPS)


class Variable(NamedTuple):
    """One variable; of several in a line that say the same the highest rank counts."""

    says: Says | None = None  # None = it is read over
    shape: Shape | None = None  # None = a text, in quotes or not as it stands
    rank: int = 1


VARIABLES = {
    "remote_addr": Variable(Field.CLIENT),
    "msec": Variable(Part.TIME, Shape.EPOCH, rank=2),
    "time_local": Variable(Part.TIME, Shape.CLF_TIME),
    "time_iso8601": Variable(Part.TIME, Shape.ISO_TIME),
    "request": Variable(Part.REQUEST),
    "request_method": Variable(Part.METHOD),
    "server_protocol": Variable(Part.PROTOCOL),
    "request_uri": Variable(Field.TARGET, rank=2),
    "uri": Variable(Field.TARGET),
    "document_uri": Variable(Field.TARGET),
    "args": Variable(Part.QUERY),
    "query_string": Variable(Part.QUERY),
    "status": Variable(Part.STATUS, Shape.STATUS),
    "body_bytes_sent": Variable(Part.SIZE, Shape.SIZE),
    "bytes_sent": Variable(Part.SIZE, Shape.SIZE),
    "http_host": Variable(Field.HOST, rank=3),
    "host": Variable(Field.HOST, rank=2),
    "server_name": Variable(Field.HOST),
    "remote_user": Variable(Field.ACCOUNT),
    "http_referer": Variable(Field.REFERER),
    "http_user_agent": Variable(Field.AGENT),
    "http_x_forwarded_for": Variable(Field.FORWARDED, rank=2),
    "proxy_add_x_forwarded_for": Variable(Field.FORWARDED),
    "sent_http_content_type": Variable(Field.TYPE),
    "server_port": Variable(shape=Shape.COUNT),
    # Not nginx's: where nobody told how a log is laid out, they keep one layout from another.
    "peer": Variable(Field.CLIENT, Shape.PEER),
    "identity": Variable(shape=Shape.NAME),
    "virtual_host": Variable(Field.HOST, Shape.NAME),
    "address_list": Variable(Field.FORWARDED, Shape.LIST),
    "peer_port": Variable(shape=Shape.COUNT),
    # HAProxy's: the time of `option httplog`, and captures, which stand in braces.
    "haproxy_time": Variable(Part.TIME, Shape.MS_TIME),
    "captured": Variable(shape=Shape.HASHED),
    "captured_agent": Variable(Field.AGENT, Shape.HASHED),
    "captured_referer": Variable(Field.REFERER, Shape.HASHED),
    "captured_host": Variable(Field.HOST, Shape.HASHED),
    "captured_forwarded": Variable(Field.FORWARDED, Shape.HASHED),
    # CloudFront's: columns between tabs.
    "cloudfront_time": Variable(Part.TIME, Shape.UTC_TIME),
    "cell": Variable(shape=Shape.CELL),
    "cell_path": Variable(Field.TARGET, Shape.CELL),
    "cell_query": Variable(Part.QUERY, Shape.CELL),
    "cell_protocol": Variable(Part.PROTOCOL, Shape.CELL),
    "cell_host": Variable(Field.HOST, Shape.CELL),
    "encoded_agent": Variable(Field.AGENT, Shape.PERCENT),
    "encoded_referer": Variable(Field.REFERER, Shape.PERCENT),
    "encoded_forwarded": Variable(Field.FORWARDED, Shape.PERCENT),
    "encoded_type": Variable(Field.TYPE, Shape.PERCENT),
    # Envoy's, which escapes nothing.
    "raw": Variable(shape=Shape.RAW),
    "raw_request": Variable(Part.REQUEST, Shape.RAW),
    "raw_agent": Variable(Field.AGENT, Shape.RAW),
    "raw_host": Variable(Field.HOST, Shape.RAW),
    "raw_forwarded": Variable(Field.FORWARDED, Shape.RAW),
    "hops": Variable(Field.CLIENT, Shape.HOPS),
}
# Headers of which only what they show of the client counts, by nginx's names.
HEADERS = {
    "http_accept": Header.ACCEPT,
    "http_accept_language": Header.LANGUAGE,
    "http_sec_fetch_dest": Header.FETCH_DEST,
    "http_sec_fetch_mode": Header.FETCH_MODE,
    "http_sec_fetch_site": Header.FETCH_SITE,
    "http_sec_ch_ua": Header.BRANDS,
    "http_sec_ch_ua_platform": Header.PLATFORM,
    "http_sec_ch_ua_mobile": Header.MOBILE,
    "http_signature_agent": Header.SIGNER,
}
VARIABLES |= {name: Variable(header) for name, header in HEADERS.items()}
# … captured by HAProxy, as `captured_accept`
VARIABLES |= {
    f"captured_{name.removeprefix('http_')}": Variable(header, Shape.HASHED)
    for name, header in HEADERS.items()
}
VARIABLES |= {
    "ssl_ja4": Variable(Header.JA4, rank=2),
    "http_ssl_ja4": Variable(Header.JA4),
    "ssl_ja3_hash": Variable(Header.JA3, rank=2),
    "http_ssl_ja3_hash": Variable(Header.JA3),
    "signature_verified": Variable(Header.VERIFIED),
    "verified_bot_category": Variable(Header.CATEGORY),
}
THEIRS = ("http_", "cookie_", "arg_")  # so begin the names of what a visitor wrote
FREE = ("request", "uri", "document_uri", "remote_user", "proxy_add_x_forwarded_for")
TIGHT = ("request_uri", "args", "query_string")  # a visitor's, too, but nginx lets no space in


def variable(name: str) -> Variable:
    """Look a variable up by its name without `$`, in small letters; unknown ones say nothing."""
    if name.startswith("cookie_"):
        return Variable(Field.SESSION, rank=2 if "sess" in name or "sid" in name else 1)
    return VARIABLES.get(name, Variable())


def is_theirs(name: str) -> bool:
    """Tell whether a visitor decides what this variable says."""
    return name.startswith(THEIRS) or name in FREE or name in TIGHT


def may_hold_spaces(name: str) -> bool:
    """Tell whether this variable can say something with a space in it."""
    return name.startswith((*THEIRS, "upstream_")) or name in FREE
