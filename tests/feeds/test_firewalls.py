"""What docs/firewalls.md tells people to copy is run, or says that it is not."""

from __future__ import annotations

import re

import pytest

from feeds.roster import FEEDS
from feeds.wish import KNOWN
from tests.feeds.firewalls import TEXT, copied, sections

RUN = {"nftables", "ipset and iptables", "nginx", "HAProxy", "MISP, STIX and TAXII"}


@pytest.mark.parametrize("product", sections())
def test_every_product_says_whether_a_test_runs_its_lines(product: str) -> None:
    text = " ".join(sections()[product].split()).lower()

    assert ("executed by" in text or "in tests" in text) == (product in RUN)
    assert ("not executed" in text) or product in RUN


@pytest.mark.parametrize("product", sections())
def test_ten_lines_or_so_are_enough(product: str) -> None:
    assert sum(block.count("\n") for block in copied(product)) <= 13


def test_every_feed_it_names_is_served_and_every_one_served_is_named() -> None:
    named = set(
        re.findall(r"`?((?:blocklist|answers|names|misp/manifest)\.[a-z.0-9]*[a-z0-9])", TEXT)
    )
    served = {feed.name for feed in FEEDS if not feed.name.startswith("misp/")}

    assert served | {"misp/manifest.json"} == named


def test_every_parameter_is_told() -> None:
    assert [name for name in KNOWN if f"?{name}" not in TEXT] == []
