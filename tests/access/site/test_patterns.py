"""Patterns name pictures, whatever spelling the address has."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from access.event import Kind, Rendition
from access.kernels.hashing import hash_bytes, words_of
from access.site import Site
from access.site.shapes import GROUPS
from tests.access.rows import laid_out, named
from tests.access.twins import Twin, caught, settled

LITERAL = st.text("ab_.-1", max_size=3)
BETWEEN = st.text("ab_.-1", min_size=1, max_size=2)
FILLING = st.text("ab_.-17", min_size=1, max_size=6)
TAIL = st.text("ab=&w/#%2.7?", max_size=10)


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """Draw a valid pattern with at least a picture in it."""
    others = ["picture", "owner", "album", "rendition", "frame", "*", "a|b_", ".a|1"]
    groups = ["picture", *draw(st.permutations(others))[: draw(st.integers(0, 4))]]
    text, seen = "", set()
    for group in draw(st.permutations(groups)):
        if group in seen:
            continue
        seen.add(group)
        text += draw(BETWEEN) if text and draw(st.booleans()) else "/" + draw(LITERAL)
        text += "{" + group + "}"
    return text + draw(LITERAL) + draw(st.sampled_from(["", "", "/", "/{**}"]))


@st.composite
def targets(draw: st.DrawFn, pattern: str) -> bytes:
    """Draw a target that often fits the pattern."""
    text = ""
    for piece in pattern.replace("}", "{").split("{"):
        known = piece in (*GROUPS, "*", "**") or "|" in piece
        text += draw(FILLING) if known else piece
    text = draw(st.sampled_from([text, text, text.replace("/", "//", 1), text.replace("a", "%61")]))
    start = draw(st.sampled_from(["", "", "", "http://h", "x"]))
    query = draw(st.sampled_from(["", "", "?w=a7", "?q=1&w=700", "?w=&w=3", "?p=b1&w=3"]))
    return (start + text + draw(st.one_of(st.just(""), TAIL)) + query).encode()


def site_of(pattern: str, query: dict[str, str], *, unique: bool) -> Site:
    pairs = ", ".join(f"{k} = {json.dumps(v)}" for k, v in query.items())
    return Site.from_toml(
        f"[[pictures]]\npattern = {json.dumps(pattern)}\n"
        f"unique = {json.dumps(unique)}\nquery = {{ {pairs} }}\n"
    )


@settings(max_examples=250)
@given(data=st.data(), pattern=patterns(), unique=st.booleans())
def test_the_kernel_agrees_with_regular_expressions(
    data: st.DataObject, pattern: str, *, unique: bool
) -> None:
    free = [g for g in ("rendition", "frame") if f"{{{g}}}" not in pattern]
    query = data.draw(st.sampled_from([{}, *({"w": group} for group in free)]))
    asked = [data.draw(targets(pattern)) for _ in range(4)]
    site = site_of(pattern, query, unique=unique)

    got = named(site, asked)

    for i, target in enumerate(asked):
        groups = caught(pattern, query, target)
        if groups is None:
            assert (got.kind[i], got.picture[i]) == (255, 0), (pattern, target)
            continue
        row = (
            got.rendition[i],
            got.picture[i],
            got.owner[i],
            got.album[i],
            got.serial[i],
            got.series[i],
        )
        assert settled(groups, 0, site.key, unique=unique) == Twin(*map(int, row)), (
            pattern,
            target,
        )


@given(target=st.binary(max_size=40))
@example(b"/%")
@example(b"/a/../../..")
@example(b"/%2e%2E/a")
@example(b"http://")
def test_no_target_breaks_the_kernel(target: bytes) -> None:
    got = named(site_of("/{**}", {}, unique=False), [target, b"/x"])

    assert got.kind.tolist() == [4 if caught("/{**}", {}, target) is not None else 255, 4]


def test_an_owner_makes_a_picture_his_own_unless_ids_are_unique() -> None:
    asked = [b"/m/ann/1.jpg", b"/m/bob/1.jpg"]

    apart = named(site_of("/m/{owner}/{picture}.jpg", {}, unique=False), asked)
    one = named(site_of("/m/{owner}/{picture}.jpg", {}, unique=True), asked)

    assert len(set(apart.picture.tolist())) == 2
    assert len(set(one.picture.tolist())) == 1
    assert apart.owner.tolist() == one.owner.tolist()


def test_every_rendition_and_format_is_the_same_picture() -> None:
    site = Site.from_toml('[[pictures]]\npattern = "/i/{rendition}/{picture}.{jpg|webp}"')

    got = named(site, [b"/i/orig/7.jpg", b"/i/w640/7.webp", b"/i/t/7.jpg?sig=1", b"/i/zz/7.jpg"])

    assert got.picture.tolist() == [hash_bytes(b"7", site.key)] * 4
    assert got.rendition.tolist() == [
        Rendition.ORIGINAL,
        Rendition.MEDIUM,
        Rendition.THUMBNAIL,
        Rendition.UNKNOWN,
    ]
    assert got.serial.tolist() == [7] * 4


def test_the_first_pattern_of_the_file_wins() -> None:
    site = Site.from_toml(
        """
        [[traps]]
        pattern = "/i/orig/0.jpg"
        [[pictures]]
        pattern = "/i/{rendition}/{picture}.jpg"
        [[pages]]
        pattern = "/{**}"
        """
    )

    got = named(site, [b"/i/orig/0.jpg", b"/i/orig/1.jpg", b"/i"])

    assert got.kind.tolist() == [Kind.TRAP, Kind.PICTURE, Kind.PAGE]


def test_a_page_and_its_picture_meet() -> None:
    site = Site.from_toml(
        """
        [[pages]]
        pattern = "/photo/{picture}"
        [[pictures]]
        pattern = "/i/{picture}.jpg"
        """
    )

    got = named(site, [b"/photo/12", b"/i/12.jpg"])

    assert got.kind.tolist() == [Kind.PAGE, Kind.PICTURE]
    assert got.picture[0] == got.picture[1]


def test_a_host_is_asked_only_where_it_is_logged() -> None:
    site = Site.from_toml('[[pictures]]\npattern = "/{picture}"\nhost = "img.example.com"')
    hosts = [b"IMG.example.com:443", b"www.example.com", b"", b"img.example.com", b"img.example.co"]

    got = named(site, [b"/1"] * 5, hosts)

    assert got.kind.tolist() == [4, 255, 4, 4, 255]


def test_a_rule_can_say_what_its_pictures_are() -> None:
    site = Site.from_toml('[[pictures]]\npattern = "/thumbs/{picture}"\nrendition = "thumbnail"')

    assert named(site, [b"/thumbs/1"]).rendition.tolist() == [Rendition.THUMBNAIL]


def test_an_extension_can_be_left_out() -> None:
    site = Site.from_toml('[[pictures]]\npattern = "/i/{picture}{.jpg|.webp|}"')

    assert len(set(named(site, [b"/i/a1.jpg", b"/i/a1.webp", b"/i/a1"]).picture.tolist())) == 1


def test_a_picture_can_stand_in_the_query() -> None:
    site = site_of("/show.php", {"id": "picture", "w": "rendition"}, unique=False)

    got = named(site, [b"/show.php?id=5&w=90", b"/show.php?w=2000&id=5", b"/show.php?w=5&xid=5"])

    assert got.kind.tolist() == [4, 4, 255]
    assert got.picture.tolist() == [hash_bytes(b"5", site.key)] * 2 + [0]
    assert got.rendition.tolist() == [Rendition.THUMBNAIL, Rendition.ORIGINAL, 0]


FRAMES = """
[[pictures]]
pattern = "/i/{rendition}/{picture}.jpg"
query = { n = "frame" }

[[pictures]]
pattern = "/v/{owner}/{picture}/{frame}.webp"

[[pictures]]
regex = '^/film/(?P<picture>[0-9]+)/(?:(?P<frame>[0-9]+)|poster)'

[[pictures]]
pattern = "/storyboard/{*}"
query = { n = "frame" }
"""


def test_every_frame_of_a_film_is_a_picture_of_its_own() -> None:
    site = Site.from_toml(FRAMES)
    numbered = [
        b"/i/frame/7.jpg?n=1",
        b"/i/frame/7.jpg?n=2",
        b"/i/poster/7.jpg",
        b"/i/zz/7.jpg?n=1",
    ]
    folded = [b"/v/ann/7/1.webp", b"/v/ann/7/2.webp", b"/film/7/1", b"/film/7/2", b"/film/7/poster"]
    bare = [b"/storyboard/a?n=1", b"/storyboard/a?n=2", b"/storyboard/a"]

    got = named(site, [*numbered, *folded, *bare])

    still, poster = Rendition.FRAME, Rendition.POSTER
    assert got.rendition.tolist() == [still, still, poster, *[still] * 5, 0, still, still, 0]
    assert got.picture[3] == got.picture[0]
    assert len(set(got.picture.tolist())) == 8
    assert got.picture[[6, 7]].tolist() == got.picture[[0, 1]].tolist()
    assert got.picture[2] == got.picture[8] == hash_bytes(b"7", site.key)


def test_frames_of_one_film_are_no_walk_and_those_of_many_are() -> None:
    asked = [b"/i/frame/7.jpg?n=1", b"/i/frame/7.jpg?n=2", b"/i/frame/8.jpg?n=9"]

    got = named(Site.from_toml(FRAMES), asked)

    assert got.serial.tolist() == [7, 7, 8]
    assert len(set(got.series.tolist())) == 1


def test_a_captured_size_says_more_than_a_frame() -> None:
    got = named(Site.from_toml(FRAMES), [b"/i/w2560/7.jpg?n=1", b"/i/orig/7.jpg?n=1"])

    assert got.rendition.tolist() == [Rendition.ORIGINAL] * 2


def test_a_frame_is_not_taken_for_an_owners_picture() -> None:
    site = Site.from_toml(
        """
        [[pictures]]
        pattern = "/m/{owner}/{picture}.jpg"
        [[pictures]]
        pattern = "/f/{frame}/{picture}.jpg"
        """
    )

    assert len(set(named(site, [b"/m/3/7.jpg", b"/f/3/7.jpg"]).picture.tolist())) == 2


def test_a_regex_takes_what_no_pattern_took() -> None:
    site = Site.from_toml(
        r"""
        [[pictures]]
        regex = '^/up/(?P<picture>\d+/\d+)(?:-(?P<rendition>\d+x\d+))?\.jpg'
        [[pictures]]
        pattern = "/up/{picture}/0.jpg"
        """
    )
    asked = [
        b"/up/1/2-90x90.jpg",
        b"/up/1/2.jpg?\xff",
        b"/up/1/0.jpg",
        b"/up/x.jpg",
        b"//up/1/2.jpg",
    ]

    got = named(site, asked)

    assert got.kind.tolist() == [4, 4, 4, 255, 4]
    assert got.picture[[0, 1, 4]].tolist() == [hash_bytes(b"1/2", site.key)] * 3
    assert got.picture[2] == hash_bytes(b"1", site.key)
    assert got.rendition.tolist() == [Rendition.THUMBNAIL, 0, 0, 0, 0]
    assert got.serial.tolist() == [2, 2, 1, -1, 2]


def test_the_first_regex_that_fits_wins() -> None:
    site = Site.from_toml(
        """
        [[traps]]
        regex = '^/up/0'
        [[pictures]]
        regex = '^/up/(?P<picture>[0-9]+)'
        """
    )

    assert named(site, [b"/up/0", b"/up/1"]).kind.tolist() == [Kind.TRAP, Kind.PICTURE]


def test_a_regex_fits_only_where_it_catches_a_picture() -> None:
    site = Site.from_toml("[[pictures]]\nregex = '^/up/(?P<picture>[0-9]+)?'")

    assert named(site, [b"/up/1", b"/up/x"]).kind.tolist() == [Kind.PICTURE, 255]


def test_rows_that_are_named_already_are_left_alone() -> None:
    site = site_of("/{picture}", {}, unique=False)
    buffer, spans = laid_out([b"/1"])
    out = [np.full(1, 9, t) for t in (np.uint8, np.uint8, *[np.uint64] * 3, np.int64, np.uint64)]

    site.name_rows(buffer, words_of(buffer), spans, *out)

    assert [int(column[0]) for column in out] == [9] * 7


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ('pattern = "i/{picture}"', "pattern 'i/{picture}' at 0: a path begins with '/'"),
        ('pattern = "/i/{pic}"', "at 3: unknown group 'pic'; known: picture, owner"),
        ('pattern = "/{owner}{picture}"', "at 8: nothing stands between {owner} and {picture}"),
        ('pattern = "/i/{picture"', "at 3: a brace without its partner: '{picture'"),
        ('pattern = "/{picture}/{picture}"', "at 11: the group 'picture' stands twice"),
        ('pattern = "/{**}/{picture}"', "at 5: nothing can follow {**}: '/'"),
        ('pattern = "/x{**}"', "at 2: {**} stands for whole segments"),
        ('pattern = "/i//{picture}"', "an empty segment: '//'"),
        ('pattern = "/i?id={picture}"', "at 2: '?' is not part of a path"),
        ('pattern = "/{a/b|c}"', "at 1: an alternative stays inside a segment"),
        ('pattern = "/x{' + "|".join("a" * 70) + '}"', "70 alternatives are more than 64"),
        ('pattern = "' + "/x" * 33 + '"', "33 segments are more than 32"),
        ('pattern = "/{picture}"\nquery = {w = "picture"}', "the query gives 'picture' a second"),
        ('pattern = "/{picture}"\nquery = {w = "width"}', "query: unknown group 'width'; known"),
        ('pattern = "/{picture}"\nrendition = "big"', "unknown rendition 'big'; known: unknown"),
        ('host = "a"', "either a pattern or a regex is needed"),
        ("regex = '(?P<picture>['", "missing ]"),
        ("regex = '(?P<pic>.)'", "unknown group 'pic'"),
        ("regex = '(a|b)(?P<picture>.)'", "unnamed groups; write (?:…)"),
        ("regex = '/x'", "catches no picture"),
    ],
)
def test_a_wrong_rule_is_told_apart(rule: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=r"site\.toml: pictures\[0\]") as caught_error:
        Site.from_toml(f"[[pictures]]\n{rule}")

    assert complaint in str(caught_error.value)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("320", Rendition.THUMBNAIL),
        ("w321", Rendition.MEDIUM),
        ("150x1201", Rendition.ORIGINAL),
        ("1200x1200", Rendition.MEDIUM),
        ("99999999999999999999", Rendition.ORIGINAL),
        ("0", Rendition.UNKNOWN),
        ("huge", Rendition.UNKNOWN),
        ("poster", Rendition.POSTER),
        ("storyboard", Rendition.FRAME),
    ],
)
def test_a_rendition_goes_by_its_word_or_its_longest_side(text: str, meaning: Rendition) -> None:
    site = Site.from_toml('[[pictures]]\npattern = "/{rendition}/{picture}"')

    assert named(site, [f"/{text}/1".encode()]).rendition.tolist() == [meaning]


def test_a_regex_has_nothing_to_do_where_all_is_named() -> None:
    site = Site.from_toml(
        "[[pictures]]\npattern = '/{picture}'\n[[pages]]\nregex = '^/a/(?P<owner>.*)'"
    )

    assert named(site, [b"/1"]).kind.tolist() == [Kind.PICTURE]
    assert named(site, [b"", b"*"]).kind.tolist() == [255, 255]
