"""A chain of acts shows what was changed, left out, or put in."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise

import pytest

from evidence.audit import Act, Deed, broken, by_chain, hash_of, linked

AT = "2026-11-24T12:00:00.000Z"
DEED = Deed("ann", "approver", "block", "203.0.113.7", "asked twice", "", "block")


def chain(count: int, name: str = "file") -> list[Act]:
    first = linked(DEED, AT, name, None)
    return list(
        accumulate(range(count - 1), lambda last, _: linked(DEED, AT, name, last), initial=first)
    )


def test_each_act_holds_the_hash_of_the_one_before() -> None:
    acts = chain(5)

    assert [act.number for act in acts] == [1, 2, 3, 4, 5]
    assert all(after.prior == before.hash for before, after in pairwise(acts))
    assert broken(acts) == ""


def test_old_acts_may_be_gone() -> None:
    assert broken(chain(5)[2:]) == ""


@pytest.mark.parametrize("name", ["by", "what", "target", "why", "before", "after", "at", "role"])
def test_whatever_is_changed_shows(name: str) -> None:
    acts = chain(5)
    acts[2] = replace(acts[2], **{name: "other"})  # type: ignore[arg-type] # all of them are texts

    assert broken(acts) == "file 3: it was changed after it was written"


def test_a_change_that_is_hashed_anew_shows_at_the_next() -> None:
    acts = chain(5)
    changed = replace(acts[2], by="bob")
    acts[2] = replace(changed, hash=hash_of(changed))

    assert broken(acts) == "file 4: it does not follow 3"


def test_what_is_left_out_or_said_twice_shows() -> None:
    acts = chain(5)

    assert broken([*acts[:2], *acts[3:]]) == "file 4: it does not follow 2"
    assert broken([*acts[:2], *acts[1:]]) == "file 2: it does not follow 2"


def test_chains_are_told_apart() -> None:
    one, other = chain(2, "file"), chain(3, "deciding")

    assert by_chain([*one, *other]) == {"file": one, "deciding": other}
