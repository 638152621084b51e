"""The default naming once more, in plain Python: what the kernels must agree with to the bit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from access.event import Kind, Rendition
from access.kernels import meanings as m
from access.kernels.hashing import hash_bytes
from access.vocabulary import MEANINGS

PICTURE = Kind.PICTURE + 1
NUMBER = rb"[0-9][0-9.]{0,8}"
FLAGS = m.AVATAR | m.FURNITURE | m.STATIC | m.API_ROOT
FULL = (1 << 64) - 1


def key(piece: bytes) -> tuple[bytes, bytes, int]:
    lower = bytes(b | 32 for b in piece)
    return lower[:8], lower[-8:], len(piece)


WORDS: dict[tuple[bytes, bytes, int], int] = {}
for group in MEANINGS:
    for bits, text in group.items():
        for word in text.split():
            WORDS[key(word.encode())] = WORDS.get(key(word.encode()), 0) | bits


def meaning(piece: bytes) -> int:
    return WORDS.get(key(piece), 0)


def ending(piece: bytes) -> int:
    return meaning(piece) >> m.AS_ENDING & 7


def in_range(pixels: int) -> int:
    return pixels if 16 <= pixels <= 10_000 else 0


def whole(piece: bytes) -> int:
    return int(piece) if re.fullmatch(rb"[0-9]{1,9}", piece) else -1


def pixels(piece: bytes) -> int:
    match = re.fullmatch(rb"([A-Za-z]*)([_=-]?)([0-9]{1,5})(.*)", piece, re.DOTALL)
    if not match:
        return 0
    letters, joint, digits, rest = match.groups()
    known = letters.lower() in (b"w", b"h", b"s")
    known |= len(letters) in (5, 6) and letters[:1].lower() in (b"w", b"h")
    if (joint and not known) or (not joint and len(letters) > 1):
        return 0
    wide, bare = in_range(int(digits)), not letters
    if rest[:1].lower() == b"x":
        other = re.fullmatch(rb"[xX]([0-9]{%d,5})" % (not bare), rest)
        high = int(other[1] or 0) if other else -1
        return max(wide, high) if wide and 0 <= high <= 10_000 else 0
    if bare:
        return wide if rest.lower() in (b"w", b"px") else 0
    if (not joint and letters.lower() not in (b"w", b"s", b"x")) or rest[:1] not in (b"", b"-"):
        return 0
    return wide


@dataclass
class Walk:
    """What one walk along an address saw."""

    meaning: int = 0
    word: int = 0
    pixels: int = 0
    cut: int = 0
    ending: int = 0
    format: int = 0
    value_ending: int = 0
    about: bool = False
    sized: bool = False
    value: bytes | None = None
    still: bytes = b""
    name: bytes | None = None  # what of the file name may number a still
    name_is_kept: bool = False  # … and is the last kept piece
    person: bytes = b""
    expected: str = ""
    candidate: bytes = b""
    kept: list[bytes] = field(default_factory=list)
    numbers: list[int] = field(default_factory=lambda: [-1, -1, -1])

    def say(self, rendition: int) -> None:
        """Note a rendition said in words."""
        if rendition and (self.word < Rendition.POSTER or rendition >= Rendition.POSTER):
            self.word = rendition

    def keep(self, piece: bytes) -> None:
        """Count a piece as part of the identity."""
        self.kept[31:] = []
        self.kept.append(piece)

    def suffix(self, piece: bytes) -> bool:
        """Note what a suffix says; tell whether it said anything."""
        said, size = meaning(piece) >> m.AS_SUFFIX & 7, pixels(piece)
        self.say(said)
        self.pixels = size or self.pixels
        return bool(said or size)

    def confirm(self) -> None:
        """Take the candidate for a person if a number follows."""
        if self.expected == "number" and self.numbers[-1] >= 0:
            self.person = self.candidate
        self.expected = ""

    def expect(self, piece: bytes, bits: int) -> None:
        """Find the person."""
        expected = self.expected
        self.confirm()
        if piece[:1] in (b"@", b"~") and len(piece) > 1:
            self.person = piece[1:]
        elif expected == "person":
            self.person = piece
        elif expected == "maybe" and self.numbers[-1] < 0:
            self.candidate, self.expected = piece, "number"
        elif bits & m.OWNER_NEXT:
            self.expected = "person"
        elif bits & m.OWNER_BEFORE_NUMBER and not self.person:
            self.expected = "maybe"

    def recipe(self, piece: bytes) -> bool:
        """Read an image server's recipe."""
        mark = re.search(rb"[,:=@!]", piece)
        if not mark:
            return False
        if mark[0] == b",":
            if b"_" not in (piece[1:2], piece[2:3]):
                return False
            size = max(map(pixels, piece.split(b",")))
        elif mark[0] == b":":
            if not re.match(rb"[a-z][A-Za-z]{0,15}:.", piece, re.DOTALL):
                return False
            size = max(pixels(p) or in_range(whole(p)) for p in piece.split(b":"))
        elif mark[0] == b"=":
            size = max(map(pixels, piece.split(b",")))
            if not size:
                return False
        else:
            return False
        self.pixels = size or self.pixels
        if mark[0] != b"," and not self.cut:
            self.kept.clear()
        return True

    def folder(self, piece: bytes) -> None:
        """Judge a folder."""
        self.numbers.append(whole(piece))
        size, bits = pixels(piece), meaning(piece)
        if self.cut:
            size = in_range(self.numbers[-1]) or size
        self.say(bits & 7)
        self.pixels = size or self.pixels
        if size or bits & 7 or bits & m.IGNORED or self.recipe(piece) or self.cut:
            return
        if bits & m.CONTENT:
            self.meaning &= ~m.STATIC
        self.meaning |= bits & FLAGS & (~m.API_ROOT if self.kept else -1)
        stem, dot, extension = piece.rpartition(b".")
        if dot and stem and (meaning(extension) & m.VIDEO or ending(extension) == PICTURE):
            self.cut = ending(extension)
            self.say(Rendition.POSTER if meaning(extension) & m.VIDEO else 0)
            piece = stem
        self.keep(piece)
        self.expect(piece, bits)

    def file(self, piece: bytes) -> None:
        """Judge the last piece."""
        stem, dot, tail = piece.rpartition(b".")
        extension = re.match(rb"[A-Za-z0-9]*", tail)[0]  # type: ignore[index]
        if dot and stem and ending(extension):
            self.ending = ending(extension)
            if re.match(rb"[A-Z][A-Za-z]{0,15}:", stem):
                self.about = True
            if len(tail) > len(extension) + 1:
                self.suffix(tail[len(extension) + 1 :])
            piece = stem
        if self.ending not in (0, PICTURE):
            return self.keep(piece)
        return self.picture(self.stripped(piece))

    def stripped(self, piece: bytes) -> bytes:
        """Take the suffixes off."""
        name, equals, size = piece.partition(b"=")
        if equals and name and not re.search(rb"[,:@!]", name) and pixels(size):
            self.pixels, self.sized, piece = pixels(size), True, name
        for _ in range(3):
            match = re.fullmatch(rb"(.+)([-_.@~])([^-_.@~]{1,23})", piece, re.DOTALL)
            if not match:
                break
            name, separator, tail = match.groups()
            made = meaning(tail) & m.IGNORED or ending(tail) == PICTURE
            if not (separator in b"@." and made):
                short = len(tail) <= 2 and tail[:1].isalpha()
                if (separator != b"_" and short) or not self.suffix(tail):
                    break
                if meaning(tail) >> m.AS_SUFFIX & 7 == Rendition.FRAME:
                    self.name = tail
            piece = name
        return piece

    def picture(self, piece: bytes) -> None:
        """Judge a picture's stripped name."""
        self.numbers.append(whole(piece))
        self.confirm()
        size, word = pixels(piece), meaning(piece) & 7
        if self.name is None and not size:
            self.name = piece
        if self.cut:
            size = in_range(whole(piece)) or size
        if self.kept and (size or word):
            self.say(word)
            self.pixels = size or self.pixels
        elif self.cut:
            if meaning(re.match(rb"[A-Za-z]{0,16}", piece)[0]) & 7 == Rendition.FRAME:  # type: ignore[index]
                self.say(Rendition.FRAME)
            head, hyphen, _ = piece.partition(b"-")
            self.pixels = (pixels(head) if hyphen and len(head) < 8 else 0) or self.pixels
        else:
            self.keep(self.unprefixed(piece))
            self.name_is_kept = self.name == piece

    def unprefixed(self, piece: bytes) -> bytes:
        """Take a prefix off."""
        head = re.match(rb"[A-Za-z]{0,16}", piece)[0]  # type: ignore[index]
        self.meaning |= (meaning(head) | meaning(piece)) & m.FURNISHING
        self.meaning |= 0 if self.kept else meaning(piece) & m.API_ROOT
        rest = piece[len(head) :]
        if len(head) >= 2 and rest[:1] == b"_" and len(rest) > 1:
            word = meaning(head) >> m.AS_SUFFIX & 7
            self.say(word)
            return rest[1:] if word else piece
        return piece

    def query(self, text: bytes) -> None:
        """Judge the query."""
        largest = 0
        for parameter in text.split(b"#")[0].split(b"&"):
            name, _, value = parameter.partition(b"=")
            if not name or not value:
                continue
            bits = meaning(name)
            if bits & m.SIZE_KEY:
                self.say(meaning(value) & 7)
                largest = max(largest, in_range(whole(value)) or pixels(value))
            elif bits & m.FORMAT_KEY:
                self.format = ending(value)
            elif bits & m.PICTURE_KEY and self.value is None:
                dot = value.rfind(b".", max(1, len(value) - 5))
                self.value = value[:dot] if dot > 0 else value
                self.value_ending = ending(value[dot + 1 :]) if dot > 0 else 0
            elif bits & m.FRAME_KEY and not self.still and re.fullmatch(NUMBER, value):
                self.still = value
        self.pixels = largest or self.pixels


def walk(target: bytes) -> Walk | None:
    match = re.match(rb"(?:(?!/)[^:]{0,8}://[^/?#]*)?(?=/)", target, re.DOTALL)
    if not match:
        return None
    seen = Walk()
    path, mark, rest = re.fullmatch(  # type: ignore[union-attr]
        rb"([^?#]*)([?#]?)(.*)", target[match.end() :], re.DOTALL
    ).groups()
    *folders, last = path[1:].split(b"/")
    for piece in filter(None, folders):
        seen.folder(piece)
    if last:
        seen.file(last)
    if mark == b"?":
        seen.query(rest)
    return seen


def kind_of(seen: Walk, kind: bytes) -> int:
    text = re.match(rb"[^; ]*", kind)[0]  # type: ignore[index]
    typed = ending(text) or ending(text[: text.rfind(b"/") + 1])
    named = seen.ending or seen.cut
    if typed == PICTURE and named != Kind.ASSET + 1:
        return PICTURE
    if named:
        return Kind.PAGE + 1 if named == PICTURE and seen.about else named
    if typed or seen.format:
        return typed or seen.format
    if seen.value_ending == PICTURE or seen.sized or (seen.meaning & m.AVATAR and seen.pixels):
        return PICTURE
    return (Kind.API if seen.meaning & m.API_ROOT else Kind.PAGE) + 1


def named_value(seen: Walk, kind: bytes) -> None:
    text = re.match(rb"[^; ]*", kind)[0]  # type: ignore[index]
    typed = ending(text) or ending(text[: text.rfind(b"/") + 1])
    silent = seen.ending != PICTURE and not seen.cut and not seen.format
    if silent and seen.value and PICTURE in (typed, seen.value_ending):
        seen.keep(seen.value)
        seen.name_is_kept = False


def rendition_of(seen: Walk) -> int:
    if not seen.pixels or seen.word >= Rendition.POSTER:
        return seen.word
    if seen.pixels <= 320:
        return Rendition.THUMBNAIL
    return Rendition.MEDIUM if seen.pixels <= 1200 else Rendition.ORIGINAL


def mix(value: int) -> int:
    value = (value ^ value >> 33) * 0xC2B2AE3D27D4EB4F & FULL
    value = (value ^ value >> 29) * 0x165667B19E3779F9 & FULL
    return value ^ value >> 32


def chain(pieces: list[bytes], seed: int) -> int:
    value = seed
    for piece in pieces:
        value = mix((value * 0x9E3779B185EBCA87 + hash_bytes(piece, seed)) & FULL)
    return value


def is_year(piece: bytes) -> bool:
    return len(piece) == 4 and 1990 <= whole(piece) < 2100


def is_date(kept: list[bytes], j: int) -> bool:
    if is_year(kept[j]):
        return True
    if len(kept[j]) > 2 or whole(kept[j]) < 0:
        return False
    if j and is_year(kept[j - 1]):
        return True
    return j > 1 and len(kept[j - 1]) <= 2 and is_year(kept[j - 2])


def numbered(pieces: list[bytes], last: int) -> tuple[int, re.Match[bytes]] | None:
    """Find the last piece with a number that is no date, unless it is the one at *last*."""
    for j in reversed(range(len(pieces))):
        found = last_number(pieces[j])
        if found and (j == last or not is_date(pieces, j)):
            return j, found
    return None


def last_number(piece: bytes) -> re.Match[bytes] | None:
    runs = [r for r in re.finditer(rb"[0-9]+", piece) if len(r[0]) <= 18]
    return runs[-1] if runs else None


def keep_still(seen: Walk) -> int:
    """Keep a still's number; return how many pieces name the film."""
    pieces = len(seen.kept)
    found = last_number(seen.name or b"")
    if not seen.still and found and seen.name_is_kept:
        return pieces - 1 if numbered(seen.kept[:-1], pieces - 1) else pieces
    number = seen.still or (found[0] if found else b"")
    if not number:
        return pieces
    seen.keep(number)
    return len(seen.kept) - 1


def identity(seen: Walk, film: int, seed: int) -> tuple[int, int, int]:
    kept, named = seen.kept, seen.kept[:film]
    zoom, column, row = seen.numbers[-3:]
    tile = 0 <= zoom <= 24 and 0 <= column < 1 << zoom and 0 <= row < 1 << zoom
    found = None if tile else numbered(named, len(kept) - 1)
    if not found:
        return chain(kept, seed), -1, chain(named, seed)
    j, number = found
    parts = [*named[:j], named[j][: number.start()], named[j][number.end() :], *named[j + 1 :]]
    return chain(kept, seed), int(number[0]), chain(parts, seed)


def name(target: bytes, kind: bytes, seed: int) -> tuple[int, ...]:
    """Return kind, rendition, picture, owner, album, serial and series of one address."""
    seen = walk(target)
    if seen is None:
        return Kind.OTHER, 0, 0, 0, 0, -1, 0
    what = kind_of(seen, kind) - 1
    if what == Kind.PICTURE:
        named_value(seen, kind)
        if seen.meaning & m.AVATAR:
            what = Kind.AVATAR
        elif seen.meaning & (m.FURNITURE | m.STATIC | m.FURNISHING):
            what = Kind.ASSET
    if what not in (Kind.PICTURE, Kind.AVATAR):
        return what, 0, 0, 0, 0, -1, 0
    film = keep_still(seen) if rendition_of(seen) == Rendition.FRAME else len(seen.kept)
    picture, serial, series = identity(seen, film, seed)
    owner = hash_bytes(seen.person, seed) if seen.person else 0
    return what, rendition_of(seen), picture, owner, 0, serial, series
