"""What one request to a platform was: the closed lists that every later hop reads."""

from __future__ import annotations

from enum import IntEnum, unique


@unique
class Kind(IntEnum):
    """What was asked for."""

    OTHER = 0  # nothing of the below, or a request line that is no HTTP
    PAGE = 1  # HTML a person reads
    API = 2  # data an app reads
    ASSET = 3  # css, js, fonts, icons: what a browser fetches to draw a page
    PICTURE = 4  # a picture of somebody's: photo, video poster, storyboard frame
    AVATAR = 5  # profile pictures: people load them by the dozen beside every comment
    TRAP = 6  # an address no person can find


@unique
class Rendition(IntEnum):
    """Which size or cut of a picture was asked for."""

    UNKNOWN = 0  # the address does not say
    THUMBNAIL = 1
    MEDIUM = 2
    ORIGINAL = 3
    POSTER = 4  # the still that stands for a video
    FRAME = 5  # one of a video's storyboard


@unique
class Outcome(IntEnum):
    """What the client got."""

    OTHER = 0  # redirects, server errors, HEAD, POST …
    DELIVERED = 1  # 200, 206 or 304 to GET
    REFUSED = 2  # 401, 403, 429, 444, 451
    MISSING = 3  # 404, 410


@unique
class Method(IntEnum):
    """How it was asked for."""

    OTHER = 0
    GET = 1
    HEAD = 2
    POST = 3


@unique
class Protocol(IntEnum):
    """By which version of HTTP."""

    UNKNOWN = 0  # the log does not say
    HTTP_1 = 1  # and before
    HTTP_2 = 2  # and after


@unique
class Referrer(IntEnum):
    """What shape the Referer header had."""

    NONE = 0
    ROOT = 1  # only scheme and host: "https://host" or "https://host/"
    PAGE = 2  # any deeper address
    PICTURE = 3  # the address of a picture, which shows nothing and links nowhere


@unique
class Field(IntEnum):
    """The pieces of text a line can hold; each is a span of bytes in `Batch.spans`."""

    LINE = 0  # the whole line, verbatim, without its newline
    TARGET = 1  # path and query as asked for
    REFERER = 2
    AGENT = 3
    HOST = 4  # the virtual host that was asked
    CLIENT = 5  # who connected: an address, perhaps with a port
    FORWARDED = 6  # X-Forwarded-For
    SESSION = 7
    ACCOUNT = 8
    TYPE = 9  # Content-Type of the answer


FIELDS = len(Field)


@unique
class Header(IntEnum):
    """What else a log may tell of a client; never kept as text, see `access.bearing`.

    Numbered behind all that a layout's piece or a JSON value may say otherwise.
    """

    ACCEPT = 24
    LANGUAGE = 25  # Accept-Language
    FETCH_DEST = 26  # Sec-Fetch-Dest: what the browser wants it for
    FETCH_MODE = 27
    FETCH_SITE = 28
    BRANDS = 29  # Sec-CH-UA
    PLATFORM = 30  # Sec-CH-UA-Platform
    MOBILE = 31  # Sec-CH-UA-Mobile
    JA4 = 32  # how it began TLS
    JA3 = 33  # … by the older scheme
    SIGNER = 34  # Signature-Agent: whose key signed the request
    VERIFIED = 35  # whether the edge found the signature good
    CATEGORY = 36  # what kind of verified bot the edge took it for; empty: none


FIRST_HEADER, HEADERS = min(Header), len(Header)
