"""What was not judged is declared."""

from __future__ import annotations

from access.lines import Reject
from access.problems import PROBLEMS, WHOLE
from detectors.roster import ROSTER
from evidence.gaps import Gaps
from tests.evidence.scenes import Asked, batch

ODD, EMPTY = min(PROBLEMS), min(WHOLE)  # some codes
NAMES = [detector.name for detector in ROSTER]


def test_rejects_are_counted_by_what_was_expected() -> None:
    gaps = Gaps()
    gaps.see(batch([]), [Reject(0, 1, code, 0, b"x") for code in (ODD, ODD, EMPTY)], ())
    said = list(gaps.unjudged())

    assert said[0] == "3 lines could not be read."
    assert said[1] == f"2 lines not read: {PROBLEMS[ODD]}."
    assert said[2] == f"1 line not read: {WHOLE[EMPTY]}."


def test_a_log_that_lacks_what_a_detector_reads_is_named_as_the_reason() -> None:
    gaps = Gaps()
    gaps.see(batch([Asked(1)]), (), ())
    silent = dict(gaps.silent(NAMES))

    assert silent["breadth"] == "the log does not say whose pictures they are"
    assert silent["depth"] == "site.toml does not say how many pictures owners have"
    assert silent["referrers"] == "the log holds no Referer"
    assert silent["volume"] == "it saw nothing of its kind"


def test_a_detector_that_could_have_spoken_saw_nothing() -> None:
    gaps = Gaps()
    gaps.see(batch([Asked(1, owner=3)]), (), ())

    assert dict(gaps.silent(NAMES))["breadth"] == "it saw nothing of its kind"


def test_requests_of_nobody_are_counted() -> None:
    gaps = Gaps()
    gaps.see(batch([Asked(1, "-"), Asked(1)]), (), ())

    assert any(sentence.startswith("1 request (50 %) had no true") for sentence in gaps.unjudged())
