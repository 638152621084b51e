"""`suggest` describes a platform from its log so that the same pictures are named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import md5
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.event import Kind, Rendition
from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from access.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from access.batch import Batch

ASKED = 1500
SIZES = {"thumb": 9_000, "medium": 90_000, "orig": 2_000_000, "t": 9_000, "m": 90_000, "o": 900_000}
CLASSES = {
    Rendition.THUMBNAIL: ("thumb", "t", "150"),
    Rendition.MEDIUM: ("medium", "m", "640"),
    Rendition.ORIGINAL: ("orig", "o", "2048"),
    Rendition.POSTER: ("poster",),
    Rendition.FRAME: ("frame",),
}


@dataclass(frozen=True)
class Wish:
    """One request and its truth."""

    target: str
    picture: int
    owner: int
    size: str


def numbered(picture: int, owner: int, k: int) -> Wish:
    size = ("thumb", "thumb", "medium", "orig")[k % 4]
    extension = "jpg" if picture % 3 else "webp"
    return Wish(f"/i/{size}/{picture}.{extension}", picture, owner, size)


def owned(picture: int, owner: int, k: int) -> Wish:
    size = "tmo"[k % 3]
    album = f"a{owner}-{picture % 3}"
    target = f"/media/user{owner}/{album}/p{picture:x}_{size}.webp?sig={k * 7919:x}&e={k}"
    return Wish(target, picture, owner, size)


def repeated(picture: int, owner: int, k: int) -> Wish:
    """Name pictures from 1 in every owner's folder."""
    size = "tmo"[k % 3]
    target = f"/media/user{owner}/{picture // 97}_{size}.jpg"
    return Wish(target, owner * 100_000 + picture // 97, owner, size)


def opaque(picture: int, owner: int, k: int) -> Wish:
    name = md5(b"%d" % picture, usedforsecurity=False).hexdigest()
    size = ("150", "640", "2048")[k % 3]
    return Wish(f"/v1/{name[:2]}/{name[2:4]}/{name}?w={size}&t={k}", picture, owner, size)


def queried(picture: int, owner: int, k: int) -> Wish:
    size = ("150", "640", "2048")[k % 3]
    return Wish(f"/show.jpg?id={picture}&w={size}", picture, owner, size)


def filmed(picture: int, owner: int, k: int) -> Wish:
    """Show posters of films, and their stills by number."""
    if k % 2:
        return Wish(f"/v/poster/{picture}.jpg", picture, owner, "poster")
    return Wish(f"/v/frame/{picture}.jpg?n={k % 5}", picture * 10 + k % 5 + 10_000, owner, "frame")


def wishes(scheme: Callable[[int, int, int], Wish]) -> list[Wish]:
    pictures = np.random.default_rng(5).integers(1_000, 1_900, ASKED).tolist()
    return [scheme(picture, picture % 97, k) for k, picture in enumerate(pictures)]


def batch_of(site: Site, asked: Sequence[Wish], *, client: str = "192.0.2.7") -> Batch:
    lines = "".join(
        f'{client} - - [01/Mar/2031:10:00:00 +0000] "GET {w.target} HTTP/1.1" 200 '
        f'{SIZES.get(w.size, 20_000)} "-" "Mozilla/5.0"\n'
        for w in asked
    )
    chunk = Chunk(np.frombuffer(lines.encode(), np.uint8).copy(), 0, 1)
    return Parser(site).parse(chunk)[0]


SCHEMES = [numbered, owned, repeated, opaque, queried, filmed]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_suggested_site_names_the_same_pictures(
    scheme: Callable[[int, int, int], Wish],
) -> None:
    asked = wishes(scheme)

    site = Site.from_toml(suggest([batch_of(Site.default(), asked)]))

    batch = batch_of(site, asked)
    assert set(batch.kind.tolist()) == {Kind.PICTURE}
    pairs = set(zip(batch.picture.tolist(), [w.picture for w in asked], strict=True))
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
    wanted = [next(c for c, texts in CLASSES.items() if w.size in texts) for w in asked]
    assert batch.rendition.tolist() == wanted


@pytest.mark.parametrize("scheme", [owned, repeated])
def test_owners_in_the_address_are_found(scheme: Callable[[int, int, int], Wish]) -> None:
    asked = wishes(scheme)

    site = Site.from_toml(suggest([batch_of(Site.default(), asked)]))

    owners = defaultdict(set)
    for wish, owner in zip(asked, batch_of(site, asked).owner.tolist(), strict=True):
        owners[wish.owner].add(owner)
    assert {len(found) for found in owners.values()} == {1}
    assert len(set.union(*owners.values())) == len(owners)


def test_what_one_pattern_cannot_say_is_left_to_the_defaults() -> None:
    asked = [
        Wish(f"/up/2031/{k % 12 + 1:02}/img{k}{size}.jpg", k, 0, "")
        for k in range(300)
        for size in ("", "-150x150")
    ]

    text = suggest([batch_of(Site.default(), asked)])

    assert "[[pictures]]" not in text
    assert "only some names end in a size, such as -150x150" in text


def test_a_folder_that_repeats_the_name_is_nobody() -> None:
    names = [f"{k * 2654435761 % 2**32:08x}" for k in range(1, 600)]
    asked = [Wish(f"/s/{name[:2]}/{name}.jpg", k, 0, "") for k, name in enumerate(names)]

    text = suggest([batch_of(Site.default(), asked)])

    assert 'pattern = "/s/{*}/{picture}.jpg"' in text


def test_a_shape_of_one_request_in_two_hundred_is_worth_a_pattern() -> None:
    counts = {"often": 3_000, "now": 300, "seldom": 12}
    asked = [Wish(f"/{word}/{k}.jpg", k, 0, "") for word, n in counts.items() for k in range(n)]

    text = suggest([batch_of(Site.default(), asked)])

    said = [f'pattern = "/{word}/{{picture}}.jpg"' in text for word in counts]
    assert said == [True, True, False]


def test_a_proxy_that_strangers_may_be_is_only_asked_about() -> None:
    asked = wishes(numbered)

    text = suggest([batch_of(Site.default(), asked)])

    assert '# If these are proxies of yours, add them: "192.0.2.7"' in text
    assert Site.from_toml(text).trusted_proxies == ()


def test_a_proxy_inside_that_names_clients_is_trusted() -> None:
    lines = "".join(
        f'10.0.0.{9 + k % 2} - - [01/Mar/2031:10:00:00 +0000] "GET /i/o/{k}.jpg HTTP/1.1" 200 9 '
        f'"-" "Mozilla/5.0" "198.51.100.{k % 250}"\n'
        for k in range(100)
    )
    chunk = Chunk(np.frombuffer(lines.encode(), np.uint8).copy(), 0, 1)

    text = suggest([Parser(Site.default()).parse(chunk)[0]])

    assert set(Site.from_toml(text).trusted_proxies) == {"10.0.0.9", "10.0.0.10"}


def test_an_empty_log_still_makes_a_site() -> None:
    assert len(Site.from_toml(suggest([])).patterns) == 0


@settings(max_examples=40)
@given(texts=st.lists(st.text("ab/{}\"'\\#|?&=w1_.\t é", max_size=14), min_size=12, max_size=30))
def test_whatever_strangers_ask_for_a_site_is_written(texts: list[str]) -> None:
    asked = [Wish("/" + t.replace(" ", "") + ".jpg", 0, 0, "") for t in texts]

    Site.from_toml(suggest([batch_of(Site.default(), asked)]))


def test_words_nobody_knows_are_placed_by_the_size_of_their_answers() -> None:
    sizes = {"t": 9_000, "wall": 85_000, "m": 90_000, "o": 900_000}
    asked = [
        (f"/p/{size}/{picture}.jpg", sizes[size]) for picture in range(100, 200) for size in sizes
    ]
    lines = "".join(
        f'192.0.2.7 - - [01/Mar/2031:10:00:00 +0000] "GET {target} HTTP/1.1" 200 {n} "-" "M"\n'
        for target, n in asked
    )
    chunk = Chunk(np.frombuffer(lines.encode(), np.uint8).copy(), 0, 1)

    site = Site.from_toml(suggest([Parser(Site.default()).parse(chunk)[0]]))

    named = Parser(site).parse(chunk)[0].rendition.tolist()
    assert named[:4] == [
        Rendition.THUMBNAIL,
        Rendition.MEDIUM,
        Rendition.MEDIUM,
        Rendition.ORIGINAL,
    ]


def test_hosts_that_share_nothing_are_seen_to_be_split() -> None:
    lines = "".join(
        f"{host}:443 192.0.2.7 - - [01/Mar/2031:10:00:00 +0000] "
        f'"GET {target} HTTP/1.1" 200 9 "-" "M"\n'
        for k in range(50)
        for host, target in (("www.example.com", f"/p{k}.html"), ("img.example.com", f"/{k}.jpg"))
    )
    chunk = Chunk(np.frombuffer(lines.encode(), np.uint8).copy(), 0, 1)

    assert Site.from_toml(suggest([Parser(Site.default()).parse(chunk)[0]])).split_hosts


def test_a_log_without_headers_is_told_which_to_log() -> None:
    said = '"http_accept":"*/*","http_accept_language":"de"'
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
    line = (
        '{"time":"2031-03-01T10:00:00Z","client_ip":"192.0.2.7","request":"GET /i/1.jpg HTTP/2.0",'
        f'"status":200,"user_agent":"{agent}",%s}}\n'
    )

    def suggested(headers: str) -> str:
        text = (line % headers).encode()
        chunk = Chunk(np.frombuffer(text, np.uint8).copy(), 0, 1)
        return suggest([Parser(Site.default()).parse(chunk)[0]])

    assert "docs/headers.md" in suggested('"bytes":1')
    assert "docs/headers.md" not in suggested(said)
