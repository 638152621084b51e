"""The client kernel agrees with a plain reading of the rules."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from access.addresses import NEVER_ACTORS, Ranges, key_of
from access.batch import PAD
from access.clients import Clients
from access.event import FIELDS, Field

TRUSTED = ("192.0.2.0/24", "10.0.0.0/8", "2001:db8:ffff::/48")
OWN = ("203.0.113.9",)
ELEMENTS = (
    "203.0.113.7",
    "203.0.113.9",
    "192.0.2.1",
    '"[2001:db8:1::1]:80"',
    "10.0.0.1:9000",
    "192.168.0.1",
    "unknown",
    "",
    ' "2001:db8:ffff::1" ',
)
elements = st.sampled_from(ELEMENTS)
requests = st.lists(st.tuples(elements, st.lists(elements, max_size=4).map(",".join)), max_size=8)


def twin(client: str, forwarded: str) -> int:
    trusted, excluded = (
        Ranges.of((text, 1) for text in texts) for texts in (TRUSTED, (*NEVER_ACTORS, *OWN))
    )

    def within(ranges: Ranges, key: int) -> bool:
        return bool(ranges.label(np.array([key], np.uint64))[0])

    key = key_of(client)
    walk = forwarded.split(",") if forwarded else []
    while key and within(trusted, key):
        key = key_of(walk.pop().strip('" \t\\')) if walk else 0
    return 0 if within(excluded, key) else key


@given(requests)
def test_the_client_is_who_the_last_untrusted_element_names(
    asked: list[tuple[str, str]],
) -> None:
    text, spans = "", np.zeros((len(asked), 2 * FIELDS), np.int32)
    for row, pair in enumerate(asked):
        for field, value in zip((Field.CLIENT, Field.FORWARDED), pair, strict=True):
            spans[row, 2 * field : 2 * field + 2] = len(text), len(text) + len(value)
            text += f"{value}\n"
    buffer = np.frombuffer(text.encode() + bytes(PAD), np.uint8)

    assert [twin(*pair) for pair in asked] == Clients(TRUSTED, OWN).of(buffer, spans).tolist()
