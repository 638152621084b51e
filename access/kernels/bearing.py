"""Read what headers show of a client: what a browser adds, what it wants, whether hints agree."""

from __future__ import annotations

import numpy as np

from access.bearing import SIGNER, Said
from access.event import FIRST_HEADER, Header
from access.kernels.compiled import kernel, lean_kernel
from access.kernels.hashing import hash_span, mix


def _packed(text: str) -> tuple[np.uint64, np.uint64, int]:
    """Pack up to eight letters for `_has`: the little-endian word, its mask, its bytes."""
    word = text.encode()
    return (
        np.uint64(int.from_bytes(word, "little")),
        np.uint64((1 << (8 * len(word))) - 1),
        len(word),
    )


IMAGE, HTML, TO_PICTURE = _packed("image/"), _packed("html"), _packed("image")
CHROME, CHROMIUM, HEADLESS = _packed("Chrome/"), _packed("Chromium"), _packed("Headless")
WINDOWS, MACINTOSH, ANDROID = _packed("Windows"), _packed("Macintos"), _packed("Android")
LINUX, MAC_OS, IOS = _packed("Linux"), _packed("macOS"), _packed("iOS/")
PHONE, PAD, POD = _packed("iPhone"), _packed("iPad"), _packed("iPod")
SCHEME = _packed("://")
# Sec-Fetch-Dest where a picture is opened by itself, or stands in a frame, and not in a page.
PAGES = tuple(_packed(word) for word in ("document", "frame", "object", "embed"))
YES = tuple(_packed(word) for word in ("true", "1", "yes", "valid", "verified", "ok", "pass"))

ACCEPT, LANGUAGE, DEST, MODE, SITE, BRANDS, PLATFORM, MOBILE, JA4, JA3, SIGNED, VERIFIED, KIND = (
    int(header) - FIRST_HEADER for header in Header
)
HOLDS = np.uint64(0x2020202020202020)  # makes capitals small
_S = {said.name: int(said) for said in Said}
FETCH_TOLD, FETCH, LANGUAGE_TOLD = _S["FETCH_TOLD"], _S["FETCH"], _S["LANGUAGE_TOLD"]
LANGUAGE_SENT, ACCEPT_TOLD = _S["LANGUAGE"], _S["ACCEPT_TOLD"]
ACCEPT_IMAGE, ACCEPT_PAGE = _S["ACCEPT_IMAGE"], _S["ACCEPT_PAGE"]
TO_IMAGE, TO_PAGE, HINTED = _S["TO_IMAGE"], _S["TO_PAGE"], _S["HINTED"]
CONTRADICTED, ON_IOS = _S["CONTRADICTED"], _S["IOS"]
GOOD, BAD = _S["VERIFIED"], _S["UNVERIFIED"]


@lean_kernel
def _find(words, start, stop, text):
    """Find where *text* (`_packed`) stands first; -1 where it does not."""
    word, mask, width = text
    for p in range(start, stop - width + 1):
        if words[p] & mask == word:
            return p
    return -1


@lean_kernel
def _has(words, start, stop, text):
    return _find(words, start, stop, text) >= 0


@lean_kernel
def _is(words, start, stop, text):
    """Tell whether a text is *text*, in capitals or not."""
    word, mask, width = text
    return stop - start == width and (words[start] | HOLDS) & mask == (word | HOLDS) & mask


@lean_kernel
def _version(buffer, start, stop):
    """Read the number behind a name, or behind the `v=` that follows it; 0 without one.

    What stands for a quote in between is stepped over, such as nginx's x22 and HAProxy's #22.
    """
    p = start
    while p < stop and buffer[p] != 61 and p - start < 16:
        p += 1
    p += 1
    while p < stop and not 48 <= buffer[p] <= 57:
        p += 3 if buffer[p] in (35, 120) else 1  # # and x: two digits that are none
    return _major(buffer, p, stop)


@lean_kernel
def _major(buffer, p, stop):
    """Read the number at *p*; 0 where none stands there."""
    value = 0
    while p < stop and 48 <= buffer[p] <= 57 and value < 10_000:
        value = value * 10 + np.int64(buffer[p]) - 48
        p += 1
    return value


@lean_kernel
def _brands_differ(buffer, words, start, stop, agent, end):
    """Tell whether brands name another Chromium than the agent, or one that it does not name."""
    if _has(words, start, stop, HEADLESS):
        return True
    built = _find(words, start, stop, CHROMIUM)
    if built < 0:
        return False
    named = _find(words, agent, end, CHROME)
    if named < 0:
        return True
    version = _version(buffer, built + 8, stop)
    return version > 0 and version != _major(buffer, named + 7, end)


@lean_kernel
def _platform_differs(words, start, stop, agent, end):
    """Tell whether the platform is none that the agent could run on.

    Android asks for the site of desktops under the name of Linux; platforms not listed are passed.
    """
    if _has(words, start, stop, WINDOWS):
        return not _has(words, agent, end, WINDOWS)
    if _has(words, start, stop, MAC_OS):
        return not _has(words, agent, end, MACINTOSH)
    if _has(words, start, stop, ANDROID) or _has(words, start, stop, LINUX):
        return not (_has(words, agent, end, ANDROID) or _has(words, agent, end, LINUX))
    return False


@lean_kernel
def _hints(buffer, words, sent, base, told, agent, end):
    """Compare what client hints came with the user agent."""
    came, differ = False, False
    for header in (BRANDS, PLATFORM, MOBILE):
        start, stop = sent[base + 2 * header], sent[base + 2 * header + 1]
        if not told >> header & 1 or start == stop:
            continue
        came = True
        if header == BRANDS:
            differ |= _brands_differ(buffer, words, start, stop, agent, end)
        elif header == PLATFORM:
            differ |= _platform_differs(words, start, stop, agent, end)
        elif buffer[stop - 1] == 49:  # ?1; a desktop's browser never says it is a telephone's
            differ |= _has(words, agent, end, WINDOWS) or _has(words, agent, end, MACINTOSH)
    return (HINTED if came else 0) | (CONTRADICTED if differ else 0)


@lean_kernel
def _wanted(words, sent, base, told):
    """Tell for what it was asked: for a picture of a page, or as a page by itself."""
    said = 0
    if told >> ACCEPT & 1:
        start, stop = sent[base + 2 * ACCEPT], sent[base + 2 * ACCEPT + 1]
        said |= ACCEPT_TOLD
        if _has(words, start, stop, HTML):
            said |= ACCEPT_PAGE
        elif _has(words, start, stop, IMAGE):
            said |= ACCEPT_IMAGE
    if told >> DEST & 1:
        start, stop = sent[base + 2 * DEST], sent[base + 2 * DEST + 1]
        if _is(words, start, stop, TO_PICTURE):
            said |= TO_IMAGE
        for page in PAGES:
            if _has(words, start, stop, page):
                said |= TO_PAGE
    return said


@lean_kernel
def _added(sent, base, told):
    """Tell whether there is what browsers add to every request."""
    said = 0
    for header in (DEST, MODE, SITE):
        if told >> header & 1:
            came = sent[base + 2 * header] < sent[base + 2 * header + 1]
            said |= FETCH_TOLD | (FETCH if came else 0)
    if told >> LANGUAGE & 1:
        came = sent[base + 2 * LANGUAGE] < sent[base + 2 * LANGUAGE + 1]
        said |= LANGUAGE_TOLD | (LANGUAGE_SENT if came else 0)
    return said


@lean_kernel
def signer_of(buffer, words, start, stop):
    """Hash the host that a Signature-Agent names, in small letters, to 48 bits; 0 without one.

    It is a text, `"https://signer.example"`, or a list of such by label, of which the first counts.
    """
    scheme = _find(words, start, stop, SCHEME)
    p = scheme + 3 if scheme >= 0 else start
    value, first = np.uint64(0), p
    while p < stop:
        c = np.uint64(buffer[p])
        low = c | np.uint64(32) if 65 <= c <= 90 else c
        if not (97 <= low <= 122 or 48 <= low <= 57 or low == 45 or low == 46):  # noqa: PLR1714 - numba is faster so
            if scheme < 0 and p == first:
                p, first = p + 1, p + 1
                continue
            break
        value = mix(value ^ low)
        p += 1
    return value >> np.uint64(16) if p > first else np.uint64(0)


@lean_kernel
def _signed(buffer, words, sent, base, told):
    """Tell what the edge made of a signature, and whose it is."""
    signer, good, asked = np.uint64(0), False, False
    if told >> SIGNED & 1:
        signer = signer_of(buffer, words, sent[base + 2 * SIGNED], sent[base + 2 * SIGNED + 1])
    if told >> VERIFIED & 1:
        start, stop = sent[base + 2 * VERIFIED], sent[base + 2 * VERIFIED + 1]
        asked = stop > start
        for word in YES:
            good |= _is(words, start, stop, word)
    if told >> KIND & 1:
        good |= sent[base + 2 * KIND] < sent[base + 2 * KIND + 1]
    said = GOOD if good else BAD if asked and signer != np.uint64(0) else 0
    return np.uint64(said) | (signer << np.uint64(SIGNER))


@lean_kernel
def heard(buffer, words, sent, base, told, agent, end):
    """Return what the headers of a line show: `Said` bits with a signer, and a hash of its TLS.

    `sent[base + 2 * h]` and the place behind it are start and stop of Header h, equal where it was
    not sent, and mean something where bit h of *told* is set; [agent, end) is the user agent.
    """
    said = _added(sent, base, told) | _wanted(words, sent, base, told)
    said |= _hints(buffer, words, sent, base, told, agent, end)
    if _has(words, agent, end, IOS) or _has(words, agent, end, PHONE):
        said |= ON_IOS
    if _has(words, agent, end, PAD) or _has(words, agent, end, POD):
        said |= ON_IOS
    handshake = np.uint64(0)
    for header in (JA3, JA4):
        start, stop = sent[base + 2 * header], sent[base + 2 * header + 1]
        if told >> header & 1 and stop > start:
            handshake = hash_span(buffer, words, start, stop, np.uint64(header))
    return np.uint64(said) | _signed(buffer, words, sent, base, told), handshake


@kernel
def handshake_in(buffer, words, stop):
    """Hash `buffer[:stop]` as the JA4 of a line is hashed."""
    return hash_span(buffer, words, 0, stop, np.uint64(JA4))


@kernel
def keyed(hashes, seed):
    """Mix a key into *hashes* (rows,) in place, but for those that are 0."""
    for row in range(len(hashes)):
        if hashes[row] != np.uint64(0):
            hashes[row] = mix(hashes[row] ^ mix(seed))


@kernel
def signer_in(buffer, words, stop):
    """Hash a host that stands alone, as `signer_of` does."""
    return signer_of(buffer, words, 0, stop)
