"""The shape of a Referer, and the kernel against its twin in plain Python."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.event import Field, Kind, Referrer
from access.kernels.hashing import words_of
from access.referrers import referrers_of
from tests.access.kernels.naming_twin import ending
from tests.access.naming import laid_out

CASES = {
    "": Referrer.NONE,
    "-": Referrer.NONE,
    "photos.example/a": Referrer.NONE,
    "://x": Referrer.NONE,
    "https://photos.example": Referrer.ROOT,
    "https://photos.example/": Referrer.ROOT,
    "https://photos.example:8443/": Referrer.ROOT,
    "https://photos.example/?q=1": Referrer.PAGE,
    "https://photos.example/photo/1": Referrer.PAGE,
    "https://photos.example/photo/1?back=/a.jpg": Referrer.PAGE,
    "android-app://com.example/": Referrer.ROOT,
    "app://com.example/": Referrer.ROOT,
    "https://photos.example/i/1.jpg": Referrer.PICTURE,
    "https://photos.example/i/1.WEBP?token=1#x": Referrer.PICTURE,
    "https://photos.example/a.jpg/b": Referrer.PAGE,
    "https://photos.jpg": Referrer.ROOT,
}


def shapes(texts: list[bytes]) -> list[int]:
    buffer, spans = laid_out({Field.REFERER: texts})
    return list(map(int, referrers_of(buffer, words_of(buffer), spans)))


@pytest.mark.parametrize(("text", "shape"), CASES.items())
def test_known_referers_have_their_shape(text: str, shape: Referrer) -> None:
    assert shapes([text.encode()]) == [shape]


def twin(text: bytes) -> Referrer:
    match = re.match(rb"[A-Za-z]{1,16}(?:-[A-Za-z]{0,16})?://[^/?#]*", text)
    if not match:
        return Referrer.NONE
    rest = text[match.end() :]
    if rest in (b"", b"/"):
        return Referrer.ROOT
    path = re.split(rb"[?#]", rest)[0]
    extension = re.search(rb"\.([A-Za-z][^.]{0,4})$", path)
    if extension and ending(extension[1]) == Kind.PICTURE + 1:
        return Referrer.PICTURE
    return Referrer.PAGE


PIECES = ["http", "https", "-app", "://", ":", "/", "a", "a.example", ".jpg", ".", "?", "#", "é"]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), min_size=1))
def test_the_kernel_sees_every_referer_as_plain_python_does(texts: list[str]) -> None:
    encoded = [text.encode() for text in texts]

    assert shapes(encoded) == [twin(text) for text in encoded]
