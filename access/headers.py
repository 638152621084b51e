"""Headers: what they show of a client, put beside what its user agent claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.bearing import ENGINE, SIGNER, Bearing, Engine, Said
from access.claims import Family, Flag, browsers, crawler, family, flags, major
from access.kernels.bearing import handshake_in, keyed, signer_in
from access.kernels.hashing import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Rows = NDArray[np.bool_]
    Signers = tuple[tuple[int, int], ...]  # number of a crawler in a claim, `signer` of its host

# From these versions on browsers add Sec-Fetch-… to what comes over TLS, and ask for pictures by
# `image/avif` or `image/webp` (MDN, browser compatibility data). Firefox and Safari a little later
# than there, for 16.4 and 16.0 are one number here.
SINCE = {
    Family.CHROME: 80,
    Family.EDGE: 80,
    Family.OPERA: 67,
    Family.SAMSUNG: 13,
    Family.FIREFOX: 92,
    Family.SAFARI: 17,
}
ENGINES = {
    Family.CHROME: Engine.BLINK,
    Family.EDGE: Engine.BLINK,
    Family.OPERA: Engine.BLINK,
    Family.SAMSUNG: Engine.BLINK,
    Family.FIREFOX: Engine.GECKO,
    Family.SAFARI: Engine.WEBKIT,
    Family.FIREFOX_IOS: Engine.WEBKIT,
}


def signer_of(host: str) -> int:
    """Hash a host as that of a Signature-Agent is hashed, 48 bits."""
    text = host.encode()
    buffer = np.zeros(len(text) + 8, np.uint8)
    buffer[: len(text)] = np.frombuffer(text, np.uint8)
    return int(signer_in(buffer, words_of(buffer), len(text)))


def bearings(
    said: NDArray[np.uint64],
    handshake: NDArray[np.uint64],
    claims: NDArray[np.uint32],
    signers: Signers | None,
) -> NDArray[np.uint16]:
    """Tell each row's bearing (rows,); *signers* are believed, None believes no edge at all.

    `said` and `handshake` are what the scanners heard (see Found); of a log that tells none of it
    nothing is looked at.
    """
    bearing = np.zeros(len(said), np.uint16)
    rows = np.flatnonzero((said | handshake) != 0)
    if len(rows):
        told, claimed = said[rows], claims[rows]
        shown = _shown(told, claimed)
        shown |= np.where(handshake[rows] != 0, _engines(told, claimed), np.uint16(0))
        if signers is not None:
            shown |= _signed(told, claimed, signers)
        bearing[rows] = shown
    return bearing


def keyed_by(handshake: NDArray[np.uint64], key: int) -> NDArray[np.uint64]:
    """Hash again with the site's key, in place."""
    keyed(handshake, np.uint64(key))
    return handshake


def handshake_of(ja4: str, key: int) -> int:
    """Hash the JA4 of a client as that of a line is kept: 64 bits, under the site's key."""
    text = ja4.encode()
    buffer = np.zeros(len(text) + 8, np.uint8)
    buffer[: len(text)] = np.frombuffer(text, np.uint8)
    hashed = handshake_in(buffer, words_of(buffer), len(text))
    return int(keyed_by(np.array([hashed], np.uint64), key)[0])


def _is(said: NDArray[np.uint64], *bits: Said) -> Rows:
    """Tell which rows have any of the bits."""
    wanted: Rows = (said & np.uint64(sum(bits))) != 0
    return wanted


def _bits(pairs: Iterable[tuple[Rows, Bearing]], rows: int) -> NDArray[np.uint16]:
    bearing = np.zeros(rows, np.uint16)
    for which, bit in pairs:
        bearing |= np.where(which, np.uint16(bit), np.uint16(0))
    return bearing


def _current(said: NDArray[np.uint64], claims: NDArray[np.uint32]) -> Rows:
    """Tell which claim a browser that adds Sec-Fetch-…; on iOS nobody knows which WebKit it is."""
    oldest = np.full(len(Family), 1 << 16, np.int64)
    oldest[list(SINCE)] = list(SINCE.values())
    named = np.minimum(family(claims), np.uint32(len(Family) - 1))
    new = browsers(claims) & (major(claims) >= oldest[named])
    sends: Rows = new & (~_is(said, Said.IOS) | (named == np.uint32(Family.SAFARI)))
    return sends


def _shown(said: NDArray[np.uint64], claims: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """Tell what a browser of that name would have sent, and this one did or did not."""
    current, told = _current(said, claims), _is(said, Said.FETCH_TOLD, Said.LANGUAGE_TOLD)
    lacks = _is(said, Said.FETCH_TOLD) & ~_is(said, Said.FETCH)
    lacks |= _is(said, Said.LANGUAGE_TOLD) & ~_is(said, Said.LANGUAGE)
    pictured = _is(said, Said.ACCEPT_IMAGE, Said.TO_IMAGE)
    alone = _is(said, Said.ACCEPT_PAGE, Said.TO_PAGE)
    elsewhere = _is(said, Said.ACCEPT_TOLD) & ~pictured & ~alone
    hinted, differ = _is(said, Said.HINTED), _is(said, Said.CONTRADICTED)
    pairs = (
        (told & ~lacks, Bearing.FETCHED),
        (current & lacks, Bearing.UNFETCHED),
        (pictured, Bearing.PICTURED),
        (current & elsewhere, Bearing.UNPICTURED),
        (hinted & ~differ, Bearing.AGREED),
        (browsers(claims) & differ, Bearing.CONTRADICTED),
    )
    return _bits(pairs, len(said))


def _engines(said: NDArray[np.uint64], claims: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """Tell on what each says it is built, shifted to its place."""
    of = np.zeros(len(Family), np.uint16)
    of[list(ENGINES)] = list(ENGINES.values())
    named = np.minimum(family(claims), np.uint32(len(Family) - 1))
    built = np.where(browsers(claims), of[named], np.uint16(Engine.UNKNOWN))
    built[_is(said, Said.IOS) & (built > 0)] = Engine.WEBKIT
    built[flags(claims) & np.uint32(Flag.TOOL) != 0] = Engine.LIBRARY
    return built << np.uint16(ENGINE)


def _signed(
    said: NDArray[np.uint64], claims: NDArray[np.uint32], signers: Signers
) -> NDArray[np.uint16]:
    """Tell whom the edge knows to be the crawler it claims to be.

    Where the log says who signed, that has to be whom the site names for that crawler: a good
    signature of somebody else says nothing of a name.
    """
    claimed, signer = crawler(claims), said >> np.uint64(SIGNER)
    good = _is(said, Said.VERIFIED) & (claimed > 0)
    known = signer == 0
    for number, host in signers:
        known |= (claimed == np.uint32(number)) & (signer == np.uint64(host))
    bad = _is(said, Said.UNVERIFIED) & (claimed > 0)
    return _bits(((good & known, Bearing.SIGNED), (bad, Bearing.REFUSED)), len(said))
