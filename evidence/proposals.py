"""Proposals: thresholds that follow from what a platform's own people do."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from operator import itemgetter
from typing import TYPE_CHECKING

from evidence.quantities import (
    OWNERS_1H,
    OWNERS_24H,
    PER_PAGE,
    PICTURES_10MIN,
    PICTURES_24H,
    STEPS,
    UNLED,
    WALK,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detectors.base import Detector
    from evidence.distribution import Distribution
    from evidence.quantities import Quantity

P99, P999 = 0.99, 0.999
DIGITS = 2  # of a threshold; more would be a precision that nobody has


@dataclass(frozen=True, slots=True)
class Rule:
    """How a threshold follows from a quantile; the default is the least it may be."""

    detector: str
    knob: str
    quantity: Quantity
    times: float
    share: float = P999

    @property
    def most(self) -> float:
        """Say how many times the busiest visitor's it may be at most.

        What nobody ever did is certain enough: to wait for more only gives pictures away. Doubt
        begins at half of that, as it does by default.
        """
        return 1.0 if self.knob.startswith("certain") else 0.5


# The factors of volume are the literature's. Those of breadth and orphans' pictures are chosen as
# volume's. A ratio has a long tail: of 51 (human p99) its defaults are 1.2 and 3 times. Of the
# longest human walk (11) those of enumeration are 2 and 4 times, rounded.
RULES = (
    Rule("volume", "doubtful_10min", PICTURES_10MIN, 2),
    Rule("volume", "certain_10min", PICTURES_10MIN, 4),
    Rule("volume", "doubtful_24h", PICTURES_24H, 2),
    Rule("volume", "certain_24h", PICTURES_24H, 6),
    Rule("breadth", "doubtful_1h", OWNERS_1H, 2),
    Rule("breadth", "certain_1h", OWNERS_1H, 4),
    Rule("breadth", "doubtful_24h", OWNERS_24H, 2),
    Rule("breadth", "certain_24h", OWNERS_24H, 6),
    Rule("orphans", "doubtful_pictures", UNLED, 1),
    Rule("orphans", "certain_pictures", UNLED, 2),
    Rule("orphans", "doubtful_ratio", PER_PAGE, 1.2, P99),
    Rule("orphans", "certain_ratio", PER_PAGE, 3, P99),
    Rule("enumeration", "doubtful_run", WALK, 2),
    Rule("enumeration", "certain_run", WALK, 4),
    Rule("enumeration", "doubtful_steps", STEPS, 2),
    Rule("enumeration", "certain_steps", STEPS, 6),
)


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """One threshold, as it is and as it should be."""

    rule: Rule
    seen: Distribution  # of the kind of visitor that does most
    now: float
    least: float  # the default
    value: float

    @property
    def changes(self) -> bool:
        """Tell whether it is another than now."""
        return self.value != self.now

    @property
    def reason(self) -> str:
        """Say why, and whom it meets, in half a line."""
        seen, rule = self.seen, self.rule
        found = f"p{100 * rule.share:g} ({seen.at(rule.share):,.4g})"
        why = f"{rule.times:g} x {found} of {seen.quantity.name}"
        if rule.times * seen.at(rule.share) > rule.most * seen.most:
            why += f", but at most {rule.most:g} x the busiest ({seen.most:,.4g})"
        if self.value == self.least:
            why = f"the default, for {why} is not above it"
        return (
            f"{why}; {seen.above(self.value):,} of {seen.windows:,} windows and "
            f"{seen.visitors_above(self.value):,} of {seen.visitors:,} visitors "
            f"(by {seen.scope.value}) are above"
        )


def proposals(
    seen: Sequence[Distribution], detectors: Iterable[Detector], defaults: Iterable[Detector]
) -> Iterator[Proposal]:
    """Propose a threshold for each rule for which enough was seen."""
    set_now, shipped = ({d.name: d for d in each} for each in (detectors, defaults))
    for rule in RULES:
        told = [d for d in seen if d.quantity is rule.quantity and d.enough]
        if told:
            wanted, seen_most = max(((wish(rule, d), d) for d in told), key=itemgetter(0))
            now, least = (getattr(each[rule.detector], rule.knob) for each in (set_now, shipped))
            yield Proposal(rule, seen_most, now, least, max(least, rounded(wanted)))


def wish(rule: Rule, seen: Distribution) -> float:
    """Say what a rule asks for one kind of visitor."""
    return min(rule.times * seen.at(rule.share), rule.most * seen.most)


def rounded(value: float) -> float:
    """Round up to few digits, so that two logs of one site seldom differ."""
    if value <= 0:
        return 0.0
    unit = 10.0 ** max(floor(log10(value)) - DIGITS + 1, 0)
    return ceil(value / unit) * unit
