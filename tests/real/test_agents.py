"""The reading of user agents holds on published collections of real ones."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import numpy as np
import pytest
from user_agents import parse

from access.agents import Agents
from access.batch import PAD
from access.claims import Family, Flag, family, flags, major
from access.event import FIELDS, Field
from access.kernels.hashing import words_of

DATA = Path(os.environ.get("HEDGEROW_DATA", Path(__file__).parents[2] / "../shared/data"))
AGENTS = DATA / "agents"
pytestmark = pytest.mark.skipif(not AGENTS.is_dir(), reason=f"no collections in {AGENTS}")

SAME = {
    "Chrome": Family.CHROME,
    "Chrome Mobile": Family.CHROME,
    "Chrome Mobile WebView": Family.CHROME,
    "Chrome Mobile iOS": Family.CHROME,
    "Firefox": Family.FIREFOX,
    "Firefox Mobile": Family.FIREFOX,
    "Firefox iOS": Family.FIREFOX_IOS,
    "Safari": Family.SAFARI,
    "Mobile Safari": Family.SAFARI,
    "Edge": Family.EDGE,
    "Edge Mobile": Family.EDGE,
    "IE": Family.IE,
    "IE Mobile": Family.IE,
    "Opera": Family.OPERA,
    "Opera Mobile": Family.OPERA,
    "Samsung Internet": Family.SAMSUNG,
}


def listed(name: str) -> list[str]:
    lines = (AGENTS / "isbot" / name).read_text().splitlines()
    return [line.strip()[2:].strip("\"'") for line in lines if re.match(r" +- ", line)]


def instances() -> list[str]:
    entries = json.loads((AGENTS / "monperrus/crawler-user-agents.json").read_text())
    return [agent for entry in entries for agent in entry["instances"]]


def claims(agents: list[str]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    texts = [agent.encode() for agent in agents]
    ends = np.cumsum([len(text) for text in texts])
    buffer = np.frombuffer(b"".join(texts) + bytes(PAD), np.uint8)
    spans = np.zeros((len(texts), 2 * FIELDS), np.int32)
    spans[1:, 2 * Field.AGENT], spans[:, 2 * Field.AGENT + 1] = ends[:-1], ends
    return Agents().of(buffer, words_of(buffer), spans, 7)[1]


def share(agents: list[str], wanted: Flag) -> float:
    return float(np.mean((flags(claims(agents)) & np.uint32(wanted)) != 0))


def test_hardly_a_browser_of_people_stands_out() -> None:
    everything = Flag.TOOL | Flag.CRAWLER | Flag.TEMPLATE | Flag.IMPOSSIBLE

    assert share(listed("fixtures__browsers.yml"), everything) < 0.01  # 0.0036 when written


@pytest.mark.parametrize(
    ("source", "least"),
    [("monperrus", 0.82), ("isbot", 0.64)],  # 0.849 and 0.674 when written
)
def test_most_crawlers_are_known_by_their_words_alone(source: str, least: float) -> None:
    agents = instances() if source == "monperrus" else listed("fixtures__crawlers.yml")

    assert share(agents, Flag.TOOL | Flag.CRAWLER) > least


def test_browsers_are_named_as_the_slow_parser_names_them() -> None:
    agents = [a for a in listed("fixtures__browsers.yml") if parse(a).browser.family in SAME]
    slow = [parse(a).browser for a in agents]
    expected = [(SAME[browser.family], (browser.version or (0,))[0]) for browser in slow]
    read = claims(agents)

    agreed = np.mean(np.all(np.column_stack([family(read), major(read)]) == expected, axis=1))

    assert agreed >= 0.97
