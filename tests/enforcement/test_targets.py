"""Targets: however people write them, they are named in one way."""

from __future__ import annotations

import pytest

from actors.frame import Scope
from enforcement.targets import aimed, key_of


@pytest.mark.parametrize(
    ("typed", "scope", "target"),
    [
        ("203.0.113.7", Scope.ADDRESS, "203.0.113.7"),
        ("203.0.113.7/32", Scope.ADDRESS, "203.0.113.7"),
        ("203.0.113.0/24", Scope.NETWORK, "203.0.113.0/24"),
        ("2001:db8:1:2::77", Scope.ADDRESS, "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::/64", Scope.ADDRESS, "2001:db8:1:2::/64"),
        ("2001:db8:1::/48", Scope.NETWORK, "2001:db8:1::/48"),
        ("::ffff:203.0.113.7", Scope.ADDRESS, "203.0.113.7"),
        ("session:a:b", Scope.SESSION, "a:b"),
        ("account:ann", Scope.ACCOUNT, "ann"),
    ],
)
def test_a_target_is_read_as_decisions_write_it(typed: str, scope: Scope, target: str) -> None:
    assert (scope, target) == aimed(typed)
    assert (scope, target) == aimed(key_of(scope, target))


@pytest.mark.parametrize("typed", ["", "ann", "session:", "203.0.113.7/24", "203.0.113.300"])
def test_nonsense_is_shown(typed: str) -> None:
    with pytest.raises(ValueError, match="not an address or CIDR"):
        aimed(typed)
