"""The naming kernels agree with their twin in plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.access.kernels.naming_twin import name
from tests.access.naming import names

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SEED = 7

FOLDERS = (
    "i photos photo user u users @ann ~bob ann thumb Thumbs large originals 2015 08 17 000 012 345 "
    "assets static uploads wp-content themes avatars 150x150 236x s640x640 w300 s72-c x90 300px "
    "w_300,h_200 c_fill,w_80 rs:fit:300:200 resize:fill:400 plain http: width=300,quality=7 a=b "
    "Name.jpg clip.mp4 v1 api File:a vi storyboard3_L2 4096x4096 1 2 3 99999x2 8x8 x H264 s3 p1 "
    "frames frame"
).split()
FILES = (
    "IMG_1234-150x150.jpg photo.jpg 7.webp a_b_s.JPG 123_abc_o.png tok=w200-h200-no x@2x.png "
    "x.jpg:large x.jpg!w300 thumb_9.jpg logo-2.gif hqdefault.jpg large.jpg 220px-Name.jpg "
    "1920x1080.jpg a.thumb.jpg a.jpg.webp File:A.jpg style.css app.js index.php feed.json a.mp4 "
    "noext 300 0 12345678901234567890.jpg a1b22c333.jpeg -.jpg _t.jpg .jpg a-t.jpg a.b.c x. = a= "
    "frame_5.jpg frame-5.jpg hq2.jpg 7_hq2.jpg 7_frame.jpg frame.webp 100.jpg"
).split()
QUERIES = (
    "w=300 w=2000&h=100 size=large s=80 s=abcdef name=orig format=jpg format=json id=42 "
    "url=%2Fa%2Fb.jpg&w=64 src=http://a/b.png token=a.b&sig== &&& w= =3 id=7#w=9 width=300px "
    "n=3 frame=12.5&n=4 t=1795521600 i=3x f=&index=7 type=frame&id=8&n=2"
).split()
TYPES = ["", "", "", "image/jpeg", "IMAGE/svg+xml", "text/html; charset=utf-8", "video/mp4", "x/"]
OPENINGS = ["", "", "", "http://a.example", "https://", "ftp:", "*"]


@st.composite
def built(draw: st.DrawFn) -> tuple[bytes, bytes]:
    folders = "/".join(draw(st.lists(st.sampled_from(FOLDERS), max_size=6)))
    query = draw(st.sampled_from(["", "", "#w=9", *("?" + q for q in QUERIES)]))
    opening, file = draw(st.sampled_from(OPENINGS)), draw(st.sampled_from(["", *FILES]))
    target = opening + "/" + folders + "/" + file + query
    return target.encode(), draw(st.sampled_from(TYPES)).encode()


def scrambled() -> SearchStrategy[tuple[bytes, bytes]]:
    alphabet = b"aAsStTwWxX0159/.:,=@!_-~?#&;%hp\x00\xff "
    text = st.lists(st.sampled_from(alphabet), max_size=60).map(bytes)
    return st.tuples(text.map(lambda t: b"/" + t), st.sampled_from(TYPES).map(str.encode))


@settings(max_examples=400, deadline=None)
@given(st.lists(built() | scrambled(), min_size=1, max_size=8))
def test_the_kernel_names_every_address_as_plain_python_does(
    asked: list[tuple[bytes, bytes]],
) -> None:
    targets, types = [t for t, _ in asked], [k for _, k in asked]

    named = names(targets, types, seed=SEED)

    assert named == [name(target, kind, SEED) for target, kind in asked]


def test_only_the_newest_piece_counts_beyond_the_thirty_second() -> None:
    deep = b"/x" * 40 + b"/7.jpg"

    assert names([deep], [b""], seed=SEED) == [name(deep, b"", SEED)]


def test_decided_rows_are_left_alone() -> None:
    assert names([b"/a.jpg"], [b""], seed=SEED, kind=1) == [(1, 0, 0, 0, 0, 0, 0)]
