"""Claims say who somebody says to be, whatever protocol it came by."""

from __future__ import annotations

import numpy as np

from access.claims import Family, Flag, browsers, is_browser

HTTP_1, TOOL = int(Flag.HTTP_1) << 18, int(Flag.TOOL) << 18


def test_a_browser_is_one_by_any_protocol() -> None:
    claims = np.array([Family.CHROME, Family.CHROME | HTTP_1], np.uint32)

    assert is_browser(claims).tolist() == browsers(claims).tolist() == [True, True]


def test_an_app_is_used_by_people_and_is_no_browser() -> None:
    claims = np.array([Family.APP, Family.APP | HTTP_1], np.uint32)

    assert (is_browser(claims).tolist(), browsers(claims).tolist()) == ([True] * 2, [False] * 2)


def test_a_driven_browser_is_neither() -> None:
    claims = np.array([Family.CHROME | TOOL], np.uint32)

    assert is_browser(claims).tolist() == browsers(claims).tolist() == [False]
