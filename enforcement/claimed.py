"""Claimed: what a client said of itself, in words that people can order a release by."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from access.claims import ODD, Family, Flag, family, flags, major
from actors.features import Fact, Latest

HANDSHAKE = Latest(Fact.HANDSHAKE)
BITS = (1 << 48) - 1  # of the hash, see Fact.HANDSHAKE
REMEMBERED = 1 << 12  # claims; there are some hundred at a time


@lru_cache(REMEMBERED)
def spelt(claim: int) -> str:
    """Write a claim (see `access.claims`): "chrome/126", "tool", "safari/17+crawler"; "" for none.

    Which known crawler it names is left out: those numbers are a site's own.
    """
    told = np.array([claim], np.uint32)
    which, version, odd = Family(int(family(told)[0])), int(major(told)[0]), int(flags(told)[0])
    name = "" if which is Family.OTHER else which.name.lower()
    said = [str(flag.name).lower() for flag in Flag if flag & odd & int(ODD)]
    words = [f"{name}/{version}" if name and version else name]
    return "+".join(word for word in [*words, *(each for each in said if each != name)] if word)


def shaken(handshake: int) -> str:
    """Write 48 bits of the keyed hash of a handshake: 12 hex digits; "" where none was told."""
    kept = handshake & BITS
    return f"{kept:012x}" if kept else ""
