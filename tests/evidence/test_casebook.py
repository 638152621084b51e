"""A casebook counts exactly what a loop over all requests counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.event import Kind, Outcome, Rendition
from actors.frame import Scope
from enforcement.decision import Action, Decision
from evidence.casebook import Casebook
from evidence.samples import Samples
from tests.evidence.scenes import ADDRESS, AT, NEIGHBOUR, Asked, batch, decision

if TYPE_CHECKING:
    from evidence.case import Case

NETWORK = "192.0.2.0/24"


def cases(
    requests: list[Asked], *decisions: Decision, spared: tuple[str, ...] = ()
) -> dict[str, Case]:
    """Keep the cases of one batch, by target."""
    book = Casebook(spared=spared, samples=Samples())
    book.see(batch(requests), decisions)
    return {case.target: case for case in book.cases()}


def test_a_block_counts_from_its_first_second_to_the_one_before_its_last() -> None:
    case = cases([Asked(s) for s in (-1, 0, 59, 60)], decision(0, 60))[ADDRESS]

    assert case.taken.delivered == 2
    assert (case.taken.first, case.taken.last) == (AT * 1000, (AT + 59) * 1000)


def test_a_request_counts_for_the_address_before_the_network() -> None:
    requests = [Asked(1), Asked(2, NEIGHBOUR)]
    kept = cases(requests, decision(scope=Scope.NETWORK), decision())

    assert {ADDRESS: 1, NETWORK: 1} == {name: c.taken.delivered for name, c in kept.items()}


def test_a_block_of_a_network_comes_before_a_challenge_of_an_address() -> None:
    kept = cases([Asked(1)], decision(action=Action.CHALLENGE), decision(scope=Scope.NETWORK))

    assert {ADDRESS: 0, NETWORK: 1} == {name: c.taken.delivered for name, c in kept.items()}


def test_what_is_challenged_is_not_saved() -> None:
    book = Casebook(samples=Samples())
    asked = book.see(batch([Asked(1)]), [decision(action=Action.CHALLENGE)])

    assert book.saved == 0
    assert not asked.held.any()
    assert book.cases()[0].taken.delivered == 1


def test_the_spared_inside_a_blocked_network_are_not_held() -> None:
    requests = [Asked(1), Asked(1, NEIGHBOUR)]
    kept = cases(requests, decision(scope=Scope.NETWORK), spared=(NEIGHBOUR,))

    assert kept[NETWORK].taken.requests == 1


def test_pages_and_what_was_only_observed_are_no_case() -> None:
    assert not cases([Asked(1)], decision(action=Action.THROTTLE))
    assert cases([Asked(1, kind=Kind.PAGE)], decision())[ADDRESS].taken.requests == 0


def test_delivered_refused_and_missing_are_told_apart() -> None:
    outcomes = (Outcome.DELIVERED, Outcome.REFUSED, Outcome.MISSING, Outcome.DELIVERED)
    taken = cases([Asked(1, outcome=outcome) for outcome in outcomes], decision())[ADDRESS].taken

    assert (taken.requests, taken.delivered, taken.refused) == (4, 2, 1)
    assert (taken.bytes, taken.pictures, taken.renditions) == (200, 1, {Rendition.ORIGINAL: 2})


def test_a_session_is_held_wherever_it_comes_from() -> None:
    requests = [Asked(1, "198.51.100.7", session=5), Asked(1, "203.0.113.7", session=5)]
    case = cases(requests, decision(scope=Scope.SESSION, session=5))["session 5"]

    assert (case.taken.requests, case.taken.addresses) == (2, 2)


def test_who_stops_at_once_still_shows_what_led_to_the_block() -> None:
    case = cases([Asked(-5, line=b"old"), Asked(-1, line=b"last")], decision())[ADDRESS]

    assert [sample.line for sample in case.samples] == [b"last"]
    assert case.taken.requests == 0


def test_the_first_five_lines_and_fifteen_others_are_kept() -> None:
    requests = [Asked(row // 10, line=b"%d" % row) for row in range(500)]
    samples = cases(requests, decision())[ADDRESS].samples

    assert len(samples) == 20
    assert [sample.line for sample in samples[:5]] == [b"0", b"1", b"2", b"3", b"4"]
    assert samples[-1].number > 250


def test_a_case_keeps_the_reasons_of_each_action_once() -> None:
    first, again = decision(0, 10), decision(20, 10)
    case = cases([Asked(1), Asked(25)], first, replace(again, pictures=900))[ADDRESS]

    assert case.because == first
    assert len(case.decisions) == 2
    assert (case.taken.requests, case.until) == (2, AT + 30)


REQUESTS = st.lists(
    st.builds(
        Asked,
        st.integers(0, 40),
        st.sampled_from([ADDRESS, NEIGHBOUR, "198.51.100.7"]),
        st.integers(1, 4),
        st.integers(0, 2),
        size=st.integers(-1, 50),
        session=st.just(0),
        line=st.just(b"a line"),
        outcome=st.sampled_from(Outcome),
        rendition=st.sampled_from(Rendition),
        kind=st.sampled_from([Kind.PICTURE, Kind.PAGE]),
    ),
    max_size=40,
).map(lambda requests: sorted(requests, key=lambda request: request.second))
DECISIONS = st.lists(
    st.builds(
        decision,
        st.integers(1, 40),
        st.integers(1, 20),
        action=st.sampled_from([Action.BLOCK, Action.CHALLENGE]),
        scope=st.sampled_from([Scope.ADDRESS, Scope.NETWORK]),
        address=st.sampled_from([ADDRESS, NEIGHBOUR]),
    ),
    max_size=5,
).map(lambda decisions: sorted(decisions, key=lambda d: d.at))


def holder(request: Asked, decisions: list[Decision]) -> tuple[Action, str] | None:
    """Say in plain words what holds a request."""
    if request.kind != Kind.PICTURE:
        return None
    inside = {NETWORK} if request.address.startswith("192.0.2.") else set()
    for action in (Action.BLOCK, Action.CHALLENGE):
        for target in (request.address, *inside):
            for d in decisions:
                in_force = d.at <= AT + request.second < d.until
                if d.target == target and d.action == action and in_force:
                    return action, target
    return None


@given(requests=REQUESTS, decisions=DECISIONS)
def test_a_casebook_is_what_a_loop_finds(requests: list[Asked], decisions: list[Decision]) -> None:
    for target, case in cases(requests, *decisions).items():
        held = [r for r in requests if holder(r, decisions) == (case.action, target)]
        given = [r for r in held if r.outcome == Outcome.DELIVERED]

        assert case.taken.requests == len(held)
        assert case.taken.delivered == len(given)
        assert case.taken.bytes == sum(max(r.size, 0) for r in given)
        assert case.taken.pictures == len({r.picture for r in given})
        assert case.taken.owners == len({r.owner for r in given} - {0})
        assert sum(case.taken.renditions.values()) == len(given)


@given(requests=REQUESTS, decisions=DECISIONS, cut=st.integers(0, 41))
def test_how_the_log_is_cut_changes_no_case(
    requests: list[Asked], decisions: list[Decision], cut: int
) -> None:
    whole, pieces = Casebook(samples=Samples()), Casebook(samples=Samples())
    everything = batch(requests)
    whole.see(everything, decisions)
    before = sum(request.second < cut for request in requests)
    pieces.see(everything.take(slice(0, before)), [d for d in decisions if d.at <= AT + cut])
    pieces.see(everything.take(slice(before, None)), [d for d in decisions if d.at > AT + cut])

    assert pieces.cases() == whole.cases()
    assert pieces.saved == whole.saved
    assert pieces.saved_by() == whole.saved_by()


@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_batch_changes_nothing(count: int) -> None:
    book = Casebook(samples=Samples())
    book.see(batch([]), [decision()] * count)

    assert [case.taken.requests for case in book.cases()] == [0] * count
