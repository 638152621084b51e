"""The plain Python twin of the pattern kernels: regular expressions and dictionaries."""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from access.event import Rendition
from access.kernels.hashing import hash_bytes
from access.site.file import Renditions

KEPT = b"/?#&=%"
BITS = (1 << 64) - 1
SALT, STILL_SALT = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
CLASSES = {name: Rendition[name.upper()] for name in ("original", "medium", "thumbnail")}
WORDS = {w.encode(): r for name, r in CLASSES.items() for w in getattr(Renditions(), name)}


class Twin(NamedTuple):
    """What a row should become."""

    rendition: int
    picture: int
    owner: int
    album: int
    serial: int
    series: int


def respelled(target: bytes) -> bytes:
    """Undo `%XX`, `//`, `/./` and `/../` step by step."""
    spelled = re.sub(
        rb"%([0-9a-fA-F]{2})",
        lambda m: m[0] if bytes([int(m[1], 16)]) in {bytes([k]) for k in KEPT} else byte(m[1]),
        target,
    )
    path = re.split(rb"[?#]", spelled, maxsplit=1)[0]
    kept: list[bytes] = []
    parts = path.split(b"/")[1:]
    for k, part in enumerate(parts):
        last = k == len(parts) - 1
        if part == b"..":
            kept = kept[:-1]
        if part in (b".", b"..", b""):
            kept += [b""] if last else []
        else:
            kept.append(part)
    return b"/" + b"/".join(kept) + spelled[len(path) :]


def byte(digits: bytes) -> bytes:
    """Decode two hexadecimal digits."""
    return bytes([int(digits, 16)])


def origin_form(target: bytes) -> bytes | None:
    """Drop `scheme://host` before a path; None where there is no path."""
    found = re.match(rb"(?:[^:]{0,7}://[^/?#]*)?(/.*)\Z", target, re.DOTALL)
    return found[1] if found else None


def expressions(pattern: str) -> list[re.Pattern[bytes]]:
    """Write a pattern as regular expressions, one per choice of alternatives."""
    pieces = re.split(r"(\{[^}]*\})", pattern)
    choices = [p[1:-1].split("|") if p[:1] == "{" and "|" in p else [p] for p in pieces]
    return [re.compile("".join(map(_expression, c)).encode(), re.DOTALL) for c in product(*choices)]


def _expression(piece: str) -> str:
    if piece == "{**}":
        return ".*"
    if piece == "{*}":
        return "[^/]+"
    return f"(?P<{piece[1:-1]}>[^/]+)" if piece[:1] == "{" else re.escape(piece)


def caught(pattern: str, query: dict[str, str], target: bytes) -> dict[str, bytes] | None:
    """Match one target; None where the pattern does not fit."""
    asked = origin_form(target)
    if asked is None:
        return None
    path, _, after = re.sub(rb"#.*", b"", respelled(asked), flags=re.DOTALL).partition(b"?")
    for expression in expressions(pattern):
        found = expression.fullmatch(path)
        if found:
            groups = found.groupdict()
            pairs = [part.partition(b"=") for part in after.split(b"&")]
            for name, group in query.items():
                values = [v for k, eq, v in pairs if k == name.encode() and eq]
                if values and values[0]:
                    groups[group] = values[0]
                elif group not in ("rendition", "frame"):
                    return None
            return groups
    return None


def mix(value: int) -> int:
    """Finish XXH64."""
    value = ((value ^ (value >> 33)) * 0xC2B2AE3D27D4EB4F) & BITS
    value = ((value ^ (value >> 29)) * 0x165667B19E3779F9) & BITS
    return value ^ (value >> 32)


def settled(groups: dict[str, bytes], number: int, key: int, *, unique: bool) -> Twin:
    """Name a picture row from what its pattern caught."""
    who, where, what = (
        hash_bytes(groups[g], key) if g in groups else 0 for g in ("owner", "album", "picture")
    )
    within = mix(where ^ mix(who ^ SALT)) if (who or where) and not unique else 0
    picture, rendition = mix(what ^ within) if within else what, Rendition.UNKNOWN
    if "frame" in groups:
        still = mix(hash_bytes(groups["frame"], key) ^ STILL_SALT)
        picture, rendition = mix(picture ^ still), Rendition.FRAME
    runs = [m for m in re.finditer(rb"[0-9]+", groups["picture"]) if len(m[0]) <= 18]
    serial, series = -1, 0
    if runs:
        serial = int(runs[-1][0])
        before, behind = groups["picture"][: runs[-1].start()], groups["picture"][runs[-1].end() :]
        tail = hash_bytes(behind, key ^ mix(number + 1))
        series = mix(hash_bytes(before, key) ^ mix(tail ^ within))
    return Twin(
        size(groups.get("rendition", b"")) or rendition, picture, who, where, serial, series
    )


def size(text: bytes) -> int:
    """Tell the rendition by the largest number in a text; 0 where there is none, or no word."""
    pixels = max((int(number) for number in re.findall(rb"[0-9]+", text)), default=0)
    if pixels == 0 or text in WORDS:
        return WORDS.get(text, Rendition.UNKNOWN)
    if pixels <= 320:
        return Rendition.THUMBNAIL
    return Rendition.MEDIUM if pixels <= 1200 else Rendition.ORIGINAL
