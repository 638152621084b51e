"""Bearing: what a client shows of itself beside its user agent, packed into 16 bits for columns.

All of it is zero where a log does not tell it: what is not known speaks neither for nor against.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag, unique
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@unique
class Said(IntFlag):
    """What the headers of one line show by themselves; behind these bits a hash of the signer."""

    FETCH_TOLD = 1  # the log tells of Sec-Fetch-…
    FETCH = 2  # … and some came
    LANGUAGE_TOLD = 4
    LANGUAGE = 8
    ACCEPT_TOLD = 16
    ACCEPT_IMAGE = 32  # an image stands in Accept, and no page
    ACCEPT_PAGE = 64  # … a page, as where a picture is opened by itself
    TO_IMAGE = 128  # Sec-Fetch-Dest
    TO_PAGE = 256  # … a document or what stands in a frame
    HINTED = 512  # client hints came
    CONTRADICTED = 1024  # … and say what the user agent does not
    IOS = 2048  # the agent's; every browser there is built on WebKit
    VERIFIED = 4096  # the edge found a signature, or the bot behind it, good
    UNVERIFIED = 8192  # … a signature, and bad


SIGNER = 16  # bits below the 48 of the hash of who signed


@unique
class Engine(IntEnum):
    """What a client says it is built on: no two of them begin TLS alike."""

    UNKNOWN = 0
    BLINK = 1
    GECKO = 2
    WEBKIT = 3
    LIBRARY = 4  # declares itself one


@unique
class Bearing(IntFlag):
    """What that means of a client that claims what it claims; bits 8 to 10 are its Engine."""

    FETCHED = 1  # all that a browser adds to every request came, as far as the log tells of it
    UNFETCHED = 2  # … and some of it did not, of a browser that adds it
    PICTURED = 4  # asked for as browsers ask for the pictures of a page
    UNPICTURED = 8  # … as no current browser does, be it for a page or a picture by itself
    AGREED = 16  # client hints say what the user agent says
    CONTRADICTED = 32
    SIGNED = 64  # it is whom it claims to be: the edge checked, and the site says so
    REFUSED = 128  # … and found the signature bad


ENGINE = 8  # bits below that of the Engine


def engine(bearings: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Read the `Engine` out of each bearing; UNKNOWN where no handshake is known."""
    return bearings >> np.uint16(ENGINE)
