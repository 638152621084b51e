"""Schemes: how a platform spells the addresses of its pictures and pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from hashlib import blake2b
from typing import TYPE_CHECKING

from tests.cast.links import CUTS, ITEM_BITS, Cut, Thing

if TYPE_CHECKING:
    from tests.cast.catalogue import Catalogue

HOST = "bramble.example"
PICTURE_HOST = "img.bramble.example"  # where Scheme.OPAQUE keeps its pictures
FIRST_NUMBER = 4_000_000
WIDTHS = {Cut.THUMB: 240, Cut.MEDIUM: 1080, Cut.ORIGINAL: 2560}
NAMES = {Cut.THUMB: "thumb", Cut.MEDIUM: "medium", Cut.ORIGINAL: "orig", Cut.POSTER: "poster"}
ASSETS = (
    "/static/app.4f1c.css",
    "/static/app.9be2.js",
    "/static/vendor.77d0.js",
    "/static/sans.woff2",
    "/static/icons.svg",
    "/favicon.ico",
)


@unique
class Scheme(StrEnum):
    """Three ways that real platforms spell pictures."""

    NUMBERED = "numbered"  # /i/orig/4000123.jpg
    OWNED = "owned"  # /media/u12/a345/IMG_4000123_2560.webp?sig=…
    OPAQUE = "opaque"  # /v1/3f/a2/3fa2….?w=2560 without extension, on a host of its own


@dataclass(frozen=True, slots=True)
class Spelling:
    """Writes links of one platform as text."""

    scheme: Scheme
    catalogue: Catalogue
    seed: int

    def number(self, slot: int) -> str:
        """Write what names a picture on its page and in the API."""
        if self.scheme is Scheme.OPAQUE:
            return self._hash(slot)
        return str(FIRST_NUMBER + slot)

    def picture_text(self, slot: int) -> str:
        """Write what `{picture}` captures in the picture's address."""
        prefix = "IMG_" if self.scheme is Scheme.OWNED else ""
        return prefix + self.number(slot)

    def target(self, link: int) -> str:
        """Write path and query of something on the platform."""
        thing, item = Thing(link >> ITEM_BITS), link & ((1 << ITEM_BITS) - 1)
        if thing is Thing.PICTURE:
            return self._picture(*divmod(item, CUTS))
        if thing is Thing.ASSET:
            return ASSETS[item]
        if thing in (Thing.PHOTO, Thing.CALL_PHOTO):
            return PATHS[thing].format(self.number(item))
        if thing is Thing.CALL_OWNER:
            return PATHS[thing].format(*divmod(item, 4096))
        return PATHS[thing].format(item)

    def referer(self, link: int) -> str:
        """Write a Referer header, "-" for none."""
        thing = link >> ITEM_BITS
        if thing == Thing.NONE:
            return "-"
        if thing == Thing.SEARCH:
            return "https://www.google.com/"
        if thing == Thing.FOREIGN:
            return f"https://blog.example.net/2026/{link & 0xFFFF}.html"
        return f"https://{HOST}{self.target(link)}"

    def host(self, thing: int) -> str:
        """Tell which host serves things of a sort."""
        split = self.scheme is Scheme.OPAQUE and thing in (Thing.PICTURE, Thing.AVATAR)
        return PICTURE_HOST if split else HOST

    def _picture(self, slot: int, cut: int) -> str:
        frame = max(0, cut - Cut.FRAME + 1)
        name = "frame" if frame else NAMES[Cut(cut)]
        if self.scheme is Scheme.NUMBERED:
            number = f"?n={frame}" if frame else ""
            return f"/i/{name}/{FIRST_NUMBER + slot}.jpg{number}"
        if self.scheme is Scheme.OWNED:
            catalogue, size = self.catalogue, name if cut > Cut.ORIGINAL else WIDTHS[Cut(cut)]
            place = f"/media/u{catalogue.owner[slot]}/a{catalogue.album[slot]}"
            token = self._hash(slot * CUTS + cut)[:12]
            number = f"n={frame}&" if frame else ""
            return f"{place}/{self.picture_text(slot)}_{size}.webp?{number}sig={token}"
        text = self._hash(slot)
        if cut > Cut.ORIGINAL:
            return f"/v1/{name}/{text[:2]}/{text}?n={frame}"
        return f"/v1/{text[:2]}/{text[2:4]}/{text}?w={WIDTHS[Cut(cut)]}"

    def _hash(self, number: int) -> str:
        return blake2b(b"%d %d" % (self.seed, number), digest_size=12).hexdigest()


PATHS = {
    Thing.ROOT: "/",
    Thing.FEED: "/explore",
    Thing.ALBUM: "/album/{}",
    Thing.PHOTO: "/photo/{}",
    Thing.CALL_FEED: "/api/feed?cursor={:x}",
    Thing.CALL_PHOTO: "/api/photos/{}",
    Thing.CALL_OWNER: "/api/users/{}/photos?page={}",
    Thing.AVATAR: "/avatars/u{}.jpg",
    Thing.ROBOTS: "/robots.txt",
    Thing.HEALTH: "/healthz",
    Thing.TRAP: "/archive/all/{}",
}
