"""Meter: one metric as a value: what it counts, and the few values that its labels may take."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

from prometheus_client import Counter, Gauge, Histogram, Info

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from prometheus_client import CollectorRegistry

PREFIX = "hedgerow"
KEY = "meter"  # of a dataclass field's metadata
Label: TypeAlias = tuple[str, ...] | str  # all its values, or why they are few
Collector: TypeAlias = Counter | Gauge | Histogram | Info


@dataclass(frozen=True, slots=True)
class Meter:
    """One entry of the list in `streams.metrics`; its name is that of the field."""

    kind: type[Collector]
    meaning: str
    labels: Mapping[str, Label]
    buckets: tuple[float, ...] = ()  # of a histogram, upper bounds

    def made(self, name: str, registry: CollectorRegistry) -> Any:  # noqa: ANN401 - see `counter`
        """Register it; counters whose labels are all listed begin at 0, so that none is missed."""
        given: dict[str, Any] = {"buckets": self.buckets} if self.buckets else {}
        names = () if self.kind is Info else tuple(self.labels)
        collector = self.kind(
            name, self.meaning, names, namespace=PREFIX, registry=registry, **given
        )
        if self.kind in (Counter, Histogram):
            for values in self._combinations():
                collector.labels(*values)
        return collector

    def _combinations(self) -> Iterable[tuple[str, ...]]:
        listed = [values for values in self.labels.values() if isinstance(values, tuple)]
        return product(*listed) if listed and len(listed) == len(self.labels) else ()


# Each gives a dataclass field that holds what is made of it, a Counter or another: hence Any.
def counter(meaning: str, **labels: Label) -> Any:  # noqa: ANN401
    """Count what happened, since the program's start."""
    return field(metadata={KEY: Meter(Counter, meaning, labels)})


def gauge(meaning: str, **labels: Label) -> Any:  # noqa: ANN401
    """Tell what is now; with labels, only once somebody has set it."""
    return field(metadata={KEY: Meter(Gauge, meaning, labels)})


def histogram(meaning: str, buckets: tuple[float, ...], **labels: Label) -> Any:  # noqa: ANN401
    """Count what happened by how much it was."""
    return field(metadata={KEY: Meter(Histogram, meaning, labels, buckets)})


def fact(meaning: str, **labels: Label) -> Any:  # noqa: ANN401
    """Tell texts that stay the same while the program runs."""
    return field(metadata={KEY: Meter(Info, meaning, labels)})
