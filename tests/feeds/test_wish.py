"""A wish says which part of the list a client wants, or why it cannot be read."""

from __future__ import annotations

import pytest

from enforcement.decision import Action
from feeds.wish import Wish


@pytest.mark.parametrize(
    ("asked", "wish"),
    [
        ([], Wish()),
        ([("ipv4only", "")], Wish(version=4)),
        ([("ipv6only", "1"), ("ranges", "True")], Wish(version=6, shape="ranges")),
        ([("action", "throttle"), ("most", "10000")], Wish(Action.THROTTLE, most=10_000)),
        ([("hosts", ""), ("hosts", "")], Wish(shape="hosts")),
    ],
)
def test_a_wish_is_read(asked: list[tuple[str, str]], wish: Wish) -> None:
    assert Wish.of(asked) == wish


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([("acton", "block")], "'acton': unknown parameter; known here: action, most, ipv4only"),
        ([("action", "observe")], "action: expected one of degrade, .*, saw 'observe'"),
        ([("ipv4only", "0")], "ipv4only: takes no value, saw '0'"),
        ([("ipv4only", ""), ("ipv6only", "")], "one rules out the other"),
        ([("most", "0")], "most: expected a number of entries from 1 to 10000000, saw '0'"),
        ([("most", "\u0661\u0660")], "most: expected"),
        ([("most", "9" * 5000)], "most: expected .* saw '9{20}'$"),
        ([("most", "1"), ("most", "2")], "most: given twice, as '1' and as '2'"),
    ],
)
def test_a_wish_that_nobody_can_grant_says_what_was_seen(
    asked: list[tuple[str, str]], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Wish.of(asked)
