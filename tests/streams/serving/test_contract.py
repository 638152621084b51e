"""The contract is kept: what schemathesis makes of it is answered as it says, whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.streams.serving.callers import desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import BaseSchema, Case

    from tests.services.shared import SharedKafka
    from tests.streams.serving.callers import Desk

EXAMPLES = 12  # a path and a caller; all of them take some ten seconds
PLAIN = GenerationMode.POSITIVE  # … as the contract says; the other way is what it forbids
ENDLESS = "/events"  # a stream: tests/streams/serving/test_service.py listens to it


@pytest.fixture(scope="module")
def served(kafka: SharedKafka, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(kafka, tmp_path_factory.mktemp("desk")) as made:
        yield made


@pytest.fixture(scope="module")
def contract(served: Desk) -> BaseSchema:
    return schemathesis.openapi.from_url(f"http://127.0.0.1:{served.port}/openapi.json")


@pytest.mark.parametrize("who", ["ann", "kim", "edl", "sue", "nobody"])
def test_every_path_answers_as_it_says_whatever_is_sent(
    served: Desk, contract: BaseSchema, who: str
) -> None:
    headers = {"X-Api-Key": served.people[who].key} if who in served.people else {}
    for found in contract.exclude(path=ENDLESS).get_all_operations():
        assert isinstance(found, Ok)
        tried(found.ok(), headers)


def tried(asked: Any, headers: dict[str, str]) -> None:  # noqa: ANN401 - an APIOperation
    """Send to one path what it asks for, and where it takes a body, what it forbids."""
    made = [asked.as_strategy(mode) for mode in GenerationMode if asked.body or mode == PLAIN]
    # No schema says which targets make sense, or which parameters rule each other out: that is 400.
    vague = asked.body or asked.query
    sense: list[Any] = [positive_data_acceptance] if vague else []

    @given(case=one_of(made))
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    def answered(case: Case[Any]) -> None:
        case.call_and_validate(headers=headers, timeout=60, excluded_checks=sense)

    answered()


@pytest.mark.parametrize(("target", "status"), [("203.0.113.7", 201), ("203.0.0.0/16", 202)])
def test_an_order_is_answered_as_it_says(
    served: Desk, contract: BaseSchema, target: str, status: int
) -> None:
    said: Any = {"verb": "block", "target": target, "reason": "because"}
    case = contract["/orders"]["POST"].Case(body=said)
    answer = case.call_and_validate(headers={"X-Api-Key": served.people["ann"].key})

    assert answer.status_code == status
