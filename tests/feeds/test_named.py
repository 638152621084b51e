"""Names of sessions and accounts are told where they are plain words, and counted where not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actors.frame import Scope
from enforcement.decision import Action
from feeds.haproxy_names import haproxy_names
from feeds.nginx_names import nginx_names
from tests.feeds.test_every_feed import BLOCK, held

SESSION = replace(BLOCK, id="s", target="Abc", scope=Scope.SESSION)
ACCOUNT = replace(BLOCK, id="a", target="7", scope=Scope.ACCOUNT, action=Action.THROTTLE)


def test_sessions_and_accounts_are_told_and_addresses_and_campaigns_are_not() -> None:
    address = replace(BLOCK, id="i", target="203.0.113.7")
    campaign = replace(BLOCK, id="c", target="c-1", scope=Scope.COHORT)

    assert haproxy_names(held([SESSION, ACCOUNT, address, campaign]).standing(0)).decode() == (
        "# Hedgerow sessions and accounts\n# entries: 2\naccount:7 throttle\nsession:Abc block\n"
    )


def test_to_nginx_names_that_differ_in_case_are_one_with_the_stronger_answer() -> None:
    milder = replace(SESSION, id="m", target="aBC", action=Action.DEGRADE)

    assert nginx_names(held([SESSION, milder]).standing(0)).splitlines()[-2:] == [
        b"# entries: 1",
        b'"session:abc" block;',
    ]


@pytest.mark.parametrize("name", ['a"b', "a b", "a\\b", "a\nb", "a\tb", "\xe9", "a\x7f"])
def test_a_name_that_could_end_a_word_or_a_line_is_left_out_and_counted(name: str) -> None:
    standing = held([replace(SESSION, target=name)]).standing(0)
    head = b"# Hedgerow sessions and accounts\n# entries: 0\n# left out: 1\n"

    assert haproxy_names(standing) == nginx_names(standing) == head


def test_a_pardoned_session_is_not_told() -> None:
    blocks = held([SESSION])
    blocks.release("Abc", "appeal")

    assert b"session:" not in haproxy_names(blocks.standing(0))
