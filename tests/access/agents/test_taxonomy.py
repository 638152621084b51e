"""The taxonomy is read from user agents, and agrees with public lists that others maintain."""

from __future__ import annotations

import re

import ai_crawler_index
import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from access.agents.known import Category, Known
from access.agents.taxonomy import KNOWN
from access.claims import Flag, crawler, flags
from tests.access.agents.test_agents import claim

TOKENS = tuple(known.token for known in KNOWN)
# Apple's telephones, by all of what they send, so the one token that holds another.
TELEPHONE = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
    "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"
)
# The other list's words for ours; its search for assistants brings readers, as all search does.
MEANS = {
    "ai-training": {Category.AI_TRAINING},
    "dataset": {Category.AI_TRAINING},
    "ai-search": {Category.SEARCH, Category.AI_TRAINING},
    "search": {Category.SEARCH, Category.AI_TRAINING},
    "user-fetch": {Category.AI_USER, Category.AI_TRAINING},
    "seo": {Category.SEO},
    "archive": {Category.ARCHIVE},
    "preview": {Category.PREVIEW},
    "tool": {*Category} - {Category.FACE_SEARCH, Category.ARCHIVE},
}
# In no public list: face searches, which were never seen to name themselves, and a few others.
UNLISTED = {"pimeyes", "clearview", "facecheck", "lenso.ai"}
UNLISTED |= {"bluesky cardyb", "gallery-dl", "yt-dlp", "hit/1.1 facebot twitterbot"}


def named(agent: str) -> str:
    number = int(crawler(claim(agent, TOKENS))[0])
    return TOKENS[number - 1] if number else ""


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.token)
def test_each_is_found_in_a_user_agent_and_is_a_declared_machine(known: Known) -> None:
    agent = f"Mozilla/5.0 (compatible; {known.token}/1.0)"

    assert named(agent) == known.token
    assert int(flags(claim(agent, TOKENS))[0]) & (Flag.CRAWLER | Flag.TOOL)


def test_no_token_hides_in_another_but_one() -> None:
    small = [token.lower() for token in TOKENS]
    inside = {(a, b) for a in small for b in small if a != b and a in b}

    assert inside == {("twitterbot", "hit/1.1 facebot twitterbot")}


def test_a_telephone_that_shows_a_link_is_not_taken_for_facebook() -> None:
    assert named(TELEPHONE) == "hit/1.1 Facebot Twitterbot"
    assert named("facebookexternalhit/1.1 (+http://www.facebook.com/…)") == "facebookexternalhit"


def test_a_domain_is_written_without_its_dot() -> None:
    domains = [domain for known in KNOWN for domain in known.names]

    assert [d for d in domains if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", d)] == []


def test_lists_are_read_over_a_line_that_nobody_can_write_on() -> None:
    assert [u for known in KNOWN for u in known.lists if not u.startswith("https://")] == []


def test_the_categories_agree_with_a_public_list() -> None:
    theirs = {c["robots_token"].lower(): c["category"] for c in ai_crawler_index.CRAWLERS}
    both = [known for known in KNOWN if known.token.lower() in theirs]

    odd = [k.token for k in both if k.category not in MEANS[theirs[k.token.lower()]]]

    assert (odd, len(both) > 40) == ([], True)


def test_the_rest_is_in_another_public_list() -> None:
    instances = "\n".join(i for e in CRAWLER_USER_AGENTS_DATA for i in e["instances"]).lower()
    patterns = "\n".join(e["pattern"] for e in CRAWLER_USER_AGENTS_DATA).lower()
    theirs = {c["robots_token"].lower() for c in ai_crawler_index.CRAWLERS}

    small = {token.lower() for token in TOKENS}
    unknown = {t for t in small if t not in instances and t not in patterns and t not in theirs}

    assert unknown == UNLISTED
